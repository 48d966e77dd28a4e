from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfoNotFoundError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.periods import (
    Period,
    day_label,
    is_working_day,
    last_full_months,
    local_day,
    month_of,
    working_days_after,
)

days = st.dates(date(1990, 1, 1), date(2090, 1, 1))


def test_the_worked_example() -> None:
    late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)

    assert month_of(local_day(late, "Europe/London")).label == "Jul 2026"
    assert [month.label for month in last_full_months(3, date(2026, 3, 15))] == [
        "Dec 2025",
        "Jan 2026",
        "Feb 2026",
    ]


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Pacific/Auckland", date(2026, 1, 1)),
        ("Europe/London", date(2025, 12, 31)),
        ("America/Los_Angeles", date(2025, 12, 31)),
    ],
)
def test_an_instant_falls_on_the_practices_own_day(zone: str, day: date) -> None:
    assert local_day(datetime(2025, 12, 31, 12, 0, tzinfo=UTC), zone) == day


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        local_day(datetime(2026, 1, 1, 12, 0), "Europe/London")  # noqa: DTZ001 - the very fault


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        local_day(datetime(2026, 1, 1, tzinfo=UTC), "Mars/Olympus")


def test_the_end_of_a_period_is_not_in_it() -> None:
    period = Period(date(2026, 3, 1), date(2026, 3, 3))

    assert list(period) == [date(2026, 3, 1), date(2026, 3, 2)]
    assert date(2026, 3, 2) in period
    assert date(2026, 3, 3) not in period


def test_a_period_that_runs_back_is_refused() -> None:
    with pytest.raises(ValueError, match="before it starts"):
        Period(date(2026, 3, 2), date(2026, 3, 1))


@pytest.mark.parametrize(
    ("start", "end", "label"),
    [
        (date(2026, 3, 1), date(2026, 4, 1), "Mar 2026"),
        (date(2025, 12, 1), date(2026, 1, 1), "Dec 2025"),
        (date(2026, 3, 7), date(2026, 3, 8), "7 Mar 2026"),
        (date(2026, 1, 1), date(2026, 4, 1), "Jan–Mar 2026"),
        (date(2025, 11, 1), date(2026, 2, 1), "Nov 2025–Jan 2026"),
        (date(2026, 3, 7), date(2026, 4, 7), "7 Mar 2026 to 6 Apr 2026"),
        (date(2026, 3, 1), date(2026, 3, 1), "no days"),
    ],
)
def test_what_a_period_is_called(start: date, end: date, label: str) -> None:
    assert Period(start, end).label == label


def test_a_day_is_written_without_a_leading_nought() -> None:
    assert day_label(date(2026, 9, 3)) == "3 Sep 2026"


def test_february_of_a_leap_year_has_29_days() -> None:
    assert len(month_of(date(2028, 2, 10))) == 29


def test_the_month_of_today_is_not_full_even_on_its_last_day() -> None:
    assert last_full_months(1, date(2026, 1, 31))[0].label == "Dec 2025"
    assert last_full_months(1, date(2026, 2, 1))[0].label == "Jan 2026"
    assert last_full_months(0, date(2026, 2, 1)) == ()


@given(days, st.integers(1, 40))
def test_full_months_follow_one_another_up_to_the_first_of_this_month(day: date, n: int) -> None:
    months = last_full_months(n, day)

    assert len(months) == n
    assert all(one.end == next_.start for one, next_ in pairwise(months))
    assert months[-1].end == day.replace(day=1)


@given(days)
def test_every_day_is_in_its_month_and_in_no_other(day: date) -> None:
    month = month_of(day)

    assert day in month
    assert month_of(month.start - timedelta(days=1)).end == month.start


def test_the_weekend_and_holidays_are_no_working_days() -> None:
    friday, saturday, christmas = date(2026, 12, 18), date(2026, 12, 19), date(2026, 12, 25)

    assert is_working_day(friday)
    assert not is_working_day(saturday)
    assert is_working_day(christmas)
    assert not is_working_day(christmas, holidays={christmas})


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        (date(2026, 3, 13), 1, date(2026, 3, 16)),
        (date(2026, 3, 14), 1, date(2026, 3, 16)),
        (date(2026, 3, 16), 3, date(2026, 3, 19)),
        (date(2026, 3, 16), 0, date(2026, 3, 16)),
    ],
)
def test_working_days_leave_weekends_out(day: date, n: int, expected: date) -> None:
    assert working_days_after(day, n) == expected
