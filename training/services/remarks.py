"""What a person is shown of what patients said about them, and when.

    praise, certain or confirmed     ──► at once
    criticism, confirmed             ──► when three wait, or four weeks after the oldest decision
    no consent, held, rejected       ──► never

They see the remark, its month, stage and skill; never the day, never who the patient was.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from training import periods
from training.services.people import NotFound
from training.services.renderings import Hidden, hidden_spans, staff_words
from training.services.signing_in import Viewer
from training.store import matches
from training.store.tables import Answer, Comment, Match, Remark

BATCH = 3
LONGEST_WAIT = timedelta(days=28)
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Shown:
    """A remark as its person sees it: `month` is the first of the month it was left in."""

    public_id: str
    text: str
    praise: bool
    skills: tuple[str, ...]
    theme: str | None
    month: date
    stage: str


@dataclass(frozen=True, slots=True)
class Said:
    """Everything a person is shown, praise and criticism apart, newest month first."""

    praise: tuple[Shown, ...]
    criticism: tuple[Shown, ...]


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
    """Return what the viewer is shown about themselves; raise `NotFound` off the roster."""
    if viewer.staff_id is None:
        raise NotFound
    rows = matches.shown_to(session, viewer.practice_id, viewer.staff_id)
    found = matches.skills(session, [remark.id for _, remark, _, _ in rows])
    hidden = hidden_spans(session, answer_ids=[answer.id for _, _, _, answer in rows])
    shown = [_shown(remark, comment, answer, found, hidden) for _, remark, comment, answer in rows]
    # within a month the order must not tell the days
    shown.sort(key=lambda one: (-one.month.toordinal(), one.public_id))
    return Said(
        praise=tuple(one for one in shown if one.praise),
        criticism=tuple(one for one in shown if not one.praise),
    )


def _shown(
    remark: Remark, comment: Comment, answer: Answer, skills: dict[int, list[str]], hidden: Hidden
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
        praise=remark.sentiment == "positive",
        skills=tuple(skills.get(remark.id, ())),
        theme=remark.theme,
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
    everything = said(session, viewer=viewer)
    for one in (*everything.praise, *everything.criticism):
        if one.public_id == public_id:
            return one
    raise NotFound
