"""From the text of a scenario.yaml to a Script, or to faults that a nurse can act on.

scenes:                     scenario.yaml:14 (scene arrive): `wyh` is not a word of the format.
  arrive:             ──▸     → Did you mean `why`?
    wyh: "…"

>>> read("format: bedside-scenario/1\\nslgu: late\\n", "scenario.yaml")
Traceback (most recent call last):
training.scenarios.faults.ScenarioError: scenario.yaml:1: `slug` is missing.
...
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from training.scenarios import conditions, safe_yaml
from training.scenarios.faults import Fault, ScenarioError
from training.scenarios.script import Script

_MISSING = {
    "why": "Say in a sentence or two what this reply does to the patient; the best one too.",
    "patient_reacts": "Say what you would see or hear of the patient just after this reply.",
    "next": "Name the scene or the ending this reply leads to.",
}
_SCHEMA = Script.model_json_schema(by_alias=True)
_WORDS = tuple(
    word for part in (_SCHEMA, *_SCHEMA["$defs"].values()) for word in part.get("properties", {})
)


@dataclass(frozen=True, slots=True)
class Source:
    """A scenario as read, with the lines its parts stand on."""

    script: Script
    document: safe_yaml.Document

    def fault(self, path: safe_yaml.Path, message: str, fix: str) -> Fault:
        """A fault at the line of that part of the file."""
        line = self.document.line(*path)
        return Fault(self.document.file, line, _scene_of(path), message, fix)


def read(text: str, file: str) -> Source:
    """Read a scenario; raises ScenarioError with every fault of form, each with its line.

    A scenario that can be read may still be a bad one: that is for checks.check to say.
    """
    document = safe_yaml.load(text, file)
    try:
        script = Script.model_validate(document.value)
    except ValidationError as error:
        raise ScenarioError(_faults_of_form(document, error)) from error
    source = Source(script, document)
    faults = list(_unreadable_conditions(source))
    if faults:
        raise ScenarioError(faults)
    return source


def _faults_of_form(document: safe_yaml.Document, error: ValidationError) -> Iterator[Fault]:
    for detail in error.errors(include_url=False):
        path = tuple(part for part in detail["loc"] if part != "[key]")
        message, fix = _in_plain_words(path, detail)
        yield Fault(document.file, document.line(*path), _scene_of(path), message, fix)


def _in_plain_words(path: safe_yaml.Path, detail: ErrorDetails) -> tuple[str, str]:
    word = str(path[-1]) if path else "the file"
    given = detail["input"]
    match detail["type"]:
        case "missing":
            return f"`{word}` is missing.", _MISSING.get(word, f"Add `{word}`.")
        case "extra_forbidden":
            close = get_close_matches(word, _WORDS, n=1)
            fix = f"Did you mean `{close[0]}`?" if close else "Remove it."
            return f"`{word}` is not a word of the format.", fix
        case "string_type":
            return _not_text(word, given)
        case "literal_error" | "enum":
            allowed = detail.get("ctx", {}).get("expected", "")
            return f"`{word}` cannot be “{given}”.", f"Write one of {allowed}."
        case "string_pattern_mismatch":
            return f"“{given}” cannot be used for `{word}`.", _pattern_fix(word)
        case "too_long" | "too_short":
            limits = detail["ctx"]
            least, most = limits.get("min_length"), limits.get("max_length")
            bound = f"at most {most}" if most else f"at least {least}"
            return f"`{word}` has {limits['actual_length']} entries.", f"List {bound}."
        case "value_error":
            return f"{str(detail['ctx']['error']).capitalize()}.", "Add or move what is named."
        case _:
            return f"`{word}`: {detail['msg'][0].lower()}{detail['msg'][1:]}.", f"Correct `{word}`."


def _not_text(word: str, given: Any) -> tuple[str, str]:
    if given is None:
        return f"`{word}` is empty.", f"Write the text of `{word}`, or remove the line."
    if isinstance(given, Mapping):
        return (
            f"`{word}` was read as a list of names and values.",
            "This sentence contains “: ” — put the whole sentence in double quotes.",
        )
    return f"`{word}` was read as {given!r}, not as text.", "Put it in double quotes."


def _pattern_fix(word: str) -> str:
    if word in {"slug", "transfer"}:
        return "Use small letters, digits and single hyphens, such as fifty-minutes-late."
    if word == "language":
        return "Use a code such as en or pt-BR."
    return "Use small letters, digits and _, starting with a letter, such as end_good."


def _scene_of(path: safe_yaml.Path) -> str:
    inside = len(path) > 1 and path[0] in {"scenes", "endings"}
    return str(path[1]) if inside else ""


def _unreadable_conditions(source: Source) -> Iterator[Fault]:
    for path, text in written_conditions(source.script):
        try:
            conditions.parse(text)
        except conditions.ConditionError as error:
            fix = "Write it like: trust >= 60 and told_time"
            yield source.fault(path, f"The condition “{text}” cannot be read: {error}.", fix)


def written_conditions(script: Script) -> Iterator[tuple[safe_yaml.Path, str]]:
    """Every condition of a scenario as it is written, with the path to it."""
    for path, place in script.places.items():
        for at, variant in enumerate(place.variants):
            yield (*path, "variants", at, "if"), variant.if_
    for name, scene in script.scenes.items():
        for at, route in enumerate(scene.routes):
            if route.if_ is not None:
                yield ("scenes", name, "routes", at, "if"), route.if_
