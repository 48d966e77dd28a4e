"""What a file would do to what is there: new, changed, unchanged, and what is wrong by line.

in Bedside    S01 nurse     S02 nurse                     ┌ new        S03
in the file   S01 nurse     S02 physician   S03 nurse ──► ┤ changed    S02
                                                          └ unchanged  S01
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from training import periods
from training.services import import_dates, import_notes, invitations
from training.services.import_cells import Known, Value, plain
from training.services.import_columns import KINDS
from training.services.import_rows import Row, rows_of, with_words
from training.services.import_saves import pair
from training.services.import_text import (
    Columns,
    Fault,
    Sheet,
    Unreadable,
    decode,
    read_csv,
    read_jsonl,
)
from training.store import imports, people, roster

KIND_NAMES = {
    "roster": "a roster",
    "visits": "a file of visits",
    "visit_staff": "a file of who was on the visits",
    "comments": "a file of comments",
}


@dataclass(frozen=True, slots=True)
class Report:
    """What a file would do, or has done: counts of its rows, what is wrong by line, and notes.

    `bad` counts lines with faults; `left` counts people on the roster whom a roster no longer names.
    """

    kind: str
    name: str
    new: int
    changed: int
    unchanged: int
    left: int
    bad: int
    faults: tuple[Fault, ...]
    notes: tuple[str, ...]
    saved: bool = False

    @property
    def rows(self) -> int:
        """Return how many lines the file has below its heading."""
        return self.new + self.changed + self.unchanged + self.bad

    @property
    def to_save(self) -> int:
        """Return how many rows an import writes."""
        return self.new + self.changed


@dataclass(frozen=True, slots=True)
class Plan:
    """A report, and the rows behind its counts of new and changed."""

    report: Report
    new: list[Row]
    changed: list[Row]


def today_and_zone(session: Session, *, practice_id: int, moment: datetime) -> tuple[date, str]:
    """Return the day it is at a practice, and its time zone."""
    zone = people.practice(session, practice_id).time_zone
    return periods.local_day(moment, zone), zone


@dataclass(frozen=True, slots=True)
class Found:
    """What a file holds: its rows that may be stored and its faults, by themselves."""

    practice_id: int
    kind: str
    name: str
    today: date
    rows: list[Row]
    faults: list[Fault]
    notes: tuple[str, ...]
    named: frozenset[str]
    merged: int


def read(
    session: Session, *, practice_id: int, kind: str, name: str, body: bytes, moment: datetime
) -> Found:
    """Return what a file holds; raise `Unreadable`. Ends the transaction at hand.

    Checking many cells takes seconds, and nobody should wait for that with the database held.
    """
    text, encoding = decode(body)
    whole = _sheet(text, kind)
    sheet = with_words(whole) if kind == "comments" else whole
    today, zone = today_and_zone(session, practice_id=practice_id, moment=moment)
    known = _known(session, practice_id, kind, sheet, zone, today)
    session.rollback()
    rows, faults = rows_of(kind, sheet, known)
    merged = _merged_lines(kind, rows, known)
    left = {row.line for row in merged}
    rows = [row for row in rows if row.line not in left]
    return Found(
        practice_id=practice_id,
        kind=kind,
        name=name,
        today=today,
        rows=rows,
        faults=faults,
        notes=(
            *import_notes.wordless(len(whole.lines) - len(sheet.lines)),
            *import_notes.of_file(kind, sheet, encoding, rows, known),
            *map(import_notes.merged, merged),
        ),
        merged=len(merged),
        named=frozenset(line.cells.get("staff_id", "").strip() for line in sheet.lines),
    )


def compare(session: Session, *, found: Found) -> Plan:
    """Return what a file would do to what is there now; saves nothing."""
    kind, rows, faults = found.kind, found.rows, found.faults
    before = BEFORE[kind](session, found.practice_id, rows)
    new = [row for row in rows if row.key not in before]
    changed = [row for row in rows if row.key in before and _differs(row, before[row.key])]
    unchanged = len(rows) - len(new) - len(changed) + found.merged
    if kind == "comments":
        faults = sorted(faults + [_other_words(row) for row in changed], key=lambda f: f.line)
        changed = []
    report = Report(
        kind=kind,
        name=found.name,
        new=len(new),
        changed=len(changed),
        unchanged=unchanged,
        left=_left(session, found) if kind == "roster" else 0,
        bad=len({fault.line for fault in faults}),
        faults=tuple(faults),
        notes=found.notes,
    )
    return Plan(report, new, changed)


def _sheet(text: str, kind: str) -> Sheet:
    if kind == "comments" and text.lstrip().startswith("{"):
        return read_jsonl(text, KINDS[kind])
    try:
        return read_csv(text, KINDS[kind])
    except Unreadable as problem:
        heading = text.lstrip().partition("\n")[0]
        other = next((k for k in KINDS if k != kind and _fits(heading, KINDS[k])), None)
        if other is None:
            raise
        words = f"This looks like {KIND_NAMES[other]}, not {KIND_NAMES[kind]}. Choose its own kind."
        raise Unreadable(Fault(1, "", words)) from problem


def _fits(text: str, columns: Columns) -> bool:
    try:
        read_csv(text, columns)
    except Unreadable:
        return False
    return True


def _known(
    session: Session, practice_id: int, kind: str, sheet: Sheet, zone: str, today: date
) -> Known:
    sites = {site.name: site.id for site in people.sites(session, practice_id)}
    former = roster.former_ids(session, practice_id)
    refs = {line.cells.get("visit_id", "").strip() for line in sheet.lines} - {""}
    return Known(
        zone=zone,
        today=today,
        sites=sites,
        site_names={plain(name): name for name in sites},
        staff=former
        | {k: row.id for k, row in people.staff_by_roster_id(session, practice_id).items()},
        former=frozenset(former),
        visits=imports.visit_numbers(session, practice_id, refs) if kind != "visits" else {},
        day_order=import_dates.sheet_order(sheet),
    )


Before = Mapping[str, Mapping[str, Value]]


def _roster_before(session: Session, practice_id: int, _rows: list[Row]) -> Before:
    sites = {site.id: site.name for site in people.sites(session, practice_id)}
    columns = [c for c in KINDS["roster"].names if c not in {"staff_id", "site"}]
    return {
        key: {column: getattr(row, column) for column in columns}
        | {"site": sites[row.site_id] if row.site_id else ""}
        for key, row in people.staff_by_roster_id(session, practice_id).items()
    }


def _visits_before(session: Session, practice_id: int, rows: list[Row]) -> Before:
    found = imports.visit_facts(session, practice_id, {row.key for row in rows})
    before: dict[str, dict[str, Value]] = {key: row._asdict() for key, row in found.items()}
    if any("email" in row.values for row in rows):
        _add_addresses(session, before, rows)
    return before


def _add_addresses(session: Session, before: dict[str, dict[str, Value]], rows: list[Row]) -> None:
    """Add the address that waits for each visit; where its e-mail is over, none makes a difference."""
    numbers = {key: number for key, v in before.items() if isinstance(number := v["id"], int)}
    waiting = invitations.waiting_addresses(session, visit_ids=list(numbers.values()))
    for row in rows:
        if row.key in before:
            address = waiting.get(numbers[row.key], "")
            before[row.key]["email"] = row.values["email"] if address is None else address


def _visit_staff_before(session: Session, _practice_id: int, rows: list[Row]) -> Before:
    pairs = {pair(row): row for row in rows}
    found = imports.parts(session, {visit for visit, _ in pairs})
    return {row.key: {"part": found[at]} for at, row in pairs.items() if at in found}


def _comments_before(session: Session, practice_id: int, rows: list[Row]) -> Before:
    found = imports.comment_words(session, practice_id, {row.key for row in rows})
    return {key: {} if text is None else {"text": text} for key, text in found.items()}


BEFORE: Mapping[str, Callable[[Session, int, list[Row]], Before]] = {
    "roster": _roster_before,
    "visits": _visits_before,
    "visit_staff": _visit_staff_before,
    "comments": _comments_before,
}


def _differs(row: Row, before: Mapping[str, Value]) -> bool:
    return any(before[name] != value for name, value in row.values.items() if name in before)


def _other_words(row: Row) -> Fault:
    return Fault(
        row.line,
        row.key,
        "This comment is here already, in other words. Give a new comment an id of its own.",
    )


def _left(session: Session, found: Found) -> int:
    here = {row.roster_id for row in people.working_on(session, found.practice_id, found.today)}
    return len(here - found.named)


def _merged_lines(kind: str, rows: list[Row], known: Known) -> list[Row]:
    """Return the lines that say something of a merged row of the roster which another line says."""
    if kind == "roster":
        return [row for row in rows if row.key in known.former]
    if kind != "visit_staff":
        return []
    first: dict[tuple[int, int], int] = {}
    return [row for row in rows if first.setdefault(pair(row), row.line) != row.line]
