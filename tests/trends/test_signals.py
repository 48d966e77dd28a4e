"""Series and verdicts of the rules are those of NHSRplotthedots 0.2.2's own tests."""

import pytest

from training.trends.limits import Limits
from training.trends.signals import (
    Cause,
    TwoInThree,
    judge,
    shifts,
    sign,
    strongest,
    trends,
    two_of_three,
)

THREE_SIGMA = Limits(0, -3, 3, 2)


def test_the_worked_example() -> None:
    judged = judge([0.1, -0.2, 0.1, 3.4], [THREE_SIGMA] * 4)

    assert [point.cause for point in judged] == [Cause.NONE] * 3 + [Cause.OUTSIDE]


def test_nothing_is_judged_of_nothing() -> None:
    assert judge([], []) == []


def test_a_point_on_a_limit_is_inside_and_one_on_the_centre_is_on_no_side() -> None:
    on_limit, on_centre = judge([3, 0], [THREE_SIGMA] * 2)

    assert not on_limit.outside
    assert on_limit.close
    assert on_centre.side == 0


def test_a_point_outside_is_not_also_close() -> None:
    assert [point.close for point in judge([3.4], [THREE_SIGMA])] == [False]


@pytest.mark.parametrize(
    ("sides", "flags"),
    [
        ([], []),
        ([1] * 6, [0] * 6),
        ([1] * 6 + [-1], [0] * 7),
        ([1] * 8 + [-1], [1] * 8 + [0]),
        ([-1] * 8 + [1], [-1] * 8 + [0]),
        ([1] * 3 + [0] + [1] * 4, [0] * 8),
    ],
)
def test_seven_on_one_side(sides: list[int], flags: list[int]) -> None:
    assert shifts(sides) == flags


@pytest.mark.parametrize(
    ("values", "flags"),
    [
        ([], []),
        ([1], [0]),
        ([1, 2, 3, 4, 5, 6], [0] * 6),
        ([1, 2, 3, 3, 4, 5, 6], [0] * 7),
        ([1, 2, 3, 4, 5, 6, 7], [1] * 7),
        ([2, 1, 2, 3, 4, 5, 6, 7, 3], [0] + [1] * 7 + [0]),
        ([2, 7, 6, 5, 4, 3, 2, 1, 3], [0] + [-1] * 7 + [0]),
    ],
)
def test_seven_rising_or_falling(values: list[float], flags: list[int]) -> None:
    assert trends(values) == flags


def test_a_peak_between_two_trends_goes_with_the_later() -> None:
    assert trends([1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1]) == [1] * 6 + [-1] * 7


def test_shorter_runs_can_be_asked_for() -> None:
    assert trends([1, 2, 3], length=3) == [1, 1, 1]
    assert shifts([1, 1], length=2) == [1, 1]


@pytest.mark.parametrize(
    ("values", "rule", "flags"),
    [
        ([0.5, -0.5, 2.3, 2.4, 0.3], "strict", [0, 0, 1, 1, 0]),
        ([0.5, -0.5, 2.3, -0.2, 2.4], "strict", [0, 0, 0, 0, 0]),
        ([-0.2, 2.5, 0.4, 2.5, -0.3], "strict", [0, 1, 0, 1, 0]),
        ([0.3, 2.5, 0, 2.5, -0.1], "strict", [0, 0, 0, 0, 0]),
        ([0.1, 2.5, -2.5, 0.2], "beyond", [0, 0, 0, 0]),
        ([0.5, -0.5, 2.3, 3.4, 0.3], "strict", [0, 0, 0, 0, 0]),
        ([0.5, -0.5, 2.3, 3.4, 0.3], "beyond", [0, 0, 1, 1, 0]),
        ([0.2, -0.5, -3.3, -3.4, -2.5], "beyond", [0, 0, -1, -1, -1]),
    ],
)
def test_two_of_three_near_a_limit(values: list[float], rule: TwoInThree, flags: list[int]) -> None:
    judged = judge(values, [THREE_SIGMA] * len(values))
    sides = [point.side for point in judged]
    close, outside = [p.close for p in judged], [p.outside for p in judged]

    assert two_of_three(sides, close, outside, rule) == flags


def test_the_strongest_rule_names_the_point() -> None:
    rising = judge([-0.3, -0.2, -0.1, 0.1, 0.2, 0.3, 3.3], [THREE_SIGMA] * 7)

    assert [point.cause for point in rising] == [Cause.TREND] * 6 + [Cause.OUTSIDE]
    assert [point.direction for point in rising] == [1] * 7


def test_a_trend_down_above_the_centre_points_down() -> None:
    falling = judge([1.8, 1.6, 1.4, 1.2, 1.0, 0.8, 0.6], [THREE_SIGMA] * 7)

    assert {(point.cause, point.side, point.direction) for point in falling} == {
        (Cause.TREND, 1, -1)
    }


def test_a_shift_yields_to_two_close_to_a_limit() -> None:
    judged = judge([0.1, 0.2, 0.1, 0.2, 0.1, 2.5, 2.6], [THREE_SIGMA] * 7)

    assert [point.cause for point in judged] == [Cause.SHIFT] * 5 + [Cause.TWO_IN_THREE] * 2


@pytest.mark.parametrize(("difference", "way"), [(0.1, 1), (0.0, 0), (-2, -1)])
def test_which_way_a_difference_points(difference: float, way: int) -> None:
    assert sign(difference) == way


def test_the_strongest_rule_names_a_point() -> None:
    flagged = {Cause.OUTSIDE: [0, 0], Cause.TREND: [-1, 0], Cause.SHIFT: [1, 1]}

    assert strongest(flagged, 0) == (Cause.TREND, -1)
    assert strongest(flagged, 1) == (Cause.SHIFT, 1)
    assert strongest({Cause.SHIFT: [0]}, 0) == (Cause.NONE, 0)
