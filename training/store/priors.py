"""Named queries about what is usual for each skill and role, as it was last learnt."""

from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from training.store.tables import KeepDoing, Prior, PriorFit


def fit_of(session: Session, practice_id: int) -> PriorFit | None:
    """Return when and over which days a practice's priors were learnt, or None before the first."""
    return session.scalar(select(PriorFit).where(PriorFit.practice_id == practice_id))


def of_practice(session: Session, practice_id: int) -> list[Prior]:
    """Return what is usual by role group and skill."""
    query = select(Prior).where(Prior.practice_id == practice_id)
    return list(session.scalars(query.order_by(Prior.role_group, Prior.skill)))


def replace(session: Session, fit: PriorFit, rows: Iterable[Prior]) -> None:
    """Put what was learnt now in the place of what was learnt before; does not commit."""
    for table in (Prior, PriorFit):
        session.execute(delete(table).where(table.practice_id == fit.practice_id))
    session.add_all([fit, *rows])
    session.flush()


def keep_doing(session: Session, practice_id: int) -> dict[int, KeepDoing]:
    """Return what each person is asked to keep doing, by person."""
    rows = session.scalars(select(KeepDoing).where(KeepDoing.practice_id == practice_id))
    return {row.staff_id: row for row in rows}


def keep_doing_of(session: Session, practice_id: int, staff_id: int) -> KeepDoing | None:
    """Return what one person is asked to keep doing, or None."""
    query = select(KeepDoing).where(
        KeepDoing.practice_id == practice_id, KeepDoing.staff_id == staff_id
    )
    return session.scalar(query)
