"""Named queries for the import: what is there already, by the ids that files use, and files kept."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.orm import Session

from training.store.base import Base, Numbered
from training.store.chunks import chunks
from training.store.tables import (
    Answer,
    Comment,
    ImportFile,
    Membership,
    Practice,
    Visit,
    VisitStaff,
)

# Plain values and not rows that can be changed: files hold visits by the hundred thousand.
VisitFacts = Row[tuple[int, str, datetime, date, str, str, int | None, bool]]
FACTS = select(
    Visit.id,
    Visit.visit_ref,
    Visit.occurred_at,
    Visit.local_day,
    Visit.channel,
    Visit.stage,
    Visit.site_id,
    Visit.sensitive,
)


def hold(session: Session, practice_id: int) -> None:
    """Make other imports of a practice wait until this transaction ends; SQLite has one writer.

    The lock lets rows that name the practice be added meanwhile, such as a patient's comment.
    """
    query = select(Practice.id).where(Practice.id == practice_id)
    session.execute(query.with_for_update(key_share=True))


def visit_numbers(session: Session, practice_id: int, refs: Collection[str]) -> dict[str, int]:
    """Return the numbers of the visits that go by some of the practice's own ids, by that id."""
    return {ref: row.id for ref, row in visit_facts(session, practice_id, refs).items()}


def visit_facts(session: Session, practice_id: int, refs: Collection[str]) -> dict[str, VisitFacts]:
    """Return what is stored of some visits, by the practice's own ids."""
    found: dict[str, VisitFacts] = {}
    for chunk in chunks(refs):
        query = FACTS.where(Visit.practice_id == practice_id, Visit.visit_ref.in_(chunk))
        found |= {row.visit_ref: row for row in session.execute(query)}
    return found


def visits_numbered(session: Session, numbers: Collection[int]) -> dict[int, VisitFacts]:
    """Return what is stored of some visits, by their numbers."""
    found: dict[int, VisitFacts] = {}
    for chunk in chunks(numbers):
        found |= {row.id: row for row in session.execute(FACTS.where(Visit.id.in_(chunk)))}
    return found


def visit_rows(session: Session, practice_id: int, refs: Collection[str]) -> dict[str, Visit]:
    """Return the rows of some visits, by the practice's own ids."""
    found: dict[str, Visit] = {}
    for chunk in chunks(refs):
        query = select(Visit).where(Visit.practice_id == practice_id, Visit.visit_ref.in_(chunk))
        found |= {row.visit_ref: row for row in session.scalars(query)}
    return found


def parts(session: Session, visit_ids: Collection[int]) -> dict[tuple[int, int], str]:
    """Return who was on some visits and the part they played, by (visit, staff member)."""
    found: dict[tuple[int, int], str] = {}
    for chunk in chunks(visit_ids):
        query = select(VisitStaff.visit_id, VisitStaff.staff_id, VisitStaff.part)
        for visit, staff, part in session.execute(query.where(VisitStaff.visit_id.in_(chunk))):
            found[visit, staff] = part
    return found


def part_rows(session: Session, visit_ids: Collection[int]) -> dict[tuple[int, int], VisitStaff]:
    """Return the rows of who was on some visits, by (visit, staff member)."""
    found: dict[tuple[int, int], VisitStaff] = {}
    for chunk in chunks(visit_ids):
        for row in session.scalars(select(VisitStaff).where(VisitStaff.visit_id.in_(chunk))):
            found[row.visit_id, row.staff_id] = row
    return found


def comment_words(
    session: Session, practice_id: int, refs: Collection[str]
) -> dict[str, str | None]:
    """Return the text of the comments imported under some ids, by that id; None: erased since."""
    found: dict[str, str | None] = {}
    for chunk in chunks(refs):
        query = (
            select(Comment.import_ref, Comment.reading_state, Answer.text)
            .outerjoin(Answer, Answer.comment_id == Comment.id)
            .where(Comment.practice_id == practice_id, Comment.import_ref.in_(chunk))
        )
        found |= {
            ref or "": None if state == "erased" else text or ""
            for ref, state, text in session.execute(query)
        }
    return found


def memberships(session: Session, staff_ids: Collection[int]) -> dict[int, list[Membership]]:
    """Return the memberships of some staff, oldest first, by staff member."""
    found: dict[int, list[Membership]] = {}
    for chunk in chunks(staff_ids):
        query = select(Membership).where(Membership.staff_id.in_(chunk))
        for row in session.scalars(query.order_by(Membership.starts_on, Membership.id)):
            found.setdefault(row.staff_id, []).append(row)
    return found


def add(session: Session, table: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Add many rows, given as values by column; does not commit."""
    for chunk in chunks(rows):
        session.execute(insert(table), chunk)


def add_numbered(
    session: Session, table: type[Numbered], rows: Sequence[Mapping[str, Any]]
) -> list[int]:
    """Add many rows, given as values by column, and return their numbers in the same order."""
    numbers: list[int] = []
    for chunk in chunks(rows):
        query = insert(table).returning(table.id, sort_by_parameter_order=True)
        numbers += session.scalars(query, chunk)
    return numbers


def file(session: Session, practice_id: int, public_id: str) -> ImportFile | None:
    """Return a kept file, or None where it is not this practice's."""
    return session.scalar(
        select(ImportFile).where(
            ImportFile.practice_id == practice_id, ImportFile.public_id == public_id
        )
    )


def finish_file(session: Session, file_id: int, moment: datetime, outcome: dict[str, Any]) -> None:
    """Note that a kept file is imported, and keep none of it but the counts of the first time."""
    session.execute(
        update(ImportFile)
        .where(ImportFile.id == file_id, ImportFile.done_at.is_(None))
        .values(done_at=moment, outcome=outcome, body=b"")
    )


def drop_file(session: Session, file_id: int) -> None:
    """Delete a kept file."""
    session.execute(delete(ImportFile).where(ImportFile.id == file_id))


def drop_files(session: Session, before: datetime) -> int:
    """Delete the files sent before a moment; return how many."""
    result = session.execute(
        delete(ImportFile).where(ImportFile.sent_at < before).returning(ImportFile.id)
    )
    return len(result.all())
