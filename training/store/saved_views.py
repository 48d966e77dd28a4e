"""Named queries for the trends pages that people keep under a name; always of one account."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from training.store.tables import SavedView


def of_account(session: Session, account_id: int) -> list[SavedView]:
    """Return what an account has kept, by name."""
    query = select(SavedView).where(
        SavedView.account_id == account_id, SavedView.removed_at.is_(None)
    )
    return sorted(session.scalars(query), key=lambda row: (row.name.casefold(), row.id))


def one(session: Session, account_id: int, public_id: str) -> SavedView | None:
    """Return a view of an account, removed or not, or None."""
    query = select(SavedView).where(
        SavedView.account_id == account_id, SavedView.public_id == public_id
    )
    return session.scalar(query)
