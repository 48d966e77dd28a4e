"""Queries about comments that a patient may not have sent."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from training.store.matches import Reach, within
from training.store.tables import Answer, Comment


def through(session: Session, practice_id: int, site_id: int | None, since: datetime) -> int:
    """Return how many comments came by a site's own code since a moment."""
    query = select(func.count()).where(
        Comment.practice_id == practice_id,
        Comment.site_id == site_id,
        Comment.source == "site_code",
        Comment.received_at > since,
    )
    return session.scalar(query) or 0


def count(session: Session, reach: Reach, *, alike: bool) -> int:
    """Return how many comments set apart wait for a look: those that are alike, or the others."""
    return session.scalar(select(func.count()).where(*_waiting(reach, alike))) or 0


def waiting(session: Session, reach: Reach, *, alike: bool, limit: int) -> list[Comment]:
    """Return comments set apart that wait for a look, oldest first: those alike, or the others."""
    query = select(Comment).where(*_waiting(reach, alike))
    return list(session.scalars(query.order_by(Comment.received_at, Comment.id).limit(limit)))


def aside(session: Session, reach: Reach, *, limit: int) -> list[Comment]:
    """Return comments that were set aside, the latest first."""
    query = select(Comment).where(*_doubtful(reach), Comment.hold_closed_at.is_not(None))
    order = (Comment.hold_closed_at.desc(), Comment.id.desc())
    return list(session.scalars(query.order_by(*order).limit(limit)))


def those(session: Session, reach: Reach, public_ids: Sequence[str]) -> list[Comment]:
    """Return those of some comments that are set apart, to be changed."""
    query: Select[Comment] = select(Comment).where(
        *_doubtful(reach), Comment.public_id.in_(public_ids)
    )
    return list(session.scalars(query.order_by(Comment.id).with_for_update()))


def texts(session: Session, ids: Sequence[int]) -> dict[int, list[str]]:
    """Return the words of comments, by number."""
    found: dict[int, list[str]] = {}
    for row in session.scalars(
        select(Answer).where(Answer.comment_id.in_(ids)).order_by(Answer.id)
    ):
        found.setdefault(row.comment_id, []).append(row.text)
    return found


def _waiting(reach: Reach, alike: bool) -> list[ColumnElement[bool]]:
    reason = Comment.doubt == "alike" if alike else Comment.doubt != "alike"
    return [*_doubtful(reach), Comment.hold_closed_at.is_(None), reason]


def _doubtful(reach: Reach) -> list[ColumnElement[bool]]:
    return [*within(reach), Comment.hold == "doubtful", Comment.reading_state != "erased"]
