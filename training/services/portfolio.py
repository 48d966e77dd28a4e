"""A portfolio: what a person may show of their learning, made by them, for them, when they like.

    rehearsals ─┐
    skills ─────┼── what they tick ──► a page to print, a table to keep
    thanks ─────┤                      nothing is stored, and nobody else can make one
    reflections ┘

It holds no patient's words and no patient's identity: thanks are counted, and what a reflection
quotes of a comment, names and numbers in it too, are blocked out.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from training import periods
from training.feedback.quoting import without_quotes
from training.scenarios.catalogue import Catalogue
from training.scenarios.mastery import Mastery
from training.services import mastery, remarks
from training.services.assignments import title_of
from training.services.people import NotFound
from training.services.renderings import hidden_spans
from training.services.signing_in import Viewer
from training.skills import topic_name
from training.store import matches, people, plays
from training.store import portfolio as store
from training.store.tables import Play

PARTS = {
    "rehearsals": "Conversations I rehearsed",
    "skills": "What my first answers showed",
    "thanks": "How often patients thanked me",
}
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A conversation that was finished, how often, and the month of the last time."""

    title: str
    times: int
    last: date


@dataclass(frozen=True, slots=True)
class Thanks:
    """How many remarks that thank the person name a skill; `other` where none was read."""

    skill: str
    remarks: int


@dataclass(frozen=True, slots=True)
class Thought:
    """A reflection as it may be shown: `key` is what is ticked, `about` what it was written about."""

    key: str
    about: str
    month: date
    words: str


@dataclass(frozen=True, slots=True)
class Portfolio:
    """What was ticked; a part that was not is empty. `thanked` is the number of thanks in all."""

    name: str
    role: str
    practice: str
    made_on: date
    rehearsals: tuple[Rehearsal, ...]
    skills: Mapping[str, Mastery]
    thanks: tuple[Thanks, ...]
    thanked: int
    thoughts: tuple[Thought, ...]
    parts: frozenset[str]


def thoughts(session: Session, *, viewer: Viewer, catalogue: Catalogue) -> tuple[Thought, ...]:
    """Return every reflection the viewer may tick, newest first; raise `NotFound` off the roster."""
    staff_id = _person(viewer)
    zone = people.practice(session, viewer.practice_id).time_zone
    shown = {row[1] for row in matches.shown_lines(session, viewer.practice_id, staff_id)}
    written = store.reflections(session, viewer.practice_id, staff_id)
    hidden = hidden_spans(session, answer_ids=[answer.id for _, _, answer in written])
    found = [
        Thought(
            key=f"r-{public_id}",
            about="About a remark of a patient",
            month=_month(row.written_at, zone),
            words=without_quotes(
                row.words,
                answer.text,
                [answer.text[span.start : span.stop] for span in hidden.get(answer.id, ())],
            ),
        )
        for row, public_id, answer in written
        if public_id in shown
    ]
    rows = plays.of_person(session, viewer.practice_id, staff_id)
    found += [one for row in rows for one in _of_play(row, catalogue, zone)]
    return tuple(sorted(found, key=lambda one: (one.month, one.key), reverse=True))


def _of_play(row: Play, catalogue: Catalogue, zone: str) -> Iterator[Thought]:
    title = title_of(catalogue, row.slug)
    for kind, words, what in (("w", row.reflection, "After"), ("p", row.intention, "A plan after")):
        if words and row.finished_at:
            about, month = f"{what} “{title}”", _month(row.finished_at, zone)
            yield Thought(f"{kind}-{row.public_id}", about, month, without_quotes(words, ""))


def make(
    session: Session,
    *,
    viewer: Viewer,
    catalogue: Catalogue,
    parts: Collection[str],
    ticked: Collection[str],
    today: date,
) -> Portfolio:
    """Return a portfolio of some parts and of the reflections ticked; raise `NotFound` off the roster."""
    staff_id = _person(viewer)
    staff = plays.person(session, viewer.practice_id, staff_id)
    practice = people.practice(session, viewer.practice_id)
    thanks, thanked = _thanks(session, viewer) if "thanks" in parts else ((), 0)
    return Portfolio(
        name=viewer.name,
        role=staff.role,
        practice=practice.name,
        made_on=today,
        rehearsals=(
            _rehearsals(session, viewer, catalogue, practice.time_zone)
            if "rehearsals" in parts
            else ()
        ),
        skills=(
            mastery.of_person(session, viewer=viewer, today=today) if "skills" in parts else {}
        ),
        thanks=thanks,
        thanked=thanked,
        thoughts=tuple(
            one
            for one in thoughts(session, viewer=viewer, catalogue=catalogue)
            if one.key in ticked
        ),
        parts=frozenset(parts) & frozenset(PARTS),
    )


def _person(viewer: Viewer) -> int:
    if viewer.staff_id is None:
        raise NotFound
    return viewer.staff_id


def _month(moment: datetime, zone: str) -> date:
    return periods.local_day(moment, zone).replace(day=1)


def _rehearsals(
    session: Session, viewer: Viewer, catalogue: Catalogue, zone: str
) -> tuple[Rehearsal, ...]:
    times: Counter[str] = Counter()
    last: dict[str, date] = {}
    for row in plays.of_person(session, viewer.practice_id, _person(viewer)):
        if row.finished_at is not None:
            title = title_of(catalogue, row.slug)
            times[title] += 1
            month = _month(row.finished_at, zone)
            last[title] = max(month, last.get(title, month))
    return tuple(Rehearsal(title, times[title], last[title]) for title in sorted(times))


def _thanks(session: Session, viewer: Viewer) -> tuple[tuple[Thanks, ...], int]:
    praise = remarks.said(session, viewer=viewer).praise
    counts = Counter(skill for one in praise for skill in (one.skills or (OTHER,)))
    order = sorted(counts, key=lambda skill: (skill == OTHER, -counts[skill], skill))
    return tuple(Thanks(skill, counts[skill]) for skill in order), len(praise)


def table(found: Portfolio) -> Iterator[tuple[str, ...]]:
    """Yield a portfolio as the rows of a file: part, what, how much, month, words."""
    yield ("part", "what", "number", "month", "words")
    for one in found.rehearsals:
        yield ("rehearsal", one.title, str(one.times), f"{one.last:%Y-%m}", "")
    for skill, level in found.skills.items():
        words = level.level.value.replace("_", " ")
        yield ("skill", topic_name(skill), str(level.decisions), "", words)
    for thank in found.thanks:
        name = "No skill named" if thank.skill == OTHER else topic_name(thank.skill)
        yield ("thanks", name, str(thank.remarks), "", "")
    for thought in found.thoughts:
        yield ("reflection", thought.about, "", f"{thought.month:%Y-%m}", thought.words)
