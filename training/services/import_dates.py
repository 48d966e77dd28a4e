"""Which way round a file writes its days: found from the whole file, never guessed.

    01/02/2021 and 14/02/2022  ──►  "day"      there is no fourteenth month
    01/02/2021 and 02/28/2022  ──►  "month"
    01/02/2021 alone           ──►  ""         either: such a cell is a fault
    14/02/2022 and 02/28/2022  ──►  ""         both: somebody must look

Spreadsheets write days as their country does; 2022-02-14 needs none of this.
"""

import re
from collections.abc import Iterable
from datetime import datetime

from training.services.import_text import Sheet

COLUMNS = ("active_from", "active_to", "occurred_at", "left_on")
WAYS = {"day": "day/month/year", "month": "month/day/year"}
_SLASHED = re.compile(
    r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?", re.ASCII
)
MOST_MONTHS = 12


def is_slashed(typed: str) -> bool:
    """Return whether a cell is written like 14/02/2022, with or without a time after it."""
    return _SLASHED.fullmatch(typed) is not None


def order_of(cells: Iterable[str]) -> str:
    """Return what stands first in the slashed days among some cells: "day", "month", or "" for unknown."""
    found = [match for cell in cells if (match := _SLASHED.fullmatch(" ".join(cell.split())))]
    day = any(int(match[1]) > MOST_MONTHS for match in found)
    month = any(int(match[2]) > MOST_MONTHS for match in found)
    if day == month:
        return ""
    return "day" if day else "month"


def sheet_order(sheet: Sheet) -> str:
    """Return the order of all the days of a file, as `order_of`."""
    return order_of(line.cells.get(column, "") for line in sheet.lines for column in COLUMNS)


def read(typed: str, order: str) -> datetime | None:
    """Return a cell as a moment, without a zone if it has none; None if it is no moment for certain."""
    match = _SLASHED.fullmatch(typed)
    try:
        if match is None:
            return datetime.fromisoformat(typed)
        return _moment(match, order) if order else None
    except ValueError:
        return None


def _moment(match: re.Match[str], order: str) -> datetime:
    first, second, year, hour, minute, seconds = (int(part or 0) for part in match.groups())
    day, month = (first, second) if order == "day" else (second, first)
    return datetime(year, month, day, hour, minute, seconds)  # noqa: DTZ001 - the caller knows the zone
