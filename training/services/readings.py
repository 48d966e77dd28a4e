"""From a stored comment to the reader and back: what is given to it, and what is kept of its answer.

    roster, visit, answers ──► feedback.reading ──► comment columns, remarks, their skills, matches

    cause person, negative, tied to Ada     waiting    a reviewer decides
    cause person, negative or not, unsure   waiting    the candidates are a question for the reviewer
    cause person, praise, surely Ada's      settled    Ada sees it at once, if staff may learn from it
    anything else                           settled    it counts, and is about nobody

What cannot be read, speaks of somebody's safety or was sent as a formal complaint is held for those
who safeguard: a person reads it, and it is no score.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import lru_cache

from sqlalchemy.orm import Session

from training.feedback import comment as given
from training.feedback import reading, severity
from training.feedback.adjusting import Adjustment
from training.feedback.halves import Half, read_halves
from training.feedback.summary import by_hints
from training.store import comments, people
from training.store.comments import Whole
from training.store.tables import (
    Answer,
    Comment,
    CommentStaff,
    Match,
    Remark,
    RemarkSkill,
    RemarkTheme,
    Staff,
)

RATINGS = {"very_good": 5, "good": 4, "neither": 3, "poor": 2, "very_poor": 1}
SAFETY_FLAGS = frozenset({"safeguarding", "self_harm", "abuse"})
MOST_SEVERE = 3


@dataclass(frozen=True, slots=True)
class Desk:
    """What the comments of one practice are read with."""

    reading_on: bool
    roster: reading.Roster
    sites: dict[int, str]
    adjustment: Adjustment = field(default_factory=Adjustment)


@dataclass(frozen=True, slots=True)
class Read:
    """A comment with what was read: the whole of it, and the remarks of each answer."""

    comment: Comment
    overall: reading.Reading | None  # None: a rating without words
    remarks: tuple[tuple[Answer, reading.Remark], ...]
    hold: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """Whom a remark may be about, as a match holds it."""

    staff_id: int
    confidence: float
    certain: bool
    evidence: list[str]


def desk(session: Session, *, practice_id: int, adjustment: Adjustment | None = None) -> Desk:
    """Return what the comments of a practice are read with: its roster, by name, and its sites.

    `adjustment` is what its corrections have taught (adjustments.py).
    """
    practice = people.practice(session, practice_id)
    sites = {site.id: site.name for site in people.sites(session, practice_id)}
    roster = tuple(_person(row, sites) for row in people.roster(session, practice_id))
    return Desk(practice.reading_on, _indexed(roster), sites, adjustment or Adjustment())


@lru_cache(maxsize=16)
def _indexed(roster: tuple[given.Person, ...]) -> reading.Roster:
    return reading.Roster(roster)


def _person(row: Staff, sites: dict[int, str]) -> given.Person:
    return given.Person(
        staff_id=str(row.id),
        given_name=row.given_name,
        family_name=row.family_name,
        preferred_name=row.preferred_name,
        title=row.title,
        role=row.role,
        pronouns=row.pronouns,
        aliases=tuple(row.aliases),
        active_from=row.active_from,
        active_to=row.active_to,
        site=sites[row.site_id] if row.site_id else "",
    )


def read(whole: Whole, at: Desk) -> Read:
    """Read the answers of one comment; nothing is stored."""
    visit = _visit(whole, at)
    readings = [
        reading.read(_answer(row, whole), at.roster, visit, adjustment=at.adjustment)
        for row in whole.answers
    ]
    overall = reading.overall(readings) if readings else None
    remarks = tuple(
        (answer, remark)
        for answer, found in zip(whole.answers, readings, strict=True)
        for remark in found.remarks
    )
    return Read(whole.comment, overall, remarks, _hold(whole.comment, overall))


def _answer(row: Answer, whole: Whole) -> given.Answer:
    return given.Answer(
        text=row.text,
        question=row.question,
        rating=RATINGS.get(whole.comment.rating or ""),
        left_on=whole.comment.local_day,
    )


def _visit(whole: Whole, at: Desk) -> given.Visit:
    comment = whole.comment
    return given.Visit(
        on_visit=_ids(row for row in whole.staff if row.on_visit),
        tapped=_ids(row for row in whole.staff if row.tapped),
        about=comment.about,
        channel=comment.channel or "",
        stage=comment.stage or "",
        site=at.sites[comment.site_id] if comment.site_id else "",
        known=comment.had_visit,
    )


def _ids(rows: Iterable[CommentStaff]) -> tuple[str, ...]:
    return tuple(str(row.staff_id) for row in rows)


def _hold(comment: Comment, overall: reading.Reading | None) -> str:
    if comment.hold_closed_at is not None:
        return comment.hold
    severe = overall is not None and overall.severity >= MOST_SEVERE
    flags = set(overall.flags) if overall else set()
    if comment.asked_for or severe or flags & SAFETY_FLAGS:
        return "safety"
    if comment.hold == "doubtful":
        return comment.hold
    return "unread" if "not_english" in flags else "none"


def read_apart(
    whole: Whole, at: Desk, *, answer: Answer, parts: tuple[Half, Half]
) -> tuple[reading.Remark, reading.Remark]:
    """Read two halves of what was one remark of an answer; nothing is stored."""
    return read_halves(_answer(answer, whole), at.roster, _visit(whole, at), parts, at.adjustment)


def keep(session: Session, *, found: Sequence[Read], moment: datetime) -> list[Read]:
    """Store what was read, and return what of it was stored: a comment is read once.

    Does not commit.
    """
    stored = [
        it for it in found if comments.note_read(session, it.comment.id, _columns(it, moment))
    ]
    pairs = [
        (_remark(it, answer, remark), remark, it) for it in stored for answer, remark in it.remarks
    ]
    session.add_all(row for row, _, _ in pairs)
    session.flush()
    for row, remark, it in pairs:
        session.add_all(_topics(row, remark))
        session.add_all(_matches(row, remark, it, moment))
    return stored


def _columns(it: Read, moment: datetime) -> dict[str, object]:
    found = it.overall
    return {
        "reader": reading.READER,
        "read_at": moment,
        "sentiment": found.sentiment if found else None,
        "score": found.score if found else None,
        "severity": found.severity if found else 0,
        "flags": list(severity.ordered({*it.comment.flags, *(found.flags if found else ())})),
        "language": found.language if found else None,
        "hold": it.hold,
    }


def _remark(it: Read, answer: Answer, remark: reading.Remark) -> Remark:
    return Remark(
        practice_id=it.comment.practice_id,
        comment_id=it.comment.id,
        answer_id=answer.id,
        start=remark.start,
        stop=remark.end,
        sentiment=remark.sentiment,
        score=remark.score,
        why=list(remark.why),
        cause=remark.cause,
        state=_state(remark),
    )


def _state(remark: reading.Remark) -> str:
    if remark.cause != "person":
        return "settled"
    if remark.staff:
        sure = remark.sentiment == "neutral" or _is_praise_in_words(remark)
        return "settled" if sure else "waiting"
    return "waiting" if remark.candidates else "settled"


def _is_praise_in_words(remark: reading.Remark) -> bool:
    """Whether a remark's own words praise: a good rating alone is for a person to look at."""
    return remark.sentiment == "positive" and not by_hints(remark.why)


def _topics(row: Remark, remark: reading.Remark) -> Iterator[RemarkSkill | RemarkTheme]:
    for skill in dict.fromkeys(remark.skills):
        yield RemarkSkill(practice_id=row.practice_id, remark_id=row.id, skill=skill)
    for theme in dict.fromkeys(remark.themes):
        yield RemarkTheme(practice_id=row.practice_id, remark_id=row.id, theme=theme)


def _matches(row: Remark, remark: reading.Remark, it: Read, moment: datetime) -> Iterator[Match]:
    praise = _is_praise_in_words(remark) and it.hold == "none" and it.comment.may_learn
    for one in proposed(remark):
        yield Match(
            practice_id=row.practice_id,
            remark_id=row.id,
            **asdict(one),
            state="proposed",
            shown_at=moment if one.certain and praise else None,
        )


def proposed(remark: reading.Remark) -> Iterator[Proposed]:
    """Yield whom a reading ties a remark to, each person once, the certain first."""
    if remark.cause != "person":
        return
    seen: set[str] = set()
    for certain, matches in ((True, remark.staff), (False, remark.candidates)):
        for match in matches:
            if match.staff_id in seen:
                continue
            seen.add(match.staff_id)
            yield Proposed(int(match.staff_id), match.confidence, certain, list(match.evidence))
