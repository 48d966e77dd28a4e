"""Limits of small counts: exact fractions by hand, and FunnelPlotR's own numbers."""

from math import exp

import pytest

from training.trends.exact import binomial_limits, incomplete_gamma, poisson_limits


def test_the_worked_example() -> None:
    low, high = binomial_limits(3, 0.1, level=0.95)

    assert low == 0
    # two negatives: .027 of threes; .999 have at most two, and .975 is asked for
    assert high == pytest.approx((2 - (0.999 - 0.975) / 0.027) / 3)


def test_limits_of_many_comments_are_inside_nought_and_one_on_both_sides() -> None:
    low, high = binomial_limits(250, 0.2, level=0.998)

    assert 0.1 < low < 0.2 < high < 0.3


def test_binomial_limits_of_none_and_of_all_change_places() -> None:
    rare, usual = binomial_limits(8, 0.1, level=0.95), binomial_limits(8, 0.9, level=0.95)

    assert rare.low == 0
    assert usual.high <= 1
    assert usual.low < 0.9


@pytest.mark.parametrize(("total", "usual"), [(0, 0.2), (5, 0.0), (5, 1.0)])
def test_impossible_limits_are_refused(total: int, usual: float) -> None:
    with pytest.raises(ValueError, match="no limits"):
        binomial_limits(total, usual, level=0.95)


@pytest.mark.parametrize(
    ("expected", "low", "high"),
    [(15, 0.5596924, 1.649348), (20, 0.610826, 1.544419), (30, 0.6746958, 1.427562)],
)
def test_poisson_limits_are_the_peers(expected: float, low: float, high: float) -> None:
    assert poisson_limits(expected, level=0.95) == pytest.approx((low, high), abs=1e-6)


def test_nothing_expected_has_no_limits() -> None:
    with pytest.raises(ValueError, match="expected"):
        poisson_limits(0, level=0.95)


@pytest.mark.parametrize("x", [0.1, 1.0, 5.0, 40.0])
def test_the_gamma_of_one_is_the_exponential(x: float) -> None:
    assert incomplete_gamma(1, x) == pytest.approx(1 - exp(-x), abs=1e-12)


def test_nothing_of_a_gamma_lies_below_nought() -> None:
    assert incomplete_gamma(3, 0) == 0
