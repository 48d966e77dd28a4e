"""Which chart and which length of period, and how many light up by chance."""

from datetime import date
from random import Random

import pytest

from training.periods import Period, last_full_months, month_of
from training.trends.choice import (
    LIGHTS_UP,
    ChartKind,
    Length,
    by_chance,
    choose,
    quarters,
)
from training.trends.control import Kind, p_chart, p_prime
from training.trends.shares import MonthCount


def series(counts: list[tuple[int, int]], before: date = date(2026, 1, 1)) -> list[MonthCount]:
    months = last_full_months(len(counts), before)
    return [MonthCount(month, n, x) for month, (x, n) in zip(months, counts, strict=True)]


def test_the_worked_example() -> None:
    months = [month_of(date(2026, month, 1)) for month in range(1, 7)]
    chosen = choose([MonthCount(month, comments=5, negatives=1) for month in months])

    assert (chosen.kind.value, [count.comments for count in chosen.counts]) == ("p", [15, 15])


def test_enough_comments_a_month_are_drawn_by_the_month() -> None:
    chosen = choose(series([(2, 10)] * 12))

    assert (chosen.length, len(chosen.counts)) == (Length.MONTH, 12)
    assert chosen.chart == p_chart([2] * 12, [10] * 12)
    assert chosen.why.startswith("Each point is a month.")


def test_one_quiet_month_is_left_out_and_does_not_lengthen_the_others() -> None:
    chosen = choose(series([(2, 10)] * 11 + [(0, 9)]))

    assert (chosen.length, len(chosen.counts)) == (Length.MONTH, 11)


def test_too_few_a_month_are_drawn_by_the_quarter_and_it_is_said_why() -> None:
    chosen = choose(series([(1, 4)] * 12))

    assert chosen.length is Length.QUARTER
    assert [count.comments for count in chosen.counts] == [12] * 4
    assert "because a month usually has fewer than 10 comments" in chosen.why


def test_too_few_even_a_quarter_have_no_chart() -> None:
    chosen = choose(series([(1, 3)] * 12))

    assert (chosen.kind, chosen.chart, chosen.counts) == (ChartKind.NONE, None, ())
    assert chosen.why.startswith("No chart")


def test_nothing_has_no_chart() -> None:
    assert choose([]).kind is ChartKind.NONE


def test_large_counts_that_differ_more_than_counting_get_a_wider_band() -> None:
    counts = [(150, 1000), (250, 1000)] * 10
    chosen = choose(series(counts))

    assert chosen.kind is ChartKind.P_PRIME
    assert chosen.chart == p_prime([x for x, _ in counts], [1000] * 20)
    assert "P′" in chosen.why


def test_nineteen_points_are_too_few_to_say_they_differ_more_than_counting() -> None:
    assert choose(series([(150, 1000), (250, 1000)] * 9 + [(150, 1000)])).kind is ChartKind.P


def test_a_quarter_needs_all_its_months() -> None:
    # from December to July: December and July stand alone
    added = quarters(series([(1, 4)] * 8, before=date(2026, 8, 1)))

    assert [count.period for count in added] == [
        Period(date(2026, 1, 1), date(2026, 4, 1)),
        Period(date(2026, 4, 1), date(2026, 7, 1)),
    ]
    assert {(count.comments, count.negatives) for count in added} == {(12, 3)}


@pytest.mark.parametrize(
    ("charts", "words"),
    [
        (0, ""),
        (10, "Probably none of these 10 charts would light up by chance."),
        (50, "About 1 of these 50 charts would light up by chance."),
        (150, "About 3 of these 150 charts would light up by chance."),
    ],
)
def test_how_many_charts_light_up_by_chance_is_said(charts: int, words: str) -> None:
    assert by_chance(charts) == words


def test_as_many_light_up_by_chance_as_is_said() -> None:
    random = Random(5)
    lit = 0
    for _ in range(1000):
        negatives = [sum(random.random() < 0.2 for _ in range(15)) for _ in range(24)]
        lit += p_chart(negatives, [15] * 24).variation is not Kind.COMMON

    assert lit / 1000 == pytest.approx(LIGHTS_UP, abs=0.015)
