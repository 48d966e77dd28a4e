"""Which chart and which length of period, and how many light up by chance."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from training.periods import Period, last_full_months, month_of
from training.trends.choice import (
    LIGHTS_UP,
    ChartKind,
    Length,
    MonthCount,
    by_chance,
    choose,
    quarters,
)
from training.trends.control import Kind, p_chart, p_prime


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

    assert chosen.length is Length.MONTH
    assert [count.drawn for count in chosen.counts] == [True] * 11 + [False]
    assert chosen.chart == p_chart([2] * 11, [10] * 11)


def test_too_few_a_month_are_drawn_by_the_quarter_and_it_is_said_why() -> None:
    chosen = choose(series([(1, 4)] * 12))

    assert chosen.length is Length.QUARTER
    assert [count.comments for count in chosen.counts] == [12] * 4
    assert "because a month usually has fewer than 10 comments" in chosen.why


def test_too_few_even_a_quarter_have_no_chart() -> None:
    chosen = choose(series([(1, 3)] * 12))

    assert (chosen.kind, chosen.chart) == (ChartKind.NONE, None)
    assert chosen.why.startswith("No chart")


def test_where_criticism_is_rare_the_band_is_exact_and_runs_say_nothing() -> None:
    chosen = choose(series([(1, 85), (1, 85), *[(0, 85)] * 10, (2, 85)]))

    assert chosen.kind is ChartKind.EXACT
    assert chosen.chart is not None
    assert {point.kind for point in chosen.chart.points} == {Kind.COMMON}
    # one in 276: three or more come up in 3 of 1,000 months of 85
    assert chosen.chart.points[-1].upper == pytest.approx(2.5 / 85, abs=0.5 / 85)
    assert "criticism is rare here" in chosen.why


def test_a_rare_thing_that_suddenly_is_not_stands_out() -> None:
    chosen = choose(series([*[(0, 85)] * 12, (6, 85)]))

    assert chosen.chart is not None
    assert chosen.chart.variation is Kind.CONCERN
    assert chosen.chart.points[-1].outside


def test_rare_criticism_lights_up_no_oftener_than_is_said() -> None:
    random = Random(6)
    lit = 0
    for _ in range(400):
        counts = [(sum(random.random() < 0.004 for _ in range(85)), 85) for _ in range(13)]
        chart = choose(series(counts)).chart
        lit += chart is not None and chart.variation is not Kind.COMMON

    assert lit / 400 <= LIGHTS_UP


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


def test_a_quarter_needs_all_its_months_unless_it_still_runs() -> None:
    # from December to July: December stands alone, July is the quarter that runs
    added = quarters(series([(1, 4)] * 8, before=date(2026, 8, 1)))

    assert [count.period for count in added] == [
        Period(date(2026, 1, 1), date(2026, 4, 1)),
        Period(date(2026, 4, 1), date(2026, 7, 1)),
        Period(date(2026, 7, 1), date(2026, 8, 1)),
    ]
    assert [(count.comments, count.negatives) for count in added] == [(12, 3), (12, 3), (4, 1)]


def test_a_quarter_with_a_hidden_month_is_hidden() -> None:
    months = [replace(one, hidden=i == 1) for i, one in enumerate(series([(1, 9)] * 6))]

    assert [(one.hidden, one.drawn) for one in quarters(months)] == [(True, False), (False, True)]


def test_months_of_nothing_and_the_running_one_have_no_say_in_the_length() -> None:
    chosen = choose(series([(0, 0)] * 12 + [(2, 10)] * 3 + [(0, 1)]))

    assert chosen.length is Length.MONTH


def test_months_stay_where_quarters_would_show_fewer_comments() -> None:
    months = [replace(one, hidden=i % 3 == 1) for i, one in enumerate(series([(2, 12)] * 12))]
    chosen = choose([replace(one, comments=3) if one.hidden else one for one in months])

    assert chosen.length is Length.MONTH
    assert sum(one.drawn for one in chosen.counts) == 8


def test_a_chart_starts_afresh_on_the_day_from_which_comments_count_otherwise() -> None:
    chosen = choose(series([(2, 10)] * 6 + [(8, 10)] * 6), rebase=[date(2025, 7, 1)])

    assert chosen.chart is not None
    assert [point.group for point in chosen.chart.points] == [0] * 6 + [1] * 6


@pytest.mark.parametrize(
    ("charts", "words"),
    [
        (0, ""),
        (1, "This one chart would probably not light up by chance."),
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
