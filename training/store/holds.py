"""Named queries about comments that wait for somebody who safeguards."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from training.store.matches import Reach, not_about
from training.store.tables import Alert, Case, Comment
from training.store.tables.comments import SAFEGUARDED


def untaken(session: Session, reach: Reach) -> list[Comment]:
    """Return the comments that wait for somebody who safeguards and that nobody took.

    Those about a person in danger come first, those that were not read last, each oldest first.
    """
    taken = exists().where(Case.comment_id == Comment.id, Case.owner_id.is_not(None))
    own = [*_open(reach.practice_id, reach.site_ids), *not_about(reach)]
    query = select(Comment).where(*own, ~taken)
    rows = session.scalars(query.order_by(Comment.received_at, Comment.id))
    return sorted(rows, key=_danger)


def before(session: Session, practice_id: int, site_ids: Sequence[int], moment: datetime) -> int:
    """Return how many held comments are not dealt with that somebody was told of before a moment.

    The day on which an imported comment was left may be long before Bedside had it.
    """
    told = select(func.min(Alert.created_at)).where(Alert.comment_id == Comment.id)
    since = func.coalesce(told.scalar_subquery(), Comment.received_at)
    query = select(func.count()).where(*_open(practice_id, site_ids), since < moment)
    return session.scalar(query) or 0


def comment(session: Session, reach: Reach, public_id: str) -> Comment | None:
    """Return a comment within reach that waits for somebody who safeguards, or None."""
    own = [*_open(reach.practice_id, reach.site_ids), *not_about(reach)]
    return session.scalar(select(Comment).where(*own, Comment.public_id == public_id))


def _danger(row: Comment) -> int:
    if row.hold == "unread":
        return 2
    return 0 if {"self_harm", "safeguarding"} & set(row.flags) else 1


def _open(practice_id: int, site_ids: Sequence[int]) -> list[ColumnElement[bool]]:
    found = [
        Comment.practice_id == practice_id,
        Comment.hold.in_(SAFEGUARDED),
        Comment.hold_closed_at.is_(None),
    ]
    if site_ids:
        # what came from no known site must still reach somebody who safeguards
        found.append(or_(Comment.site_id.in_(site_ids), Comment.site_id.is_(None)))
    return found
