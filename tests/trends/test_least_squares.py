"""Weighted least squares: by hand, and R 4.2.2's lm on a few rows."""

import pytest

from training.trends.least_squares import Collinear, inverse, weighted_fit

ROWS = [[1.0, 0.0], [1.0, 0.0], [1.0, 1.0], [1.0, 1.0]]


def test_the_worked_example() -> None:
    fit = weighted_fit(ROWS, [0.30, 0.26, 0.22, 0.22], weights=[10, 10, 10, 10])

    assert fit.coefficients == pytest.approx((0.28, -0.06))


def test_errors_of_two_means_are_those_of_the_textbook() -> None:
    fit = weighted_fit(ROWS, [1.0, 3.0, 6.0, 6.0], weights=[1, 1, 1, 1])

    # residuals −1, 1, 0, 0; every leverage is one half
    assert fit.freedom == 2
    assert fit.classic[0] == pytest.approx((1 / 2) ** 0.5)
    assert fit.hc0[0] == pytest.approx((2 / 4) ** 0.5)
    assert fit.hc1[0] == pytest.approx((2 / 4) ** 0.5 * 2**0.5)
    assert fit.hc3[0] == pytest.approx((2 / 4) ** 0.5 * 2)


def test_a_weight_counts_as_so_many_rows() -> None:
    weighted = weighted_fit(ROWS[:3], [1.0, 4.0, 6.0], weights=[1, 2, 1])

    assert weighted.coefficients == pytest.approx((3.0, 3.0))


def test_a_row_with_a_column_of_its_own_says_nothing_of_the_spread() -> None:
    fit = weighted_fit(ROWS[:3], [1.0, 3.0, 9.0], weights=[1, 1, 1])

    assert fit.coefficients == pytest.approx((2.0, 7.0))
    assert fit.hc3[1] == pytest.approx(fit.hc3[0])


@pytest.mark.parametrize(
    "rows",
    [[], [[1.0, 2.0]], [[1.0, 2.0]] * 5, [[1.0, float(i), 2.0 * i] for i in range(9)]],
)
def test_columns_that_cannot_be_told_apart_are_refused(rows: list[list[float]]) -> None:
    with pytest.raises(Collinear):
        weighted_fit(rows, [1.0] * len(rows), weights=[1.0] * len(rows))


def test_an_inverse_needs_no_first_pivot() -> None:
    assert inverse([[0.0, 2.0], [4.0, 0.0]]) == [[0.0, 0.25], [0.5, 0.0]]
