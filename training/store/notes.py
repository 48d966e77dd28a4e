"""Named queries about reviewers' notes to one another, and people's reflections for themselves.

A reflection is asked for by its person only: nothing here finds one by an id or a practice alone.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from training.store.tables import Account, Reflection, Remark, ReviewNote


def of_comment(session: Session, comment_id: int) -> list[tuple[ReviewNote, str]]:
    """Return the notes on a comment with the names of who wrote them, oldest first."""
    query = (
        select(ReviewNote, Account.name)
        .join(Account, Account.id == ReviewNote.account_id)
        .where(ReviewNote.comment_id == comment_id)
        .order_by(ReviewNote.id)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def own(session: Session, comment_id: int, account_id: int, public_id: str) -> ReviewNote | None:
    """Return a note on a comment if this account wrote it, or None."""
    query = select(ReviewNote).where(
        ReviewNote.comment_id == comment_id,
        ReviewNote.account_id == account_id,
        ReviewNote.public_id == public_id,
    )
    return session.scalar(query)


def reflection(
    session: Session, practice_id: int, staff_id: int, remark_public_id: str
) -> Reflection | None:
    """Return what a person wrote for themselves about a remark, or None."""
    query = (
        select(Reflection)
        .join(Remark, Remark.id == Reflection.remark_id)
        .where(
            Reflection.practice_id == practice_id,
            Reflection.staff_id == staff_id,
            Remark.public_id == remark_public_id,
        )
    )
    return session.scalar(query)


def reflections(session: Session, practice_id: int, staff_id: int) -> list[tuple[Reflection, str]]:
    """Return a person's reflections with the public ids of their remarks, oldest first."""
    query = (
        select(Reflection, Remark.public_id)
        .join(Remark, Remark.id == Reflection.remark_id)
        .where(Reflection.practice_id == practice_id, Reflection.staff_id == staff_id)
        .order_by(Reflection.id)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def remark_id(session: Session, practice_id: int, public_id: str) -> int:
    """Return the number of a remark that is known to exist."""
    query = select(Remark.id).where(
        Remark.practice_id == practice_id, Remark.public_id == public_id
    )
    return session.scalars(query).one()
