"""Named queries about messages owed to those who safeguard."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from training.store.tables import Account, AccountSite, Alert, Comment, Practice


@dataclass(frozen=True, slots=True)
class Unsent:
    """What one account is owed: the newest alert's id, and how many there are of each kind."""

    newest: int
    address: str
    practice: str
    may_safeguard: bool
    safety: int
    complaints: int
    unread: int


def to_tell(session: Session, practice_id: int, site_id: int | None) -> list[int]:
    """Return the ids of the accounts to be told of a held comment at a site (None: not known where).

    Those who safeguard and reach the site; else all who safeguard; else every admin.
    """
    active = [Account.practice_id == practice_id, Account.disabled_at.is_(None)]
    everyone = list(
        session.scalars(select(Account.id).where(*active, Account.may_safeguard.is_(True)))
    )
    if not everyone:
        return list(session.scalars(select(Account.id).where(*active, Account.role == "admin")))
    scopes = _scopes(session, everyone)
    near = [who for who in everyone if site_id is None or site_id in scopes.get(who, {site_id})]
    return near or everyone


def _scopes(session: Session, account_ids: list[int]) -> dict[int, set[int]]:
    query = select(AccountSite.account_id, AccountSite.site_id).where(
        AccountSite.account_id.in_(account_ids)
    )
    scopes: dict[int, set[int]] = {}
    for account_id, site_id in session.execute(query):
        scopes.setdefault(account_id, set()).add(site_id)
    return scopes


def told(session: Session, comment_id: int) -> set[int]:
    """Return the ids of the accounts that have an alert of a comment, sent or not."""
    return set(session.scalars(select(Alert.account_id).where(Alert.comment_id == comment_id)))


def unsent(session: Session) -> list[Unsent]:
    """Return what each active account is owed, in the order in which it was first owed."""
    unread = Comment.hold != "safety"  # or "none": read after all, since the alert was owed
    complaint = func.coalesce(Comment.asked_for, "") == "complaint"
    query = (
        select(
            func.max(Alert.id),
            Account.email,
            Practice.name,
            Account.may_safeguard,
            func.count().filter(~unread, ~complaint),
            func.count().filter(~unread, complaint),
            func.count().filter(unread),
        )
        .join(Account, Account.id == Alert.account_id)
        .join(Comment, Comment.id == Alert.comment_id)
        .join(Practice, Practice.id == Alert.practice_id)
        .where(Alert.sent_at.is_(None), Account.disabled_at.is_(None))
        .group_by(Alert.account_id, Account.email, Practice.name, Account.may_safeguard)
        .order_by(func.min(Alert.id))
    )
    return [Unsent(*row) for row in session.execute(query)]


def mark_sent(session: Session, alert_id: int, moment: datetime) -> None:
    """Mark an alert, and the earlier ones of the same account, as sent."""
    account_id = session.scalar(select(Alert.account_id).where(Alert.id == alert_id))
    session.execute(
        update(Alert)
        .where(Alert.account_id == account_id, Alert.id <= alert_id, Alert.sent_at.is_(None))
        .values(sent_at=moment)
    )
