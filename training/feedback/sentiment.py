"""How a stretch of words feels, and which words gave it away. The one door to TextBlob.

    the   nurse  was  not  very  helpful                      −2.3  →  score −0.68, negative
                      turns  ×1.3  helpful +2                 why ("not very helpful",)

The tables of content/language speak first (longest phrase wins); a "not" within four words turns
what follows; "very" and "a bit" strengthen and weaken. TextBlob is one voice more: its word list
is heard for words on which the tables are silent, never for names and identity words. Its grammar
is not used, because it passes over contractions and idioms ("isn't good" is +0.7 to it).
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from textblob.en import sentiment as _lexicon

from training.feedback.phrases import Hit
from training.feedback.words import COMMA, STOP, Word, word_set

POSITIVE, NEGATIVE = 0.15, -0.15  # scores beyond these have a side
_FEELING_TABLES = frozenset({"feelings", "skills", "themes"})
_TURNING = frozenset({"negators", "not_negators"})
_REACH = 4  # words a "not" reaches
_TEXTBLOB = 1.2  # what a TextBlob polarity of 1 weighs beside the tables (praise is 2)
_LONGEST = 20_000  # characters TextBlob is given
_WALLS = frozenset({STOP, COMMA, "but", "although", "though", "because", "so", "and", "or"})
_WISH_ENDS = frozenset({STOP, "but", "although", "though", "however"})
# "Nothing, you were perfect" is an answer and a sentence: the "nothing" turns nothing round.
_STANDS_ALONE = frozenset({"nothing", "no", "none"})
_CLAUSE_SUBJECTS = frozenset({"i", "you", "they", "it", "we", "he", "she", "your", "my"})
_FILLERS = word_set(
    "there is was i can think of have really honestly do not feel 's it to be say that would as for "
    "could at all believe know if am me"
)
_SCALE = 2.8


@dataclass(frozen=True, slots=True)
class Feeling:
    """The weight of one phrase and where it stands (first and last word)."""

    weight: float
    first: int
    last: int


@dataclass(slots=True)
class Scope:
    """Which words turn round, strengthen, weaken or say nothing."""

    turns: set[int] = field(default_factory=set)
    strong: set[int] = field(default_factory=set)
    weak: set[int] = field(default_factory=set)


def feelings(
    words: Sequence[Word],
    hits: Sequence[Hit],
    hidden: frozenset[int],
    opinions: Mapping[int, float],
    question: str = "general",
) -> list[Feeling]:
    """Return every feeling of an answer, in order, already turned, strengthened or muted.

    `hidden` are the places of names and identity words, which are never scored; `opinions` are
    TextBlob's.
    """
    chosen = _chosen(hits, hidden)
    taken = {at for hit in chosen for at in range(hit.first, hit.last + 1)}
    scope = _scope(hits)
    scope.turns -= {
        at for hit in chosen if hit.entry.weight for at in range(hit.first, hit.last + 1)
    }
    found = [
        _in_context(words, scope, _weight(words, hit, question), hit.first, hit.last)
        for hit in chosen
        if hit.entry.weight
    ]
    for at, polarity in opinions.items():
        if at not in hidden and at not in taken:
            found.append(_in_context(words, scope, _TEXTBLOB * polarity, at, at))
    found.sort(key=lambda feeling: feeling.first)
    return _muted(words, found, {h.first for h in chosen if h.entry.label == "suggestion"})


def _chosen(hits: Sequence[Hit], hidden: frozenset[int]) -> list[Hit]:
    """Return the phrases that speak: the longest wherever several cover the same word."""
    chosen: list[Hit] = []
    taken: set[int] = set()
    for hit in sorted(hits, key=_by_length):
        places = range(hit.first, hit.last + 1)
        if not _speaks(hit) or not taken.isdisjoint(places):
            continue
        if hit.length > 1 or hidden.isdisjoint(places):
            taken.update(places)
            chosen.append(hit)
    return chosen


def _weight(words: Sequence[Word], hit: Hit, question: str) -> float:
    """Return how a phrase feels; "nothing …" depends on what was asked and on standing first."""
    if hit.entry.label != "nothing_to_improve":
        return hit.entry.weight
    before = words[max(0, hit.first - 6) : hit.first]
    if any(word.text not in _FILLERS and word.text not in {STOP, COMMA} for word in before):
        return 0.0
    return hit.entry.weight * {"could_be_better": 1.0, "went_well": -1.0}.get(question, 0.4)


def _muted(words: Sequence[Word], found: Sequence[Feeling], suggestions: set[int]) -> list[Feeling]:
    """Leave out the praise that is only wished for ("should be more polite")."""
    kept: list[Feeling] = []
    wished = False
    at = 0
    for feeling in found:
        wished = wished and not any(word.text in _WISH_ENDS for word in words[at : feeling.first])
        at = feeling.first
        if feeling.first in suggestions or feeling.last in suggestions:
            wished = True
        elif wished and feeling.weight > 0:
            continue
        kept.append(feeling)
    return kept


def score(weights: Iterable[float]) -> float:
    """Return the score, −1 to +1, of some weights taken together."""
    return math.tanh(sum(weights) / _SCALE)


def label(value: float) -> str:
    """Return positive, negative or neutral for a score."""
    return "positive" if value > POSITIVE else "negative" if value < NEGATIVE else "neutral"


def _by_length(hit: Hit) -> tuple[int, float, int]:
    return (-hit.length, -abs(hit.entry.weight), hit.first)


def _speaks(hit: Hit) -> bool:
    entry = hit.entry
    if entry.table == "scope":
        return entry.label == "no_feeling"
    return entry.table in _FEELING_TABLES and (entry.weight != 0 or hit.length > 1)


def _scope(hits: Iterable[Hit]) -> Scope:
    scope = Scope()
    covered: set[int] = set()
    for hit in sorted((hit for hit in hits if hit.entry.table == "scope"), key=_by_length):
        places = range(hit.first, hit.last + 1)
        if hit.entry.label == "intensifiers":
            scope.strong.update(places)
        elif hit.entry.label == "softeners":
            scope.weak.update(places)
        elif hit.entry.label in _TURNING and covered.isdisjoint(places):
            covered.update(places)
            if hit.entry.label == "negators":
                scope.turns.add(hit.last)
    return scope


def _in_context(
    words: Sequence[Word], scope: Scope, weight: float, first: int, last: int
) -> Feeling:
    begins = first
    at = first - 1
    while at >= 0 and (at in scope.strong or at in scope.weak):
        weight *= 1.3 if at in scope.strong else 0.8
        begins = at
        at -= 1
    turned_at = _turned(words, scope, first)
    if turned_at is not None:
        weight *= -0.6 if weight < 0 else -0.9
        begins = min(begins, turned_at)
    return Feeling(weight, begins, last)


def _turned(words: Sequence[Word], scope: Scope, first: int) -> int | None:
    """Return the place of the one "not" that turns the word at `first`, if any does."""
    found: list[int] = []
    subject = False
    for at in range(first - 1, max(-1, first - 1 - _REACH), -1):
        if words[at].text in _WALLS and at not in scope.turns:
            break
        if at in scope.turns and not (subject and words[at].text in _STANDS_ALONE):
            found.append(at)
        subject = subject or words[at].text in _CLAUSE_SUBJECTS
    return found[-1] if len(found) % 2 else None


def opinions(words: Sequence[Word]) -> dict[int, float]:
    """Return TextBlob's polarity, −1 to +1, of each word it has an opinion on, by place."""
    heard: dict[int, float] = {}
    length = 0
    for at, word in enumerate(words):
        length += len(word.text) + 1
        if length > _LONGEST:
            break
        polarity = _polarity(word.text)
        if polarity:
            heard[at] = polarity
    return heard


def polarity(opinions: Mapping[int, float], hidden: frozenset[int]) -> float:
    """Return the mean of TextBlob's opinions on the words in sight, −1 to +1."""
    heard = [value for at, value in opinions.items() if at not in hidden]
    return sum(heard) / len(heard) if heard else 0.0


@lru_cache(maxsize=20_000)
def _polarity(word: str) -> float:
    """Return TextBlob's polarity of a word, −1 to +1; 0 where it has none."""
    senses = _lexicon.get(word) if word.isalpha() else None
    return float(senses[None][0]) if senses else 0.0
