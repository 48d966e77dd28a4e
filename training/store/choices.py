"""Named queries about what is chosen in conversations: sums over people, never anybody's moves.

Each person counts once a decision, by their first answer.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session

from training.store.tables import Move, Play, ScenarioCopy


def first_answers(
    session: Session, practice_id: int, slugs: Iterable[str]
) -> list[tuple[str, str, str, int]]:
    """Return (digest, scene, choice, people) of first answers to a scenario, by its slugs."""
    first = (
        select(func.min(Move.id).label("id"))
        .join(Play, Play.id == Move.play_id)
        .where(Play.practice_id == practice_id, Play.slug.in_(set(slugs)))
        .group_by(Play.staff_id, Move.scene)
        .subquery()
    )
    query = (
        select(Play.digest, Move.scene, Move.choice, func.count())
        .join(Play, Play.id == Move.play_id)
        .join(first, first.c.id == Move.id)
        .group_by(Play.digest, Move.scene, Move.choice)
    )
    return [(row[0], row[1], row[2], row[3]) for row in session.execute(query)]


def texts(session: Session, digests: Iterable[str]) -> dict[str, str]:
    """Return the kept texts of scenarios by digest."""
    query = select(ScenarioCopy.digest, ScenarioCopy.body)
    rows = session.execute(query.where(ScenarioCopy.digest.in_(set(digests))))
    return {row.digest: row.body for row in rows}


def begun_and_finished(
    session: Session, practice_id: int, slugs: Iterable[str], before: datetime
) -> tuple[int, int]:
    """Return how many people began a scenario before a moment, and how many of them finished it."""
    begun = (
        Play.practice_id == practice_id, Play.slug.in_(set(slugs)), Play.started_at < before
    )  # fmt: skip
    people = func.count(distinct(Play.staff_id))
    every = session.scalar(select(people).where(*begun)) or 0
    done = session.scalar(select(people).where(*begun, Play.finished_at.is_not(None))) or 0
    return every, done
