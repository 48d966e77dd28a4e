"""What a practice's own corrections teach: small weights for its words, beside the trained model.

    corrected   "the new hub is gradely"          read negative, said positive     +2
    corrected   "a gradely nurse"                 read neutral,  said positive     +1
    left        "the new door is open"            read neutral,  left as it was     0
    weights     gradely  (2 + 1) / (2 seen + 2) = +0.75, at most ±0.6      → +0.6
                the, new, hub, is, a, nurse: fewer than two corrections    → nothing

    "Gradely!"  read 0.0  →  +0.6, why "Gradely"

A word or pair counts from its second correction on, and only if most remarks that hold it had to be
corrected: words that stand everywhere ("the") are in many more that were left as read. Nothing
is retrained: the weights are added to the score of a part when it is read, and are gone when the
corrections are undone.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from training.feedback.features import NO_WORDS, marks
from training.feedback.parts import Part
from training.feedback.words import Word, words

FEWEST = 2  # corrections in which a word must stand
MOSTLY = 0.75  # share of the remarks with a word that must have been corrected
SHRINK = 2.0  # as if a word had been seen twice more, and been right
MOST = 0.6  # of one word, and of all words of a part together
_LEAST = 0.1  # a weaker weight moves nothing and would only cost time
_SIDES = {"positive": 1, "neutral": 0, "mixed": 0, "negative": -1}


@dataclass(frozen=True, slots=True)
class Checked:
    """A remark that a person has looked at: its words, how it was read and how it should be.

    `read` and `said` are sentiments; they are the same where the person left it as it was.
    """

    text: str
    read: str
    said: str


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What a practice's words add to a score, by word or pair of words; empty for a new practice."""

    weights: Mapping[str, float] = field(default_factory=dict)

    def heard(self, found: Sequence[str]) -> tuple[float, list[int]]:
        """Return what marks add together, at most ±MOST, and the places of those that add."""
        total, places = 0.0, []
        for at, one in _with_places(found):
            weight = self.weights.get(one)
            if weight is not None:
                total += weight
                places.append(at)
        return max(-MOST, min(MOST, total)), sorted(set(places))


def learned(checked: Iterable[Checked]) -> Adjustment:
    """Return what remarks that were looked at teach; the order does not matter."""
    moved: dict[str, int] = defaultdict(int)
    seen: Counter[str] = Counter()
    corrected: Counter[str] = Counter()
    for one in checked:
        step = _SIDES[one.said] - _SIDES[one.read]
        for feature in {name for _, name in _with_places(marks(words(one.text), frozenset()))}:
            seen[feature] += 1
            corrected[feature] += step != 0
            moved[feature] += step
    weights = {
        name: max(-MOST, min(MOST, moved[name] / (seen[name] + SHRINK)))
        for name in sorted(seen)
        if corrected[name] >= max(FEWEST, MOSTLY * seen[name])
    }
    return Adjustment({name: value for name, value in weights.items() if abs(value) >= _LEAST})


def adjusted(
    parts: Sequence[Part],
    text: str,
    found: Sequence[Word],
    hidden: Sequence[str],
    by: Adjustment,
) -> list[Part]:
    """Return the parts of an answer with what a practice's words add to their scores.

    `found` are the words of `text`, `hidden` their marks, in which names are out of sight.
    """
    if not by.weights:
        return list(parts)
    return [_adjusted(part, text, found, hidden, by) for part in parts]


def _adjusted(
    part: Part, text: str, found: Sequence[Word], hidden: Sequence[str], by: Adjustment
) -> Part:
    first, last = part.piece.first, part.piece.last
    step, places = by.heard(hidden[first + 1 : last + 2])
    if not step:
        return part
    said = (text[found[first + at].start : found[first + at].end] for at in places)
    score = max(-1.0, min(1.0, part.score + step))
    return replace(part, score=score, why=tuple(dict.fromkeys((*part.why, *said))))


def _with_places(found: Sequence[str]) -> list[tuple[int, str]]:
    """Return every word and pair of words among marks, with the place of its first word."""
    alone = [(at, mark) for at, mark in enumerate(found) if mark not in NO_WORDS]
    pairs = [
        (at, f"{mark} {following}")
        for at, (mark, following) in enumerate(pairwise(found))
        if mark not in NO_WORDS and following not in NO_WORDS
    ]
    return alone + pairs
