"""How a practice is doing as a system: what waits, what failed, what nobody is there to do."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from training.store import health, people


@dataclass(frozen=True, slots=True)
class Health:
    """Counts for `bedside doctor`; none of them says anything about a person or a patient."""

    practice: str
    set_up: bool
    comments: int
    unread: int
    failed: int
    safety_waiting: int
    alerts_waiting: int
    reviewers: int
    safeguarders: int
    oldest_waiting: datetime | None


def of_every_practice(session: Session) -> list[Health]:
    """Return how each practice of this database is doing."""
    return [
        _of(session, row.id, row.name, row.set_up_at is not None)
        for row in people.practices(session)
    ]


def _of(session: Session, practice_id: int, name: str, set_up: bool) -> Health:
    counts = health.comments(session, practice_id)
    return Health(
        practice=name,
        set_up=set_up,
        comments=counts.total,
        unread=counts.waiting,
        failed=counts.failed,
        safety_waiting=counts.held,
        alerts_waiting=health.alerts_unsent(session, practice_id),
        reviewers=len(people.with_permission(session, practice_id, safeguard=False)),
        safeguarders=len(people.with_permission(session, practice_id, safeguard=True)),
        oldest_waiting=counts.oldest_held,
    )
