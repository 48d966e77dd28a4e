"""The measures of the bench: shares, F1, the area under the curve, and Wilson intervals."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from bench.reading_folds import Public
from training.feedback.model import Chances

LABELS = ("negative", "neutral", "positive")
Pairs = Counter[tuple[str, str]]


def nhs(comments: Sequence[Public], chances: Sequence[Chances]) -> dict[str, float]:
    """Return the measures of NHS comments by the likeliest of three classes."""
    labels = [LABELS[max(range(3), key=lambda at: each[at])] for each in chances]
    return nhs_measures(comments, labels, [each.score for each in chances])


def nhs_measures(
    comments: Sequence[Public], labels: Sequence[str], scores: Sequence[float]
) -> dict[str, float]:
    """Return accuracy, macro-F1 and negatives found (fft_2023), and AUC (trusts_2021, A and C).

    A "mixed" counts as neutral: those who labelled the comments had no such class.
    """
    pairs = Counter(
        (one.label, "neutral" if label == "mixed" else label)
        for one, label in zip(comments, labels, strict=True)
        if one.source == "fft_2023"
    )
    measures = {
        "accuracy": sum(pairs[name, name] for name in LABELS) / sum(pairs.values()),
        "macro_f1": sum(f1(pairs, name) for name in LABELS) / len(LABELS),
        "negative_recall": share(pairs, "negative", 0),
        "negative_precision": share(pairs, "negative", 1),
    }
    for organisation in ("Trust A", "Trust C"):
        chosen = [
            (score, one.label == "positive")
            for one, score in zip(comments, scores, strict=True)
            if one.organisation == organisation and one.label != "neutral"
        ]
        measures[f"auc_{organisation[-1].lower()}"] = auc(chosen)
    return {name: floored(value) for name, value in measures.items()}


def floored(value: float) -> float:
    """Return a figure with three places, never rounded up."""
    return math.floor(value * 1000) / 1000


def share(pairs: Pairs, name: str, side: int) -> float:
    """Return recall (side 0) or precision (side 1) of a class in (gold, read) pairs."""
    total = sum(count for pair, count in pairs.items() if pair[side] == name)
    return pairs[name, name] / total if total else 0.0


def f1(pairs: Pairs, name: str) -> float:
    """Return the F1 of a class in (gold, read) pairs."""
    recall, precision = share(pairs, name, 0), share(pairs, name, 1)
    return 2 * recall * precision / (recall + precision) if recall + precision else 0.0


def auc(scored: Iterable[tuple[float, bool]]) -> float:
    """Return the chance that a positive comment scores above a negative one (ties count half)."""
    ordered = sorted(scored)
    positives = sum(positive for _, positive in ordered)
    negatives = len(ordered) - positives
    ranks, at = 0.0, 0
    while at < len(ordered):
        end = at
        while end < len(ordered) and ordered[end][0] == ordered[at][0]:
            end += 1
        ranks += (at + 1 + end) / 2 * sum(positive for _, positive in ordered[at:end])
        at = end
    return (ranks - positives * (positives + 1) / 2) / (positives * negatives)


def wilson(right: int, of: int) -> tuple[float, float]:
    """Return the 95 % Wilson interval of a share.

    >>> wilson(9, 10)
    (0.595, 0.983)
    """
    if not of:
        return 0.0, 1.0
    z, share = 1.959964, right / of
    middle = share + z * z / (2 * of)
    half = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    scale = 1 + z * z / of
    return floored((middle - half) / scale), floored((middle + half) / scale)
