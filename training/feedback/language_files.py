"""The tables of content/language as one phrase book, and a check of every file in that folder.

    content/language/skills.yaml             in the book
    listening:                               Entry(table="skills", label="listening",
      praise: felt heard, took the time            weight=2.0, pattern="felt heard") …

A list is written as text with a comma between the phrases, or as a YAML list; a clinician can
add a phrase to either. `check` says, file by file and line by line, what cannot be understood.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from training.feedback.loading import uncollected
from training.feedback.phrases import BadPatternError, Entry, PhraseBook, written_out
from training.feedback.words import word_set
from training.skills import CONTENT, ROLES, SKILLS, THEMES

FOLDER = CONTENT / "language"
FEELINGS = {
    "strong_praise": 3.0,
    "praise": 2.0,
    "mild_praise": 1.0,
    "suggestion": -1.4,
    "mild_criticism": -1.0,
    "criticism": -2.0,
    "strong_criticism": -3.0,
    "nothing_to_improve": 2.0,
}
SIGNS = {"praise": 2.0, "criticism": -2.0, "mention": 0.0, "desk": 0.0}
_MOST_BYTES = 1_000_000
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# What each file holds: the names allowed at the top, and inside each of them.
_SHAPES: dict[str, tuple[frozenset[str] | None, frozenset[str] | None]] = {
    "classes.yaml": (None, None),
    "feelings.yaml": (frozenset(FEELINGS), None),
    "scope.yaml": (
        word_set("negators not_negators intensifiers softeners no_feeling identity orders demands"),
        None,
    ),
    "skills.yaml": (frozenset(SKILLS), frozenset(SIGNS)),
    "themes.yaml": (frozenset(THEMES), frozenset(SIGNS) - {"desk"}),
    "danger.yaml": (None, frozenset({"kind", "flags", "phrases"})),
    "concerns.yaml": (None, frozenset({"severity", "flags", "phrases"})),
    "content_free.yaml": (frozenset({"empty", "satisfied"}), None),
    "roles.yaml": (frozenset(ROLES), frozenset({"words", "many", "places", "doings"})),
    "people.yaml": (
        word_set("relatives outsiders others_waiting she he one_person team another titles"),
        None,
    ),
    "name_words.yaml": (frozenset({"words"}), None),
    "languages.yaml": (None, None),
}
_NOT_PHRASES = frozenset({"kind", "severity", "flags"})


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything the reader knows about words, read once.

    `book` finds the phrases of all tables; `severities` and `flags` say what a list of
    danger.yaml or concerns.yaml means; the rest are plain word lists.
    """

    book: PhraseBook
    severities: Mapping[str, int]
    flags: Mapping[str, tuple[str, ...]]
    emergencies: frozenset[str]
    empty: frozenset[str]
    satisfied: frozenset[str]
    identity: frozenset[str]
    identity_pairs: frozenset[tuple[str, ...]]
    orders: frozenset[str]
    demands: frozenset[str]
    people: Mapping[str, frozenset[str]]
    name_words: frozenset[str]
    also_called: Mapping[str, frozenset[str]]
    languages: Mapping[str, frozenset[str]]


@cache
def tables() -> Tables:
    """Return the tables of content/language; a fault in a file raises ValueError."""
    with uncollected():
        return _tables(FOLDER)


def _tables(folder: Path) -> Tables:
    lists = {name: _read(folder / name) for name in _SHAPES}
    people = {label: frozenset(phrases(value)) for label, value in lists["people.yaml"].items()}
    concerns = {**lists["danger.yaml"], **lists["concerns.yaml"]}
    return Tables(
        book=PhraseBook(
            _entries(lists),
            {name: phrases(value) for name, value in lists["classes.yaml"].items()},
        ),
        severities={label: int(body.get("severity", 3)) for label, body in concerns.items()},
        flags={label: tuple(phrases(body.get("flags"))) for label, body in concerns.items()},
        emergencies=frozenset(
            label for label, body in concerns.items() if body.get("kind") == "emergency"
        ),
        empty=frozenset(phrases(lists["content_free.yaml"]["empty"])),
        satisfied=frozenset(phrases(lists["content_free.yaml"]["satisfied"])),
        identity=frozenset(phrases(lists["scope.yaml"]["identity"])),
        identity_pairs=frozenset(
            tuple(phrase.split())
            for phrase in phrases(lists["scope.yaml"]["identity"])
            if " " in phrase
        ),
        orders=frozenset(phrases(lists["scope.yaml"]["orders"])),
        demands=frozenset(phrases(lists["scope.yaml"]["demands"])),
        people=people,
        name_words=frozenset(phrases(lists["name_words.yaml"]["words"])),
        also_called=_also_called(folder / "names.csv"),
        languages={
            code: frozenset(phrases(value)) for code, value in lists["languages.yaml"].items()
        },
    )


def phrases(value: Any) -> list[str]:
    """Return the phrases of a list, whether written with commas or as a YAML list."""
    parts = " ".join(value.split()).split(",") if isinstance(value, str) else value or []
    return [
        " ".join(part.split()) if "  " in part else part.strip() for part in parts if part.strip()
    ]


def _entries(lists: Mapping[str, Any]) -> Iterator[Entry]:
    """Yield every pattern of every table, with what it stands for."""
    for level, value in lists["feelings.yaml"].items():
        for pattern in phrases(value):
            yield Entry("feelings", level, FEELINGS[level], pattern)
    for label, value in lists["scope.yaml"].items():
        if label not in {"identity", "orders", "demands"}:
            yield from (Entry("scope", label, 0.0, pattern) for pattern in phrases(value))
    for table in ("skills", "themes"):
        for label, body in lists[f"{table}.yaml"].items():
            for sign, value in body.items():
                name = "desk" if sign == "desk" else table
                yield from (Entry(name, label, SIGNS[sign], one) for one in phrases(value))
    for table in ("danger", "concerns"):
        for label, body in lists[f"{table}.yaml"].items():
            yield from (Entry("concerns", label, 0.0, one) for one in phrases(body["phrases"]))
    for label, body in lists["roles.yaml"].items():
        for kind, value in body.items():
            yield from (Entry(f"role {kind}", label, 0.0, one) for one in phrases(value))
    for label, value in lists["people.yaml"].items():
        if label != "another":
            yield from (Entry("people", label, 0.0, one) for one in phrases(value))


def _also_called(path: Path) -> dict[str, frozenset[str]]:
    """Return for each lower-case name the other forms of it, read in both directions."""
    found: dict[str, set[str]] = {}
    for name, others in _name_rows(path):
        for other in others:
            found.setdefault(name.lower(), set()).add(other.lower())
            found.setdefault(other.lower(), set()).add(name.lower())
    return {name: frozenset(others) for name, others in found.items()}


def _name_rows(path: Path) -> Iterator[tuple[str, list[str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(line for line in file if not line.startswith("#"))
        next(rows, None)
        for row in rows:
            yield row[0], row[1].split("|") if len(row) > 1 else []


def _read(path: Path) -> dict[str, Any]:
    """Return a YAML table; aliases, huge and odd files are refused in plain words."""
    if path.stat().st_size > _MOST_BYTES:
        raise ValueError(f"{path.name}: larger than a megabyte")
    text = path.read_text(encoding="utf-8")
    try:
        # A reference needs its "&" somewhere: without one the events need not be walked.
        if "&" in text and any(
            isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=_Loader)
        ):
            raise ValueError(f"{path.name}: references (& and *) are not used here")
        loaded = yaml.load(text, Loader=_Loader)  # noqa: S506  (a safe loader, the C one)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ValueError(f"{path.name}, line {line}: {error.problem}") from error
    if not isinstance(loaded, dict):
        raise ValueError(f"{path.name}, line 1: names with lists under them are expected")
    return loaded


def check(folder: Path = FOLDER) -> list[str]:
    """Return the faults of the language files, each with its file and line; [] when all is well."""
    faults: list[str] = []
    classes: frozenset[str] = frozenset()
    for name, (tops, parts) in _SHAPES.items():
        path = folder / name
        try:
            loaded = _read(path)
        except (OSError, ValueError, RecursionError) as error:
            faults.append(str(error) or f"{name}: cannot be read")
            continue
        if name == "classes.yaml":
            classes = frozenset(loaded)
        lines = path.read_text(encoding="utf-8").splitlines()
        for where, fault in _faults(loaded, tops, parts, classes):
            faults.append(f"{name}, line {_line_of(lines, where)}: {fault}")
    return faults + _name_faults(folder / "names.csv")


def _faults(
    loaded: Mapping[str, Any],
    tops: frozenset[str] | None,
    parts: frozenset[str] | None,
    classes: frozenset[str],
) -> Iterator[tuple[str, str]]:
    """Yield (the words to look for in the file, what is wrong with them)."""
    for label, body in loaded.items():
        if tops is not None and label not in tops:
            yield str(label), f"{label!r} is not a name this file knows"
        if parts is None:
            yield from _list_faults(str(label), body, classes)
            continue
        if not isinstance(body, dict):
            yield str(label), f"{label!r} needs lists under it"
            continue
        for part, value in body.items():
            if part not in parts:
                yield str(part), f"{part!r} is not one of {', '.join(sorted(parts))}"
            elif part not in _NOT_PHRASES:
                yield from _list_faults(str(part), value, classes)


def _list_faults(label: str, value: Any, classes: frozenset[str]) -> Iterator[tuple[str, str]]:
    if not isinstance(value, str | list) or any(
        not isinstance(one, str) for one in (value if isinstance(value, list) else [])
    ):
        yield label, f"{label!r} must be a list of phrases (put quotes round no, yes, on and off)"
        return
    seen: set[str] = set()
    for pattern in phrases(value):
        if pattern in seen:
            yield pattern, f"{pattern!r} stands twice in {label}"
        seen.add(pattern)
        try:
            forms = written_out(pattern)
        except BadPatternError as error:
            yield pattern, f"{pattern!r}: {error}"
            continue
        named = {slot[1:-1] for form in forms for slot in form if slot.startswith("<")}
        for unknown in sorted(named - classes):
            yield pattern, f"{pattern!r}: no class of words is called <{unknown}>"


def _line_of(lines: list[str], words: str) -> int:
    """Return the line a phrase begins on (1 when a fold hides it)."""
    for number, line in enumerate(lines, start=1):
        if words in line:
            return number
    first = words.split()[0] if words.split() else words
    return next((n for n, line in enumerate(lines, start=1) if line.rstrip().endswith(first)), 1)


def _name_faults(path: Path) -> list[str]:
    faults: list[str] = []
    try:
        rows = list(enumerate(path.read_text(encoding="utf-8").splitlines(), start=1))
    except OSError as error:
        return [str(error)]
    for number, line in rows[1:]:
        if line.startswith("#") or not line.strip():
            continue
        name, _, others = line.partition(",")
        if not name.strip() or not all(other.strip() for other in others.split("|")):
            faults.append(f"names.csv, line {number}: a name, a comma, and others with | between")
    return faults
