"""What an import says beside its counts and faults: what was understood how, and what was left out.

Job title "GP Partner"          ──►  "Roles were read so: GP Partner as physician."
a comment that says "N/A"       ──►  "1 row holds no words and no rating: …"
"""

from training.services import import_dates
from training.services.import_cells import Known
from training.services.import_columns import KINDS
from training.services.import_roles import told
from training.services.import_rows import Row
from training.services.import_saves import new_sites
from training.services.import_text import Sheet, nearest

MANY = 10


def of_file(kind: str, sheet: Sheet, encoding: str, rows: list[Row], known: Known) -> list[str]:
    """Return what to say of how a file was read, and of what in it was not used."""
    notes = []
    if encoding in {"cp1252", "latin-1"}:
        notes.append(
            "The file is not UTF-8. It was read as Windows text: look at accented letters."
        )
    if known.day_order:
        way = import_dates.WAYS[known.day_order]
        notes.append(f"Days with slashes or points were read as {way}.")
    pairs = zip(sheet.headings, sheet.columns, strict=True)
    spare = [heading for heading, name in pairs if heading and name not in KINDS[kind].names]
    if spare:
        notes.append(f"Not used and not kept: {', '.join(spare[:MANY])}.")
    if kind == "comments" and not known.staff:
        notes.append(
            "Nobody is on the roster yet, so no comment can be tied to anybody. Import it first."
        )
    if kind == "roster":
        taken = told([line.cells.get("role", "") for line in sheet.lines])
        notes += [f"Roles were read so: {taken}."] if taken else []
        notes += [_new_site(name, known) for name in new_sites(rows, known.sites)]
    return notes


def wordless(n: int) -> list[str]:
    """Return what to say of so many rows of a file of comments on which nothing was said."""
    if not n:
        return []
    rows, them = ("1 row holds", "it is") if n == 1 else (f"{n:,} rows hold", "they are")
    return [f"{rows} no words and no rating: {them} no comment, and left out."]


def merged(row: Row) -> str:
    """Return what to say of a line about a row of the roster that was merged into another."""
    return (
        f"Line {row.line}, {row.key}: merged into another row of the roster; the line is left out."
    )


def _new_site(name: str, known: Known) -> str:
    near = nearest(name, list(known.sites))
    doubt = f" Is it “{near}”? Then correct the file first." if near else ""
    return f"The site “{name}” is new and will be added.{doubt}"
