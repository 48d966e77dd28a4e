"""From the bytes of a file to lines of cells, whatever program wrote them.

    BOM staff_id;given_name            Sheet(columns=("staff_id", "given_name"), lines=(
        S01;"Zoë            ──►            Line(2, {"staff_id": "S01", "given_name": "Zoë\\nAnn"}),
        Ann"                                   Line(4, {"staff_id": "S02", "given_name": "Bo"}),
        S02;Bo                         ))

UTF-8 with or without a mark, UTF-16, Windows-1252; comma, semicolon or tab; line breaks in quotes.
A line is numbered as an editor numbers it. Cells are data: nothing in them is ever worked out.
"""

import codecs
import csv
import io
import json
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

MOST_COLUMNS = 100
SEPARATORS = (",", ";", "\t")
NEAR = 70
NEAR_HEADING = 60  # low: a surname is meant by a family name, and rarely is another column spare
HEADINGS_SHOWN, LONGEST_SHOWN = 20, 40
WRONG_KINDS = {
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a workbook or an archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
}
CSV_FAULTS = {
    "field larger": "A cell is far too long. A quotation mark may have lost its partner.",
    "unexpected end": "A quotation mark opens here and is never closed.",
    "expected after": 'A quotation mark stands inside a cell. Write it twice: "".',
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one line and what to do; `row` names what the line is about."""

    line: int
    row: str
    text: str


class Unreadable(Exception):
    """Nothing of the file can be used; `faults` say why."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("\n".join(f"line {fault.line}: {fault.text}" for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file below its heading: where it begins and its cells by column."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as lines of cells, with the lines that could not be taken apart.

    `headings` are the columns as the file itself calls them.
    """

    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    faults: tuple[Fault, ...] = ()
    headings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns a kind of file has; `renamed` are other names by which some are known.

    `told` says of a required column what it tells, and which heading to give it.
    """

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    told: tuple[tuple[str, str, str], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Return every column that is read."""
        return self.required + self.optional

    def name_of(self, heading: str) -> str:
        """Return the column a heading stands for, however it was typed."""
        plain = _plain_heading(heading)
        return dict(self.renamed).get(plain, plain)

    def names_of(self, headings: Collection[str]) -> tuple[str, ...]:
        """Return the columns of a whole heading; a column's own name goes before its other names."""
        own = {_plain_heading(heading) for heading in headings}
        names = ((_plain_heading(heading), self.name_of(heading)) for heading in headings)
        return tuple(plain if name in own else name for plain, name in names)


def _plain_heading(heading: str) -> str:
    return re.sub(r"[\W_]+", "_", heading.casefold()).strip("_")


def decode(body: bytes) -> tuple[str, str]:
    """Return a file's text and the name of its encoding; raise `Unreadable`."""
    for sign, what in WRONG_KINDS.items():
        if body.startswith(sign):
            raise Unreadable(
                Fault(1, "", f"This is {what}, not text. Save the table as CSV and send that.")
            )
    text, encoding = _decoded(body)
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise Unreadable(
            Fault(line, "", "This line holds a NUL, which no text has. Save the file as CSV again.")
        )
    if not text.strip():
        raise Unreadable(Fault(1, "", "The file is empty."))
    return text, encoding


def _decoded(body: bytes) -> tuple[str, str]:
    for encoding in (*_by_shape(body), "utf-8-sig", "cp1252"):
        try:
            return body.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return body.decode("latin-1"), "latin-1"


def _by_shape(body: bytes) -> tuple[str, ...]:
    """Return UTF-16 where a mark says so, or where every other byte is zero."""
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    start = body[:200]
    half = len(start) // 2
    if half and start[1::2].count(0) > 0.6 * half:
        return ("utf-16-le",)
    return ("utf-16-be",) if half and start[0::2].count(0) > 0.6 * half else ()


def read_csv(text: str, columns: Columns) -> Sheet:
    """Return the lines of a CSV text; raise `Unreadable` when its heading or its quotes are wrong."""
    records = _records(text, _separator(text, columns))
    number, heading = next(records, (1, []))
    if heading and heading[0].lower().startswith("sep="):
        number, heading = next(records, (number + 1, []))
    names = _names(number, heading, columns)
    lines, faults = [], []
    for number, cells in records:
        if len(cells) > len(names):
            faults.append(Fault(number, "", _too_many(len(cells), len(names))))
        else:
            lines.append(Line(number, dict(zip(names, cells, strict=False))))
    return Sheet(names, tuple(lines), tuple(faults), _shown(heading))


def _too_many(cells: int, columns: int) -> str:
    return (
        f"There are {cells:,} cells but only {columns} columns. "
        "Put quotation marks around a cell that holds the separator."
    )


def _separator(text: str, columns: Columns) -> str:
    lines = io.StringIO(text, newline="")
    heading = next((s for s in lines if s.strip() and not s.lower().startswith("sep=")), "")

    def known(separator: str) -> int:
        return sum(columns.name_of(cell) in columns.names for cell in heading.split(separator))

    return max(SEPARATORS, key=known)


def _records(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (line at which it begins, cells) of every record that is not blank."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            words = next(
                (w for sign, w in CSV_FAULTS.items() if sign in str(error)), "This line is not CSV."
            )
            raise Unreadable(Fault(number, "", words)) from error
        while cells and not cells[-1].strip():
            cells.pop()
        if cells:
            yield number, cells


def _names(number: int, heading: list[str], columns: Columns) -> tuple[str, ...]:
    if len(heading) > MOST_COLUMNS:
        raise Unreadable(
            Fault(
                number, "", f"The heading has {len(heading):,} columns; {MOST_COLUMNS} is the most."
            )
        )
    names = columns.names_of(heading)
    faults = [
        Fault(
            number, "", _twice(name, [h for h, n in zip(heading, names, strict=True) if n == name])
        )
        for name in columns.names
        if names.count(name) > 1
    ]
    faults += missing(number, heading, columns)
    if faults:
        raise Unreadable(*faults)
    return names


def _shown(headings: Sequence[str]) -> tuple[str, ...]:
    return tuple(" ".join(heading.split())[:LONGEST_SHOWN] for heading in headings)


def _twice(name: str, headings: Sequence[str]) -> str:
    shown = _shown(headings)
    if len({_plain_heading(heading) for heading in headings}) == 1:
        return f"The column “{shown[0]}” stands in the heading twice. Keep one."
    both = " and ".join(f"“{heading}”" for heading in shown)
    return f"{both} may all be read as “{name}”. Rename the one that is meant to {name}."


def missing(number: int, headings: Sequence[str], columns: Columns) -> list[Fault]:
    """Return a fault for each required column that is not there: what the file has, what to rename."""
    names = columns.names_of(headings)
    shown = [heading for heading in _shown(headings) if heading]
    spare = [h for h, n in zip(_shown(headings), names, strict=True) if n not in columns.names]
    told = {name: (tells, heading) for name, tells, heading in columns.told}
    has = f"{', '.join(shown[:HEADINGS_SHOWN])}{' …' if shown[HEADINGS_SHOWN:] else ''}"
    faults = []
    for name in columns.required:
        if name not in names:
            tells, heading = told.get(name, (f"“{name}”", name))
            near = nearest(name, spare, at_least=NEAR_HEADING)
            help_ = f" (perhaps “{near}”)" if near else ""
            words = (
                f"No column tells {tells}. Your file has: {has}. Rename one{help_} to {heading}."
            )
            faults.append(Fault(number, "", words))
    return faults


def nearest(word: str, options: Collection[str], *, at_least: int = NEAR) -> str:
    """Return the option most like a word, or "" when none is like it by `at_least` of a hundred."""
    found = process.extractOne(
        word, options, scorer=fuzz.WRatio, processor=_spaced, score_cutoff=at_least
    )
    return found[0] if found else ""


def _spaced(text: str) -> str:
    return text.replace("_", " ").casefold()


def read_jsonl(text: str, columns: Columns) -> Sheet:
    """Return the lines of a text that holds one JSON object a line; a bad line is a fault."""
    lines: list[Line] = []
    faults: list[Fault] = []
    for number, raw in enumerate(text.split("\n"), start=1):
        if not raw.strip():
            continue
        try:
            lines.append(Line(number, _members(raw, columns)))
        except (ValueError, RecursionError):
            faults.append(Fault(number, "", "This line is not one JSON object with plain values."))
    seen = tuple(dict.fromkeys(name for line in lines for name in line.cells))
    if lines and (wrong := missing(lines[0].number, seen, columns)):
        raise Unreadable(*wrong)
    return Sheet(seen, tuple(lines), tuple(faults), _shown(seen))


def _members(raw: str, columns: Columns) -> dict[str, str]:
    found = json.loads(raw)
    if not isinstance(found, dict):
        raise ValueError
    cells = {}
    for key, value in found.items():
        name = columns.name_of(key)
        if name in columns.names and isinstance(value, dict | list):
            raise ValueError
        cells[name] = "" if value is None else str(value)
    return cells
