"""Named queries for a person's own download: rows that are theirs alone."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from training.store.tables import SignIn, Suggestion


def sign_ins(session: Session, account_id: int) -> list[SignIn]:
    """Return the sign-ins that are kept of an account, oldest first."""
    query = select(SignIn).where(SignIn.account_id == account_id)
    return list(session.scalars(query.order_by(SignIn.id)))


def suggestions(session: Session, practice_id: int, staff_id: int) -> list[Suggestion]:
    """Return every suggestion that was ever made to a person, oldest first."""
    query = select(Suggestion).where(
        Suggestion.practice_id == practice_id, Suggestion.staff_id == staff_id
    )
    return list(session.scalars(query.order_by(Suggestion.id)))
