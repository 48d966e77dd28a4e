"""Named queries about who was offered a conversation of a skill, when, and what they answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from training.store.tables import Staff, Suggestion


@dataclass(frozen=True, slots=True)
class Offer:
    """The first offer of a skill's conversation to somebody, and what became of it."""

    staff_id: int
    selected_at: datetime
    offered_at: datetime
    state: str


def skills(session: Session, practice_id: int) -> list[str]:
    """Return the skills of which a conversation was ever offered to somebody."""
    query = select(Suggestion.skill).where(
        Suggestion.practice_id == practice_id, Suggestion.offered_at.is_not(None)
    )
    return sorted(set(session.scalars(query)))


def offers(
    session: Session, practice_id: int, site_ids: Sequence[int], skill: str
) -> dict[int, Offer]:
    """Return by person the first offer of a skill that was made to them."""
    first = (
        select(func.min(Suggestion.id))
        .where(
            Suggestion.practice_id == practice_id,
            Suggestion.skill == skill,
            Suggestion.offered_at.is_not(None),
        )
        .group_by(Suggestion.staff_id)
    )
    query = (
        select(Suggestion)
        .join(Staff, Staff.id == Suggestion.staff_id)
        .where(Suggestion.id.in_(first))
    )
    if site_ids:
        query = query.where(Staff.site_id.in_(site_ids))
    return {
        row.staff_id: Offer(row.staff_id, row.selected_at, row.offered_at, row.state)
        for row in session.scalars(query)
        if row.offered_at is not None
    }
