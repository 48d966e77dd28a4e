"""Comparing fairly: a funnel that allows for small numbers, and shares drawn to the usual one.

Three teams, 1 in 4 usual. The small one is far off in per cent and near in what chance allows:

    comments       10       100       200
    upper limit   .75       .50       .48     narrower as comments grow
    share         .50       .30       .20     all inside
    lower limit   .00       .06       .07

    >>> drawn = funnel([(5, 10), (30, 100), (40, 200)])
    >>> [point.place.value for point in drawn.points]
    ['inside', 'inside', 'inside']
    >>> round(drawn.usual, 4)
    0.2419

The funnel follows FunnelPlotR 0.6.0 (MIT) for proportions: arcsine scores, winsorised for the
over-dispersion φ, and the variance τ² between groups added (Spiegelhalter 2005; DerSimonian and
Laird 1986). Where fewer than five negatives are expected, limits are exact binomial ones. Nothing
here ranks: points come back in the order they were given.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import asin, floor, fsum, pi, sin, sqrt
from statistics import NormalDist

from training.rates import Interval, Posterior, likeness, posterior
from training.trends.exact import binomial_limits

WARNING, ALARM = 0.95, 0.998  # inside the first nothing is said; only beyond the second "unusual"
DEFAULT_WEIGHT = 15.0  # what the usual share counts in comments, until there is data
FEWEST_GROUPS = 5  # to learn from data how much groups differ
_FEWEST_EXPECTED = 5.0  # negatives, below which the arcsine is not close enough
_TRIM = 0.1


class Place(StrEnum):
    """Where a point lies: inside the 95 % limits, between them and the 99.8 % ones, or beyond."""

    INSIDE = "inside"
    NEAR = "near"
    UNUSUAL_HIGH = "unusual_high"
    UNUSUAL_LOW = "unusual_low"

    @property
    def words(self) -> str:
        """What may be said of such a point: "" unless it lies beyond the 99.8 % limits."""
        if self in (Place.UNUSUAL_HIGH, Place.UNUSUAL_LOW):
            return "unusual — look at the comments together"
        return ""


@dataclass(frozen=True, slots=True)
class FunnelPoint:
    """A group's comments, negatives and share; z and its winsorised value; and its place."""

    negatives: int
    total: int
    share: float
    z: float
    winsorised: float
    place: Place


@dataclass(frozen=True, slots=True)
class Funnel:
    """The points in the order given, the usual share, φ, and τ² on the arcsine scale."""

    points: tuple[FunnelPoint, ...]
    usual: float
    phi: float
    tau2: float

    def limits(self, total: int, *, level: float = ALARM, overdispersed: bool = True) -> Interval:
        """Between what shares a group of so many comments lies, by arcsine, within 0–1."""
        return arcsine_limits(
            total, self.usual, level=level, tau2=self.tau2 if overdispersed else 0.0
        )

    def drawn_limits(self, total: int, *, level: float = ALARM) -> Interval:
        """The limits a point is judged by: exact where few negatives are expected, else arcsine.

        Over-dispersion is allowed for in both: the wider of the two counts.
        """
        return _fair_limits(total, self.usual, level=level, tau2=self.tau2)


def funnel(counts: Sequence[tuple[int, int]], *, trim: float = _TRIM) -> Funnel:
    """Place groups, each (negatives, comments), by what chance and over-dispersion allow.

    trim: the part of the scores at each end that is drawn in before φ. Raises ValueError for an
    impossible count. A funnel of nothing, or in which all or none is negative, has no spread.
    """
    for negatives, total in counts:
        if total < 1 or not 0 <= negatives <= total:
            raise ValueError(f"{negatives} negative of {total} is not a share")
    everything = sum(total for _, total in counts)
    usual = sum(negatives for negatives, _ in counts) / everything if counts else 0.0
    scores = [score(negatives, total, usual) for negatives, total in counts]
    drawn_in = winsorised(scores, trim=trim)
    phi = fsum(z * z for z in drawn_in) / len(drawn_in) if drawn_in else 0.0
    tau2 = between_variance([4.0 * total for _, total in counts], phi)
    points = [
        FunnelPoint(x, n, x / n, z, w, _place(x / n, n, usual, tau2))
        for (x, n), z, w in zip(counts, scores, drawn_in, strict=True)
    ]
    return Funnel(tuple(points), usual, phi, tau2)


def score(negatives: int, total: int, usual: float) -> float:
    """How far a share lies from the usual one, in standard errors on the arcsine scale."""
    return 2 * sqrt(total) * (asin(sqrt(negatives / total)) - asin(sqrt(usual)))


def winsorised(scores: Sequence[float], *, trim: float = _TRIM) -> list[float]:
    """The scores with those beyond the outer `trim` at each end drawn in to where that begins."""
    if not scores:
        return []
    low, high = quantile(scores, trim), quantile(scores, 1 - trim)
    return [min(high, max(low, one)) for one in scores]


def quantile(values: Sequence[float], probability: float) -> float:
    """The sample quantile, interpolated (Hyndman and Fan's type 7, the default of R)."""
    ordered = sorted(values)
    at = (len(ordered) - 1) * probability
    left = floor(at)
    right = min(left + 1, len(ordered) - 1)
    return ordered[left] + (at - left) * (ordered[right] - ordered[left])


def between_variance(weights: Sequence[float], phi: float) -> float:
    """τ²: what groups differ by beyond counting; weights are 1 ÷ each score's squared error."""
    total = fsum(weights)
    if len(weights) < 2:
        return 0.0
    room = total - fsum(weight * weight for weight in weights) / total
    return max(0.0, (len(weights) * phi - (len(weights) - 1)) / room)


def arcsine_limits(total: int, usual: float, *, level: float, tau2: float = 0.0) -> Interval:
    """Between what shares of `total` comments lie by chance, on the arcsine scale, within 0–1."""
    centre = asin(sqrt(usual))
    reach = NormalDist().inv_cdf((1 + level) / 2) * sqrt(1 / (4 * total) + tau2)
    # past a right angle the sine would turn back
    low, high = max(0.0, centre - reach), min(pi / 2, centre + reach)
    return Interval(sin(low) ** 2, sin(high) ** 2)


def _fair_limits(total: int, usual: float, *, level: float, tau2: float) -> Interval:
    by_curve = arcsine_limits(total, usual, level=level, tau2=tau2)
    if total * usual >= _FEWEST_EXPECTED or not 0 < usual < 1:
        return by_curve
    by_count = binomial_limits(total, usual, level=level)
    if not tau2:
        return by_count
    return Interval(min(by_curve.low, by_count.low), max(by_curve.high, by_count.high))


def beyond(share: float, limits: Interval) -> int:
    """Whether a share lies above its limits (+1), below (−1), or not beyond them (0)."""
    return (share > limits.high) - (share < limits.low)


def _place(share: float, total: int, usual: float, tau2: float) -> Place:
    far = beyond(share, _fair_limits(total, usual, level=ALARM, tau2=tau2))
    if far:
        return Place.UNUSUAL_HIGH if far > 0 else Place.UNUSUAL_LOW
    near = beyond(share, _fair_limits(total, usual, level=WARNING, tau2=tau2))
    return Place.NEAR if near else Place.INSIDE


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual among peers: the mean share m, and in how many comments it counts, k."""

    mean: float
    weight: float

    def belief(self, negatives: float, total: float) -> Posterior:
        """What is believed of one group or person with these comments among such peers."""
        return posterior(negatives, total, mean=self.mean, weight=self.weight)

    def reliability(self, total: float) -> float:
        """The part of what is seen that is not chance: n ÷ (n + k)."""
        return total / (total + self.weight)


def usual_among(counts: Sequence[tuple[int, int]], *, default: float) -> Usual:
    """Learn m and k from peers' (negatives, comments), by moments (Kleinman, JASA 1973).

    Fewer than five peers, or 30 comments, say nothing: then the mean is `default`, k is 15.
    """
    counts = [(negatives, total) for negatives, total in counts if total]
    everything = sum(total for _, total in counts)
    if len(counts) < FEWEST_GROUPS or everything < 30:
        return Usual(default, DEFAULT_WEIGHT)
    # half a comment either way: a share of nothing or all is never certain
    mean = (sum(negatives for negatives, _ in counts) + 0.5) / (everything + 1)
    return Usual(mean, likeness(counts, mean).weight)
