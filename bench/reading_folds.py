"""Public comments for training and measuring: loaded, grouped by near-duplicates, dealt to folds.

Comments that share seven tenths of their words are of one group, and a group is never on both
sides of a fold: what was nearly seen in training is not counted as unseen.
"""

import csv
import math
import random
from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path

from training.feedback.comment import Answer, tidy
from training.feedback.words import words

FOLDS = 5
ALIKE = 0.7  # share of words two comments of one group have in common
SEED = 4


@dataclass(frozen=True, slots=True)
class Public:
    """One public comment: where it is from, the answer, its label, its group and its fold."""

    source: str
    organisation: str
    answer: Answer
    label: str
    group: int
    fold: int

    @property
    def teaches(self) -> bool:
        """Whether its label can be trusted for training (see the README of the data)."""
        chosen = self.organisation in {"Trust A", "Trust C"} and self.label != "neutral"
        return self.source == "fft_2023" or chosen


def load(path: Path, seed: int = SEED) -> list[Public]:
    """Return the comments of sentiment.csv in their order, grouped and dealt to folds."""
    csv.field_size_limit(10_000_000)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    answers = [Answer(tidy(row["text"]), row["question"]) for row in rows]
    groups = grouped(
        [
            frozenset(one.text for one in words(answer.text) if one.text.isalnum())
            for answer in answers
        ]
    )
    folds = dealt(groups, seed)
    return [
        Public(row["source"], row["organisation"], answer, row["sentiment"], group, folds[group])
        for row, answer, group in zip(rows, answers, groups, strict=True)
    ]


def dealt(groups: Sequence[Hashable], seed: int = SEED) -> dict[Hashable, int]:
    """Return the fold of every group, dealt by a seed."""
    order = sorted(set(groups), key=str)
    random.Random(seed).shuffle(order)
    return {group: at % FOLDS for at, group in enumerate(order)}


def grouped(bags: Sequence[frozenset[str]]) -> list[int]:
    """Return the group of each bag of words: bags that are alike, directly or by others, share one.

    Only bags that share one of their rarest words can be alike, so only those are compared.
    """
    counts = Counter(word for bag in bags for word in bag)
    leader = list(range(len(bags)))
    holding: dict[str, list[int]] = defaultdict(list)
    for at, bag in enumerate(bags):
        rarest = sorted(bag, key=lambda word: (counts[word], word))
        for word in rarest[: len(bag) - math.ceil(ALIKE * len(bag)) + 1]:
            for other in holding[word]:
                if len(bag & bags[other]) >= ALIKE * len(bag | bags[other]):
                    leader[_first(leader, at)] = _first(leader, other)
            holding[word].append(at)
    return [_first(leader, at) for at in range(len(bags))]


def _first(leader: list[int], at: int) -> int:
    while leader[at] != at:
        leader[at] = leader[leader[at]]
        at = leader[at]
    return at
