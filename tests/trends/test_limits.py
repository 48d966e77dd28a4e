import pytest

from training.trends.limits import (
    Limits,
    mean_moving_range,
    moving_range_limits,
    overspread,
    rate_limits,
    share_limits,
)


def test_the_worked_example() -> None:
    limits = share_limits([20], [100], over=[100])

    assert len(limits) == 1
    assert limits[0].centre == 0.2
    assert limits[0].lower == pytest.approx(0.08)
    assert limits[0].upper == pytest.approx(0.32)
    assert limits[0].near == pytest.approx(0.08)


def test_more_comments_have_narrower_limits() -> None:
    few, many = share_limits([20, 40], [100, 200], over=[100, 200])

    assert few.upper > many.upper
    assert few.centre == many.centre == 0.2


def test_limits_of_shares_and_rates_stay_possible() -> None:
    rare, common = share_limits([1], [20], over=[20])[0], share_limits([19], [20], over=[20])[0]

    assert rare.lower == 0
    assert common.upper == 1
    assert rate_limits([1], [20], over=[20])[0].lower == 0


def test_limits_of_rates_may_pass_one() -> None:
    assert rate_limits([18], [10], over=[10])[0].upper == pytest.approx(1.8 + 3 * 0.18**0.5)


def test_limits_of_measurements_may_be_below_nought() -> None:
    assert moving_range_limits([0, 1, 0, 1], over=4, screen=True)[0].lower < 0


def test_a_single_measurement_is_its_own_limits() -> None:
    assert moving_range_limits([3], over=1, screen=True) == [Limits(3, 3, 3, 0)]


def test_an_outlier_does_not_widen_the_limits() -> None:
    values = [1, 2, 1, 2, 1, 2, 1, 2, 30, 1, 2, 1, 2, 1, 2, 1, 2, 1]

    assert mean_moving_range(values, screen=True) == 1
    assert mean_moving_range(values, screen=False) > 4


def test_screening_keeps_the_only_movement_there_is() -> None:
    assert mean_moving_range([5] * 13 + [6], screen=True) == pytest.approx(1 / 13)


def test_where_nothing_varies_counting_explains_everything() -> None:
    limits = share_limits([0, 0], [50, 50], over=[50, 50])

    assert overspread([0, 0], limits, screen=True) == 1


def test_shares_that_jump_by_more_than_counting_are_overspread() -> None:
    limits = share_limits([20, 80], [100, 100], over=[100, 100])

    assert overspread([0.2, 0.8], limits, screen=False) == pytest.approx(12 / 1.128)
