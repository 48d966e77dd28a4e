"""Named queries about who rehearsed what, in numbers of people alone: no play and no move is read."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from training.store.tables import Mastery, Play, Staff


def finished(
    session: Session, practice_id: int, site_ids: Sequence[int], since: datetime
) -> dict[str, set[int]]:
    """Return by conversation who finished it since a moment; to be counted, never to be shown."""
    query = (
        select(Play.slug, Play.staff_id)
        .join(Staff, Staff.id == Play.staff_id)
        .where(Play.practice_id == practice_id, Play.finished_at >= since)
        .distinct()
    )
    if site_ids:
        query = query.where(Staff.site_id.in_(site_ids))
    found: dict[str, set[int]] = {}
    for slug, staff_id in session.execute(query):
        found.setdefault(slug, set()).add(staff_id)
    return found


def by_level(
    session: Session, practice_id: int, site_ids: Sequence[int], skill: str
) -> dict[str, int]:
    """Return how many people have shown a skill at each level."""
    query = (
        select(Mastery.level, func.count())
        .join(Staff, Staff.id == Mastery.staff_id)
        .where(Mastery.practice_id == practice_id, Mastery.skill == skill)
        .group_by(Mastery.level)
    )
    if site_ids:
        query = query.where(Staff.site_id.in_(site_ids))
    return {row[0]: row[1] for row in session.execute(query)}
