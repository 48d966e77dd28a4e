"""How a practice is doing as a system: what waits, what failed, what nobody is there to do."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from training import periods
from training.services import retention
from training.store import erasing, health, matches, people
from training.store.matches import Reach
from training.store.tables import Practice


@dataclass(frozen=True, slots=True)
class Health:
    """Counts for the doctor; none of them says anything about a person or a patient."""

    practice: str
    set_up: bool
    comments: int
    unread: int
    failed: int
    safety_waiting: int
    alerts_waiting: int
    reviewers: int
    safeguarders: int
    out_of_reach: int
    oldest_waiting: datetime | None
    oldest_unread: datetime | None
    held_too_long: int
    admins: int
    reading_on: bool


def of_every_practice(
    session: Session, *, moment: datetime, practice_id: int | None = None
) -> list[Health]:
    """Return how each practice of this database is doing, or just one of them."""
    return [
        _of(session, row, moment)
        for row in people.practices(session)
        if practice_id in {None, row.id}
    ]


def _of(session: Session, row: Practice, moment: datetime) -> Health:
    practice_id = row.id
    counts = health.comments(session, practice_id)
    return Health(
        practice=row.name,
        set_up=row.set_up_at is not None,
        comments=counts.total,
        unread=counts.waiting,
        failed=counts.failed,
        safety_waiting=counts.held,
        alerts_waiting=health.alerts_unsent(session, practice_id),
        reviewers=len(people.with_permission(session, practice_id, safeguard=False)),
        safeguarders=len(people.with_permission(session, practice_id, safeguard=True)),
        out_of_reach=_out_of_reach(session, practice_id),
        oldest_waiting=counts.oldest_held,
        oldest_unread=health.oldest_unread(session, practice_id),
        held_too_long=_held_too_long(session, row, moment),
        admins=people.active_admins(session, practice_id),
        reading_on=row.reading_on,
    )


def _out_of_reach(session: Session, practice_id: int) -> int:
    """Return how many comments wait that every reviewer is kept from: about them, or of no site of theirs."""
    scopes = people.scopes(session, practice_id)
    reaches = [
        Reach(practice_id, tuple(scopes.get(who.id, ())), who.staff_id)
        for who in people.with_permission(session, practice_id, safeguard=False)
    ]
    return matches.out_of_reach(session, practice_id, reaches) if reaches else 0


def _held_too_long(session: Session, row: Practice, moment: datetime) -> int:
    if row.keep_months is None:
        return 0
    first = retention.border(row.keep_months, periods.local_day(moment, row.time_zone))
    return erasing.count_held_older(session, row.id, first)
