"""Named queries about what waits and what failed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from training.store.tables import Alert, Comment
from training.store.tables.comments import SAFEGUARDED


@dataclass(frozen=True, slots=True)
class CommentCounts:
    """Comments of a practice: all, not yet read, failed, held and open, and when the oldest held came."""

    total: int
    waiting: int
    failed: int
    held: int
    oldest_held: datetime | None


def comments(session: Session, practice_id: int) -> CommentCounts:
    """Count a practice's comments by what has become of them."""
    open_hold = Comment.hold.in_(SAFEGUARDED) & Comment.hold_closed_at.is_(None)
    query = select(
        func.count(),
        func.count().filter(Comment.reading_state == "waiting"),
        func.count().filter(Comment.reading_state == "failed"),
        func.count().filter(open_hold),
    ).where(Comment.practice_id == practice_id, Comment.reading_state != "erased")
    total, waiting, failed, held = session.execute(query).one()
    oldest = session.scalar(
        select(func.min(Comment.received_at)).where(Comment.practice_id == practice_id, open_hold)
    )
    return CommentCounts(total, waiting, failed, held, oldest)


def alerts_unsent(session: Session, practice_id: int) -> int:
    """Return how many alerts still wait to be sent."""
    query = select(func.count()).where(Alert.practice_id == practice_id, Alert.sent_at.is_(None))
    return session.scalar(query) or 0


def oldest_unread(session: Session, practice_id: int) -> datetime | None:
    """Return when the oldest comment came that still waits to be read, or None."""
    query = select(func.min(Comment.received_at)).where(
        Comment.practice_id == practice_id, Comment.reading_state == "waiting"
    )
    return session.scalar(query)
