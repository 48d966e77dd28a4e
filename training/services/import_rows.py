"""From lines of cells to rows that may be stored: every cell checked, every fault by its line.

    Line(7, {"staff_id": "S07", "given_name": "Tom", "family_name": "Reilly", "role": "Recep."})
        ──►   Fault(7, "S07", "“Recep.” is not a role we know. Did you mean “receptionist”?")

A column that the file does not have is left as it was; an empty cell empties it. Whether a site, a
member of staff or a visit exists is asked of `Known`, which the caller fills.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, timedelta
from email.errors import MessageError
from email.headerregistry import Address
from zoneinfo import ZoneInfo

from training import skills
from training.feedback.comment import tidy
from training.services.import_cells import Cells, Known, Value, plain
from training.services.import_roles import NEAREST, ROLES
from training.services.import_text import Fault, Sheet

LONGEST_COMMENT = 20_000
RECENT = timedelta(days=3)  # nobody is written to about an older visit, so no address is kept

QUESTIONS = ("general", "went_well", "could_be_better")
RATINGS = {
    "1": "very_poor", "2": "poor", "3": "neither", "4": "good", "5": "very_good",
    "very poor": "very_poor", "poor": "poor", "neither": "neither",
    "neither good nor poor": "neither", "good": "good", "very good": "very_good",
    "don't know": "dont_know", "dont know": "dont_know",
}  # fmt: skip
# What people write who have nothing to say.
NO_WORDS = {"", "—", "–", ".", "n/a", "na", "n.a.", "none", "nil", "no comment", "no comments"}


@dataclass(frozen=True, slots=True)
class Row:
    """One row that may be stored: its line, the id it goes by in the file, values by column."""

    line: int
    key: str
    values: Mapping[str, Value]


def _words(named: Mapping[str, str]) -> dict[str, str]:
    return {plain(slug): slug for slug in named} | {plain(n): slug for slug, n in named.items()}


STAGES = _words({slug: stage.for_staff for slug, stage in skills.STAGES.items()})
CHANNELS = _words({slug: slug for slug in skills.CHANNELS})


def roster_row(cells: Cells) -> tuple[str, dict[str, Value]]:
    """Read one person of a roster."""
    key = cells.text("staff_id", 64, needed=True)
    values: dict[str, Value] = {
        "given_name": cells.text("given_name", 80, needed=True),
        "family_name": cells.text("family_name", 80, needed=True),
        "role": cells.word("role", ROLES, "role", NEAREST, tuple(skills.ROLES)),
    }
    readers: dict[str, Callable[[], Value]] = {
        "preferred_name": lambda: cells.text("preferred_name", 80),
        "title": lambda: cells.text("title", 20),
        "pronouns": lambda: cells.text("pronouns", 20),
        "aliases": lambda: _aliases(cells.text("aliases", 400)),
        "active_from": lambda: cells.day("active_from"),
        "active_to": lambda: cells.day("active_to"),
        "site": cells.site_name,
        "email": lambda: _work_address(cells.text("email", 254)),
    }
    values |= {column: read() for column, read in readers.items() if cells.has(column)}
    start, end = values.get("active_from"), values.get("active_to")
    if isinstance(start, date) and isinstance(end, date) and end < start:
        cells.wrong.append("“active_to” is before “active_from”.")
    return key, values


def _work_address(typed: str) -> str:
    """Return an address to offer when somebody is invited; what is none is left out, and typed then."""
    return typed.lower() if is_address(typed) else ""


def _aliases(typed: str) -> list[str]:
    return [alias.strip() for alias in typed.split("|") if alias.strip()]


def visit_row(cells: Cells) -> tuple[str, dict[str, Value]]:
    """Read one visit."""
    key = cells.text("visit_id", 64, needed=True)
    found = cells.moment("occurred_at", needed=True)
    values: dict[str, Value] = {
        "occurred_at": found.astimezone(UTC) if found else None,
        "local_day": found.astimezone(ZoneInfo(cells.known.zone)).date() if found else None,
        "channel": cells.word("channel", CHANNELS, "channel"),
        "stage": cells.word("stage", STAGES, "stage"),
    }
    if cells.has("site"):
        values["site_id"] = cells.site()
    if cells.has("sensitive"):
        values["sensitive"] = cells.yes("sensitive")
    if cells.has("email"):
        values["email"] = _address(cells, values)
    return key, values


def _address(cells: Cells, visit: Mapping[str, Value]) -> str:
    """Return the address to ask at: empty without consent, and where a visit is not asked about."""
    typed = cells.text("email", 254)
    if typed and not is_address(typed):
        cells.wrong.append("What stands in “email” is not an e-mail address.")
    agreed = cells.has("consent_to_contact") and cells.yes("consent_to_contact")
    day = visit["local_day"]
    old = isinstance(day, date) and cells.known.today - day > RECENT
    return typed if agreed and not (visit.get("sensitive") or old) else ""


def is_address(text: str) -> bool:
    """Return whether a text looks like an e-mail address that every mail server takes."""
    try:
        address = Address(addr_spec=text)
    except (ValueError, IndexError, MessageError):
        return False
    return text.isascii() and bool(address.username) and "." in address.domain


def visit_staff_row(cells: Cells) -> tuple[str, dict[str, Value]]:
    """Read who was on one visit."""
    visit = cells.text("visit_id", 64, needed=True)
    staff = cells.text("staff_id", 64, needed=True)
    values: dict[str, Value] = {
        "visit_id": cells.reference("visit_id", cells.known.visits, "visit"),
        "staff_id": cells.reference("staff_id", cells.known.staff, "member of staff"),
    }
    if cells.has("part"):
        values["part"] = cells.text("part", 80)
    return f"{visit} {staff}", values


def comment_row(cells: Cells) -> tuple[str, dict[str, Value]]:
    """Read one comment; its words keep their own line breaks."""
    key = cells.text("comment_id", 64, needed=True)
    words = tidy(cells.line.cells.get("text", ""))
    if len(words) > LONGEST_COMMENT:
        cells.wrong.append(f"“text” is longer than {LONGEST_COMMENT:,} characters.")
    question = cells.text("question", 40) or "general"
    if question not in QUESTIONS:
        cells.wrong.append(f"“{question}” is not one of {', '.join(QUESTIONS)}.")
    values: dict[str, Value] = {
        "text": words,
        "question": question,
        "rating": _rating(cells),
        "left_on": _left_on(cells),
        "visit_id": cells.reference("visit_id", cells.known.visits, "visit"),
        "site_id": cells.site(add="the roster or Set-up"),
        "stage": _stage(cells),
    }
    return key, values


def _stage(cells: Cells) -> str | None:
    return cells.word("stage", STAGES, "stage") if cells.text("stage", 120) else None


def with_words(sheet: Sheet) -> Sheet:
    """Return a sheet of comments without the lines on which nothing was said, nor a rating given."""
    lines = tuple(
        line
        for line in sheet.lines
        if plain(tidy(line.cells.get("text", ""))) not in NO_WORDS
        or line.cells.get("rating", "").strip()
    )
    return replace(sheet, lines=lines)


def _left_on(cells: Cells) -> date | None:
    day = cells.day("left_on", needed=True)
    if day and day > cells.known.today + timedelta(days=1):
        cells.wrong.append(f"“left_on” is in the future: {day.isoformat()}.")
    return day


def _rating(cells: Cells) -> str | None:
    typed = cells.text("rating", 40).removesuffix(".0")
    found = RATINGS.get(plain(typed))
    if typed and found is None:
        cells.wrong.append(f"“{typed}” is not a rating: 1 (very poor) to 5 (very good), or empty.")
    return found


READERS: Mapping[str, Callable[[Cells], tuple[str, dict[str, Value]]]] = {
    "roster": roster_row,
    "visits": visit_row,
    "visit_staff": visit_staff_row,
    "comments": comment_row,
}


def rows_of(kind: str, sheet: Sheet, known: Known) -> tuple[list[Row], list[Fault]]:
    """Return the rows of a sheet that may be stored, and every fault, in order of the lines.

    The second line of a pair with one id is the fault: nothing says which of the two is meant.
    """
    rows: list[Row] = []
    first: dict[str, int] = {}
    faults = list(sheet.faults)
    for line in sheet.lines:
        cells = Cells(line, known)
        key, values = READERS[kind](cells)
        if key and first.setdefault(key, line.number) != line.number:
            cells.wrong.append(f"This id stands on line {first[key]} already.")
        if cells.wrong:
            faults += [Fault(line.number, key, words) for words in cells.wrong]
        else:
            rows.append(Row(line.number, key, values))
    return rows, sorted(faults, key=lambda fault: fault.line)
