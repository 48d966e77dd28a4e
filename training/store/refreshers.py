"""Named queries about refreshers: one person's, never anybody else's."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from training.store.tables import Refresher


def of_person(session: Session, practice_id: int, staff_id: int) -> list[Refresher]:
    """Return every refresher of a person, in the order begun."""
    query = select(Refresher).where(
        Refresher.practice_id == practice_id, Refresher.staff_id == staff_id
    )
    return list(session.scalars(query.order_by(Refresher.id)))


def own(session: Session, practice_id: int, staff_id: int, public_id: str) -> Refresher | None:
    """Return one refresher as it is in the database now, if it is this person's, or None."""
    query = select(Refresher).where(
        Refresher.practice_id == practice_id,
        Refresher.staff_id == staff_id,
        Refresher.public_id == public_id,
    )
    return session.scalar(query.execution_options(populate_existing=True))


def unanswered(session: Session, practice_id: int, staff_id: int, skill: str) -> Refresher | None:
    """Return the refresher of a skill that a person has begun and not answered, or None."""
    query = select(Refresher).where(
        Refresher.practice_id == practice_id,
        Refresher.staff_id == staff_id,
        Refresher.skill == skill,
        Refresher.answered_at.is_(None),
    )
    return session.scalar(query)
