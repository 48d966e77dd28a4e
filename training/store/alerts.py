"""Named queries about messages owed to those who safeguard."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from training.store import cases
from training.store.tables import Account, AccountSite, Alert, Comment, Practice
from training.store.tables.comments import SAFEGUARDED


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


def to_tell(session: Session, comment: Comment) -> list[int]:
    """Return the ids of the accounts to be told of a held comment.

    Those who safeguard and reach its site, if that is known; else all who safeguard; else every
    admin. Never somebody whom it may be about.
    """
    about = cases.concerned(session, [comment.id])
    active = [
        Account.practice_id == comment.practice_id,
        Account.disabled_at.is_(None),
        or_(Account.staff_id.is_(None), Account.staff_id.not_in(about)),
    ]
    everyone = list(
        session.scalars(select(Account.id).where(*active, Account.may_safeguard.is_(True)))
    )
    if not everyone:
        return list(session.scalars(select(Account.id).where(*active, Account.role == "admin")))
    scopes = _scopes(session, everyone)
    site = comment.site_id
    near = [who for who in everyone if site is None or site in scopes.get(who, {site})]
    return near or everyone


def _scopes(session: Session, account_ids: list[int]) -> dict[int, set[int]]:
    query = select(AccountSite.account_id, AccountSite.site_id).where(
        AccountSite.account_id.in_(account_ids)
    )
    scopes: dict[int, set[int]] = {}
    for account_id, site_id in session.execute(query):
        scopes.setdefault(account_id, set()).add(site_id)
    return scopes


def open_holds(session: Session, practice_id: int) -> list[Comment]:
    """Return the comments of a practice that wait for somebody who safeguards, oldest first."""
    query = select(Comment).where(
        Comment.practice_id == practice_id,
        Comment.hold.in_(SAFEGUARDED),
        Comment.hold_closed_at.is_(None),
    )
    return list(session.scalars(query.order_by(Comment.received_at, Comment.id)))


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
