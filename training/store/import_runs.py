"""Named queries about imports that were done, what they touched, and what has come of that."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session, aliased

from training.store import references
from training.store.base import Base
from training.store.chunks import chunks
from training.store.references import table_of
from training.store.tables import (
    Account,
    Case,
    Comment,
    ImportChange,
    ImportRun,
    Invitation,
    Remark,
    VisitStaff,
)

# What reading makes of a comment; anything else that refers to it is somebody's work.
READ = frozenset(
    {
        "answer",
        "alert",
        "cases",
        "comment_staff",
        "match",
        "remark",
        "remark_skill",
        "remark_theme",
        "import_change",
    }
)


def recent(session: Session, practice_id: int, since: datetime) -> list[tuple[ImportRun, str]]:
    """Return the imports done since a moment with the name of who did them, newest first.

    The name is empty for an import by command.
    """
    query = (
        select(ImportRun, Account.name)
        .outerjoin(Account, Account.id == ImportRun.account_id)
        .where(ImportRun.practice_id == practice_id, ImportRun.ran_at > since)
        .order_by(ImportRun.id.desc())
    )
    return [(run, name or "") for run, name in session.execute(query)]


def one(session: Session, practice_id: int, public_id: str) -> ImportRun | None:
    """Return an import as it is in the database now, or None where it is not this practice's."""
    query = select(ImportRun).where(
        ImportRun.practice_id == practice_id, ImportRun.public_id == public_id
    )
    return session.scalar(query.execution_options(populate_existing=True))


def changes(session: Session, run_id: int) -> list[ImportChange]:
    """Return what an import touched, in the order it did."""
    query = select(ImportChange).where(ImportChange.run_id == run_id)
    return list(session.scalars(query.order_by(ImportChange.id)))


def touched_later(session: Session, run_id: int) -> set[tuple[str, int]]:
    """Return (noun, number) of the rows of an import that a later one touched and that stands."""
    mine, other = ImportChange, aliased(ImportChange)
    query = (
        select(mine.noun, mine.row_id)
        .join(other, (other.noun == mine.noun) & (other.row_id == mine.row_id))
        .join(ImportRun, ImportRun.id == other.run_id)
        .where(mine.run_id == run_id, other.run_id > run_id, ImportRun.undone_at.is_(None))
    )
    return {(noun, number) for noun, number in session.execute(query)}


def rows(session: Session, noun: str, numbers: Collection[int]) -> dict[int, Any]:
    """Return those of some rows of a table that are still there, by their number."""
    table = Base.metadata.tables[noun]
    found: dict[int, Any] = {}
    for chunk in chunks(numbers):
        query = select(table).where(table.c.id.in_(chunk))
        found |= {row.id: row for row in session.execute(query)}
    return found


def at_sites(session: Session, noun: str, site_ids: Collection[int]) -> list[tuple[int, int]]:
    """Return (number, site) of the rows of a table that are tied to some sites."""
    table = Base.metadata.tables[noun]
    query = select(table.c.id, table.c.site_id).where(table.c.site_id.in_(site_ids))
    return [(number, site_id) for number, site_id in session.execute(query)]


def put_back(session: Session, noun: str, number: int, values: dict[str, Any]) -> None:
    """Store values of a row by column."""
    table = Base.metadata.tables[noun]
    session.execute(update(table).where(table.c.id == number).values(**values))


def comments_worked_with(session: Session, numbers: Collection[int]) -> set[int]:
    """Return those of some comments that somebody decided about, dealt with or answered to."""
    found = references.referred(session, table_of(Comment), numbers, ignoring=READ)
    for chunk in chunks(numbers):
        closed = (Comment.hold_closed_at.is_not(None)) | (Comment.reading_state == "erased")
        found |= set(session.scalars(select(Comment.id).where(Comment.id.in_(chunk), closed)))
        touched = Case.comment_id.in_(chunk) & (Case.version > 0)
        found |= {n for n in session.scalars(select(Case.comment_id).where(touched)) if n}
        found |= _worked_through_remarks(session, chunk)
    return found


def _worked_through_remarks(session: Session, numbers: list[int]) -> set[int]:
    query = select(Remark.id, Remark.comment_id).where(Remark.comment_id.in_(numbers))
    of = {row.id: row.comment_id for row in session.execute(query)}
    return {of[r] for r in references.referred(session, table_of(Remark), of, ignoring=READ)}


def parts_commented_on(session: Session, numbers: Collection[int]) -> set[int]:
    """Return those of some rows of who was on a visit whose visit has had its comment."""
    found: set[int] = set()
    for chunk in chunks(numbers):
        query = (
            select(VisitStaff.id)
            .outerjoin(Invitation, Invitation.visit_id == VisitStaff.visit_id)
            .outerjoin(Comment, Comment.visit_id == VisitStaff.visit_id)
            .where(
                VisitStaff.id.in_(chunk),
                or_(Invitation.used_on.is_not(None), Comment.id.is_not(None)),
            )
        )
        found |= set(session.scalars(query))
    return found


def finish(session: Session, run_id: int, moment: datetime, outcome: dict[str, Any]) -> None:
    """Note that an import is undone and what became of it; its trail is needed no more."""
    session.execute(
        update(ImportRun).where(ImportRun.id == run_id).values(undone_at=moment, outcome=outcome)
    )
    session.execute(delete(ImportChange).where(ImportChange.run_id == run_id))


def forget_trails(session: Session, before: datetime) -> int:
    """Delete what imports done before a moment touched; return how many rows of it."""
    old = select(ImportRun.id).where(ImportRun.ran_at <= before)
    query = delete(ImportChange).where(ImportChange.run_id.in_(old)).returning(ImportChange.id)
    return len(list(session.scalars(query)))
