from datetime import date

import pytest

from training.periods import last_full_months
from training.trends.choice import MonthCount
from training.trends.shares import share_trend
from training.web.plane import SIZES, Plane, most


def test_the_worked_example() -> None:
    plane = Plane(SIZES[0], n=12, most=0.3, top=14)

    assert (plane.x(0), plane.y(0.3)) == (66.0, 14.0)


def test_months_fill_the_width_and_shares_the_height() -> None:
    plane = Plane(SIZES[1], n=8, most=0.4, top=40)

    assert plane.x(-0.5) == 40
    assert plane.x(7.5) == plane.right == 350 - 84
    assert plane.y(0) == plane.bottom == 240


@pytest.mark.parametrize(
    ("negatives", "upper_end"),
    [(0, 0.1), (1, 0.1), (20, 0.4), (100, 1.0)],
)
def test_the_scale_ends_at_a_whole_tenth_above_the_highest_limit(
    negatives: int, upper_end: float
) -> None:
    months = last_full_months(3, date(2026, 7, 1))
    trend = share_trend([MonthCount(month, 100, negatives) for month in months], topic="waiting")

    assert most(trend.months) == upper_end
