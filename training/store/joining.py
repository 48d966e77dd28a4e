"""Two rows that mean one thing, made one: whatever refers to the second refers to the first.

    join(staff 3 ← staff 8)    visit_staff(visit 5, staff 8)  ──►  visit_staff(visit 5, staff 3)
                               visit_staff(visit 6, staff 8)
                               visit_staff(visit 6, staff 3)  ──►  one row, by the table's own rule

Read off the tables, so that a table that is added later is joined too.
"""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, UniqueConstraint, delete, select, update
from sqlalchemy.orm import Session

from training.store.references import columns_to, drop

Values = dict[str, Any]
# What the kept row takes over from one that is the same thing: (kept, other) → new values.
Rule = Callable[[Mapping[str, Any], Mapping[str, Any]], Values]


def join(
    session: Session,
    table: Table,
    *,
    keep: int,
    gone: int,
    rules: Mapping[str, Rule],
    single: frozenset[str] = frozenset(),
) -> None:
    """Point everything that refers to `gone` at `keep`, and delete `gone`. Does not commit.

    Where two rows would then be the same by a unique constraint they are joined in turn: `rules`
    says by table what the kept one takes over; of tables in `single` the other is dropped whole.
    """
    session.flush()
    for column in columns_to(table):
        other = column.table
        for number in session.scalars(select(other.c.id).where(column == gone)).all():
            rival = _rival(session, column, number, keep)
            if rival is None:
                _point(session, column, number, keep)
            elif other.name in single:
                drop(session, other, [number])
            else:
                _take_over(session, other, rival, number, rules)
                join(session, other, keep=rival, gone=number, rules=rules, single=single)
    session.execute(delete(table).where(table.c.id == gone))
    session.expire_all()


def _point(session: Session, column: Column[Any], number: int, keep: int) -> None:
    table = column.table
    session.execute(update(table).where(table.c.id == number).values({column.name: keep}))


def _rival(session: Session, column: Column[Any], number: int, keep: int) -> int | None:
    """Return a row of `keep` that a row, once it is pointed there, could not stand beside."""
    table = column.table
    row = session.execute(select(table).where(table.c.id == number)).mappings().one()
    for columns, where in _unique_sets(column):
        same = [c == row[c.name] for c in columns if c is not column]
        mine = select(table.c.id).where(column == keep, *same, *where)
        covered = select(table.c.id).where(table.c.id == number, *where)
        if session.scalar(covered) is not None:
            found = session.scalar(mine)
            if found is not None:
                return int(found)
    return None


def _unique_sets(column: Column[Any]) -> list[tuple[list[Column[Any]], list[ColumnElement[bool]]]]:
    """Return the sets of columns that must differ between rows, and for which rows they must."""
    table = column.table
    found: list[tuple[list[Column[Any]], list[ColumnElement[bool]]]] = [
        (list(it.columns), []) for it in table.constraints if isinstance(it, UniqueConstraint)
    ]
    for index in table.indexes:
        if index.unique:
            where = index.dialect_options["sqlite"]["where"]  # both databases have the same
            found.append((list(index.columns), [] if where is None else [where]))
    return [(columns, where) for columns, where in found if column in columns]


def _take_over(
    session: Session, table: Table, keep: int, gone: int, rules: Mapping[str, Rule]
) -> None:
    query = select(table).where(table.c.id.in_((keep, gone)))
    rows = {row["id"]: dict(row) for row in session.execute(query).mappings()}
    values = rules[table.name](rows[keep], rows[gone]) if table.name in rules else {}
    if values:
        session.execute(update(table).where(table.c.id == keep).values(**values))
