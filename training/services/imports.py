"""Files of the roster, visits and comments: checked first, then imported whole or not at all.

    check ──► Report(new=38, changed=2, unchanged=0, left=1, faults=[line 7: …])     nothing is saved
    run   ──► the same report, saved; the same file again: 0 new, everything unchanged

A file with a fault on any line is refused whole, unless the caller asks for the good rows alone.
Comments are committed before they are read, as everywhere. Whoever has left by a roster is signed out
with it. What an admin sends through the web is kept between the two, for a day at most, and emptied
once it is imported.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from training.feedback.comment import tidy
from training.services import comments, import_saves, people
from training.services.import_columns import KINDS
from training.services.import_plan import Report, compare, read, today_and_zone
from training.services.import_text import Fault, Unreadable
from training.services.import_trail import Trail
from training.services.people import NotFound
from training.services.signing_in import Viewer
from training.store import audit, imports
from training.store.tables import ImportFile, ImportRun

__all__ = [
    "KINDS",
    "BadRows",
    "Fault",
    "Kept",
    "Report",
    "Unreadable",
    "cancel",
    "check",
    "forget_files",
    "keep",
    "kept",
    "run",
    "run_kept",
]

KEPT_FOR = timedelta(days=1)
LONGEST_NAME = 120


class BadRows(Exception):
    """Some lines have faults, and the good rows alone were not asked for; nothing was saved."""

    def __init__(self, report: Report) -> None:
        super().__init__(f"{report.bad} lines need fixing")
        self.report = report


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that an admin sent: its report, and once it is imported the counts of that."""

    public_id: str
    report: Report


def check(
    session: Session, *, practice_id: int, kind: str, name: str, body: bytes, moment: datetime
) -> Report:
    """Return what importing a file would do, and save nothing; raise `Unreadable`.

    `kind` is one of KINDS.
    """
    return compare(
        session,
        found=read(
            session, practice_id=practice_id, kind=kind, name=name, body=body, moment=moment
        ),
    ).report


def run(
    session: Session,
    *,
    practice_id: int,
    kind: str,
    name: str,
    body: bytes,
    moment: datetime,
    account_id: int | None = None,
    good_rows: bool = False,
    progress: Callable[[int], None] | None = None,
    read_at_once: int | None = None,
) -> Report:
    """Import a file and return its report; comments are read afterwards.

    `progress` is called with the number of comments read since the last call. No more than
    `read_at_once` are read here (None: all); the sweep reads the rest. Raises `Unreadable`, or
    `BadRows` unless `good_rows`.
    """
    found = read(session, practice_id=practice_id, kind=kind, name=name, body=body, moment=moment)
    imports.hold(session, practice_id)
    plan = compare(session, found=found)
    if plan.report.bad and not good_rows:
        raise BadRows(plan.report)
    today, zone = today_and_zone(session, practice_id=practice_id, moment=moment)
    place = import_saves.Place(practice_id, zone, today, moment)
    trail = Trail(practice_id)
    numbers = import_saves.save(
        session, kind=kind, place=place, new=plan.new, changed=plan.changed, trail=trail
    )
    made = _run_of(plan.report, practice_id, account_id, moment)
    trail.keep(session, made)
    _note(session, made)
    if kind == "roster":
        people.disable_leavers(session, practice_id=practice_id, today=today, moment=moment)
    session.commit()
    if kind == "comments":
        first = numbers[:read_at_once]
        comments.read_many(session, comment_ids=first, moment=moment, progress=progress)
    return replace(plan.report, saved=True)


def _note(session: Session, made: ImportRun) -> None:
    audit.note(
        session, practice_id=made.practice_id, account_id=made.account_id, moment=made.ran_at,
        verb="import", noun=made.kind, facts={"new": made.new, "changed": made.changed},
    )  # fmt: skip


def _run_of(
    report: Report, practice_id: int, account_id: int | None, moment: datetime
) -> ImportRun:
    return ImportRun(
        practice_id=practice_id,
        account_id=account_id,
        kind=report.kind,
        name=report.name[-LONGEST_NAME:],
        new=report.new,
        changed=report.changed,
        ran_at=moment,
    )


def keep(
    session: Session, *, viewer: Viewer, kind: str, name: str, body: bytes, moment: datetime
) -> str:
    """Check a file that an admin sent and keep it; return its public id. Raises `Unreadable`."""
    tidied = " ".join(tidy(name).split())[-LONGEST_NAME:] or "file"
    check(session, practice_id=viewer.practice_id, kind=kind, name=tidied, body=body, moment=moment)
    row = ImportFile(
        practice_id=viewer.practice_id,
        account_id=viewer.account_id,
        kind=kind,
        name=tidied,
        body=body,
        sent_at=moment,
    )
    session.add(row)
    session.commit()
    return row.public_id


def kept(session: Session, *, viewer: Viewer, public_id: str, moment: datetime) -> Kept:
    """Return a kept file with its report as things stand now; raise `NotFound`."""
    row = _file(session, viewer, public_id)
    if row.outcome is not None:
        return Kept(public_id, _done(row))
    return Kept(
        public_id,
        check(
            session,
            practice_id=row.practice_id,
            kind=row.kind,
            name=row.name,
            body=row.body,
            moment=moment,
        ),
    )


def _file(session: Session, viewer: Viewer, public_id: str) -> ImportFile:
    row = imports.file(session, viewer.practice_id, public_id)
    if row is None:
        raise NotFound
    return row


def _done(row: ImportFile) -> Report:
    counts: dict[str, int] = row.outcome or {}
    return Report(kind=row.kind, name=row.name, faults=(), notes=(), saved=True, **counts)


def run_kept(
    session: Session,
    *,
    viewer: Viewer,
    public_id: str,
    good_rows: bool,
    moment: datetime,
    read_at_once: int,
) -> Report:
    """Import a kept file, or return the report of the import that was; see `run`.

    Raises `NotFound`, or `BadRows` unless `good_rows`.
    """
    row = _file(session, viewer, public_id)
    if row.outcome is not None:
        return _done(row)
    report = run(
        session,
        practice_id=row.practice_id,
        kind=row.kind,
        name=row.name,
        body=row.body,
        moment=moment,
        account_id=viewer.account_id,
        good_rows=good_rows,
        read_at_once=read_at_once,
    )
    imports.finish_file(session, row.id, moment, _counts(report))
    session.commit()
    return report


def _counts(report: Report) -> dict[str, int]:
    return {
        "new": report.new,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "left": report.left,
        "bad": report.bad,
    }


def cancel(session: Session, *, viewer: Viewer, public_id: str) -> None:
    """Delete a kept file unimported; raise `NotFound`."""
    imports.drop_file(session, _file(session, viewer, public_id).id)
    session.commit()


def forget_files(session: Session, *, moment: datetime) -> int:
    """Delete the files kept for longer than a day; return how many."""
    dropped = imports.drop_files(session, moment - KEPT_FOR)
    session.commit()
    return dropped
