"""Find the phrases of the language tables in a comment, all tables in one walk.

    words       I   was   not   really   listened   to  .
    pattern         <be>  not ...        listen*              "listening, criticism"
    hit             |-------------------------------|         words 1 to 4

A pattern is written in plain words. `explain*` is any word that begins so; `kind|gentle` is one
or the other; `very?` may be missing; `...` is a gap of up to four words; `<be>` is a class of
words from classes.yaml. Contractions are opened before anything is compared (didn't → did not),
so patterns say "did not". A pattern never reaches across the end of a sentence.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from training.feedback.words import STOP, Word, shortened, words

GAP = 4
NUMBERS = "number"  # the class that every word with a digit in front belongs to
_MOST_FORMS = 400  # one pattern written out; more is a slip of the pen


@dataclass(frozen=True, slots=True)
class Entry:
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


class PhraseBook:
    """Patterns of many tables, walked together; built once, used for every comment."""

    def __init__(
        self, entries: Iterable[Entry], classes: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        self._root = _Node()
        self._classes: dict[str, list[str]] = {}
        self._beginnings: set[str] = set()
        self._known: set[str] = set()
        for name, members in (classes or {}).items():
            for word in members:
                self._note(word)
                self._classes.setdefault(word, []).append(f"<{name}>")
        self._class_names = frozenset(classes or {})
        for entry in entries:
            for form in written_out(entry.pattern):
                self._add(form, entry)
        self._keys = lru_cache(maxsize=50_000)(self._find_keys)

    def knows(self, word: str) -> bool:
        """Whether some phrase of the tables uses this very word."""
        return word in self._known

    def find(self, found: Sequence[Word]) -> list[Hit]:
        """Return every hit among the words of a text, in order (hits may overlap)."""
        keys = [self._keys(word.text) for word in found]
        hits: list[Hit] = []
        for start, possible in enumerate(keys):
            for key in possible:
                node = self._root.next.get(key)
                if node is not None:
                    _walk(node, keys, start, start + 1, hits)
        return hits

    def _add(self, form: tuple[str, ...], entry: Entry) -> None:
        node = self._root
        for slot in _opened(form):
            if slot == "...":
                node.gap = node.gap or _Node()
                node = node.gap
                continue
            if slot.startswith("<") and slot[1:-1] not in self._class_names:
                raise BadPatternError(f"no class of words is called {slot}")
            self._note(slot)
            node = node.next.setdefault(slot, _Node())
        node.ends.append(entry)

    def _note(self, word: str) -> None:
        if word.endswith("*"):
            self._beginnings.add(word[:-1])
        else:
            self._known.add(word)

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


def _walk(
    node: _Node, keys: Sequence[tuple[str, ...]], start: int, at: int, hits: list[Hit]
) -> None:
    """Follow the words from `at`, adding a hit wherever a pattern ends."""
    hits.extend(Hit(entry, start, at - 1) for entry in node.ends)
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


def _opened(form: Sequence[str]) -> Iterator[str]:
    """Yield the slots of a form with contractions opened, as they are in the comments."""
    for slot in form:
        if slot.isalpha() or slot == "..." or slot.startswith("<") or slot.endswith("*"):
            yield slot
        else:
            yield from (word.text for word in words(slot))


def written_out(pattern: str) -> list[tuple[str, ...]]:
    """Return the plain forms a pattern stands for, each a tuple of slots.

    >>> written_out("very? kind|gentle")
    [('very', 'kind'), ('very', 'gentle'), ('kind',), ('gentle',)]

    Raises BadPatternError for an empty pattern, a gap at an end, or one with too many forms.
    """
    slots: list[list[str]] = []
    for slot in pattern.split():
        choices = ["..."] if slot == "..." else slot.removesuffix("?").split("|")
        if not all(choices):
            raise BadPatternError(f"a word is missing in {slot!r}")
        slots.append([*choices, ""] if slot.endswith("?") else choices)
    forms = 1
    for choices in slots:
        forms *= len(choices)
    if forms > _MOST_FORMS:
        raise BadPatternError(f"{forms} forms in one pattern are too many")
    plain = [tuple(slot for slot in form if slot) for form in product(*slots)]
    if not plain or any(not form or "..." in (form[0], form[-1]) for form in plain):
        raise BadPatternError("a pattern needs a word at its beginning and its end")
    return list(dict.fromkeys(plain))
