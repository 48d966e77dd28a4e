"""Named queries about comments, their answers, and what was read in them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import Session

from training.store.tables import Answer, Comment, CommentStaff, Practice

UNREAD = ("waiting", "failed")
ATTEMPTS = 3  # a comment that failed so often waits for a person, not for the sweep


@dataclass(frozen=True, slots=True)
class Whole:
    """A comment with its answers, and the copy of who was on the visit and whom the patient tapped."""

    comment: Comment
    answers: list[Answer] = field(default_factory=list)
    staff: list[CommentStaff] = field(default_factory=list)


def get(session: Session, comment_id: int) -> Comment:
    """Return a comment that is known to exist."""
    return session.get_one(Comment, comment_id)


def has_post(session: Session, practice_id: int, post_key: str) -> bool:
    """Return whether a comment was already made of a post."""
    query = select(Comment.id).where(
        Comment.practice_id == practice_id, Comment.post_key == post_key
    )
    return session.scalar(query) is not None


def ids_waiting(session: Session, limit: int | None) -> list[int]:
    """Return the ids of comments to be read, oldest first; None as limit means all.

    A practice that switched reading off has its comments held once; they are not offered again.
    """
    query = (
        select(Comment.id)
        .join(Practice, Practice.id == Comment.practice_id)
        .where(
            or_(
                Comment.reading_state == "waiting",
                and_(Comment.reading_state == "failed", Comment.attempts < ATTEMPTS),
            ),
            or_(Practice.reading_on.is_(True), Comment.hold == "none"),
        )
        .order_by(Comment.received_at, Comment.id)
        .limit(limit)
    )
    return list(session.scalars(query))


def unread(session: Session, ids: Sequence[int]) -> list[Whole]:
    """Return those of some comments that are still unread, whole, oldest first."""
    rows = session.scalars(
        select(Comment)
        .where(Comment.id.in_(ids), Comment.reading_state.in_(UNREAD))
        .order_by(Comment.received_at, Comment.id)
        .execution_options(populate_existing=True)
    )
    found = {row.id: Whole(row) for row in rows}
    for answer in session.scalars(
        select(Answer).where(Answer.comment_id.in_(found)).order_by(Answer.id)
    ):
        found[answer.comment_id].answers.append(answer)
    for person in session.scalars(
        select(CommentStaff).where(CommentStaff.comment_id.in_(found)).order_by(CommentStaff.id)
    ):
        found[person.comment_id].staff.append(person)
    return list(found.values())


def whole(session: Session, comment: Comment) -> Whole:
    """Return a comment, read or not, with its answers and the copy of who was on the visit."""
    answers = select(Answer).where(Answer.comment_id == comment.id).order_by(Answer.id)
    staff = select(CommentStaff).where(CommentStaff.comment_id == comment.id)
    found = session.scalars(staff.order_by(CommentStaff.id))
    return Whole(comment, list(session.scalars(answers)), list(found))


def note_read(session: Session, comment_id: int, values: dict[str, Any]) -> bool:
    """Store what was read of a comment, unless it was read meanwhile; return whether it was stored."""
    query = (
        update(Comment)
        .where(Comment.id == comment_id, Comment.reading_state.in_(UNREAD))
        .values(reading_state="read", **values)
        .returning(Comment.id)
    )
    return session.scalar(query) is not None


def note_failed(session: Session, comment_id: int) -> bool:
    """Count a failed attempt at reading a comment; return False where it was read meanwhile."""
    query = (
        update(Comment)
        .where(Comment.id == comment_id, Comment.reading_state.in_(UNREAD))
        .values(reading_state="failed", attempts=Comment.attempts + 1)
        .returning(Comment.id)
    )
    return session.scalar(query) is not None


def hold(session: Session, comment_id: int, reason: str) -> None:
    """Hold a comment for those who safeguard, unless it is held already."""
    session.execute(
        update(Comment).where(Comment.id == comment_id, Comment.hold == "none").values(hold=reason)
    )


def forget_contacts(session: Session, before: datetime) -> int:
    """Delete the contact details of comments that arrived before a moment; return how many."""
    query = (
        update(Comment)
        .where(Comment.contact.is_not(None), Comment.received_at < before)
        .values(contact=None)
        .returning(Comment.id)
    )
    return len(list(session.scalars(query)))
