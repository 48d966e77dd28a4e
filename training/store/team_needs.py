"""Named queries about what teams need, and how many of a team were offered something."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from training.store.tables import Suggestion, TeamNeed


def replace(session: Session, practice_id: int, rows: Iterable[TeamNeed]) -> None:
    """Put what teams need now in the place of what they needed before; does not commit."""
    session.execute(delete(TeamNeed).where(TeamNeed.practice_id == practice_id))
    session.add_all(rows)
    session.flush()


def of_team(
    session: Session, practice_id: int, role_group: str, site_id: int | None
) -> TeamNeed | None:
    """Return what a team needs, or None."""
    query = select(TeamNeed).where(
        TeamNeed.practice_id == practice_id,
        TeamNeed.role_group == role_group,
        TeamNeed.site_id == site_id,
    )
    return session.scalar(query)


def offered_since(
    session: Session, practice_id: int, staff_ids: Sequence[int], since: datetime
) -> int:
    """Return how many of some people were offered something since a moment."""
    query = select(func.count(Suggestion.staff_id.distinct())).where(
        Suggestion.practice_id == practice_id,
        Suggestion.staff_id.in_(staff_ids),
        Suggestion.offered_at >= since,
    )
    return session.scalar(query) or 0
