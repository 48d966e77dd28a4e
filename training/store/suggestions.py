"""Named queries about suggestions and what they are computed from.

Person-level evidence is what nobody can still change by deciding: of the comments left before the
first undecided one, those of which every remark is settled or decided; praise and criticism alike.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from training.store.matches import CRITICAL, stands
from training.store.tables import (
    Audit,
    Comment,
    Decision,
    Mastery,
    Match,
    Remark,
    RemarkSkill,
    Suggestion,
)

OPEN = ("offered", "accepted", "later")
DECLINED = ("not_useful", "already_did", "not_about_me")


@dataclass(frozen=True, slots=True)
class Word:
    """One remark's word on one skill of one person.

    `skill` is "" where none was read; `visit_id` is None where none is kept.
    """

    staff_id: int
    skill: str
    remark_id: int
    comment_id: int
    visit_id: int | None
    day: date
    negative: bool
    confidence: float
    decided: bool
    shown: bool


def first_undecided(session: Session, practice_id: int) -> date | None:
    """Return the day of the oldest comment that is unread or waits for a reviewer, or None."""
    undecided = and_(
        Comment.reading_state == "read",
        exists().where(Remark.comment_id == Comment.id, Remark.state == "waiting"),
    )
    query = select(func.min(Comment.local_day)).where(
        Comment.practice_id == practice_id,
        Comment.hold == "none",
        or_(Comment.reading_state == "waiting", undecided),
    )
    return session.scalar(query)


def evidence(session: Session, practice_id: int, start: date, end: date) -> list[Word]:
    """Return the words on every person and skill from `start` up to but not including `end`."""
    other = aliased(Remark)
    # a disputed remark is not decided, but it holds nobody else's counting back
    waits = exists().where(other.comment_id == Comment.id, other.state.in_(("waiting", "disputed")))
    query = (
        select(Match, RemarkSkill.skill, Remark, Comment)
        .join(Remark, Remark.id == Match.remark_id)
        .outerjoin(RemarkSkill, RemarkSkill.remark_id == Remark.id)
        .join(Comment, Comment.id == Remark.comment_id)
        .where(
            Match.practice_id == practice_id,
            Comment.local_day >= start,
            Comment.local_day < end,
            Comment.reading_state == "read",
            Comment.hold == "none",
            Comment.may_learn.is_(True),
            Remark.state.in_(("settled", "confirmed")),
            stands(),
            ~waits,
        )
        .order_by(Match.staff_id, RemarkSkill.skill, Comment.local_day, Remark.id)
    )
    return [
        _word(match, skill or "", remark, comment)
        for match, skill, remark, comment in session.execute(query)
    ]


def _word(match: Match, skill: str, remark: Remark, comment: Comment) -> Word:
    return Word(
        staff_id=match.staff_id,
        skill=skill,
        remark_id=remark.id,
        comment_id=comment.id,
        visit_id=comment.visit_id,
        day=comment.local_day,
        negative=remark.sentiment in CRITICAL,
        confidence=match.confidence,
        decided=remark.state == "confirmed",
        shown=match.shown_at is not None,
    )


def mastery(session: Session, practice_id: int) -> dict[tuple[int, str], Mastery]:
    """Return what plays have shown, by person and skill."""
    rows = session.scalars(select(Mastery).where(Mastery.practice_id == practice_id))
    return {(row.staff_id, row.skill): row for row in rows}


def of_practice(session: Session, practice_id: int) -> list[Suggestion]:
    """Return every suggestion that was ever made, oldest first."""
    query = select(Suggestion).where(Suggestion.practice_id == practice_id)
    return list(session.scalars(query.order_by(Suggestion.id)))


def stamp(session: Session, practice_id: int) -> tuple[object, ...]:
    """Return what changes whenever something that suggestions are made of changes.

    People's acts leave a row in the audit or a decision, readings a remark, rehearsals a mastery.
    """
    columns = (Audit.id, Decision.id, Remark.id, Mastery.last_play_at)
    newest = [
        select(func.max(column)).where(column.class_.practice_id == practice_id).scalar_subquery()
        for column in columns
    ]
    return tuple(session.execute(select(*newest)).one())


def open_for(session: Session, practice_id: int, staff_id: int) -> list[Suggestion]:
    """Return a person's suggestions that are offered or accepted, best first."""
    query = select(Suggestion).where(
        Suggestion.practice_id == practice_id,
        Suggestion.staff_id == staff_id,
        Suggestion.state.in_(("offered", "accepted")),
    )
    return list(session.scalars(query.order_by(Suggestion.score.desc(), Suggestion.id)))


def own(session: Session, practice_id: int, staff_id: int, public_id: str) -> Suggestion | None:
    """Return one suggestion if it was made to this person, or None."""
    query = select(Suggestion).where(
        Suggestion.practice_id == practice_id,
        Suggestion.staff_id == staff_id,
        Suggestion.public_id == public_id,
    )
    return session.scalar(query)


def holding(session: Session, practice_id: int, staff_id: int) -> list[Suggestion]:
    """Return the suggestions that hold a place among a person's, what they put off included."""
    query = select(Suggestion).where(
        Suggestion.practice_id == practice_id,
        Suggestion.staff_id == staff_id,
        Suggestion.state.in_(OPEN),
    )
    return list(session.scalars(query.order_by(Suggestion.id)))


def reopen(session: Session, row: Suggestion, *, state: str, answered_at: datetime | None) -> bool:
    """Put a suggestion back to a state; False where it was answered anew or settled meanwhile."""
    query = (
        update(Suggestion)
        .where(
            Suggestion.id == row.id,
            Suggestion.state == row.state,
            Suggestion.answered_at == row.answered_at,
        )
        .values(state=state, answered_at=answered_at)
        .returning(Suggestion.id)
    )
    return session.scalar(query) is not None
