"""Limits of small counts, where no curve is close enough: from the distribution itself.

Three comments where 1 in 10 is usual. Two negative ones come up in 2.7 % of threes, three in 0.1 %:

    negatives      0     1     2     3
    so many      .729  .972  .999    1      .975 lies eight ninths of the way back from 2 to 1

    >>> low, high = binomial_limits(3, 0.1, level=0.95)
    >>> (low, round(high, 4))
    (0.0, 0.3704)

Binomial limits are interpolated as in Spiegelhalter, "Funnel plots for comparing institutional
performance" (Statistics in Medicine 2005), appendix A.1.1. Poisson limits are those of FunnelPlotR
0.6.0 (MIT), by quantiles of chi-square. The incomplete gamma function is the series of DLMF 8.11.4.
"""

from math import exp, lgamma, log, log1p

from training.rates import Interval

_SMALL = 1e-16


def binomial_limits(total: int, usual: float, *, level: float) -> Interval:
    """Between what shares of `total` comments lie by chance, where `usual` is the true share.

    Raises ValueError unless total > 0 and 0 < usual < 1.
    """
    if total < 1 or not 0 < usual < 1:
        raise ValueError(f"no limits of {total} comments at a share of {usual}")
    tail = (1 - level) / 2
    return Interval(_binomial(total, usual, tail), _binomial(total, usual, 1 - tail))


def _binomial(total: int, usual: float, probability: float) -> float:
    below = 0.0
    for count in range(total + 1):
        here = _chance(count, total, usual)
        if below + here >= probability:
            return max(0.0, count - (below + here - probability) / here) / total
        below += here
    return 1.0


def _chance(count: int, total: int, usual: float) -> float:
    ways = lgamma(total + 1) - lgamma(count + 1) - lgamma(total - count + 1)
    return exp(ways + count * log(usual) + (total - count) * log1p(-usual))


def poisson_limits(expected: float, *, level: float) -> Interval:
    """Between what ratios of seen to expected events lie by chance: at 15, 0.56 to 1.65.

    Raises ValueError unless expected > 0.
    """
    if expected <= 0:
        raise ValueError(f"no limits where {expected} events are expected")
    tail = (1 - level) / 2
    low = _gamma_quantile(expected, tail) / expected
    return Interval(low, _gamma_quantile(expected + 1, 1 - tail) / expected)


def incomplete_gamma(shape: float, x: float) -> float:
    """The regularised lower incomplete gamma function P(shape, x): `incomplete_gamma(1, 1)` is .632.

    Half of a chi-square with 2 · shape degrees of freedom lies below x with this probability.
    """
    if x <= 0:
        return 0.0
    term = total = 1 / shape
    step = shape
    while term > total * _SMALL:
        step += 1
        term *= x / step
        total += term
    return min(1.0, total * exp(shape * log(x) - x - lgamma(shape)))


def _gamma_quantile(shape: float, probability: float) -> float:
    low, high = 0.0, shape + 1
    while incomplete_gamma(shape, high) < probability:
        high *= 2
    while high - low > 1e-12 * high:
        middle = (low + high) / 2
        if incomplete_gamma(shape, middle) < probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2
