"""Read whole files of comments, with the roster and the visits beside them, and write readings.

    roster.csv  visits.csv  visit_staff.csv        may be left out: then nobody is matched
    comments.jsonl or comments.csv                 comment_id (or id), visit_id, question, rating,
                                                   left_on, text; other columns are passed over
    readings.jsonl                                 one JSON line a comment, in order

Takes open files and gives lines; opens and prints nothing itself. A row that cannot be used is
reported by its line and passed over, the rest is read.
"""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TextIO

from training.feedback.comment import Answer, Person, Visit, tidy
from training.feedback.published import as_json
from training.feedback.reading import Roster, read

__all__ = [
    "Practice",
    "Row",
    "analyse",
    "as_json",
    "load_comments",
    "load_roster",
    "load_visit_staff",
    "load_visits",
    "practice",
]

QUESTIONS = ("general", "went_well", "could_be_better")
LONGEST_TEXT = 100_000  # characters of one comment
_LONGEST_CELL = 10_000_000
Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Row:
    """One comment of a file: its id, its visit ("" for none) and the answer."""

    comment_id: str
    visit_id: str
    answer: Answer


@dataclass(slots=True)
class Practice:
    """The roster and the visits that comments are read against."""

    roster: Roster
    visits: dict[str, Visit] = field(default_factory=dict)

    def visit(self, visit_id: str) -> Visit:
        """Return the record of a visit; an unknown one is an empty record."""
        return self.visits.get(visit_id, Visit())


def load_roster(lines: Iterable[str]) -> tuple[list[Person], list[str]]:
    """Return the people of a roster CSV, and what was wrong with its rows, by line."""
    people: list[Person] = []
    problems: list[str] = []
    seen: set[str] = set()
    for number, row in _rows(lines, problems):
        staff_id = row.get("staff_id", "")
        if not staff_id or staff_id in seen:
            problems.append(
                f"line {number}: staff_id is {'there twice' if staff_id else 'missing'}"
            )
            continue
        try:
            people.append(_person(staff_id, row))
        except ValueError as error:
            problems.append(f"line {number}: {error}")
            continue
        seen.add(staff_id)
    return people, problems


def load_visits(lines: Iterable[str]) -> tuple[dict[str, Visit], list[str]]:
    """Return the visits of a CSV by visit_id, nobody on them yet, and its problems."""
    problems: list[str] = []
    visits: dict[str, Visit] = {}
    for number, row in _rows(lines, problems):
        visit_id = row.get("visit_id", "")
        if not visit_id:
            problems.append(f"line {number}: visit_id is missing")
            continue
        visits[visit_id] = Visit(
            channel=row.get("channel", ""),
            stage=row.get("stage", ""),
            site=row.get("site", ""),
            known=True,
        )
    return visits, problems


def load_visit_staff(lines: Iterable[str]) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """Return who was on each visit (staff ids by visit_id), and the file's problems."""
    problems: list[str] = []
    on_visit: dict[str, list[str]] = {}
    for number, row in _rows(lines, problems):
        visit_id, staff_id = row.get("visit_id", ""), row.get("staff_id", "")
        if not visit_id or not staff_id:
            problems.append(f"line {number}: visit_id or staff_id is missing")
        elif staff_id not in on_visit.setdefault(visit_id, []):
            on_visit[visit_id].append(staff_id)
    return {visit_id: tuple(staff) for visit_id, staff in on_visit.items()}, problems


def load_comments(file: TextIO, name: str, report: Report) -> Iterator[Row]:
    """Yield the comments of a JSONL or CSV file; what cannot be used goes to `report`.

    `name` tells the format: .csv is CSV, .json and .jsonl are JSON lines, else the first sign.
    """
    rows = _json_rows(file, report) if _is_json(file, name) else _csv_rows(file, report)
    for number, row in rows:
        try:
            yield _comment(row)
        except ValueError as error:
            report(f"line {number}: {error}")


def practice(
    roster: TextIO | None, visits: TextIO | None, visit_staff: TextIO | None, report: Report
) -> Practice:
    """Return the practice of up to three open files; problems go to `report`, by file and line."""
    people, problems = load_roster(roster) if roster else ([], [])
    _report_all("roster", problems, report)
    records, problems = load_visits(visits) if visits else ({}, [])
    _report_all("visits", problems, report)
    on_visit, problems = load_visit_staff(visit_staff) if visit_staff else ({}, [])
    _report_all("visit_staff", problems, report)
    known = {person.staff_id for person in people}
    merged = {
        visit_id: _with_staff(
            records.get(visit_id, Visit(known=True)),
            tuple(one for one in on_visit.get(visit_id, ()) if one in known),
        )
        for visit_id in {**records, **on_visit}
    }
    return Practice(Roster(people), merged)


def analyse(
    comments: TextIO,
    name: str,
    out: TextIO,
    *,
    roster: TextIO | None = None,
    visits: TextIO | None = None,
    visit_staff: TextIO | None = None,
    report: Report,
    progress: Callable[[Iterable[Row]], Iterable[Row]] = iter,
) -> int:
    """Read every comment of a file and write a JSON line for each; return how many were read.

    `progress` wraps the rows on their way (a progress bar on a terminal).
    """
    known = practice(roster, visits, visit_staff, report)
    count = 0
    for row in progress(load_comments(comments, name, report)):
        reading = read(row.answer, known.roster, known.visit(row.visit_id))
        out.write(as_json(row.comment_id, reading) + "\n")
        count += 1
    return count


def _person(staff_id: str, row: Mapping[str, str]) -> Person:
    aliases = (alias.strip() for alias in row.get("aliases", "").split("|"))
    return Person(
        staff_id=staff_id,
        given_name=row.get("given_name", ""),
        family_name=row.get("family_name", ""),
        preferred_name=row.get("preferred_name", ""),
        title=row.get("title", ""),
        role=row.get("role", ""),
        pronouns=row.get("pronouns", ""),
        aliases=tuple(alias for alias in aliases if alias),
        active_from=_date(row.get("active_from", ""), "active_from"),
        active_to=_date(row.get("active_to", ""), "active_to"),
        site=row.get("site", ""),
    )


def _comment(row: Mapping[str, Any]) -> Row:
    comment_id = _text(row.get("comment_id") or row.get("id"))
    if not comment_id:
        raise ValueError("comment_id (or id) is missing")
    text = row.get("text")
    if not isinstance(text, str):
        raise ValueError("text is missing")
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"text is longer than {LONGEST_TEXT:,} characters")
    question = _text(row.get("question")) or "general"
    if question not in QUESTIONS:
        raise ValueError(f"question is {question!r}, not one of {', '.join(QUESTIONS)}")
    return Row(
        comment_id,
        _text(row.get("visit_id")),
        Answer(tidy(text), question, _rating(row.get("rating")), _left_on(row.get("left_on"))),
    )


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _rating(value: Any) -> int | None:
    text = _text(value)
    if not text:
        return None
    if text not in {"1", "2", "3", "4", "5"}:
        raise ValueError(f"rating is {text!r}, not 1 to 5")
    return int(text)


def _left_on(value: Any) -> date | None:
    return _date(_text(value)[:10], "left_on")


def _date(text: str, name: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"{name} is {text!r}, not a date like 2026-01-31") from error


def _is_json(file: TextIO, name: str) -> bool:
    if name.lower().endswith((".jsonl", ".json", ".ndjson")):
        return True
    if name.lower().endswith(".csv") or not file.seekable():
        return False
    start = file.read(2)
    file.seek(0)
    return start.lstrip("\ufeff").startswith("{")


def _json_rows(file: Iterable[str], report: Report) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for number, line in enumerate(file, start=1):
        line = line.lstrip("\ufeff").strip()
        if not line:
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            report(f"line {number}: not a line of JSON")
            continue
        if isinstance(row, dict):
            yield number, row
        else:
            report(f"line {number}: not a JSON object")


def _csv_rows(file: Iterable[str], report: Report) -> Iterator[tuple[int, Mapping[str, Any]]]:
    problems: list[str] = []
    for number, row in _rows(file, problems):
        yield number, row
        while problems:
            report(problems.pop(0))
    for problem in problems:
        report(problem)


def _rows(lines: Iterable[str], problems: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line number, cells) of a CSV with a header; cells are stripped, "" where absent."""
    reader = csv.DictReader(_without_bom(lines))
    while True:
        try:
            with _long_cells():
                row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problems.append(f"line {reader.line_num}: {error}")
            continue
        if None in row:
            problems.append(f"line {reader.line_num}: more cells than the header has")
            continue
        cells = {str(name).strip().lower(): (value or "").strip() for name, value in row.items()}
        if any(cells.values()):
            yield reader.line_num, cells


@contextmanager
def _long_cells() -> Iterator[None]:
    """Take cells longer than csv's own limit, and give the limit back: it belongs to the process."""
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _without_bom(lines: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        yield (line.lstrip("\ufeff") if number == 0 else line).replace("\0", "")


def _with_staff(visit: Visit, on_visit: tuple[str, ...]) -> Visit:
    return Visit(
        on_visit=on_visit,
        channel=visit.channel,
        stage=visit.stage,
        site=visit.site,
        known=True,
    )


def _report_all(name: str, problems: Iterable[str], report: Report) -> None:
    for problem in problems:
        report(f"{name}, {problem}")
