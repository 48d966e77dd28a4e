"""When a skill comes back, and how one gets to a single decision of it.

    16 March  credit 1     Good  ──▸ again on 18 March
    18 March  credit 0.67  Hard  ──▸ again on 26 March        due_on([…]) is the last of them
    26 March  credit 0     Again ──▸ again on 27 March

The days are those of the FSRS timetable, a year apart at most. It is a timetable only: what a
person still knows is nowhere guessed at. A day of practice is one review, by its mean credit.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from statistics import mean

from fsrs import Card, Rating, Scheduler

from training.scenarios.conditions import State
from training.scenarios.play import Move
from training.scenarios.script import Script

LONGEST_DAYS = 365
_GOOD, _HARD = 0.835, 0.5  # half-way between the ranks 1 and .67, .67 and .33
_SCHEDULER = Scheduler(
    learning_steps=(), relearning_steps=(), maximum_interval=LONGEST_DAYS, enable_fuzzing=False
)


def rating(credit: float) -> Rating:
    """What a credit of 0–1 is to the timetable: 1 is Good, .67 Hard, .33 or less Again."""
    if credit >= _GOOD:
        return Rating.Good
    return Rating.Hard if credit >= _HARD else Rating.Again


def due_on(practised: Iterable[tuple[date, float]]) -> date | None:
    """The day a skill comes back, from (day, credit) of all its practice; None without any."""
    by_day: dict[date, list[float]] = defaultdict(list)
    for day, credit in practised:
        by_day[day].append(credit)
    if not by_day:
        return None
    card = Card(card_id=1, due=_noon(min(by_day)))
    for day in sorted(by_day):
        card, _ = _SCHEDULER.review_card(card, rating(mean(by_day[day])), _noon(day))
    return card.due.date()


def lead_ins(script: Script) -> Mapping[str, tuple[Move, ...]]:
    """The fewest moves that lead from the start to each decision; none for what is never reached."""
    state = script.state_at_start()
    waiting: list[tuple[str, State, tuple[Move, ...]]] = [
        (script.arrive(script.start, state), state, ())
    ]
    found: dict[str, tuple[Move, ...]] = {}
    seen = set()
    for place, state, moves in waiting:
        key = (place, tuple(state.values()))
        if place in script.endings or key in seen:
            continue
        seen.add(key)
        found.setdefault(place, moves)
        if len(found) == len(script.decisions):
            break
        for choice in script.scenes[place].choices:
            after = script.after(state, choice)
            there = script.arrive(choice.next, after)
            waiting.append((there, after, (*moves, Move(place, choice.id))))
    return found


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)
