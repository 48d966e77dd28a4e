"""YAML as a hostile author may write it, read into plain values that know their lines.

    text                          value                       lines
    patient:                      {"patient":                 {(): 1, ("patient",): 1,
      name: Mr Okafor      ──▸      {"name": "Mr Okafor"}}     ("patient", "name"): 2}

    >>> document = load("patient:\\n  name: Mr Okafor\\n", "scenario.yaml")
    >>> document.value, document.line("patient", "name")
    ({'patient': {'name': 'Mr Okafor'}}, 2)

Refused: anchors, aliases, tags, duplicate keys, more than one document, more than 256 kB, nesting
beyond 12. Only true, false and numbers are anything but text, so `say: No` is the word "No" and
`9:10` a time of day, not a sum.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from training.scenarios.faults import Fault, ScenarioError

MOST_BYTES = 256_000
DEEPEST = 12

_WHOLE = re.compile(r"[-+]?\d{1,9}")
_DECIMAL = re.compile(r"[-+]?\d{0,9}\.\d{1,9}")
_QUOTES = "put the whole sentence in double quotes"
_FIXES = (
    (
        "mapping values are not allowed",
        f"This sentence contains “: ” — {_QUOTES}; or the line is indented too far.",
    ),
    ("'\\t' that cannot start", "Use spaces, not tabs, at the start of a line."),
    ("cannot start any token", f"The text starts with a sign of YAML’s own: {_QUOTES}."),
    ("found undefined escape", "Inside double quotes write \\\\ for a backslash."),
    ("unknown escape", "Inside double quotes write \\\\ for a backslash."),
    ("unexpected end of stream", "A quotation mark or a bracket is opened and never closed."),
    ("special characters are not allowed", "Remove the invisible control character."),
    ("control characters are not allowed", "Remove the invisible control character."),
    ("'<stream end>'", "A quotation mark or a bracket is opened and never closed."),
    ("could not find expected ':'", "A “:” is missing, or a sentence runs over a line unquoted."),
)
_ELSE = f"Check the indentation and the quotation marks here and one line above; else {_QUOTES}."

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """Plain values, and the line each of them stands on (counted from 1)."""

    file: str
    value: Any
    lines: dict[Path, int] = field(repr=False)

    def line(self, *path: str | int) -> int:
        """The line of a value, or of the nearest part around it that was written."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def load(text: str, file: str) -> Document:
    """Read a YAML text; raises ScenarioError with the line and the likely fix."""
    if len(text.encode("utf-8", "replace")) > MOST_BYTES:
        raise _faulty(
            file,
            1,
            f"The file is larger than {MOST_BYTES // 1000} kB.",
            "A conversation needs a tenth of that: split it into two scenarios.",
        )
    try:
        _refuse_the_unsafe(text, file)
        root = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        raise _unreadable(file, error) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        problem = "An invisible control character stands here."
        raise _faulty(file, line, problem, "Remove it.") from error
    if not isinstance(root, yaml.MappingNode):
        fix = "Start with “format: bedside-scenario/1”."
        raise _faulty(file, 1, "The file holds no scenario.", fix)
    lines: dict[Path, int] = {(): 1}
    return Document(file, _value(root, (), lines, file), lines)


def _refuse_the_unsafe(text: str, file: str) -> None:
    """Look at the stream of events, which cannot be nested, before anything is built of it."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=yaml.BaseLoader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _faulty(
                file,
                line,
                "Anchors (&) and aliases (*) are not allowed.",
                f"Write the text out, or {_QUOTES} if it only starts with & or *.",
            )
        if getattr(event, "tag", None) not in (None, "!"):
            raise _faulty(
                file,
                line,
                "Tags (!…) are not allowed.",
                f"Remove it, or {_QUOTES} if it only starts with “!”.",
            )
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        documents += isinstance(event, yaml.DocumentStartEvent)
        if depth > DEEPEST:
            raise _faulty(file, line, f"Nested more than {DEEPEST} deep.", "Check the brackets.")
        if documents > 1:
            raise _faulty(file, line, "A second document starts here.", "Remove the line “---”.")


def _value(node: yaml.Node, path: Path, lines: dict[Path, int], file: str) -> Any:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*path, at), lines, file) for at, item in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        return dict(_pairs(node, path, lines, file))
    assert isinstance(node, yaml.ScalarNode)
    return _scalar(node)


def _pairs(
    node: yaml.MappingNode, path: Path, lines: dict[Path, int], file: str
) -> Iterator[tuple[str, Any]]:
    seen: set[str] = set()
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        key = key_node.value
        if not isinstance(key, str):
            raise _faulty(file, line, "A name is expected before the “:”.", "Check the brackets.")
        if key in seen:
            raise _faulty(file, line, f"“{key}” is written twice.", "Remove or rename one of them.")
        seen.add(key)
        lines[(*path, key)] = line
        yield key, _value(value_node, (*path, key), lines, file)


def _scalar(node: yaml.ScalarNode) -> str | int | float | bool | None:
    text: str = node.value
    if node.style is not None:  # quoted or a block: text, whatever it looks like
        return text
    if text in {"true", "false"}:
        return text == "true"
    if text in {"", "null", "~"}:
        return None
    if _WHOLE.fullmatch(text):
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) else text


def _unreadable(file: str, error: yaml.MarkedYAMLError) -> ScenarioError:
    mark = error.problem_mark or error.context_mark
    problem = error.problem or error.context or "the text cannot be read"
    fix = next((fix for sign, fix in _FIXES if sign in problem), _ELSE)
    return _faulty(file, mark.line + 1 if mark else 1, f"YAML cannot be read here: {problem}.", fix)


def _faulty(file: str, line: int, message: str, fix: str) -> ScenarioError:
    return ScenarioError([Fault(file, line, "", message, fix)])
