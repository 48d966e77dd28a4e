"""Named queries about e-mails that ask for a comment, and the hashes of the addresses they went to."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import Session

from training.store.chunks import chunks
from training.store.tables import Invitation, InvitationMail, KnownAddress, Practice, Visit


@dataclass(frozen=True, slots=True)
class Waiting:
    """An e-mail that waits, with its visit, the practice and the visit's code where it has one."""

    mail: InvitationMail
    visit: Visit
    practice: Practice
    invitation: Invitation | None


def due(session: Session, moment: datetime, *, after: timedelta, limit: int) -> list[int]:
    """Return the ids of e-mails to try now, so long `after` the visit; the oldest visit first."""
    query = (
        select(InvitationMail.id)
        .join(Visit, Visit.id == InvitationMail.visit_id)
        .where(
            InvitationMail.state == "waiting",
            InvitationMail.next_try_at <= moment,
            Visit.occurred_at <= moment - after,
        )
        .order_by(Visit.occurred_at, InvitationMail.id)
        .limit(limit)
    )
    return list(session.scalars(query))


def get(session: Session, mail_id: int) -> Waiting | None:
    """Return one e-mail that waits, or None where it is over."""
    row = session.execute(
        select(InvitationMail, Visit, Practice, Invitation)
        .join(Visit, Visit.id == InvitationMail.visit_id)
        .join(Practice, Practice.id == InvitationMail.practice_id)
        .outerjoin(Invitation, Invitation.visit_id == InvitationMail.visit_id)
        .where(InvitationMail.id == mail_id, InvitationMail.state == "waiting")
        .execution_options(populate_existing=True)
    ).first()
    return Waiting(row[0], row[1], row[2], row[3]) if row else None


def claim(session: Session, mail: InvitationMail, next_try_at: datetime) -> bool:
    """Count one more try of an e-mail; return False where somebody else did meanwhile."""
    query = (
        update(InvitationMail)
        .where(
            InvitationMail.id == mail.id,
            InvitationMail.state == "waiting",
            InvitationMail.attempts == mail.attempts,
        )
        .values(attempts=mail.attempts + 1, next_try_at=next_try_at)
        .returning(InvitationMail.id)
    )
    return session.scalar(query) is not None


def close(session: Session, mail_id: int, state: str) -> None:
    """End an e-mail that waits and delete its address."""
    session.execute(
        update(InvitationMail)
        .where(InvitationMail.id == mail_id, InvitationMail.state == "waiting")
        .values(state=state, address=None)
    )


def close_older(session: Session, before: datetime) -> int:
    """End the e-mails that came before a moment and still wait; return how many."""
    query = (
        update(InvitationMail)
        .where(InvitationMail.state == "waiting", InvitationMail.came_at < before)
        .values(state="not_sent", address=None)
        .returning(InvitationMail.id)
    )
    return len(list(session.scalars(query)))


def addresses(session: Session, practice_id: int) -> dict[int, str]:
    """Return the addresses of a practice that wait to be written to, by e-mail."""
    query = select(InvitationMail.id, InvitationMail.address).where(
        InvitationMail.practice_id == practice_id, InvitationMail.state == "waiting"
    )
    return {number: address or "" for number, address in session.execute(query)}


def is_practice(session: Session, practice_id: int) -> bool:
    """Return whether a practice has a number."""
    return session.get(Practice, practice_id) is not None


def known(session: Session, practice_id: int, address_hash: str) -> KnownAddress | None:
    """Return what is known of an address, or None."""
    return session.scalar(
        select(KnownAddress)
        .where(KnownAddress.practice_id == practice_id, KnownAddress.hash == address_hash)
        .execution_options(populate_existing=True)
    )


def note(session: Session, practice_id: int, address_hash: str, **days: date) -> None:
    """Note on an address that it was asked, or said stop; does not commit."""
    row = known(session, practice_id, address_hash)
    if row is None:
        row = KnownAddress(practice_id=practice_id, hash=address_hash)
        session.add(row)
    for name, day in days.items():
        setattr(row, name, day)
    session.flush()


def forget_asked(session: Session, before: date) -> None:
    """Delete the hashes of addresses last asked before a day; those that said stop stay."""
    never: ColumnElement[bool] = KnownAddress.stopped_on.is_(None)
    session.execute(
        delete(KnownAddress).where(
            never, or_(KnownAddress.asked_on.is_(None), KnownAddress.asked_on < before)
        )
    )


def of_visits(session: Session, visit_ids: Collection[int]) -> dict[int, InvitationMail]:
    """Return the e-mails about some visits, by visit."""
    found: dict[int, InvitationMail] = {}
    for chunk in chunks(visit_ids):
        query = select(InvitationMail).where(InvitationMail.visit_id.in_(chunk))
        found |= {row.visit_id: row for row in session.scalars(query)}
    return found


def add(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add e-mails that wait; does not commit."""
    session.add_all(InvitationMail(**row) for row in rows)
    session.flush()
