from datetime import date

import pytest

from training.periods import last_full_months
from training.trends.choice import MonthCount
from training.trends.control import Kind
from training.trends.shares import Month, share_trend
from training.trends.standing_out import runs

MONTHS = last_full_months(20, date(2026, 9, 1))


def months_of(*counts: tuple[int, int]) -> tuple[Month, ...]:
    counted = [MonthCount(m, n, x) for m, (x, n) in zip(MONTHS, counts, strict=False)]
    return share_trend(counts=counted, topic="").months


def test_the_worked_example() -> None:
    months = last_full_months(8, date(2026, 9, 1))
    counts = [
        MonthCount(m, 100, x) for m, x in zip(months, [20, 30, 20, 30, 20, 30, 20, 50], strict=True)
    ]

    assert [
        (run.period.label, run.words) for run in runs(share_trend(counts, topic="").months)
    ] == [("Aug 2026", "Higher than chance explains")]


def test_a_shift_is_one_run_and_not_seven_points() -> None:
    (run, *rest) = runs(months_of(*[(25, 100)] * 10, *[(18, 100)] * 10))[1:]

    assert rest == []
    assert (run.period.label, run.kind) == ("Nov 2025–Aug 2026", Kind.IMPROVEMENT)
    assert run.words == "Seven or more below average in a row"
    assert run.last.period == MONTHS[-1]


@pytest.mark.parametrize("counts", [[], [(0, 0)], [(20, 100)] * 12])
def test_nothing_stands_out_of_normal_variation(counts: list[tuple[int, int]]) -> None:
    assert runs(months_of(*counts)) == ()


def test_a_month_that_is_not_drawn_breaks_no_run() -> None:
    months = months_of(*[(25, 100)] * 9, *[(18, 100)] * 4, (1, 5), *[(18, 100)] * 4)

    assert [run.period.label for run in runs(months)][-1] == "Oct 2025–Jun 2026"
