"""Find the phrases of the language tables in a comment, all tables in one walk.

    words       I   was   not   really   listened   to  .
    pattern         <be>  not ...        listen*              "listening, criticism"
    hit             |-------------------------------|         words 1 to 4

A pattern is written in plain words. `explain*` is any word that begins so; `kind|gentle` is one
or the other; `very?` may be missing; `...` is a gap of up to four words; `<be>` is a class of
words from classes.yaml. Contractions are opened before anything is compared (didn't → did not),
so patterns say "did not". A pattern never reaches across the end of a sentence.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import product
from math import prod
from typing import NamedTuple

from training.feedback.words import STOP, Word, shortened, words

GAP = 4
NUMBERS = "number"  # the class that every word with a digit in front belongs to
_MOST_FORMS = 400  # one pattern written out; more is a slip of the pen
_SUSPECT = re.compile(
    r"^$|\|\||(?:^| )\||\|(?:\?|$| )|^(?:\S+\? )*(?:\.\.\.|\S+\?$)|(?:\.\.\.)(?: \S+\?)*$",
    re.MULTILINE,
)


class Entry(NamedTuple):
    """What a pattern stands for: its table, its label there, and how it feels (−3 to +3)."""

    table: str
    label: str
    weight: float = 0.0
    pattern: str = ""


class Hit(NamedTuple):
    """A pattern found: what it stands for, and the first and last word it covers."""

    entry: Entry
    first: int
    last: int

    @property
    def length(self) -> int:
        """How many words it covers."""
        return self.last - self.first + 1


class BadPatternError(ValueError):
    """A pattern that cannot be understood; the message says why, in plain words."""


@dataclass(slots=True)
class _Node:
    next: dict[str, "_Node"] = field(default_factory=dict)
    gap: "_Node | None" = None
    ends: list[Entry] = field(default_factory=list)


class _Place(NamedTuple):
    """What a word can be: the slots it fills, and the patterns it opens."""

    keys: tuple[str, ...]
    openings: tuple[_Node, ...]


class PhraseBook:
    """Patterns of many tables, walked together; built once, used for every comment.

    Patterns are kept by the word they begin with, and written out when that word is first read.
    """

    def __init__(
        self, entries: Iterable[Entry], classes: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        self._classes: dict[str, list[str]] = {}
        for name, members in (classes or {}).items():
            for word in members:
                self._classes.setdefault(word, []).append(f"<{name}>")
        self._entries: dict[str, list[Entry]] = {}
        given = list(entries)
        patterns = [entry.pattern for entry in given]
        _refuse_bad(patterns)
        for entry in given:
            for first in _firsts(entry.pattern):
                self._entries.setdefault(first, []).append(entry)
        slots = _slots(patterns) | self._classes.keys()
        self._beginnings = {slot[:-1] for slot in slots if slot.endswith("*")}
        self._known = set(_opened(slot for slot in slots if not slot.endswith("*")))
        self._refuse_unknown(classes or {})
        self._opening = cache(self._grown)
        self._places = lru_cache(maxsize=50_000)(self._find_places)

    def _refuse_unknown(self, classes: Mapping[str, Sequence[str]]) -> None:
        for slot in sorted(self._known):
            if slot.startswith("<") and slot[1:-1] not in classes:
                raise BadPatternError(f"no class of words is called {slot}")

    def knows(self, word: str) -> bool:
        """Whether some phrase of the tables uses this very word."""
        return word in self._known

    def find(self, found: Sequence[Word]) -> list[Hit]:
        """Return every hit among the words of a text, in order (hits may overlap)."""
        places = [self._places(word.text) for word in found]
        keys = [place.keys for place in places]
        hits: list[Hit] = []
        for start, (place, following) in enumerate(zip(places, (*keys[1:], ()), strict=False)):
            for node in place.openings:
                # Most patterns that a word opens end at the next word: that is seen at a glance.
                if node.ends or node.gap or not node.next.keys().isdisjoint(following):
                    _walk(node, keys, start, start + 1, hits)
        return hits

    def _grown(self, first: str) -> _Node:
        """Return the tree of all patterns that begin with the slot `first`."""
        root = _Node()
        for entry in self._entries[first]:
            for form in written_out(entry.pattern):
                opened = tuple(_opened(form))
                if opened[0] == first:
                    _add(root, opened[1:], entry)
        return root

    def _find_places(self, word: str) -> _Place:
        keys = self._find_keys(word)
        return _Place(keys, tuple(self._opening(key) for key in keys if key in self._entries))

    def _find_keys(self, word: str) -> tuple[str, ...]:
        """The slots this word can fill: itself, its beginnings, its classes."""
        if word == STOP:
            return (STOP,)
        if word not in self._known:
            word = next((short for short in shortened(word) if short in self._known), word)
        found = [word] if word in self._known else []
        found += [f"{word[:n]}*" for n in range(2, len(word) + 1) if word[:n] in self._beginnings]
        if word[0].isdigit():
            found.append(f"<{NUMBERS}>")
        return tuple(found + [name for key in found for name in self._classes.get(key, ())])


def _add(node: _Node, slots: Iterable[str], entry: Entry) -> None:
    for slot in slots:
        if slot == "...":
            node.gap = node.gap or _Node()
            node = node.gap
        else:
            node = node.next.setdefault(slot, _Node())
    node.ends.append(entry)


def _walk(
    node: _Node, keys: Sequence[tuple[str, ...]], start: int, at: int, hits: list[Hit]
) -> None:
    """Follow the words from `at`, adding a hit wherever a pattern ends."""
    if node.ends:
        hits.extend([Hit(entry, start, at - 1) for entry in node.ends])
    if node.gap is not None:
        for skipped in range(at, min(len(keys), at + GAP + 1)):
            if STOP in keys[skipped]:
                break
            _step(node.gap, keys, start, skipped, hits)
    if at < len(keys) and node.next:
        _step(node, keys, start, at, hits)


def _step(
    node: _Node, keys: Sequence[tuple[str, ...]], start: int, at: int, hits: list[Hit]
) -> None:
    for key in keys[at]:
        following = node.next.get(key)
        if following is not None:
            _walk(following, keys, start, at + 1, hits)


def _opened(form: Iterable[str]) -> Iterator[str]:
    """Yield the slots of a form with contractions opened, as they are in the comments."""
    for slot in form:
        if slot.isalpha() or slot == "..." or slot.startswith("<") or slot.endswith("*"):
            yield slot
        else:
            yield from (word.text for word in words(slot))


def _slots(patterns: Sequence[str]) -> set[str]:
    """Return every word that stands in some form of some patterns."""
    slots = set(" ".join(patterns).split())
    return {one for slot in slots - {"..."} for one in slot.removesuffix("?").split("|")}


def _refuse_bad(patterns: Sequence[str]) -> None:
    """Raise BadPatternError for the first pattern that cannot be written out.

    One search looks over all of them: writing out thousands at the start would take too long.
    """
    for found in _SUSPECT.finditer("\n".join(patterns)):
        _choices(patterns[found.string.count("\n", 0, found.start())])


def _firsts(pattern: str) -> Iterable[str]:
    """Return the slots that the forms of a pattern begin with, each once."""
    first = pattern.partition(" ")[0]
    if first.isalpha():
        return (first,)
    choices = first.split("|")
    if all(one.strip("<>*").isalpha() for one in choices):
        return dict.fromkeys(choices)
    return dict.fromkeys(next(_opened(form)) for form in written_out(pattern))


def written_out(pattern: str) -> list[tuple[str, ...]]:
    """Return the plain forms a pattern stands for, each a tuple of slots.

    >>> written_out("very? kind|gentle")
    [('very', 'kind'), ('very', 'gentle'), ('kind',), ('gentle',)]

    Raises BadPatternError for an empty pattern, a gap at an end, or one with too many forms.
    """
    choices = _choices(pattern)
    plain = (tuple(slot for slot in form if slot) for form in product(*choices))
    return list(dict.fromkeys(plain))


def _choices(pattern: str) -> list[list[str]]:
    """Return the words that may fill each slot of a pattern, "" where none need stand."""
    slots: list[list[str]] = []
    for slot in pattern.split():
        choices = ["..."] if slot == "..." else slot.removesuffix("?").split("|")
        if not all(choices):
            raise BadPatternError(f"a word is missing in {slot!r}")
        slots.append([*choices, ""] if slot.endswith("?") else choices)
    forms = prod(len(choices) for choices in slots)
    if forms > _MOST_FORMS:
        raise BadPatternError(f"{forms} forms in one pattern are too many")
    if not (_has_an_end(slots) and _has_an_end(slots[::-1])):
        raise BadPatternError("a pattern needs a word at its beginning and its end")
    return slots


def _has_an_end(slots: Sequence[Sequence[str]]) -> bool:
    """Whether every form of some slots begins with a word."""
    for choices in slots:
        if "..." in choices:
            return False
        if "" not in choices:
            return True
    return False
