"""A share and how sure of it one may be, and the words that say both.

Six of somebody's fifteen comments about one skill were negative, where about 1 in 5 is usual
among colleagues. Fifteen is few, so the usual share counts as fifteen comments more:

    usual        Beta( 3, 12)   mean .20   |----•--------|
    six of 15    Beta( 9, 21)   mean .30       |-----•------|
                                           0                          1

    >>> belief = posterior(6, 15, mean=0.2, weight=15)
    >>> belief
    Posterior(a=9.0, b=21.0)
    >>> likely(*belief.interval())
    'likely 3–9 in 20'
    >>> about(0.2)
    'about 1 in 5'

The incomplete beta function follows the continued fraction of DLMF 8.17.22 (modified Lentz).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, fsum, lgamma, log, log1p, sqrt
from typing import NamedTuple

LEVEL = 0.95
_Z = 1.959963984540054  # the normal quantile that belongs to LEVEL
_TINY = 1e-300
_SMALL_STEP = 1e-15
_MOST_STEPS = 20_000
_LEAST_WEIGHT, _MOST_WEIGHT = 4.0, 400.0

_PLAIN_FRACTIONS = (
    *((1, of) for of in (100, 50, 30, 20, 15, 10, 8, 7, 6, 5, 4, 3)),
    *((3, 10), (2, 5), (1, 2), (3, 5), (2, 3), (7, 10), (3, 4), (4, 5), (9, 10), (19, 20)),
)


class Interval(NamedTuple):
    """Two shares, or two differences of shares, between which the truth probably lies."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Posterior:
    """What is believed of a share: a Beta distribution with positive a and b."""

    a: float
    b: float

    def __post_init__(self) -> None:
        if not (self.a > 0 and self.b > 0):
            raise ValueError(f"a Beta distribution needs a > 0 and b > 0, not {self.a}, {self.b}")

    @property
    def mean(self) -> float:
        """The expected share, 0–1: Beta(9, 21) → 0.3."""
        return self.a / (self.a + self.b)

    def above(self, share: float) -> float:
        """The probability that the true share is larger than this one."""
        return 1 - incomplete_beta(self.a, self.b, share)

    def below(self, share: float) -> float:
        """The probability that the true share is smaller than this one."""
        return incomplete_beta(self.a, self.b, share)

    def quantile(self, probability: float) -> float:
        """The share below which the truth lies with this probability, right to 1e-12.

        By Newton's steps, and by halving wherever one would leave what is still possible.
        """
        low, high, share = 0.0, 1.0, min(0.999, max(0.001, self.mean))
        while high - low > 1e-12:
            gap = incomplete_beta(self.a, self.b, share) - probability
            low, high = (low, share) if gap >= 0 else (share, high)
            step = gap / max(_TINY, self.density(share))
            share -= step
            if not low < share < high:
                share = (low + high) / 2
            elif abs(step) < 1e-13:
                break
        return share

    def density(self, share: float) -> float:
        """How dense belief is at a share between 0 and 1: Beta(1, 1) has 1 everywhere."""
        power = (self.a - 1) * log(share) + (self.b - 1) * log1p(-share)
        return exp(power - lgamma(self.a) - lgamma(self.b) + lgamma(self.a + self.b))

    def interval(self, level: float = LEVEL) -> Interval:
        """The central interval of this level: as much is left out below as above."""
        tail = (1 - level) / 2
        return Interval(self.quantile(tail), self.quantile(1 - tail))

    def excess(self, usual: float) -> float:
        """How far the true share is expected to lie above the usual one, less being none.

        E[(θ − m)+] = a/(a+b) · (1 − I_m(a+1, b)) − m · (1 − I_m(a, b)), with m = `usual`.
        """
        part = self.mean * (1 - incomplete_beta(self.a + 1, self.b, usual))
        # rounding may leave −1e-17 where there is nothing
        return max(0.0, part - usual * self.above(usual))


def posterior(negatives: float, total: float, *, mean: float, weight: float) -> Posterior:
    """What `negatives` of `total` make of a prior whose mean counts as `weight` comments.

    Counts may be weighted, so they need not be whole. Raises ValueError unless
    0 ≤ negatives ≤ total, 0 < mean < 1 and weight > 0.
    """
    if not 0 <= negatives <= total:
        raise ValueError(f"{negatives} negative of {total} is impossible")
    if not 0 < mean < 1 or weight <= 0:
        raise ValueError(f"a prior needs 0 < mean < 1 and weight > 0, not {mean}, {weight}")
    return Posterior(mean * weight + negatives, (1 - mean) * weight + total - negatives)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much more alike the comments about one person are than comments about different people.

    excess: the spread of people's shares beyond chance; room: what it would be if each person's
    comments were all the same. Likenesses of several skills or roles may be added.
    """

    excess: float = 0.0
    room: float = 0.0

    def __add__(self, other: "Likeness") -> "Likeness":
        return Likeness(self.excess + other.excess, self.room + other.room)

    @property
    def weight(self) -> float:
        """In how many comments the usual share counts, k = 1/ρ − 1, from 4 to 400."""
        alike = self.excess / self.room if self.room > 0 else 0.0
        return min(_MOST_WEIGHT, max(_LEAST_WEIGHT, 1 / alike - 1)) if alike > 0 else _MOST_WEIGHT


def likeness(counts: Sequence[tuple[float, float]], mean: float) -> Likeness:
    """What (negatives, comments) of several people tell of it, by moments (Kleinman, JASA 1973).

    `likeness([(5, 50), (15, 50)], 0.2).weight` is 8.3. Leave out people without comments;
    raises ValueError unless 0 < mean < 1.
    """
    if not 0 < mean < 1:
        raise ValueError(f"a usual share lies between 0 and 1, not at {mean}")
    everything, freedom = fsum(total for _, total in counts), len(counts) - 1
    if freedom < 1:
        return Likeness()
    spread = fsum(total * (x / total - mean) ** 2 for x, total in counts) / (mean * (1 - mean))
    room = everything - fsum(total * total for _, total in counts) / everything - freedom
    return Likeness(spread - freedom, max(0.0, room))


def incomplete_beta(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function I_x(a, b): the part of Beta(a, b) below x.

    Right to 1e-10 for a + b up to ten thousand. `incomplete_beta(1, 1, 0.3)` is 0.3.
    """
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    log_front = lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)
    if x < (a + 1) / (a + b + 2):
        return exp(log_front) * _continued_fraction(a, b, x) / a
    # the fraction converges fast only on the near side of the mean
    return 1 - exp(log_front) * _continued_fraction(b, a, 1 - x) / b


def _continued_fraction(a: float, b: float, x: float) -> float:
    upper, lower = 1.0, _away_from_zero(1 - (a + b) * x / (a + 1))
    lower = 1 / lower
    value = lower
    for m in range(1, _MOST_STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            lower = 1 / _away_from_zero(1 + term * lower)
            upper = _away_from_zero(1 + term / upper)
            step = upper * lower
            value *= step
        if abs(step - 1) < _SMALL_STEP:
            return value
    raise ArithmeticError(f"I_x({a}, {b}) did not converge at x = {x}")


def _away_from_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def wilson(negatives: int, total: int) -> Interval:
    """Wilson's 95 % interval of a share without a prior; nothing seen means anything from 0 to 1.

    `wilson(3, 10)` is (0.108, 0.603).
    """
    if total == 0:
        return Interval(0.0, 1.0)
    share, square = negatives / total, _Z * _Z
    centre = share + square / (2 * total)
    reach = _Z * sqrt(share * (1 - share) / total + square / (4 * total * total))
    shrink = 1 + square / total
    return Interval(max(0.0, (centre - reach) / shrink), min(1.0, (centre + reach) / shrink))


def exact(negatives: int, total: int, level: float = LEVEL) -> Interval:
    """Clopper and Pearson's interval of a share, which is never too narrow (Biometrika 1934).

    `exact(1, 5)` is (0.005, 0.716). Raises ValueError unless 0 ≤ negatives ≤ total and total > 0.
    """
    if not 0 <= negatives <= total or not total:
        raise ValueError(f"{negatives} negative of {total} is no share")
    tail, rest = (1 - level) / 2, total - negatives
    low = Posterior(negatives, rest + 1).quantile(tail) if negatives else 0.0
    high = Posterior(negatives + 1, rest).quantile(1 - tail) if rest else 1.0
    return Interval(low, high)


def student_t(probability: float, freedom: float) -> float:
    """The value Student's t stays below with this probability: `student_t(0.975, 10)` is 2.228.

    By the incomplete beta function (Abramowitz and Stegun 26.7.1). Raises ValueError unless
    0 < probability < 1 and freedom > 0.
    """
    if not 0 < probability < 1 or freedom <= 0:
        raise ValueError(f"no quantile at {probability} with {freedom} degrees of freedom")
    tail = min(probability, 1 - probability)
    part = Posterior(0.5, freedom / 2).quantile(1 - 2 * tail)
    reach = sqrt(freedom * part / (1 - part))
    return reach if probability > 0.5 else -reach


def difference(first: tuple[int, int], second: tuple[int, int]) -> Interval:
    """The 95 % interval of the second share less the first, each given as (negatives, total).

    Newcombe's method 10 (Statistics in Medicine 1998), which joins two Wilson intervals:
    `difference((56, 70), (48, 80))` is (−0.334, −0.052). Raises ValueError without comments.
    """
    if not first[1] or not second[1]:
        raise ValueError("two shares are needed to compare them")
    one, two = first[0] / first[1], second[0] / second[1]
    one_low, one_high = wilson(*first)
    two_low, two_high = wilson(*second)
    down = sqrt((two - two_low) ** 2 + (one_high - one) ** 2)
    up = sqrt((two_high - two) ** 2 + (one - one_low) ** 2)
    return Interval(two - one - down, two - one + up)


def about(share: float) -> str:
    """A share in words, by the nearest plain fraction: 0.2 → "about 1 in 5"."""
    if share <= 0:
        return "none"
    if share >= 1:
        return "all"
    if share < 1 / 150:
        return "fewer than 1 in 100"
    if share > 1 - 1 / 30:
        return "nearly all"
    part, of = min(_PLAIN_FRACTIONS, key=lambda pair: abs(log(share * pair[1] / pair[0])))
    return f"about {part} in {of}"


def likely(low: float, high: float) -> str:
    """An interval of a share in words: (0.15, 0.47) → "likely 3–9 in 20".

    Counts in hundredths where twentieths would show no interval at all.
    """
    for of in (20, 100):
        ends = round(low * of), round(high * of)
        if ends[0] < ends[1]:
            return f"likely {ends[0]}–{ends[1]} in {of}"
    return f"likely about {ends[0]} in 100"


def percent(share: float) -> str:
    """A share as a whole percentage: 0.284 → "28%"; never 0% or 100% where it is not quite so."""
    if 0 < share < 0.005:
        return "under 1%"
    if 0.995 <= share < 1:
        return "over 99%"
    return f"{share * 100:.0f}%"
