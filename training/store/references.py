"""Rows and the rows that refer to them, read off the tables themselves.

    comment ◄── answer ◄── remark ◄── match        drop(comment 7)   all four go
    remark  ◄── play (may be empty)                                  the play stays and forgets it

A reference that may be empty is a mention: it is emptied. One that may not is a part: it goes along.
A table that is added later is found too, so nothing that was erased lives on in it.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Column, Table, delete, select, update
from sqlalchemy.orm import Session

from training.store.base import Base, Numbered
from training.store.chunks import chunks


def table_of(noun: type[Numbered]) -> Table:
    """Return the table behind a class of rows."""
    return Base.metadata.tables[noun.__tablename__]  # type: ignore[attr-defined]


def columns_to(table: Table) -> list[Column[Any]]:
    """Return every column, of any table, that refers to a table's rows by their number."""
    return [
        key.parent
        for other in Base.metadata.sorted_tables
        for key in sorted(other.foreign_keys, key=lambda k: k.parent.name)
        if key.column is table.c.get("id")
    ]


def drop(session: Session, table: Table, ids: Collection[int]) -> None:
    """Delete rows with all their parts, and empty every mention of them. Does not commit."""
    for chunk in chunks(ids):
        drop_parts(session, table, chunk)
        session.execute(delete(table).where(table.c.id.in_(chunk)))
    session.expire_all()


def drop_parts(session: Session, table: Table, ids: Collection[int]) -> None:
    """Delete the parts of rows and empty every mention of them; the rows stay. Does not commit."""
    for column in columns_to(table):
        here = column.in_(ids)
        if column.nullable:
            session.execute(update(column.table).where(here).values({column.name: None}))
        elif parts := list(session.scalars(select(column.table.c.id).where(here))):
            drop(session, column.table, parts)


def referred(
    session: Session, table: Table, ids: Collection[int], *, ignoring: Collection[str] = ()
) -> set[int]:
    """Return those of some rows that any row refers to, tables named in `ignoring` apart."""
    found: set[int] = set()
    for column in columns_to(table):
        if column.table.name in ignoring:
            continue
        for chunk in chunks(ids):
            found |= set(session.scalars(select(column).where(column.in_(chunk)).distinct()))
    return found
