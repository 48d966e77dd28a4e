"""Funnels and shrinkage: hand-worked shares, and the rules that keep small numbers from shouting."""

from math import asin, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.trends.compare import (
    DEFAULT_WEIGHT,
    Place,
    Usual,
    arcsine_limits,
    between_variance,
    beyond,
    funnel,
    quantile,
    score,
    usual_among,
    winsorised,
)

COUNTS = st.lists(
    st.integers(1, 80).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), max_size=15
)
# FunnelPlotR 0.6.0's answer to ours is in the bench; this one is worked by hand
ALIKE = [(20, 100)] * 9


def test_the_worked_example() -> None:
    drawn = funnel([(5, 10), (30, 100), (40, 200)])

    assert [point.place.value for point in drawn.points] == ["inside", "inside", "inside"]
    assert drawn.usual == pytest.approx(75 / 310)
    limits = [drawn.drawn_limits(total) for total in (10, 100, 200)]
    assert [round(limit.high, 2) for limit in limits] == [0.75, 0.50, 0.48]
    assert [round(limit.low, 2) for limit in limits] == [0.00, 0.06, 0.07]


def test_a_score_is_counted_in_standard_errors_on_the_arcsine_scale() -> None:
    # a share of 1/2 is a half right angle, of 1/4 a third of one, in radians π/4 and π/6
    assert score(50, 100, 0.25) == pytest.approx(20 * 3.141592653589793 / 12)


def test_groups_alike_have_no_spread_and_are_all_inside() -> None:
    drawn = funnel(ALIKE)

    assert (drawn.phi, drawn.tau2) == (0, 0)
    assert {point.place for point in drawn.points} == {Place.INSIDE}


def test_one_group_far_off_among_many_alike_is_unusual() -> None:
    drawn = funnel([*ALIKE * 3, (50, 100)])

    assert drawn.points[-1].place is Place.UNUSUAL_HIGH
    assert {point.place for point in drawn.points[:-1]} == {Place.INSIDE}


def test_one_group_far_below_is_unusual_the_other_way() -> None:
    drawn = funnel([*ALIKE * 3, (1, 100)])

    assert drawn.points[-1].place is Place.UNUSUAL_LOW


def test_between_the_two_limits_nothing_is_called_unusual() -> None:
    assert funnel([*ALIKE * 3, (30, 100)]).points[-1].place is Place.NEAR


def test_where_all_groups_differ_none_is_unusual_for_differing() -> None:
    spread = [(x, 100) for x in (5, 35, 8, 32, 11, 29, 14, 26, 17, 23)]

    drawn = funnel(spread)

    assert drawn.phi > 1
    assert drawn.tau2 > 0
    assert Place.UNUSUAL_HIGH not in {point.place for point in drawn.points}
    # without the allowance 35 of 100 would be
    assert beyond(0.35, drawn.limits(100, overdispersed=False)) == 1


def test_the_spread_between_groups_is_that_of_dersimonian_and_laird() -> None:
    # two groups of weight 10: (2 · 3 − 1) ÷ (20 − 200/20)
    assert between_variance([10, 10], 3) == pytest.approx(0.5)
    assert between_variance([10, 10], 0.4) == 0
    assert between_variance([10], 9) == 0


def test_the_ends_are_drawn_in_and_nothing_else() -> None:
    assert winsorised([-9, -1, 0, 1, 9], trim=0.25) == [-1, -1, 0, 1, 1]
    assert winsorised([]) == []


def test_quantiles_are_interpolated_as_in_r() -> None:
    assert quantile([1, 2, 3, 4], 0.1) == pytest.approx(1.3)
    assert quantile([7], 0.9) == 7


def test_limits_stop_at_nothing_and_at_all() -> None:
    wide = arcsine_limits(2, 0.1, level=0.998)

    assert wide.low == 0
    assert arcsine_limits(1, 0.9, level=0.998).high == pytest.approx(1)


def test_limits_go_three_standard_errors_either_way() -> None:
    low, high = arcsine_limits(100, 0.2, level=0.9973002039367398)

    assert asin(sqrt(high)) - asin(sqrt(0.2)) == pytest.approx(0.15)
    assert asin(sqrt(0.2)) - asin(sqrt(low)) == pytest.approx(0.15)


def test_where_few_negatives_are_expected_limits_are_counted_exactly() -> None:
    few = funnel([(0, 3), *[(10, 100)] * 9])

    assert few.usual == pytest.approx(90 / 903)
    assert few.drawn_limits(3, level=0.95).high == pytest.approx(0.37, abs=0.002)


def test_no_groups_make_an_empty_funnel() -> None:
    assert funnel([]).points == ()


@pytest.mark.parametrize("count", [(0, 0), (4, 3), (-1, 3)])
def test_an_impossible_count_is_refused(count: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="not a share"):
        funnel([count])


@given(COUNTS)
def test_points_come_back_in_the_order_given(counts: list[tuple[int, int]]) -> None:
    forwards, backwards = funnel(counts), funnel(counts[::-1])

    assert [(point.negatives, point.total) for point in forwards.points] == counts
    places = [point.place for point in forwards.points]
    assert [point.place for point in backwards.points] == places[::-1]


@given(COUNTS)
def test_the_outer_limits_are_never_inside_the_inner(counts: list[tuple[int, int]]) -> None:
    drawn = funnel(counts)
    for total in (1, 10, 60):
        inner, outer = (drawn.drawn_limits(total, level=level) for level in (0.95, 0.998))
        assert 0 <= outer.low <= inner.low <= inner.high <= outer.high <= 1


def test_a_belief_lies_between_what_is_usual_and_what_was_seen() -> None:
    usual = Usual(0.2, 15)

    assert usual.belief(6, 15).mean == pytest.approx(0.3)
    assert usual.reliability(15) == 0.5
    assert usual.reliability(0) == 0


def test_few_peers_say_nothing_of_what_is_usual() -> None:
    assert usual_among([(9, 10)] * 4, default=0.2) == Usual(0.2, DEFAULT_WEIGHT)
    assert usual_among([(1, 5)] * 5, default=0.3) == Usual(0.3, DEFAULT_WEIGHT)


def test_peers_who_are_alike_draw_each_other_in_strongly() -> None:
    assert usual_among([(10, 50)] * 20, default=0.5).weight == 400


def test_peers_who_differ_hardly_draw_each_other_in() -> None:
    assert usual_among([(0, 50), (50, 50)] * 10, default=0.5).weight == 4


def test_what_is_usual_is_learned_from_how_peers_differ() -> None:
    # shares .1 and .3, fifty comments each: S = 20 · 50 · .01 / .16 ≈ 62.4 of 19 expected by chance
    learned = usual_among([(5, 50), (15, 50)] * 10, default=0.5)

    assert learned.mean == pytest.approx(0.2003, abs=1e-4)
    assert learned.weight == pytest.approx(20.5, abs=0.3)


def test_nobody_negative_is_still_not_certain() -> None:
    assert 0 < usual_among([(0, 10)] * 10, default=0.2).mean < 0.01


@pytest.mark.parametrize("place", Place)
def test_only_what_is_beyond_the_outer_limits_is_spoken_of(place: Place) -> None:
    assert bool(place.words) == (place in {Place.UNUSUAL_HIGH, Place.UNUSUAL_LOW})
