"""Expected limits and verdicts: outputs of NHSRplotthedots 0.2.2 and qicharts2 0.8.1."""

import pytest

from training.trends.control import (
    Assurance,
    Chart,
    Improvement,
    Kind,
    assurance,
    p_chart,
    p_prime,
    u_chart,
    xmr,
)
from training.trends.limits import Limits
from training.trends.signals import Cause

STEADY = [10, 12, 9, 11, 10, 12, 9, 11, 10, 12, 9, 11]
NUMERATORS = [0, 1, 0, 2, 1, 0, 1, 0, 3, 1, 1, 0, 1, 2, 0, 1]
DENOMINATORS = [3, 5, 2, 8, 6, 4, 7, 1, 9, 5, 6, 3, 4, 8, 2, 6]


def causes(chart: Chart) -> list[Cause]:
    return [point.special_cause for point in chart.points]


def kinds(chart: Chart) -> list[Kind]:
    return [point.kind for point in chart.points]


def test_the_worked_example() -> None:
    chart = p_chart([20, 19, 20, 18, 20, 17, 36, 20], [100] * 8, improvement="decrease")

    assert [kind.value for kind in kinds(chart)] == ["common"] * 6 + ["concern", "common"]
    assert chart.points[6].centre == pytest.approx(0.2125)
    assert chart.points[6].lower == pytest.approx(0.0897770)
    assert chart.points[6].upper == pytest.approx(0.3352230)


def test_limits_of_measurements_are_the_peers() -> None:
    chart = xmr([*STEADY, 10, 30, 16.5, 11, 10, 9], two_in_three="strict")

    assert chart.points[0].centre == pytest.approx(11.8055555555556)
    assert chart.points[0].lower == pytest.approx(6.21955555555556)
    assert chart.points[0].upper == pytest.approx(17.3915555555556)
    assert causes(chart) == [Cause.NONE] * 13 + [Cause.OUTSIDE] + [Cause.NONE] * 4
    assert chart.variation is Kind.COMMON


def test_a_close_point_beside_one_outside_is_flagged_by_the_newer_rule() -> None:
    values = [*STEADY, 12, 30, 16.5, 11, 10, 9]

    assert causes(xmr(values))[13:15] == [Cause.OUTSIDE, Cause.TWO_IN_THREE]
    assert causes(xmr(values, two_in_three="strict"))[13:15] == [Cause.OUTSIDE, Cause.NONE]


def test_a_shift_at_the_end_is_what_the_chart_shows() -> None:
    values = [5, 6, 5, 4, 6, 5, 4, 5, 6, 4, 5, 4, 8, 8.2, 8.1, 7.9, 8.3, 8, 8.2]
    chart = xmr(values, two_in_three="strict")

    shift, near = Cause.SHIFT, Cause.TWO_IN_THREE
    assert causes(chart) == [shift] * 9 + [near, shift, near] + [near] * 7
    assert chart.variation is Kind.IMPROVEMENT


def test_a_point_on_the_mean_breaks_a_shift() -> None:
    chart = xmr([5.2, 5.8, 5.2, 5, 5.8, 5.2, 5.8, 4.2, 4.8, 4.2, 5, 4.8, 4.2, 4.8])

    assert chart.points[3].centre == 5
    assert chart.points[3].side == 0
    assert set(causes(chart)) == {Cause.NONE}


def test_the_direction_of_a_trend_decides_its_colour_whatever_the_side() -> None:
    values = [9, 11, 10, 12, 9, 11, 8, 9, 10, 11, 12, 13, 14, 10, 9, 11]
    chart = xmr(values, improvement="decrease", two_in_three="strict")

    assert kinds(chart) == [Kind.COMMON] * 6 + [Kind.CONCERN] * 7 + [Kind.COMMON] * 3


def test_a_point_outside_a_trend_is_coloured_by_its_side() -> None:
    chart = xmr([0, -1, -2, -3, -4, -5, -6, -7], two_in_three="strict")

    assert causes(chart) == [Cause.OUTSIDE] + [Cause.TREND] * 6 + [Cause.OUTSIDE]
    assert kinds(chart) == [Kind.IMPROVEMENT] + [Kind.CONCERN] * 7


def test_low_is_good_where_less_is_better() -> None:
    chart = xmr([*STEADY, 10, 2, 10, 11], improvement="decrease")

    assert chart.points[13].kind is Kind.IMPROVEMENT
    assert chart.points[13].lower == pytest.approx(2.66683333333333)


def test_where_neither_way_is_better_points_are_high_or_low() -> None:
    chart = xmr([*STEADY, 30, 10, -20], improvement="neutral")

    assert (chart.points[12].kind, chart.points[14].kind) == (Kind.HIGH, Kind.LOW)


def test_a_new_baseline_has_limits_and_rules_of_its_own() -> None:
    values = [*STEADY, *(value + 10 for value in STEADY)]
    chart = xmr(values, rebase_at=[12], target=15)

    assert chart.points[0].centre == 10.5
    assert chart.points[-1].centre == 20.5
    assert chart.points[-1].upper == pytest.approx(26.0618181818182)
    assert [point.group for point in chart.points] == [0] * 12 + [1] * 12
    assert set(causes(chart)) == {Cause.NONE}
    assert chart.assurance is Assurance.HIT_OR_MISS


def test_a_baseline_at_the_edge_is_no_second_one() -> None:
    assert xmr(STEADY, rebase_at=[0, 12, 99]) == xmr(STEADY)


def test_limits_can_be_fixed_on_the_first_points() -> None:
    chart = xmr([*STEADY, 13, 14, 13, 15, 13, 14, 13, 15], fix_after=12)

    assert chart.points[-1].centre == 10.5
    assert causes(chart) == [Cause.NONE] * 11 + [Cause.SHIFT] * 9


def test_fewer_than_twelve_points_are_no_fixed_baseline() -> None:
    with pytest.raises(ValueError, match="12 points, not 11"):
        xmr(STEADY, fix_after=11)


@pytest.mark.parametrize(
    ("target", "improvement", "assurance"),
    [
        (99, "increase", Assurance.FAIL),
        (99, "decrease", Assurance.PASS),
        (1, "increase", Assurance.PASS),
        (1, "decrease", Assurance.FAIL),
        (10, "increase", Assurance.HIT_OR_MISS),
        (99, "neutral", Assurance.NONE),
        (None, "increase", Assurance.NONE),
    ],
)
def test_whether_a_target_will_be_met(
    target: float | None, improvement: Improvement, assurance: Assurance
) -> None:
    assert xmr(STEADY, improvement=improvement, target=target).assurance is assurance


def test_a_flat_series_shows_no_variation() -> None:
    chart = xmr([0.1] * 14)

    assert set(causes(chart)) == {Cause.NONE}
    assert chart.points[0].lower == chart.points[0].centre == chart.points[0].upper == 0.1


def test_one_step_in_a_flat_series_does_not_put_every_point_outside() -> None:
    # the peer's limits collapse here, so that it calls all fourteen points special
    chart = xmr([5] * 13 + [6])

    assert [point.outside for point in chart.points] == [False] * 13 + [True]


def test_nothing_makes_an_empty_chart() -> None:
    for chart in (xmr([]), p_chart([], []), p_prime([], []), u_chart([], [])):
        assert chart.points == ()
        assert chart.variation is Kind.COMMON
        assert chart.assurance is Assurance.NONE


def test_one_point_is_common_and_warned_of() -> None:
    chart = p_chart([3], [10])

    assert kinds(chart) == [Kind.COMMON]
    assert chart.short


def test_twelve_points_are_enough_and_eleven_are_not() -> None:
    assert not xmr(STEADY).short
    assert xmr(STEADY[:11]).short


def test_limits_of_shares_are_the_peers() -> None:
    chart = p_chart(NUMERATORS, DENOMINATORS)

    assert chart.points[0].centre == pytest.approx(0.177215189873418)
    assert chart.points[0].upper == pytest.approx(0.838600024182943)
    assert chart.points[1].upper == pytest.approx(0.689521679616407)
    assert chart.points[1].lower == 0


def test_limits_of_rates_are_the_peers() -> None:
    chart = u_chart(NUMERATORS, DENOMINATORS)

    assert chart.points[0].upper == pytest.approx(0.906355484755173)
    assert chart.points[1].upper == pytest.approx(0.742004833698579)


def test_narrower_spread_than_counting_is_taken_only_without_the_floor() -> None:
    bare = p_prime(NUMERATORS, DENOMINATORS, floor=False)

    assert bare.points[0].upper == pytest.approx(0.652304476773258)
    assert p_prime(NUMERATORS, DENOMINATORS) == p_chart(NUMERATORS, DENOMINATORS)


def test_large_counts_that_vary_more_than_counting_get_wider_limits() -> None:
    totals = [30_000] * 12
    negatives = [6000, 6600, 5900, 6500, 6100, 6700, 5800, 6400, 6000, 6600, 5900, 6500]

    assert Kind.CONCERN in kinds(p_chart(negatives, totals))
    assert set(kinds(p_prime(negatives, totals))) == {Kind.COMMON}


@pytest.mark.parametrize("negatives", [0, 20])
def test_none_or_all_negative_has_no_variation(negatives: int) -> None:
    chart = p_chart([negatives] * 12, [20] * 12)

    assert set(kinds(chart)) == {Kind.COMMON}
    assert chart.points[0].lower == chart.points[0].upper == negatives / 20


@pytest.mark.parametrize(("negatives", "total"), [(0, 0), (3, 2), (-1, 5)])
def test_an_impossible_share_is_refused(negatives: int, total: int) -> None:
    with pytest.raises(ValueError, match="is not a share"):
        p_chart([negatives], [total])


def test_a_target_on_a_limit_is_hit_or_miss() -> None:
    limits = Limits(2, 1, 3, 0.6)

    assert assurance(limits, 3, "increase") is Assurance.HIT_OR_MISS
    assert assurance(limits, 3.1, "increase") is Assurance.FAIL
    assert assurance(limits, 3.1, "decrease") is Assurance.PASS
    assert assurance(limits, 3.1, "neutral") is Assurance.NONE
