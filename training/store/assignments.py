"""Named queries about assignments; what somebody did in a rehearsal stands in none of them."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from training.store.tables import Account, Assignment, Practice, Staff

Listed = tuple[Assignment, Staff, str]
Owed = tuple[Assignment, Account, Practice]


def of_practice(session: Session, practice_id: int, site_ids: Sequence[int]) -> list[Listed]:
    """Return assignments with whom they are for and who made them, the earliest day first.

    `site_ids` empty means every site.
    """
    query = (
        select(Assignment, Staff, Account.name)
        .join(Staff, Staff.id == Assignment.staff_id)
        .join(Account, Account.id == Assignment.assigned_by)
        .where(Assignment.practice_id == practice_id)
        .order_by(Assignment.due_on, Assignment.id)
    )
    if site_ids:
        query = query.where(Staff.site_id.in_(site_ids))
    return [(row[0], row[1], row[2]) for row in session.execute(query)]


def of_person(session: Session, practice_id: int, staff_id: int) -> list[tuple[Assignment, str]]:
    """Return every assignment of a person with who made it, the earliest day first."""
    query = (
        select(Assignment, Account.name)
        .join(Account, Account.id == Assignment.assigned_by)
        .where(Assignment.practice_id == practice_id, Assignment.staff_id == staff_id)
        .order_by(Assignment.due_on, Assignment.id)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def open_one(session: Session, staff_id: int, scenario: str) -> Assignment | None:
    """Return the open assignment of a scenario to a person, or None."""
    query = select(Assignment).where(
        Assignment.staff_id == staff_id,
        Assignment.scenario == scenario,
        Assignment.finished_at.is_(None),
        Assignment.withdrawn_at.is_(None),
    )
    return session.scalar(query)


def to_remind(session: Session, until: date) -> list[Owed]:
    """Return open assignments due by a day of which nobody was reminded, with who can sign in."""
    query = (
        select(Assignment, Account, Practice)
        .join(Account, Account.staff_id == Assignment.staff_id)
        .join(Practice, Practice.id == Assignment.practice_id)
        .where(
            Assignment.due_on <= until,
            Assignment.finished_at.is_(None),
            Assignment.withdrawn_at.is_(None),
            Assignment.reminded_at.is_(None),
            Account.disabled_at.is_(None),
        )
        .order_by(Assignment.id)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(query)]
