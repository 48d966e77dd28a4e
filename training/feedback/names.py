"""Find the names of a roster in an answer, as people write them.

    roster   S07 Dr William "Will" Best     S11 Mark Ellison, nurse practitioner
    "Will you tell Dr Will that Elisson was the best"
     ----          -------      -------         ----
     a verb        S07          S11, spelt near  a word

Full names, titles with surnames, first names, nicknames (content/language/names.csv), the roster's
own aliases, and near spellings. A name that is also a word (Grace, Hope, Best) needs a sign that it
is meant as a name: a title, a capital inside a sentence, a role or a deed beside it.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import itemgetter

import jellyfish
from rapidfuzz.distance import JaroWinkler

from training.feedback.comment import Person
from training.feedback.words import Word, words

FULL, SURNAME, GIVEN, ALIAS, NICKNAME, INITIAL, NEAR = (
    "full", "surname", "given", "alias", "nickname", "initial", "near",
)  # fmt: skip
NEAR_ENOUGH = 0.92  # Jaro–Winkler
PERHAPS = 0.88
_closeness = JaroWinkler.normalized_similarity
_SHORTEST_NEAR = 4  # letters; shorter words are near to everything


@dataclass(frozen=True, slots=True)
class Named:
    """One way a name can be written: whose it is, and of which kind."""

    person: Person
    kind: str


@dataclass(frozen=True, slots=True)
class NameFound:
    """A name in the answer: its words [first, last], and everybody it may be.

    `nearness` is 1.0 for a name as written on the roster, less for a near spelling.
    """

    first: int
    last: int
    named: tuple[Named, ...]
    nearness: float = 1.0


class NameIndex:
    """The names of a roster, looked up by their words."""

    def __init__(self, people: Iterable[Person], also_called: Mapping[str, frozenset[str]]) -> None:
        self._forms: dict[tuple[str, ...], list[Named]] = {}
        self._sounds: dict[str, set[str]] = {}
        for person in people:
            for form, kind in _forms_of(person, also_called):
                known = self._forms.setdefault(form, [])
                if all(one.person is not person for one in known):
                    known.append(Named(person, kind))
        self._longest = max((len(form) for form in self._forms), default=0)
        self._firsts = frozenset(form[0] for form in self._forms)
        self._single = [
            form[0]
            for form, known in self._forms.items()
            if len(form) == 1 and len(form[0]) > 3 and any(one.kind != NICKNAME for one in known)
        ]
        for name in self._single:
            self._sounds.setdefault(jellyfish.metaphone(name), set()).add(name)
        self._of_length = cache(self._near_in_length)
        self._near = lru_cache(maxsize=20_000)(self._look_near)

    def exact(self, plain_words: Sequence[str], at: int) -> NameFound | None:
        """Return the longest roster name that begins at `at`, if any."""
        if plain_words[at] not in self._firsts:
            return None
        for length in range(min(self._longest, len(plain_words) - at), 0, -1):
            known = self._forms.get(tuple(plain_words[at : at + length]))
            if known:
                return NameFound(at, at + length - 1, tuple(known))
        return None

    def near(self, word: str, at: int) -> NameFound | None:
        """Return the roster name nearest to a word that is nobody's name, if one is near."""
        if len(word) < _SHORTEST_NEAR or not self._single:
            return None
        name, nearness = self._near(word)
        if not name:
            return None
        known = tuple(Named(one.person, NEAR) for one in self._forms[(name,)])
        return NameFound(at, at, known, nearness)

    def sounds_like(self, word: str) -> tuple[Named, ...]:
        """Return those whose name sounds like `word` or is spelt nearly so, not equal to it."""
        same = self._sounds.get(jellyfish.metaphone(word), set()) - {word}
        return tuple(one for name in sorted(same) for one in self._forms[(name,)])

    def _near_in_length(self, length: int) -> list[str]:
        """Return the names that a misspelt word of some letters may be."""
        return [
            name
            for name in self._single
            if abs(len(name) - length) <= (1 if min(len(name), length) < 6 else 2)
        ]

    def _look_near(self, word: str) -> tuple[str, float]:
        if len(word) > _SHORTEST_NEAR:
            near = [(_closeness(word, name), name) for name in self._of_length(len(word))]
            nearness, best = max(near, key=itemgetter(0), default=(0.0, ""))
            if nearness >= PERHAPS:
                return best, nearness
        alike = self._sounds.get(jellyfish.metaphone(word), set())
        alike = {name for name in alike if _closeness(word, name) > 0.75}
        return (min(alike), PERHAPS) if len(alike) == 1 else ("", 0.0)


def plain(text: str) -> str:
    """Return a name as compared: lower case, without accents and apostrophes."""
    if text.isascii():
        return text.lower().replace("'", "")
    text = text.lower().replace("ł", "l").replace("ø", "o").replace("ß", "ss").replace("đ", "d")
    spread = unicodedata.normalize("NFD", text)
    kept = (sign for sign in spread if not unicodedata.combining(sign))
    return "".join(kept).replace("'", "").replace("’", "")


def name_words(name: str) -> tuple[str, ...]:
    """Return the words of a roster name as compared ("Mei-Ling" → mei, ling)."""
    return tuple(
        plain(word.text) for word in _pieces(name) if any(sign.isalpha() for sign in word.text)
    )


def _pieces(name: str) -> list[Word]:
    return words(name.replace("'", "").replace("’", ""))


def _forms_of(
    person: Person, also_called: Mapping[str, frozenset[str]]
) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield every way to write somebody's name, the surest first."""
    given, family = name_words(person.given_name), name_words(person.family_name)
    preferred = name_words(person.preferred_name)
    for first in (given, preferred):
        if first and family:
            yield first + family, FULL
            yield family + first, FULL
    if family:
        yield family, SURNAME
        parted = name_words(person.family_name.replace("'", " ").replace("’", " "))
        if parted != family:
            yield parted, SURNAME
    for alias in person.aliases:
        form = name_words(alias)
        if form:
            yield form, ALIAS
            if len(form) == 1 and family and form != family:
                yield form + family, FULL
    for first in (preferred, given):
        if first:
            yield first, GIVEN
            if len(first) > 1:
                yield from (((part,), GIVEN) for part in first if len(part) > 2)
    for part in sorted({*given, *preferred}):
        for other in sorted(also_called.get(part, ())):
            yield (plain(other),), NICKNAME
            if family:
                yield (plain(other), *family), FULL
    for part in family:
        if len(family) > 1 and len(part) > 3:
            yield (part,), SURNAME
    for other in sorted(also_called.get(" ".join(family), ())):
        yield (plain(other),), NEAR
    if family and person.title.lower().rstrip(".") == "dr":
        yield ("dr", family[0][0]), INITIAL
        yield ("doctor", family[0][0]), INITIAL
