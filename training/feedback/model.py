"""A small linear model of how answers feel: words, pairs and voices, weighed in plain Python.

    "not helpful"        marks  ^ not NOT_helpful $        weights of a file like weights.txt
    not                  +0.2 negative
    not NOT_helpful      +0.9 negative      two known: each weighs 5 / √2
                         → chances  negative .96, neutral .02, positive .02

The weights are differences from neutral in log odds. They were learned by `python -m
bench.train_reading` from public comments; the head of the file says from which, when, and how well
the model does. Nothing is learned while reading.
"""

import math
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from training.feedback.features import NO_WORDS
from training.feedback.loading import uncollected
from training.skills import CONTENT

WEIGHTS = CONTENT / "language" / "weights.txt"
SPREAD = 5.0  # n known words and pairs weigh SPREAD / √n each, so that long answers do not shout
_NONE = (0.0, 0.0)
_KINDS = ("alone", "voice", "part", "knot", "bias")
Pair = tuple[float, float]


class Chances(NamedTuple):
    """How likely a person would call an answer negative, neutral or positive; they sum to one."""

    negative: float
    neutral: float
    positive: float

    @property
    def score(self) -> float:
        """The score, −1 to +1."""
        return self.positive - self.negative


@dataclass(frozen=True, slots=True)
class Heard:
    """What the model makes of every mark of an answer: running sums over the marks.

    `negative[n]` is the sum of the first n marks, as are `positive` and `known` (how many words
    and pairs the model knows).
    """

    negative: Sequence[float]
    positive: Sequence[float]
    known: Sequence[int]

    def between(self, first: int, last: int) -> Pair:
        """Return (negative, positive) of the words [first, last], each with the pair it opens."""
        known = self.known[last + 2] - self.known[first + 1]
        scale = SPREAD / math.sqrt(known) if known else 0.0
        return (
            scale * (self.negative[last + 2] - self.negative[first + 1]),
            scale * (self.positive[last + 2] - self.positive[first + 1]),
        )

    def lean(self, first: int, last: int) -> float:
        """Return how far the words [first, last] lean, above 0 to praise (log odds)."""
        negative, positive = self.between(first, last)
        return positive - negative

    def strongest(self, first: int, last: int, *, praise: bool) -> list[int]:
        """Return the places of up to two words that lean most to one side, in order."""
        sign = 1.0 if praise else -1.0
        leaning = [
            (sign * self._at(at), at) for at in range(first, last + 1) if sign * self._at(at) > 0
        ]
        return sorted(at for _, at in sorted(leaning, reverse=True)[:2])

    def _at(self, at: int) -> float:
        return (self.positive[at + 2] - self.positive[at + 1]) - (
            self.negative[at + 2] - self.negative[at + 1]
        )


@dataclass(frozen=True, slots=True)
class Model:
    """The weights: of words, of pairs, of words after a question, and of the voices.

    `parts` weighs what speaks in one part of an answer (blending.py); `knots` turn the raw log odds
    of "negative" into a chance that means what it says.
    """

    alone: Mapping[str, Pair]
    pairs: Mapping[str, Mapping[str, Pair]]
    asked: Mapping[str, Mapping[str, Pair]]
    voices: Mapping[str, Pair]
    parts: Mapping[str, Pair] = field(default_factory=dict)
    bias: Pair = _NONE
    knots: Sequence[Pair] = ()
    head: Mapping[str, str] = field(default_factory=dict)

    def hear(self, marks: Sequence[str], question: str) -> Heard:
        """Return what the model makes of each mark, given the question asked."""
        asked = self.asked.get(question, {})
        negative, positive, known = [0.0], [0.0], [0]
        minus = plus = 0.0
        count = 0
        alone, opened = self.alone, self.pairs
        for mark, following in pairwise((*marks, "")):
            if mark not in NO_WORDS:
                if mark in alone:
                    one = alone[mark]
                    minus, plus, count = minus + one[0], plus + one[1], count + 1
                if mark in asked:
                    one = asked[mark]
                    minus, plus, count = minus + one[0], plus + one[1], count + 1
            pairs = opened.get(mark)
            if pairs and following in pairs:
                one = pairs[following]
                minus, plus, count = minus + one[0], plus + one[1], count + 1
            negative.append(minus)
            positive.append(plus)
            known.append(count)
        return Heard(negative, positive, known)

    def chances(self, heard: Heard, voices: Mapping[str, float]) -> Chances:
        """Return how likely the whole answer is negative, neutral or positive."""
        scale = SPREAD / math.sqrt(heard.known[-1]) if heard.known[-1] else 0.0
        minus, plus = summed(self.voices, voices)
        return softmax(
            minus + self.bias[0] + scale * heard.negative[-1],
            plus + self.bias[1] + scale * heard.positive[-1],
        )

    def sure_negative(self, chances: Chances) -> float:
        """Return the calibrated chance that an answer is negative."""
        return between_knots(self.knots, log_odds(chances.negative))


def summed(weights: Mapping[str, Pair], voices: Mapping[str, float]) -> Pair:
    """Return (negative, positive) log odds of voices weighed; unknown voices weigh nothing."""
    minus = plus = 0.0
    for name, value in voices.items():
        one = weights.get(name, _NONE)
        minus, plus = minus + value * one[0], plus + value * one[1]
    return minus, plus


def softmax(minus: float, plus: float) -> Chances:
    """Return the chances of two log odds against neutral."""
    top = max(minus, plus, 0.0)
    weights = math.exp(minus - top), math.exp(-top), math.exp(plus - top)
    total = sum(weights)
    return Chances(*(one / total for one in weights))


def log_odds(chance: float) -> float:
    """Return the log odds of a chance, within ±12."""
    chance = min(max(chance, 6e-6), 1 - 6e-6)
    return math.log(chance / (1 - chance))


def between_knots(knots: Sequence[Pair], value: float) -> float:
    """Return the chance at `value` on the line through the knots (value, chance).

    >>> between_knots([(-1.0, 0.2), (1.0, 0.6)], 0.0)
    0.4
    """
    at = bisect_right(knots, value, key=lambda knot: knot[0])
    if at == 0 or at == len(knots):
        return knots[min(at, len(knots) - 1)][1] if knots else 1 / (1 + math.exp(-value))
    (left, low), (right, high) = knots[at - 1], knots[at]
    return low + (high - low) * (value - left) / (right - left)


@cache
def model(path: Path = WEIGHTS) -> Model:
    """Return the model of a weights file; a fault in it raises ValueError."""
    with uncollected():
        return parsed(path.read_text(encoding="utf-8").splitlines(), path.name)


def digest(lines: Iterable[str]) -> str:
    """Return the digest of the weights themselves, without the head of the file."""
    body = "\n".join(line for line in lines if not line.startswith("#"))
    return sha256(body.encode()).hexdigest()[:16]


def parsed(lines: Sequence[str], name: str) -> Model:
    """Return the model written in lines `kind<TAB>feature<TAB>negative<TAB>positive`.

    Raises ValueError, with the line, for one that cannot be understood.
    """
    tables: dict[str, dict[str, Pair]] = {name: {} for name in _KINDS}
    pairs: dict[str, dict[str, Pair]] = {}
    asked: dict[str, dict[str, Pair]] = {}
    head: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        if line.startswith("#"):
            key, _, value = line[1:].partition(":")
            head[key.strip()] = value.strip()
            continue
        try:
            kind, feature, minus, plus = line.split("\t")
            weight = (float(minus), float(plus))
        except ValueError as error:
            raise ValueError(f"{name}, line {number}: a kind, a feature, two numbers") from error
        if kind == "pair":
            first, _, second = feature.partition(" ")
            pairs.setdefault(first, {})[second] = weight
        elif kind.startswith("asked "):
            asked.setdefault(kind[6:], {})[feature] = weight
        elif kind in tables:
            tables[kind][feature] = weight
        else:
            raise ValueError(f"{name}, line {number}: {kind!r} is no kind of weight")
    bias = tables["bias"].get("", _NONE)
    knots = sorted(tables["knot"].values())
    return Model(
        tables["alone"], pairs, asked, tables["voice"], tables["part"], bias, knots, head
    )  # fmt: skip
