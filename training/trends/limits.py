"""Where points lie by chance: centre and limits from a baseline, for each kind of measurement.

Twenty of a hundred comments negative, three sigmas either way:

    >>> limit = share_limits([20], [100], over=[100])[0]
    >>> [round(value, 2) for value in (limit.centre, limit.lower, limit.upper, limit.near)]
    [0.2, 0.08, 0.32, 0.08]

`near` is where a point counts as close to a limit: two thirds of the way there. Every function
takes the points the baseline is known from, and how many or which points the limits are for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import fsum, sqrt

_XMR_REACH = 2.66  # 3 / 1.128: three sigmas by the mean moving range
_SCREEN = 3.267  # the upper limit of moving ranges, in mean moving ranges
_RANGE_PER_SIGMA = 1.128  # the mean moving range of two draws, in sigmas


@dataclass(frozen=True, slots=True)
class Limits:
    """Where a point lies by chance: around `centre`, and all but never beyond lower or upper.

    `near` is the distance from the centre past which a point counts as close to a limit.
    """

    centre: float
    lower: float
    upper: float
    near: float


def moving_range_limits(known: Sequence[float], *, over: int, screen: bool) -> list[Limits]:
    """The same limits for `over` points, from how far neighbouring measurements differ.

    A flat series, and a single point, has limits equal to its mean.
    """
    centre, reach = _mean(known), _XMR_REACH * mean_moving_range(known, screen=screen)
    return [Limits(centre, centre - reach, centre + reach, reach * 2 / 3)] * over


def share_limits(
    negatives: Sequence[int], totals: Sequence[int], *, over: Sequence[int], widen: float = 1
) -> list[Limits]:
    """Limits of shares for points with the totals `over`, within 0–1; `widen` multiplies sigma."""
    share = sum(negatives) / sum(totals)
    sigmas = [widen * sqrt(share * (1 - share) / total) for total in over]
    return [
        Limits(share, max(0.0, share - 3 * sigma), min(1.0, share + 3 * sigma), 2 * sigma)
        for sigma in sigmas
    ]


def rate_limits(
    counts: Sequence[int], sizes: Sequence[int], *, over: Sequence[int]
) -> list[Limits]:
    """Limits of events per comment for points with the sizes `over`; never below nothing."""
    rate = sum(counts) / sum(sizes)
    sigmas = [sqrt(rate / size) for size in over]
    return [
        Limits(rate, max(0.0, rate - 3 * sigma), rate + 3 * sigma, 2 * sigma) for sigma in sigmas
    ]


def overspread(shares: Sequence[float], limits: Sequence[Limits], *, screen: bool) -> float:
    """How far neighbouring shares differ, in the sigmas that counting alone explains.

    1 where counting explains everything, or where there is no sigma to measure by.
    """
    sigmas = [limit.near / 2 for limit in limits]
    if not all(sigmas):
        return 1.0
    scores = [
        (share - limit.centre) / sigma
        for share, limit, sigma in zip(shares, limits, sigmas, strict=True)
    ]
    return mean_moving_range(scores, screen=screen) / _RANGE_PER_SIGMA


def mean_moving_range(values: Sequence[float], *, screen: bool) -> float:
    """The mean distance between neighbours; 0 for one point.

    Screening leaves out, once, the distances above 3.267 means, but never the only movement
    there is: `mean_moving_range([5, 5, 6], screen=True)` is 0.5.
    """
    ranges = [abs(after - before) for before, after in pairwise(values)]
    if not ranges:
        return 0.0
    mean = fsum(ranges) / len(ranges)
    kept = [moved for moved in ranges if moved < _SCREEN * mean]
    return fsum(kept) / len(kept) if screen and any(kept) else mean


def _mean(values: Sequence[float]) -> float:
    if min(values) == max(values):
        return values[0]  # rounding must not put a flat series beside its own mean
    return fsum(values) / len(values)
