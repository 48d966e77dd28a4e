"""Named queries about the self-assessment: who took part, and tallies of answers, never tied together."""

from datetime import date

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from training.store.tables import Practice, SelfAnswered, SelfTally


def lock(session: Session, practice_id: int) -> None:
    """Let one person at a time take part, on PostgreSQL too: every fifth one shows five answers."""
    session.execute(select(Practice.id).where(Practice.id == practice_id).with_for_update())


def took_part(session: Session, account_id: int, half: date) -> bool:
    """Return whether somebody took part in a half-year."""
    query = select(SelfAnswered.id).where(
        SelfAnswered.account_id == account_id, SelfAnswered.half == half
    )
    return session.scalar(query) is not None


def people(session: Session, practice_id: int, half: date, side: str) -> int:
    """Return how many people of a side took part in a half-year."""
    query = select(func.count()).where(
        SelfAnswered.practice_id == practice_id,
        SelfAnswered.half == half,
        SelfAnswered.side == side,
    )
    return session.scalar(query) or 0


def add(
    session: Session, practice_id: int, half: date, side: str, statement: str, answer: str
) -> None:
    """Count one answer, among those that wait to be shown."""
    tally = session.scalar(
        select(SelfTally).where(
            SelfTally.practice_id == practice_id,
            SelfTally.half == half,
            SelfTally.side == side,
            SelfTally.statement == statement,
            SelfTally.answer == answer,
        )
    )
    if tally is None:
        tally = SelfTally(
            practice_id=practice_id, half=half, side=side, statement=statement, answer=answer,
            shown=0, waiting=0,
        )  # fmt: skip
        session.add(tally)
    tally.waiting += 1


def show_waiting(session: Session, practice_id: int, half: date, side: str) -> None:
    """Add all that wait to those that are shown."""
    session.flush()
    session.execute(
        update(SelfTally)
        .where(
            SelfTally.practice_id == practice_id, SelfTally.half == half, SelfTally.side == side
        )
        .values(shown=SelfTally.shown + SelfTally.waiting, waiting=0)
    )  # fmt: skip


def shown(session: Session, practice_id: int, half: date, side: str) -> dict[str, dict[str, int]]:
    """Return by statement how many gave each answer, those that wait left out."""
    query = select(SelfTally.statement, SelfTally.answer, SelfTally.shown).where(
        SelfTally.practice_id == practice_id, SelfTally.half == half, SelfTally.side == side
    )
    found: dict[str, dict[str, int]] = {}
    for statement, answer, n in session.execute(query):
        found.setdefault(statement, {})[answer] = n
    return found


def halves(session: Session, practice_id: int) -> list[date]:
    """Return the half-years in which somebody took part, the newest first."""
    query = select(SelfAnswered.half).where(SelfAnswered.practice_id == practice_id).distinct()
    return sorted(session.scalars(query), reverse=True)


def halves_of(session: Session, account_id: int) -> list[date]:
    """Return the half-years in which somebody took part, oldest first."""
    query = select(SelfAnswered.half).where(SelfAnswered.account_id == account_id)
    return sorted(session.scalars(query))
