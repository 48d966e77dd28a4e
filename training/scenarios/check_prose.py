"""Checks of the words: length, reading age, identifiers, sources."""

from collections.abc import Iterator

from training.scenarios import starter, wording
from training.scenarios.faults import Fault
from training.scenarios.reader import Source
from training.scenarios.safe_yaml import Path
from training.scenarios.script import Script

MOST_WORDS = 30
HIGHEST_READING_AGE = 12.0


def faults(source: Source) -> Iterator[Fault]:
    """Replies too long to say, lines too hard to read, anything like an address, blanks left over."""
    yield from _long_replies(source)
    yield from _reading_age(source)
    yield from _identifiers(source)
    yield from _unwritten(source)


def patient_lines(script: Script) -> Iterator[tuple[Path, str]]:
    """Everything the patient may say, with the path to it."""
    for path, place in script.places.items():
        if place.says:
            yield (*path, "says"), place.says
        for at, variant in enumerate(place.variants):
            if variant.says:
                yield (*path, "variants", at, "says"), variant.says


def _long_replies(source: Source) -> Iterator[Fault]:
    for name, scene in source.script.scenes.items():
        for at, choice in enumerate(scene.choices):
            count = len(wording.words(choice.say))
            if count > MOST_WORDS:
                message = f"The reply “{choice.id}” has {count} words."
                fix = f"Say it in {MOST_WORDS} or fewer: nobody speaks a paragraph."
                yield source.fault(("scenes", name, "choices", at, "say"), message, fix)


def _reading_age(source: Source) -> Iterator[Fault]:
    lines = list(patient_lines(source.script))
    age = wording.reading_age(text for _, text in lines)
    if age > HIGHEST_READING_AGE:
        hardest, _ = max(lines, key=lambda line: wording.reading_age([line[1]]))
        message = f"The patient's lines read at age {age:.0f}; this is the hardest of them."
        fix = f"Shorter sentences and plainer words, down to {HIGHEST_READING_AGE:.0f}."
        yield source.fault(hardest, message, fix)


def _identifiers(source: Source) -> Iterator[Fault]:
    for path, text in _texts(source.document.value, ()):
        found = wording.identifiers(text) if path[0] != "sources" else []
        if found:
            message = f"“{found[0]}” looks like a number or an address of somebody."
            yield source.fault(path, message, "Say it in words, or leave it out.")


def _unwritten(source: Source) -> Iterator[Fault]:
    for path, text in _texts(source.document.value, ()):
        if starter.is_unwritten(text):
            yield source.fault(path, f"Still to be written: {text}", "Write it in your words.")


def _texts(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str) and path:
        yield path, value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from _texts(part, (*path, name))
    elif isinstance(value, list):
        for at, part in enumerate(value):
            yield from _texts(part, (*path, at))
