"""Make chances mean what they say: knots fitted on comments the model did not see.

log odds of "negative", in order     −4.1   −2.0   −0.3   +1.9
share that are negative               .01    .08    .40    .90      pooled where out of order
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bench.reading_folds import FOLDS, Public
from training.feedback.model import Chances, Model, Pair, between_knots, log_odds

BINS = 15
_KNOTS = 20


def with_knots(model: Model, comments: Sequence[Public], chances: Sequence[Chances]) -> Model:
    """Return the model with knots fitted on chances of comments it did not see."""
    return replace(model, knots=fitted(pairs(comments, chances)))


def pairs(comments: Sequence[Public], chances: Sequence[Chances]) -> list[tuple[float, bool]]:
    """Return (log odds of negative, whether it is negative) of every comment."""
    return [
        (log_odds(each.negative), one.label == "negative")
        for one, each in zip(comments, chances, strict=True)
    ]


def fitted(found: Sequence[tuple[float, bool]]) -> list[Pair]:
    """Return knots (log odds, share negative) that never fall, one a bin of equal count."""
    pools: list[tuple[float, float, int]] = []  # log odds, share, count
    for part in equal_parts(sorted(found), _KNOTS):
        pool = (
            sum(value for value, _ in part) / len(part),
            sum(negative for _, negative in part) / len(part),
            len(part),
        )
        while pools and pools[-1][1] > pool[1]:
            pool = _pooled(pools.pop(), pool)
        pools.append(pool)
    return [(round(value, 3), round(share, 4)) for value, share, _ in pools]


def _pooled(
    one: tuple[float, float, int], other: tuple[float, float, int]
) -> tuple[float, float, int]:
    count = one[2] + other[2]
    return (
        (one[0] * one[2] + other[0] * other[2]) / count,
        (one[1] * one[2] + other[1] * other[2]) / count,
        count,
    )


def equal_parts(
    found: Sequence[tuple[float, bool]], parts: int
) -> list[Sequence[tuple[float, bool]]]:
    """Return a sequence cut into parts of equal count; empty ones are left out."""
    edges = [round(len(found) * at / parts) for at in range(parts + 1)]
    return [found[low:high] for low, high in pairwise(edges) if high > low]


def error(found: Sequence[tuple[float, bool]]) -> float:
    """Return the expected calibration error of (chance, outcome), by bins of equal count."""
    total = sum(
        abs(sum(chance for chance, _ in part) - sum(outcome for _, outcome in part))
        for part in equal_parts(sorted(found), BINS)
    )
    return total / len(found)


def error_out_of_fold(comments: Sequence[Public], chances: Sequence[Chances]) -> float:
    """Return the error where each fold's knots were fitted on the other folds."""
    found = pairs(comments, chances)
    told: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        knots = fitted([it for it, one in zip(found, comments, strict=True) if one.fold != fold])
        told += [
            (between_knots(knots, it[0]), it[1])
            for it, one in zip(found, comments, strict=True)
            if one.fold == fold
        ]
    return round(error(told), 4)
