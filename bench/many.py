"""Make a practice large: copies of the demo's own comments, moved to other days, table by table.

    grow(connection, comments=100_000)   a hundred copies of a thousand comments, in a few seconds

What is copied was read by the product, so the mix of remarks, matches and states is the demo's.
SQLite only.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, Table, func, select, text

from training.store.base import Base

# Each table after those it refers to; `moves` are its columns that a copy has a day or moment of.
TABLES = (
    "visit", "visit_staff", "invitation", "comment", "comment_staff", "answer", "remark",
    "remark_skill", "remark_theme", "match", "cases",
)  # fmt: skip
MOVES = {"visit": ("occurred_at", "local_day"), "comment": ("received_at", "local_day")}
FRESH = {"public_id": 6, "code_hash": 32, "visit_ref": 8}
EMPTY = ("post_key", "import_ref")
SPREAD_DAYS = 1000


@dataclass(frozen=True, slots=True)
class Size:
    """How many rows a practice has."""

    comments: int
    remarks: int
    visits: int


def grow(connection: Connection, *, comments: int) -> Size:
    """Copy what the practice has until it has so many comments; does not commit."""
    here = _count(connection, "comment")
    tops = {name: _top(connection, name) for name in TABLES}
    for copy in range(1, comments // here):
        for name in TABLES:
            _copy(connection, name, copy, tops)
    connection.execute(text("ANALYZE"))
    return Size(*(_count(connection, name) for name in ("comment", "remark", "visit")))


def _table(name: str) -> Table:
    return Base.metadata.tables[name]


def _count(connection: Connection, name: str) -> int:
    return connection.scalar(select(func.count()).select_from(_table(name))) or 0


def _top(connection: Connection, name: str) -> int:
    return connection.scalar(select(func.max(_table(name).c.id))) or 0


def _copy(connection: Connection, name: str, copy: int, tops: dict[str, int]) -> None:
    """Insert the copy of number `copy` of the first rows of a table, their numbers moved up alike."""
    columns = [column.name for column in _table(name).columns]
    values = ", ".join(_value(name, column, copy, tops) for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    connection.execute(
        text(f'INSERT INTO "{name}" ({names}) SELECT {values} FROM "{name}" WHERE id <= :top'),  # noqa: S608
        {"top": tops[name]},
    )


def _value(name: str, column: str, copy: int, tops: dict[str, int]) -> str:
    """Return the SQL of one column of a copy."""
    days = copy * 37 % SPREAD_DAYS
    if column == "id":
        return f"id + {copy * tops[name]}"
    for key in _table(name).c[column].foreign_keys:
        if key.column.table.name in TABLES:
            return f'"{column}" + {copy * tops[key.column.table.name]}'
    if column in MOVES.get(name, ()):
        call = "date" if column == "local_day" else "strftime"
        form = "" if call == "date" else "'%Y-%m-%d %H:%M:%f000', "
        return f"{call}({form}\"{column}\", '-{days} days')"
    if column in FRESH:
        return f"lower(hex(randomblob({FRESH[column]})))"
    return "NULL" if column in EMPTY else f'"{column}"'
