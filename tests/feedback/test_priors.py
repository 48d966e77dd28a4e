from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.feedback.priors import Priors, Tally, leaning, leant
from training.feedback.suggestion import DEFAULT_RATE, PRIOR_WEIGHT, Basis, Usual

NURSES, CLERKS = "nursing", "front_desk"


def tallies(
    *counts: tuple[int, int], role: str = NURSES, skill: str = "empathy", first: int = 0
) -> list[Tally]:
    """A tally for each (negatives, comments), of people numbered from `first`."""
    return [
        Tally(first + i, role, skill, total, negatives)
        for i, (negatives, total) in enumerate(counts)
    ]


def drawn(random: Random, *, people: int, comments: int, weight: float) -> list[Tally]:
    """People whose true shares are Beta with mean 1 in 5 and this weight."""
    shares = [random.betavariate(0.2 * weight, 0.8 * weight) for _ in range(people)]
    return tallies(
        *((sum(random.random() < share for _ in range(comments)), comments) for share in shares)
    )


def test_the_worked_example() -> None:
    lean = leaning(7, 4, weight=10)

    assert round(lean, 2) == 1.21
    assert round(leant(0.2, lean), 2) == 0.23


def test_a_practice_without_comments_starts_from_the_assumption() -> None:
    nothing = Priors([])

    assert nothing.usual(1, NURSES, "empathy") == Usual(DEFAULT_RATE, PRIOR_WEIGHT, Basis.DEFAULT)
    assert nothing.expected(1, NURSES, "empathy").expected is None


def test_the_person_in_question_is_left_out_of_what_is_usual() -> None:
    colleagues = tallies(*[(2, 10)] * 6)
    with_none = Priors([*colleagues, Tally(99, NURSES, "empathy", 50, 0)])
    with_all = Priors([*colleagues, Tally(99, NURSES, "empathy", 50, 50)])

    usual = with_none.usual(99, NURSES, "empathy").mean
    assert usual == with_all.usual(99, NURSES, "empathy").mean == pytest.approx(0.2, abs=0.01)


@pytest.mark.parametrize("nurses", [[(9, 10)] * 4, [(5, 5)] * 5])
def test_a_role_too_small_to_be_shown_is_compared_with_the_practice(
    nurses: list[tuple[int, int]],
) -> None:
    others = [(2, 20)] * 20
    clerks = tallies(*others, role=CLERKS, first=50)
    usual = Priors([*tallies(*nurses), *clerks]).usual(99, NURSES, "empathy")

    negatives, comments = (sum(column) for column in zip(*nurses, *others, strict=True))
    assert usual.basis is Basis.PRACTICE
    assert usual.mean == pytest.approx((negatives + 0.5) / (comments + 1))


def test_a_roles_rate_lies_between_its_own_and_the_practices() -> None:
    nurses, clerks = tallies(*[(4, 10)] * 6), tallies(*[(1, 10)] * 6, role=CLERKS, first=50)
    usual = Priors([*nurses, *clerks]).usual(99, NURSES, "empathy")

    assert usual.basis is Basis.ROLE
    assert 0.25 < usual.mean < 0.4


def test_roles_that_are_alike_are_drawn_more_to_the_practice_than_unlike_ones() -> None:
    alike = Priors(
        [*tallies(*[(3, 10)] * 9), *tallies(*[(2, 10)] * 9, role=CLERKS, first=50)],
    )
    unlike = Priors(
        [*tallies(*[(8, 10)] * 9), *tallies(*[(1, 10)] * 9, role=CLERKS, first=50)],
    )

    assert alike.role_weight > unlike.role_weight


@pytest.mark.parametrize("weight", [6, 15, 40])
def test_the_weight_that_people_were_made_with_is_found_again(weight: float) -> None:
    made = drawn(Random(4), people=1000, comments=30, weight=weight)

    assert Priors(made).weight(NURSES, "empathy") == pytest.approx(weight, rel=0.25)


def test_people_who_are_all_alike_give_the_usual_rate_its_greatest_weight() -> None:
    assert Priors(tallies(*[(20, 100)] * 200)).weight(NURSES, "empathy") == 400


def test_people_who_are_nothing_alike_give_it_its_least() -> None:
    assert Priors(tallies(*[(0, 90), (90, 90)] * 20)).weight(NURSES, "empathy") == 4


@pytest.mark.parametrize("counts", [[], [(5, 5)], [(0, 3), (3, 3), (0, 4), (4, 4)]])
def test_a_few_comments_leave_the_weight_near_the_assumed_one(
    counts: list[tuple[int, int]],
) -> None:
    assert Priors(tallies(*counts)).weight(NURSES, "empathy") == pytest.approx(PRIOR_WEIGHT, abs=3)


def test_a_skill_that_few_spoke_of_borrows_its_weight_from_the_others() -> None:
    unlike, few = tallies(*[(0, 90), (90, 90)] * 20), tallies((0, 1), (1, 1), skill="dignity")

    assert Priors([*unlike, *few]).weight(NURSES, "dignity") < PRIOR_WEIGHT


def test_who_had_more_negatives_than_were_due_is_expected_to_have_more() -> None:
    colleagues = [
        one for skill in ("empathy", "dignity") for one in tallies(*[(2, 10)] * 9, skill=skill)
    ]
    own = [Tally(99, NURSES, "dignity", 30, 24)]
    expected = Priors([*colleagues, *own]).expected(99, NURSES, "empathy")

    assert expected.expected is not None
    assert expected.expected > expected.mean == pytest.approx(18.5 / 91, abs=0.01)


def test_of_whom_nothing_was_said_the_usual_is_expected() -> None:
    usual = Priors(tallies(*[(2, 10)] * 9)).expected(99, NURSES, "empathy")

    assert usual.basis is Basis.ROLE
    assert usual.expected == pytest.approx(usual.mean)


@given(st.integers(0, 60), st.floats(0, 60), st.floats(1, 100), st.floats(0.01, 0.99))
def test_what_is_expected_is_always_a_share(
    negatives: int, due: float, weight: float, share: float
) -> None:
    lean = leaning(negatives, due, weight=weight)

    assert 0 < leant(share, lean) < 1
    assert (leant(share, lean) > share) == (lean > 1) or leant(share, lean) == pytest.approx(share)


@pytest.mark.parametrize(("negatives", "due", "weight"), [(-1, 2, 10), (1, -2, 10), (1, 2, 0)])
def test_impossible_counts_have_no_leaning(negatives: float, due: float, weight: float) -> None:
    with pytest.raises(ValueError, match="no leaning"):
        leaning(negatives, due, weight=weight)


@given(st.permutations(tallies((0, 9), (3, 9), (9, 9), (1, 4), (2, 30), (5, 20))))
def test_the_order_of_tallies_does_not_matter(some: list[Tally]) -> None:
    forwards, other = (
        Priors(tallies((0, 9), (3, 9), (9, 9), (1, 4), (2, 30), (5, 20))),
        Priors(some),
    )

    ours, theirs = (one.expected(2, NURSES, "empathy") for one in (forwards, other))
    assert ours.expected == pytest.approx(theirs.expected)
    assert ours.weight == pytest.approx(theirs.weight)
