"""Numbers marked (scipy) were computed with scipy 1.17.1: stats.beta, special.betainc."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.rates import (
    Likeness,
    Posterior,
    about,
    difference,
    exact,
    incomplete_beta,
    likely,
    likeness,
    percent,
    posterior,
    student_t,
    wilson,
)


def test_the_worked_example() -> None:
    belief = posterior(6, 15, mean=0.2, weight=15)

    assert belief == Posterior(a=9.0, b=21.0)
    assert belief.mean == 0.3
    assert likely(*belief.interval()) == "likely 3–9 in 20"
    assert about(0.2) == "about 1 in 5"


@pytest.mark.parametrize(
    ("n", "negatives", "mean", "low", "high", "need", "excess"),
    [  # (scipy), prior mean .2, weight 15, margin .05
        (
            0,
            0,
            0.2,
            0.046579287889867274,
            0.428129160909699,
            0.2811276242136955,
            0.0400222232510464,
        ),
        (
            1,
            1,
            0.25,
            0.07787154629104358,
            0.48089113380685305,
            0.46128687635064125,
            0.06992893952655363,
        ),
        (
            3,
            3,
            1 / 3,
            0.14209748311022094,
            0.5595827187543372,
            0.7653056143317372,
            0.1373832448828593,
        ),
        (
            8,
            5,
            8 / 23,
            0.1719794376463324,
            0.5487244275737704,
            0.8384723517306156,
            0.14954464946314194,
        ),
        (
            10,
            4,
            0.28,
            0.12615208852369134,
            0.46711280242266934,
            0.607412338166295,
            0.08723140609761551,
        ),
    ],
)
def test_a_belief_agrees_with_scipy(
    n: int, negatives: int, mean: float, low: float, high: float, need: float, excess: float
) -> None:
    belief = posterior(negatives, n, mean=0.2, weight=15)

    assert belief.mean == pytest.approx(mean, abs=1e-12)
    assert belief.interval() == pytest.approx((low, high), abs=1e-10)
    assert belief.above(0.25) == pytest.approx(need, abs=1e-10)
    assert belief.excess(0.2) == pytest.approx(excess, abs=1e-10)


def test_no_comments_leave_the_usual_share() -> None:
    assert posterior(0, 0, mean=0.3, weight=10).mean == pytest.approx(0.3)


def test_all_negative_is_still_not_certain() -> None:
    low, high = posterior(5, 5, mean=0.2, weight=15).interval()

    assert 0.2 < low < 0.4 < high < 0.7


@pytest.mark.parametrize("x", [-1.0, 0.0])
def test_nothing_of_a_beta_lies_below_nought(x: float) -> None:
    assert incomplete_beta(2, 3, x) == 0.0


@pytest.mark.parametrize("x", [1.0, 2.0])
def test_all_of_a_beta_lies_below_one(x: float) -> None:
    assert incomplete_beta(2, 3, x) == 1.0


@given(st.floats(0.001, 0.999))
def test_beta_one_one_is_level_and_beta_two_one_a_square(x: float) -> None:
    assert incomplete_beta(1, 1, x) == pytest.approx(x, abs=1e-10)
    assert incomplete_beta(2, 1, x) == pytest.approx(x * x, abs=1e-10)


@given(st.floats(0.1, 3000), st.floats(0.1, 3000), st.floats(0.001, 0.999))
def test_the_two_sides_of_a_beta_make_one(a: float, b: float, x: float) -> None:
    assert incomplete_beta(a, b, x) + incomplete_beta(b, a, 1 - x) == pytest.approx(1, abs=1e-10)


@given(st.floats(0.5, 200), st.floats(0.5, 200), st.floats(0.01, 0.99))
def test_a_quantile_leads_back_to_its_probability(a: float, b: float, probability: float) -> None:
    share = Posterior(a, b).quantile(probability)

    assert incomplete_beta(a, b, share) == pytest.approx(probability, abs=1e-8)


@given(st.floats(0.5, 200), st.floats(0.5, 200), st.floats(0.01, 0.99))
def test_excess_and_shortfall_differ_by_the_distance_of_the_mean(
    a: float, b: float, usual: float
) -> None:
    belief, mirrored = Posterior(a, b), Posterior(b, a)
    shortfall = mirrored.excess(1 - usual)

    assert belief.excess(usual) - shortfall == pytest.approx(belief.mean - usual, abs=1e-9)


def test_below_and_above_are_the_two_sides() -> None:
    belief = Posterior(3, 12)

    assert belief.below(0.25) + belief.above(0.25) == pytest.approx(1)


@pytest.mark.parametrize(
    ("negatives", "total", "mean", "weight"),
    [(3, 2, 0.2, 15), (-1, 2, 0.2, 15), (1, 2, 0, 15), (1, 2, 1, 15), (1, 2, 0.2, 0)],
)
def test_impossible_counts_and_priors_are_refused(
    negatives: int, total: int, mean: float, weight: float
) -> None:
    with pytest.raises(ValueError, match=r"impossible|prior"):
        posterior(negatives, total, mean=mean, weight=weight)


def test_a_beta_needs_something_on_both_sides() -> None:
    with pytest.raises(ValueError, match="a > 0"):
        Posterior(0, 3)


@pytest.mark.parametrize(
    ("negatives", "total", "interval"),
    [  # scipy.stats.binomtest(…).proportion_ci(method="wilson")
        (0, 1, (0.0, 0.7934506856227626)),
        (3, 10, (0.10779126740630102, 0.6032218525388546)),
        (10, 10, (0.7224672001371109, 1.0)),
        (20, 100, (0.1333669333310325, 0.2888291655931589)),
    ],
)
def test_wilsons_interval(negatives: int, total: int, interval: tuple[float, float]) -> None:
    assert wilson(negatives, total) == pytest.approx(interval, abs=1e-12)


def test_nothing_seen_may_be_anything() -> None:
    assert wilson(0, 0) == (0.0, 1.0)


def test_a_difference_is_newcombes_own_example() -> None:
    # Newcombe 1998, table II, (a): 56/70 against 48/80, method 10: .0524 to .3339
    low, high = difference((48, 80), (56, 70))

    assert (round(low, 4), round(high, 4)) == (0.0524, 0.3339)
    assert difference((56, 70), (48, 80)) == pytest.approx((-high, -low))


def test_two_shares_of_nothing_still_leave_room_for_a_difference() -> None:
    low, high = difference((0, 10), (0, 10))

    assert low < 0 < high


def test_a_difference_needs_comments_on_both_sides() -> None:
    with pytest.raises(ValueError, match="two shares"):
        difference((0, 0), (1, 2))


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.0, "none"),
        (0.002, "fewer than 1 in 100"),
        (0.01, "about 1 in 100"),
        (0.07, "about 1 in 15"),
        (0.2, "about 1 in 5"),
        (0.28, "about 3 in 10"),
        (0.5, "about 1 in 2"),
        (0.72, "about 7 in 10"),
        (0.95, "about 19 in 20"),
        (0.99, "nearly all"),
        (1.0, "all"),
    ],
)
def test_a_share_in_words(share: float, words: str) -> None:
    assert about(share) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (0.0, 0.12, "likely 0–2 in 20"),
        (0.15, 0.47, "likely 3–9 in 20"),
        (0.205, 0.22, "likely 20–22 in 100"),
        (0.2101, 0.2102, "likely about 21 in 100"),
    ],
)
def test_an_interval_in_words(low: float, high: float, words: str) -> None:
    assert likely(low, high) == words


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0, "0%"),
        (0.001, "under 1%"),
        (0.284, "28%"),
        (0.994, "99%"),
        (0.999, "over 99%"),
        (1, "100%"),
    ],
)
def test_a_percentage_is_nought_or_a_hundred_only_when_it_is(share: float, words: str) -> None:
    assert percent(share) == words


@pytest.mark.parametrize(
    ("negatives", "total", "interval"),
    [
        (0, 1, (0.0, 0.975)),
        (1, 1, (0.025, 1.0)),
        (1, 5, (0.00505076, 0.71641794)),  # (scipy)
    ],
)
def test_the_exact_interval(negatives: int, total: int, interval: tuple[float, float]) -> None:
    assert exact(negatives, total) == pytest.approx(interval, abs=1e-7)


@pytest.mark.parametrize(("negatives", "total"), [(0, 0), (3, 2), (-1, 2)])
def test_no_exact_interval_of_the_impossible(negatives: int, total: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        exact(negatives, total)


@pytest.mark.parametrize(
    ("probability", "freedom", "value"),
    # the table of Student's t in any textbook
    [(0.975, 1, 12.7062), (0.975, 10, 2.2281), (0.95, 5, 2.0150), (0.9, 30, 1.3104)],
)
def test_students_t_is_that_of_the_tables(probability: float, freedom: int, value: float) -> None:
    assert student_t(probability, freedom) == pytest.approx(value, abs=1e-4)
    assert student_t(1 - probability, freedom) == pytest.approx(-value, abs=1e-4)


def test_students_t_has_its_middle_at_nought() -> None:
    assert student_t(0.5, 4) == pytest.approx(0, abs=1e-5)


@pytest.mark.parametrize(("probability", "freedom"), [(0.0, 3), (1.0, 3), (0.9, 0)])
def test_no_t_at_the_ends_or_without_freedom(probability: float, freedom: float) -> None:
    with pytest.raises(ValueError, match="no quantile"):
        student_t(probability, freedom)


def test_people_far_apart_make_the_usual_share_weigh_little() -> None:
    assert likeness([(0, 50), (50, 50)] * 10, 0.5).weight == 4
    assert likeness([(10, 50)] * 20, 0.2).weight == 400
    assert likeness([(5, 50), (15, 50)] * 10, 0.2).weight == pytest.approx(20.5, abs=0.5)


def test_likenesses_of_two_skills_add_up() -> None:
    one, other = likeness([(5, 50), (15, 50)], 0.2), likeness([(9, 50), (11, 50)], 0.2)

    assert one + other == Likeness(one.excess + other.excess, one.room + other.room)
    assert one.weight == pytest.approx(8.33, abs=0.01)
    assert one.weight < (one + other).weight < other.weight


def test_nobody_or_one_person_tells_nothing_of_likeness() -> None:
    assert likeness([], 0.2) == likeness([(3, 9)], 0.2) == Likeness()
    assert Likeness().weight == 400


@pytest.mark.parametrize("mean", [0, 1])
def test_a_usual_share_of_none_or_all_has_no_likeness(mean: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        likeness([(1, 2), (2, 3)], mean)


@given(st.floats(0.05, 3000), st.floats(0.05, 3000), st.floats(0.001, 0.999))
def test_below_a_quantile_lies_as_much_as_was_asked(a: float, b: float, part: float) -> None:
    belief = Posterior(a, b)
    share = belief.quantile(part)

    assert 0 < share < 1
    assert belief.below(max(0.0, share - 1e-11)) <= part + 1e-9
    assert belief.below(min(1.0, share + 1e-11)) >= part - 1e-9
