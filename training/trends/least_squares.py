"""Weighted least squares with errors that allow for unequal spread, in plain Python.

Four people, those offered a conversation (1) six points lower than the others (0):

    offered   0    0    1    1
    share    .30  .26  .22  .22      →   .28 − .06 · offered

    >>> rows, shares = [[1, 0], [1, 0], [1, 1], [1, 1]], [0.30, 0.26, 0.22, 0.22]
    >>> fit = weighted_fit(rows, shares, weights=[10, 10, 10, 10])
    >>> [round(value, 4) for value in fit.coefficients]
    [0.28, -0.06]

HC0, HC1 and HC3 are the sandwich errors of MacKinnon and White (Journal of Econometrics 1985);
HC3 is the one to use for few people (Long and Ervin, The American Statistician 2000).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt

Matrix = list[list[float]]

_SINGULAR = 1e-10  # of a pivot, beside the largest number of its column


class Collinear(ValueError):
    """The columns cannot be told apart: one is made of the others, or there are too few rows."""


@dataclass(frozen=True, slots=True)
class Fit:
    """One coefficient a column, and its standard error by four formulae; freedom: rows − columns."""

    coefficients: tuple[float, ...]
    classic: tuple[float, ...]
    hc0: tuple[float, ...]
    hc1: tuple[float, ...]
    hc3: tuple[float, ...]
    freedom: int


def weighted_fit(
    rows: Sequence[Sequence[float]], outcomes: Sequence[float], *, weights: Sequence[float]
) -> Fit:
    """Fit outcomes to rows (one number a column, the constant among them), weighted.

    Raises Collinear where columns cannot be told apart; weights must be positive.
    """
    freedom = len(rows) - len(rows[0]) if rows else 0
    if freedom < 1:
        raise Collinear(f"{len(rows)} rows are too few")
    bread = inverse(_crossed(rows, weights))
    moments = [
        fsum(w * row[j] * y for row, y, w in zip(rows, outcomes, weights, strict=True))
        for j in range(len(rows[0]))
    ]
    coefficients = [_dot(line, moments) for line in bread]
    residuals = [y - _dot(row, coefficients) for row, y in zip(rows, outcomes, strict=True)]
    variance = fsum(w * e * e for w, e in zip(weights, residuals, strict=True)) / freedom
    leverages = [w * _form(bread, row) for row, w in zip(rows, weights, strict=True)]
    plain = [w * e for w, e in zip(weights, residuals, strict=True)]
    careful = [
        # a row with a column of its own is fitted exactly and says nothing of the spread
        part / (1 - leverage) if leverage < 1 - _SINGULAR else 0.0
        for part, leverage in zip(plain, leverages, strict=True)
    ]
    hc0 = _sandwich(bread, rows, plain)
    return Fit(
        coefficients=tuple(coefficients),
        classic=tuple(sqrt(variance * bread[j][j]) for j in range(len(bread))),
        hc0=hc0,
        hc1=tuple(error * sqrt(len(rows) / freedom) for error in hc0),
        hc3=_sandwich(bread, rows, careful),
        freedom=freedom,
    )


def inverse(matrix: Matrix) -> Matrix:
    """The inverse of a square matrix, by Gauss and Jordan with pivots; raises Collinear."""
    size = len(matrix)
    scale = [max(abs(value) for value in line) or 1.0 for line in matrix]
    work = [
        [*line, *(1.0 if i == j else 0.0 for j in range(size))] for i, line in enumerate(matrix)
    ]
    for column in range(size):
        pivot = max(range(column, size), key=lambda i: abs(work[i][column]))
        if abs(work[pivot][column]) < _SINGULAR * scale[column]:
            raise Collinear(f"column {column} is made of the others")
        work[column], work[pivot] = work[pivot], work[column]
        _clear(work, column)
    return [line[size:] for line in work]


def _clear(work: Matrix, column: int) -> None:
    first = work[column][column]
    work[column] = [value / first for value in work[column]]
    for i, line in enumerate(work):
        if i != column and line[column]:
            times = line[column]
            work[i] = [a - times * b for a, b in zip(line, work[column], strict=True)]


def _crossed(rows: Sequence[Sequence[float]], weights: Sequence[float]) -> Matrix:
    width = range(len(rows[0]))
    return [
        [fsum(w * row[i] * row[j] for row, w in zip(rows, weights, strict=True)) for j in width]
        for i in width
    ]


def _sandwich(
    bread: Matrix, rows: Sequence[Sequence[float]], parts: Sequence[float]
) -> tuple[float, ...]:
    filling = _crossed(rows, [part * part for part in parts])
    return tuple(sqrt(max(0.0, _form(filling, line))) for line in bread)


def _form(matrix: Matrix, vector: Sequence[float]) -> float:
    return _dot(vector, [_dot(line, vector) for line in matrix])


def _dot(one: Sequence[float], other: Sequence[float]) -> float:
    return fsum(a * b for a, b in zip(one, other, strict=True))
