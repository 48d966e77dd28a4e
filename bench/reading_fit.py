"""Fit the reader's linear model in plain Python: multinomial logistic regression, by steps.

    what is told of a comment        marks and voices (training/feedback/features.py)
    features                         ("alone", "kind"), ("pair", "not NOT_kind"), ("voice", "length") …
    weights                          a number for negative, neutral and positive, each feature

Classes weigh the same however rare they are; a penalty keeps weights small; the order of steps is
drawn by a seed, so that the same comments give the same weights to the last digit.
"""

import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from training.feedback.features import HIDDEN, NO_WORDS, TURNED
from training.feedback.language_files import tables
from training.feedback.model import SPREAD, Model, Pair

LABELS = ("negative", "neutral", "positive")
FEWEST = 5  # comments, of as many groups, in which a feature must be seen
EPOCHS = 40
PENALTY = 5e-4
_STEP = 0.01
# Balanced classes make "neutral", the rarest and the least agreed on, too likely, and "negative",
# which a person should see, too unlikely.
LEANING = {"negative": 1.2, "neutral": 0.65, "positive": 1.0}
Feature = tuple[str, str]
Told = tuple[Sequence[str], Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Example:
    """What is told of one comment, the question, the source, its label and its group."""

    marks: Sequence[str]
    voices: Mapping[str, float]
    question: str
    source: str
    label: str
    group: int


def features(example: Example) -> Counter[Feature]:
    """Return how often each word and pair stands in a comment."""
    found: Counter[Feature] = Counter()
    for mark, following in pairwise((*example.marks, "")):
        if mark not in NO_WORDS:
            found["alone", mark] += 1
            if example.question != "general":
                found[f"asked {example.question}", mark] += 1
        if following and HIDDEN not in (mark, following):
            found["pair", f"{mark} {following}"] += 1
    return found


def vocabulary(examples: Iterable[Example]) -> set[Feature]:
    """Return the features seen in enough comments; those with somebody's name are left out."""
    seen: dict[Feature, set[int]] = defaultdict(set)
    for example in examples:
        for feature in features(example):
            if len(seen[feature]) < FEWEST:
                seen[feature].add(example.group)
    known = tables()
    names = set(known.also_called) - known.name_words
    return {
        feature
        for feature, groups in seen.items()
        if len(groups) >= FEWEST
        and not names & {word.removeprefix(TURNED) for word in feature[1].split(" ")}
    }


def fit(examples: Sequence[Example], seed: int = 0) -> Model:
    """Return the model learned from the examples, without knots (see bench/reading_knots.py)."""
    known = vocabulary(examples)
    places: dict[Feature, int] = {}
    rows = [_row(example, known, places) for example in examples]
    counts = Counter(example.label for example in examples)
    shares = [len(examples) / (len(LABELS) * max(1, counts[label])) for label in LABELS]
    labels = [LABELS.index(example.label) for example in examples]
    plan = Plan(shares, len(places), PENALTY, EPOCHS)
    weights = _stepped(rows, labels, plan, seed)
    return _model({feature: [one[at] for one in weights] for feature, at in places.items()})


Row = list[tuple[int, float]]


def _row(example: Example, known: set[Feature], places: dict[Feature, int]) -> Row:
    words = {one: count for one, count in features(example).items() if one in known}
    scale = SPREAD / math.sqrt(max(1, sum(words.values())))
    values: dict[Feature, float] = {one: count * scale for one, count in words.items()}
    values |= {("voice", name): value for name, value in example.voices.items()}
    values["voice", "always"] = 1.0
    if example.source != "fft_2023":  # other labels, another mixture: learned, then left out
        values["source", ""] = 1.0
        values["source", example.question] = 1.0
    return [(places.setdefault(one, len(places)), value) for one, value in values.items()]


@dataclass(frozen=True, slots=True)
class Plan:
    """How to fit: what each class weighs, how many weights there are, the penalty, the rounds."""

    shares: Sequence[float]
    size: int
    penalty: float
    epochs: int


def fit_voices(
    rows: Sequence[tuple[Mapping[str, float], str]], *, penalty: float, epochs: int
) -> dict[str, Pair]:
    """Return the weights, as differences from neutral, of voices with their labels."""
    places: dict[str, int] = {}
    given = [
        [(places.setdefault(name, len(places)), value) for name, value in voices.items()]
        for voices, _ in rows
    ]
    labels = [LABELS.index(label) for _, label in rows]
    plan = Plan([1.0] * len(LABELS), len(places), penalty, epochs)
    minus, middle, plus = _stepped(given, labels, plan, 0)
    return {
        name: (round(minus[at] - middle[at], 3), round(plus[at] - middle[at], 3))
        for name, at in sorted(places.items())
    }


def _stepped(
    rows: Sequence[Row], labels: Sequence[int], plan: Plan, seed: int
) -> list[list[float]]:
    """Return three lists of weights after all steps; steps shrink as they go on."""
    minus, middle, plus = ([0.0] * plan.size for _ in LABELS)
    order = list(range(len(rows)))
    chance = random.Random(seed)
    done, shrunk = 0, 1.0
    for _ in range(plan.epochs):
        chance.shuffle(order)
        for at in order:
            step = _STEP / (1 + _STEP * plan.penalty * 4 * done)
            done += 1
            row, label = rows[at], labels[at]
            a = b = c = 0.0
            for place, value in row:
                a += minus[place] * value
                b += middle[place] * value
                c += plus[place] * value
            shrunk *= 1 - step * plan.penalty
            pull = _pull(a * shrunk, b * shrunk, c * shrunk, label)
            a, b, c = (step * plan.shares[label] / shrunk * one for one in pull)
            for place, value in row:
                minus[place] += a * value
                middle[place] += b * value
                plus[place] += c * value
    return [[shrunk * one for one in weights] for weights in (minus, middle, plus)]


def _pull(a: float, b: float, c: float, label: int) -> list[float]:
    """Return how far each class should move: what is true, less what was expected."""
    top = max(a, b, c)
    expected = [math.exp(a - top), math.exp(b - top), math.exp(c - top)]
    total = sum(expected)
    return [float(at == label) - one / total for at, one in enumerate(expected)]


def _model(weights: Mapping[Feature, Sequence[float]]) -> Model:
    """Return weights as differences from neutral."""
    alone: dict[str, Pair] = {}
    pairs: dict[str, dict[str, Pair]] = {}
    asked: dict[str, dict[str, Pair]] = {}
    voices: dict[str, Pair] = {}
    for (kind, name), (minus, middle, plus) in sorted(weights.items()):
        pair = (round(minus - middle, 3), round(plus - middle, 3))
        if kind == "pair":
            first, _, second = name.partition(" ")
            pairs.setdefault(first, {})[second] = pair
        elif kind == "alone":
            alone[name] = pair
        elif kind == "voice":
            voices[name] = pair
        elif kind != "source":
            asked.setdefault(kind.removeprefix("asked "), {})[name] = pair
    minus, plus = voices.pop("always", (0.0, 0.0))
    bias = (
        round(minus + math.log(LEANING["negative"] / LEANING["neutral"]), 3),
        round(plus + math.log(LEANING["positive"] / LEANING["neutral"]), 3),
    )
    return Model(alone, pairs, asked, voices, bias=bias)
