import pytest

from training.rates import Interval
from training.trends.control import Chart, p_chart
from training.trends.wording import interval, meaning, quoted, standing, subtitle


def monthly(*negatives: int) -> Chart:
    return p_chart(negatives, [100] * len(negatives))


def test_the_worked_example() -> None:
    words = interval(-0.15, Interval(-0.22, -0.08))

    assert words.split(".")[0] == "The share fell by about 15 percentage points, likely 8–22"


def test_a_rise_is_told_like_a_fall_and_neither_claims_a_reason() -> None:
    words = interval(0.1, Interval(0.02, 0.18))

    assert words == (
        "The share rose by about 10 percentage points, likely 2–18. "
        "That it changed does not show why."
    )


def test_an_interval_over_nought_is_told_as_open() -> None:
    assert interval(-0.05, Interval(-0.12, 0.03)) == (
        "The true change lies anywhere between 12 percentage points down and 3 up, "
        "so chance alone may explain it."
    )


@pytest.mark.parametrize(
    ("chart", "words"),
    [
        (monthly(20, 21, 19, 20, 21, 19), "are steady: about 1 in 5"),
        (monthly(20, 21), "so far: about 1 in 5. There are too few months"),
        (monthly(0, 0, 0), "did not come up in these months."),
        (monthly(*[20] * 9, 42), "were more than usual in Mar 2026: about 2 in 5, usually about"),
        (monthly(*[40] * 9, 10), "were fewer than usual in Mar 2026: about 1 in 10"),
        (monthly(30, 28, 26, 24, 22, 20, 18), "have fallen for seven months, to about 1 in 6."),
        (monthly(18, 20, 22, 24, 26, 28, 30), "have risen for seven months, to about 3 in 10."),
        (monthly(*[26] * 7, *[18, 19] * 4), "have lately been fewer than usual: about 1 in 5"),
    ],
)
def test_how_the_newest_month_stands(chart: Chart, words: str) -> None:
    assert standing("Mar 2026", chart).startswith(words)


def test_months_before_a_new_baseline_do_not_make_it_steady() -> None:
    chart = p_chart([20] * 12, [100] * 12, rebase_at=[9])

    assert standing("Mar 2026", chart).startswith("so far")


@pytest.mark.parametrize(
    ("chart", "words"),
    [
        (monthly(20), "Normal variation"),
        (monthly(*[20] * 9, 45), "Higher than chance explains"),
        (monthly(30, 28, 26, 24, 22, 20, 18), "One of seven falling in a row"),
        (monthly(*[18, 19] * 4, *[26] * 7), "One of seven above average in a row"),
        (monthly(*[40, 42] * 6, 35, 27, 29), "One of two close to the lower limit"),
    ],
)
def test_what_a_month_means(chart: Chart, words: str) -> None:
    assert meaning(chart.points[-1]) == words


def test_a_short_baseline_is_called_provisional() -> None:
    assert "provisional" in subtitle(monthly(*[20] * 11))
    assert "provisional" not in subtitle(monthly(*[20] * 12))
    assert subtitle(None) == ""


def test_quotation_marks_inside_a_label_are_made_single() -> None:
    assert quoted("Rehearsed “Fifty minutes late”") == "“Rehearsed ‘Fifty minutes late’”"
