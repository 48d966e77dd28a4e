"""Did training help? Those who were offered a skill's conversations, beside colleagues who were not.

    offers of the skill ──► before: up to the day of selection     (negatives, comments)
                            after: from two weeks after the offer  (negatives, comments)
    others, same role groups ──► the same days around the middle one of those offers
                    ──► estimate: a fixed sentence with its numbers, or why there is none

It is never a number of one person, and nobody is named. A comment is counted that is about the
person; it is negative where it criticises this skill. Nothing still undecided counts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from training import periods
from training import skills as words
from training.services import evidence
from training.services.people import NotFound
from training.services.plans import State, everyone
from training.services.signing_in import Viewer
from training.skills import group_of
from training.store import effects as store
from training.store import people, practised
from training.store.effects import Offer
from training.store.suggestions import Word
from training.store.suggestions import evidence as words_of
from training.store.tables import Staff
from training.trends import effect, panel
from training.trends.effect import Effect, Member, Refusal, estimate, months_until, windows
from training.trends.panel import Design
from training.trends.suppress import FEWEST_DRAWN, FEWEST_SHOWN

MONTHS = 6  # how long before and after are looked at
SHOWN = ("working", "solid")
TAKEN_UP = ("accepted", "finished", "already_did")
NOT_TAKEN_UP = ("not_useful", "not_about_me", "later", "lapsed")
NOBODY = "Nobody was offered a conversation about this yet."


@dataclass(frozen=True, slots=True)
class Level:
    """One of four levels of what training can show; `words` say it with its n."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Panel:
    """What is known of whether a skill's conversations helped.

    effect None: there is no estimate, and `sentence` says why. offered, others: people counted,
    None below five. sentence, finding, visible, grey_line: words of the fixed set.
    """

    skill: str
    skills: tuple[str, ...]
    sentence: str
    effect: Effect | None
    finding: str
    visible: str
    grey_line: str
    design: str
    offered: int | None
    others: int | None
    levels: tuple[Level, ...]


def read(session: Session, *, viewer: Viewer, skill: str, today: date) -> Panel:
    """Return the panel of a skill, "" for the first by name that was offered; raise `NotFound`."""
    offered = store.skills(session, viewer.practice_id)
    known = tuple(sorted(set(offered) & set(words.SKILLS), key=words.topic_name))
    if skill and skill not in words.SKILLS:
        raise NotFound
    skill = skill or next(iter(known), "")
    offers = store.offers(session, viewer.practice_id, viewer.site_ids, skill) if skill else {}
    members = _members(session, viewer, skill, offers, today) if offers else []
    found = estimate(members) if members else None
    levels = _levels(session, viewer, skill, offers, found, today)
    return _panel(
        skill, known, members, found, levels, _so_far(session, viewer, offers, today), today
    )


def _panel(
    skill: str,
    known: tuple[str, ...],
    members: list[Member],
    found: Effect | Refusal | None,
    levels: tuple[Level, ...],
    months_so_far: float,
    today: date,
) -> Panel:
    known_effect = found if isinstance(found, Effect) else None
    counted = [one for one in members if one.after[1]]
    seen = finding = grey = ""
    if known_effect:
        months = months_until(known_effect, months_so_far=months_so_far)
        seen = panel.visible(known_effect, months=months, today=today)
        finding, grey = panel.finding(known_effect), panel.grey_line(known_effect)
    return Panel(
        skill=skill,
        skills=known,
        sentence=_sentence(found),
        effect=known_effect,
        finding=finding,
        visible=seen,
        grey_line=grey,
        design=Design.CHOSEN.value if members else "",
        offered=_enough(sum(one.offered for one in counted)),
        others=_enough(sum(not one.offered for one in counted)),
        levels=levels,
    )


def _sentence(found: Effect | Refusal | None) -> str:
    if found is None:
        return NOBODY
    return found.value if isinstance(found, Refusal) else found.outcome.value


def _enough(people_counted: int) -> int | None:
    return people_counted if people_counted >= FEWEST_SHOWN else None


def _members(
    session: Session, viewer: Viewer, skill: str, offers: Mapping[int, Offer], today: date
) -> list[Member]:
    """Return everybody of the role groups in which it was offered, with what was said of them."""
    zone = people.practice(session, viewer.practice_id).time_zone
    days = {who: _days(one, zone) for who, one in offers.items()}
    until = evidence.counted_until(session, practice_id=viewer.practice_id, today=today)
    middle = sorted(days.values())[len(days) // 2]
    start = min(selected for selected, _ in days.values()) - timedelta(days=30 * MONTHS)
    said = _by_person(words_of(session, viewer.practice_id, start, max(start, until)))
    staff = [
        row
        for row in people.roster(session, viewer.practice_id)
        if not viewer.site_ids or row.site_id in viewer.site_ids
    ]
    groups = {group_of(row.role).slug for row in staff if row.id in offers}
    return [
        _member(row, row.id in offers, days.get(row.id, middle), said.get(row.id, ()), skill, until)
        for row in staff
        if group_of(row.role).slug in groups
    ]


def _days(offer: Offer, zone: str) -> tuple[date, date]:
    selected = periods.local_day(offer.selected_at, zone)
    return selected, max(selected, periods.local_day(offer.offered_at, zone))


def _by_person(found: Iterable[Word]) -> dict[int, list[Word]]:
    said: dict[int, list[Word]] = {}
    for word in found:
        said.setdefault(word.staff_id, []).append(word)
    return said


def _member(
    row: Staff,
    offered: bool,
    days: tuple[date, date],
    said: Iterable[Word],
    skill: str,
    until: date,
) -> Member:
    before, after = windows(*days, months=MONTHS, today=until)
    return Member(
        offered=offered,
        role=group_of(row.role).slug,
        before=_counted([word for word in said if word.day in before], skill),
        after=_counted([word for word in said if word.day in after], skill),
    )


def _counted(said: list[Word], skill: str) -> tuple[int, int]:
    """Return how many comments criticise the skill, and how many there are."""
    negative = {word.comment_id for word in said if word.negative and word.skill == skill}
    return len(negative), len({word.comment_id for word in said})


def _so_far(session: Session, viewer: Viewer, offers: Mapping[int, Offer], today: date) -> float:
    """Return for how many months comments count as after the first offer; half a one at least."""
    if not offers:
        return 0.5
    zone = people.practice(session, viewer.practice_id).time_zone
    first = min(_days(one, zone)[1] for one in offers.values()) + effect.WAIT
    return min(max(0.5, (today - first).days / 30), MONTHS)


def _levels(
    session: Session,
    viewer: Viewer,
    skill: str,
    offers: Mapping[int, Offer],
    found: Effect | Refusal | None,
    today: date,
) -> tuple[Level, ...]:
    """Return what is known at each level, from what people thought of it to what patients say."""
    states = [one.state for one in offers.values()]
    answered = sum(state in (*TAKEN_UP, *NOT_TAKEN_UP) for state in states)
    shown = practised.by_level(session, viewer.practice_id, viewer.site_ids, skill)
    about = [one for one in everyone(session, viewer=viewer, today=today) if one.topic == skill]
    kept = sum(one.state is State.KEPT for one in about)
    n = found.offered.comments + found.others.comments if isinstance(found, Effect) else 0
    return (
        Level("Usefulness", _of(sum(s in TAKEN_UP for s in states), answered, "took the offer up")),
        Level(
            "Learning",
            _of(sum(shown.get(level, 0) for level in SHOWN), sum(shown.values()),
                "have shown the skill in first plays"),
        ),
        Level("Changes kept", _kept(kept, len(about))),
        Level("Comments", f"{n:,} comments after the offer." if n else "No estimate, so none counted."),
    )  # fmt: skip


def _kept(kept: int, plans: int) -> str:
    if not plans:
        return "No improvement plan is about this."
    return f"Of improvement plans about this: {plans}, kept: {kept}."


def _of(part: int, whole: int, what: str) -> str:
    """Say a share of people; below ten nothing, for somebody would be found out."""
    if whole < FEWEST_DRAWN:
        return f"Fewer than {FEWEST_DRAWN} people: not shown."
    return f"{part} of {whole} people {what}."
