"""Named queries about the spans of answers that must not be shown outside the queue."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from training.store.tables import Mask


def of_answers(session: Session, answer_ids: Iterable[int]) -> dict[int, list[Mask]]:
    """Return the masks of some answers, by answer, in the order of the text."""
    query = select(Mask).where(Mask.answer_id.in_(set(answer_ids)))
    found: dict[int, list[Mask]] = {}
    for row in session.scalars(query.order_by(Mask.answer_id, Mask.start, Mask.id)):
        found.setdefault(row.answer_id, []).append(row)
    return found


def of_comment(session: Session, comment_id: int) -> list[Mask]:
    """Return the masks of a comment in the order of its text."""
    query = select(Mask).where(Mask.comment_id == comment_id)
    return list(session.scalars(query.order_by(Mask.answer_id, Mask.start, Mask.id)))


def one(session: Session, comment_id: int, public_id: str) -> Mask | None:
    """Return a mask of a comment, or None."""
    query = select(Mask).where(Mask.comment_id == comment_id, Mask.public_id == public_id)
    return session.scalar(query)
