"""A roster as other programs write it, rewritten in our own headings, roles and days.

    First name;Surname;Job title;Start date         staff_id,given_name,family_name,role,active_from
    Zoë;Lee;GP Partner;14/02/2022            ──►    line 2,Zoë,Lee,physician,2022-02-14

For reading a file without a database. Each row keeps its line, so that what is wrong with it is told by
the line of the file itself; a cell that nothing can be made of stays as it is.
"""

import csv
import io
from dataclasses import replace

from training.services import import_dates
from training.services.import_columns import ROSTER
from training.services.import_roles import role_of
from training.services.import_text import Line, decode, read_csv

DAYS = ("active_from", "active_to")


def rewritten(body: bytes) -> str:
    """Return a roster as CSV with our headings; somebody without an id goes by their line.

    Raises `Unreadable` where the file is no table.
    """
    text, _ = decode(body)
    sheet = read_csv(text, replace(ROSTER, required=()))
    order = import_dates.sheet_order(sheet)
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\n")
    table.writerow(ROSTER.names)
    at = 2
    for line in sheet.lines:
        out.write("\n" * (line.number - at))  # blank lines are passed over
        cells = _cells(line, order)
        table.writerow([cells.get(name, "") for name in ROSTER.names])
        at = max(at, line.number) + 1
    return out.getvalue()


def _cells(line: Line, order: str) -> dict[str, str]:
    cells = {name: " ".join(cell.split()) for name, cell in line.cells.items()}
    cells["staff_id"] = cells.get("staff_id") or f"line {line.number}"
    cells["role"] = role_of(cells.get("role", "")) or cells.get("role", "")
    for name in DAYS:
        found = import_dates.read(cells.get(name, ""), order)
        if found:
            cells[name] = found.date().isoformat()
    return cells
