"""The audit: what was done, by whom and when, without any free text."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from training.store.tables import Audit

Fact = str | int | bool | None


def note(
    session: Session,
    *,
    practice_id: int,
    account_id: int | None,
    moment: datetime,
    verb: str,
    noun: str,
    noun_id: int | None = None,
    facts: dict[str, Fact] | None = None,
) -> None:
    """Add one row to the audit, in the transaction of what it records."""
    session.add(
        Audit(
            practice_id=practice_id,
            account_id=account_id,
            at=moment,
            verb=verb,
            noun=noun,
            noun_id=noun_id,
            facts=facts or {},
        )
    )


def of_practice(session: Session, *, practice_id: int, limit: int = 200) -> list[Audit]:
    """Return the newest rows of a practice's audit, newest first."""
    query = (
        select(Audit).where(Audit.practice_id == practice_id).order_by(Audit.id.desc()).limit(limit)
    )
    return list(session.scalars(query))
