"""Named queries for the import: what is there already, by the ids that files use, and files kept."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from training.store.tables import Answer, Comment, ImportFile, Membership, Visit, VisitStaff

CHUNK = 500  # well below the number of parameters either database takes in one statement


def _chunks(found: Collection[Any]) -> Iterator[list[Any]]:
    rest = iter(found)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def visits_by_ref(session: Session, practice_id: int, refs: Collection[str]) -> dict[str, Visit]:
    """Return the visits of a practice that go by some of its own ids, by that id."""
    found: dict[str, Visit] = {}
    for chunk in _chunks(refs):
        query = select(Visit).where(Visit.practice_id == practice_id, Visit.visit_ref.in_(chunk))
        found |= {row.visit_ref: row for row in session.scalars(query)}
    return found


def visits_by_number(session: Session, numbers: Collection[int]) -> list[Visit]:
    """Return visits that are known to exist, in no order."""
    found: list[Visit] = []
    for chunk in _chunks(numbers):
        found += session.scalars(select(Visit).where(Visit.id.in_(chunk)))
    return found


def visit_staff(session: Session, visit_ids: Collection[int]) -> dict[tuple[int, int], VisitStaff]:
    """Return who was on some visits, by visit and staff member."""
    found: dict[tuple[int, int], VisitStaff] = {}
    for chunk in _chunks(visit_ids):
        query = select(VisitStaff).where(VisitStaff.visit_id.in_(chunk))
        found |= {(row.visit_id, row.staff_id): row for row in session.scalars(query)}
    return found


def comment_words(
    session: Session, practice_id: int, refs: Collection[str]
) -> dict[str, tuple[str | None, str]]:
    """Return (question, text) of the comments imported under some ids, by that id."""
    found: dict[str, tuple[str | None, str]] = {}
    for chunk in _chunks(refs):
        query = (
            select(Comment.import_ref, Answer.question, Answer.text)
            .outerjoin(Answer, Answer.comment_id == Comment.id)
            .where(Comment.practice_id == practice_id, Comment.import_ref.in_(chunk))
        )
        found |= {
            ref or "": (question, text or "") for ref, question, text in session.execute(query)
        }
    return found


def memberships(session: Session, staff_ids: Collection[int]) -> dict[int, list[Membership]]:
    """Return the memberships of some staff, oldest first, by staff member."""
    found: dict[int, list[Membership]] = {}
    for chunk in _chunks(staff_ids):
        query = select(Membership).where(Membership.staff_id.in_(chunk))
        for row in session.scalars(query.order_by(Membership.starts_on, Membership.id)):
            found.setdefault(row.staff_id, []).append(row)
    return found


def add_in_chunks(session: Session, rows: Sequence[object]) -> None:
    """Add many rows, giving each its number; does not commit."""
    for chunk in _chunks(rows):
        session.add_all(chunk)
        session.flush()


def file(
    session: Session, practice_id: int, public_id: str, *, to_import: bool = False
) -> ImportFile | None:
    """Return a kept file, or None where it is not this practice's.

    `to_import` makes a second import of the same file wait for the first.
    """
    query = select(ImportFile).where(
        ImportFile.practice_id == practice_id, ImportFile.public_id == public_id
    )
    return session.scalar(query.with_for_update() if to_import else query)


def finish_file(session: Session, file_id: int, moment: datetime, outcome: dict[str, Any]) -> None:
    """Note that a kept file is imported, and keep none of it but the counts."""
    session.execute(
        update(ImportFile)
        .where(ImportFile.id == file_id)
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
