"""What an import adds and changes, written down row by row so that it can be undone.

    remember(S02: nurse) … the file is stored … compare(S02: physician, S03)
        ──►  staff S02 changed {"role": "nurse"} → {"role": "physician"};  staff S03 added

A row that was not remembered before the file was stored is one that the file added.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column
from sqlalchemy.orm import Session

from training.store import imports
from training.store.base import Instant, Numbered
from training.store.references import table_of
from training.store.tables import ImportChange, ImportRun

Values = dict[str, Any]


@dataclass(slots=True)
class Trail:
    """The rows that one import touches, gathered while it stores them."""

    practice_id: int
    changes: list[Values] = field(default_factory=list)
    _before: dict[tuple[str, int], Values] = field(default_factory=dict)

    def remember(self, rows: Iterable[Numbered]) -> None:
        """Note what stands in rows that the import may change."""
        for row in rows:
            self._before[table_of(type(row)).name, row.id] = values_of(row)

    def compare(self, rows: Iterable[Numbered]) -> None:
        """Note what has become of rows, now that the import has stored them."""
        for row in rows:
            noun, now = table_of(type(row)).name, values_of(row)
            before = self._before.get((noun, row.id))
            if before is None:
                self._note(noun, row.id, added=True)
            elif before != now:
                differing = [name for name in now if now[name] != before[name]]
                was, is_now = ({n: v[n] for n in differing} for v in (before, now))
                self._note(noun, row.id, added=False, before=was, after=is_now)

    def added(self, noun: type[Numbered], numbers: Sequence[int]) -> None:
        """Note rows that were added many at a time, by their numbers."""
        for number in numbers:
            self._note(table_of(noun).name, number, added=True)

    def _note(self, noun: str, number: int, **more: Any) -> None:
        of = {"practice_id": self.practice_id, "noun": noun, "row_id": number}
        self.changes.append({"before": {}, "after": {}, **of, **more})

    def keep(self, session: Session, run: ImportRun) -> None:
        """Store the run and its trail, without committing."""
        session.add(run)
        session.flush()
        imports.add(session, ImportChange, [{**row, "run_id": run.id} for row in self.changes])


def values_of(row: Numbered) -> Values:
    """Return what stands in a row, as JSON keeps it."""
    return {column.name: told(getattr(row, column.name)) for column in table_of(type(row)).columns}


def told(value: Any) -> Any:
    """Return a value as JSON keeps it: days and moments in ISO 8601."""
    return value.isoformat() if isinstance(value, date) else value


def untold(column: Column[Any], value: Any) -> Any:
    """Return a value of a column as `told` was given it."""
    if not isinstance(value, str):
        return value
    if isinstance(column.type, Instant):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if column.type.python_type is date else value
