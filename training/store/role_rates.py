"""Named queries behind the rates by role: per person, of the comments left on a run of days."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from training.store.tables import Comment, Dispute, Match, Remark, Suggestion

Counts = dict[int, tuple[int, int]]  # by staff member (how many are so, of how many)


def kept(session: Session, practice_id: int, start: date, end: date) -> Counts:
    """Return by person how many sure ties that a reviewer decided they kept, of how many."""
    stays = func.count().filter(Match.state != "rejected")
    query = (
        select(Match.staff_id, stays, func.count())
        .join(Remark, Remark.id == Match.remark_id)
        .join(Comment, Comment.id == Remark.comment_id)
        .where(
            *_counted(practice_id, start, end),
            Match.certain.is_(True),
            Match.decided_at.is_not(None),
        )
        .group_by(Match.staff_id)
    )
    return {who: (yes, of) for who, yes, of in session.execute(query)}


def disputed(session: Session, practice_id: int, start: date, end: date) -> Counts:
    """Return by person how many remarks they were shown they disputed, of how many.

    A dispute that was taken back does not count.
    """
    made = (Dispute.remark_id == Match.remark_id) & (Dispute.staff_id == Match.staff_id)
    stands = made & func.coalesce(Dispute.outcome, "").not_in(("withdrawn",))
    query = (
        select(
            Match.staff_id,
            func.count(Match.id.distinct()).filter(Dispute.id.is_not(None)),
            func.count(Match.id.distinct()),
        )
        .join(Remark, Remark.id == Match.remark_id)
        .join(Comment, Comment.id == Remark.comment_id)
        .outerjoin(Dispute, stands)
        .where(
            *_counted(practice_id, start, end),
            Match.shown_at.is_not(None) | Dispute.id.is_not(None),
        )
        .group_by(Match.staff_id)
    )
    return {who: (yes, of) for who, yes, of in session.execute(query)}


def offered(session: Session, practice_id: int, start: datetime, end: datetime) -> set[int]:
    """Return the people who were offered a conversation between two moments."""
    query = select(Suggestion.staff_id).where(
        Suggestion.practice_id == practice_id,
        Suggestion.offered_at >= start,
        Suggestion.offered_at < end,
    )
    return set(session.scalars(query))


def _counted(practice_id: int, start: date, end: date) -> list[ColumnElement[bool]]:
    return [
        Match.practice_id == practice_id,
        Comment.reading_state == "read",
        Comment.hold == "none",
        Comment.local_day >= start,
        Comment.local_day < end,
    ]
