"""What a person is shown of what patients said about them, and when.

    praise, certain or confirmed     ──► at once
    criticism, confirmed             ──► when three wait, or four weeks after the oldest decision
    no consent, held, rejected       ──► never

They see the remark, its month, stage and skill; never the day, never who the patient was.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from training import periods
from training.services.people import NotFound
from training.services.renderings import Hidden, hidden_spans, staff_words
from training.services.signing_in import Viewer
from training.store import matches, topics
from training.store.tables import Answer, Comment, Match, Remark
from training.store.topics import Topics

BATCH = 3
LONGEST_WAIT = timedelta(days=28)
OTHER = "other"
PRAISE = "positive"
A_PAGE = 100
Row = tuple[Match, Remark, Comment, Answer]


@dataclass(frozen=True, slots=True)
class Shown:
    """A remark as its person sees it: `month` is the first of the month it was left in."""

    public_id: str
    text: str
    praise: bool
    skills: tuple[str, ...]
    themes: tuple[str, ...]
    month: date
    stage: str


@dataclass(frozen=True, slots=True)
class Said:
    """What a person is shown, praise and criticism apart, newest month first.

    `more_praise` and `more_criticism`: how much more of each there is than is given here.
    """

    praise: tuple[Shown, ...]
    criticism: tuple[Shown, ...]
    more_praise: int = 0
    more_criticism: int = 0


@dataclass(frozen=True, slots=True)
class SaidPage:
    """A page of what a person is shown: `number` of `pages`, from 1."""

    said: Said
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class SkillRemarks:
    """What a person is shown about one skill (`other` where none was read), praise first."""

    skill: str
    praise: tuple[Shown, ...]
    criticism: tuple[Shown, ...]


def release(session: Session, *, practice_id: int, moment: datetime) -> int:
    """Mark as shown all that may now be shown; return how much.

    Commits, with whatever led to it: a decision and what it shows are one transaction.
    """
    ready = matches.praise_to_show(session, practice_id)
    waiting: dict[int, list[Match]] = {}
    for match in matches.criticism_to_show(session, practice_id):
        waiting.setdefault(match.staff_id, []).append(match)
    for batch in waiting.values():
        if len(batch) >= BATCH or _oldest(batch) <= moment - LONGEST_WAIT:
            ready += batch
    for match in ready:
        match.shown_at = moment
    session.commit()
    return len(ready)


def _oldest(batch: Iterable[Match]) -> datetime:
    return min(match.decided_at for match in batch if match.decided_at)


def said(session: Session, *, viewer: Viewer) -> Said:
    """Return all that the viewer is shown about themselves; raise `NotFound` off the roster."""
    return _apart(_in_full(session, _shown_rows(session, viewer)))


def newest(session: Session, *, viewer: Viewer, most: int) -> Said:
    """Return the newest of what the viewer is shown, so many of each sign at most."""
    lines = _lines(session, viewer)
    praise = [remark_id for remark_id, sentiment in lines if sentiment == PRAISE]
    criticism = [remark_id for remark_id, sentiment in lines if sentiment != PRAISE]
    chosen = (*praise[:most], *criticism[:most])
    found = _apart(_in_full(session, _shown_rows(session, viewer, remark_ids=chosen)))
    return replace(
        found,
        more_praise=len(praise) - len(found.praise),
        more_criticism=len(criticism) - len(found.criticism),
    )


def page_of(session: Session, *, viewer: Viewer, number: int) -> SaidPage:
    """Return a page of what the viewer is shown, the newest first; the nearest page there is."""
    lines = _lines(session, viewer)
    pages = max(1, -(-len(lines) // A_PAGE))
    number = min(max(1, number), pages)
    chosen = [remark_id for remark_id, _ in lines[(number - 1) * A_PAGE : number * A_PAGE]]
    rows = _shown_rows(session, viewer, remark_ids=chosen)
    return SaidPage(_apart(_in_full(session, rows)), number, pages)


def _lines(session: Session, viewer: Viewer) -> list[tuple[int, str]]:
    """Return (remark, sentiment) of all that the viewer is shown, in the order of every page."""
    rows = matches.shown_lines(session, viewer.practice_id, _person(viewer))
    rows.sort(key=lambda row: _place(row[3], row[1]))
    return [(remark_id, sentiment) for remark_id, _, sentiment, _ in rows]


def _place(day: date, public_id: str) -> tuple[int, str]:
    # within a month the order must not tell the days
    return -periods.month_of(day).start.toordinal(), public_id


def _person(viewer: Viewer) -> int:
    if viewer.staff_id is None:
        raise NotFound
    return viewer.staff_id


def _shown_rows(session: Session, viewer: Viewer, **which: Any) -> list[Row]:
    return matches.shown_to(session, viewer.practice_id, _person(viewer), **which)


def _in_full(session: Session, rows: Sequence[Row]) -> list[Shown]:
    found = topics.of(session, [remark.id for _, remark, _, _ in rows])
    hidden = hidden_spans(session, answer_ids=[answer.id for _, _, _, answer in rows])
    shown = [_shown(remark, comment, answer, found, hidden) for _, remark, comment, answer in rows]
    return sorted(shown, key=lambda one: _place(one.month, one.public_id))


def _apart(shown: Sequence[Shown]) -> Said:
    return Said(
        praise=tuple(one for one in shown if one.praise),
        criticism=tuple(one for one in shown if not one.praise),
    )


def _shown(
    remark: Remark, comment: Comment, answer: Answer, about: Mapping[int, Topics], hidden: Hidden
) -> Shown:
    return Shown(
        public_id=remark.public_id,
        text=staff_words(
            text=answer.text,
            start=remark.start,
            stop=remark.stop,
            answer_id=answer.id,
            hidden=hidden,
        ),
        praise=remark.sentiment == PRAISE,
        skills=about[remark.id].skills,
        themes=about[remark.id].themes,
        month=periods.month_of(comment.local_day).start,
        stage=comment.stage or "",
    )


def by_skill(everything: Said) -> list[SkillRemarks]:
    """Group remarks by skill, the skills with most remarks first; without a skill last."""
    keys = [skill for one in (*everything.praise, *everything.criticism) for skill in _keys(one)]
    order = sorted(dict.fromkeys(keys), key=lambda skill: (skill == OTHER, -keys.count(skill)))
    return [
        SkillRemarks(
            skill,
            tuple(one for one in everything.praise if skill in _keys(one)),
            tuple(one for one in everything.criticism if skill in _keys(one)),
        )
        for skill in order
    ]


def _keys(one: Shown) -> tuple[str, ...]:
    return one.skills or (OTHER,)


def remark_of(session: Session, *, viewer: Viewer, public_id: str) -> Shown:
    """Return one remark the viewer is shown about themselves; raise `NotFound` for any other."""
    found = _in_full(session, _shown_rows(session, viewer, public_id=public_id))
    if not found:
        raise NotFound
    return found[0]
