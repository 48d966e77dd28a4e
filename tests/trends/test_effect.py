"""Whether training helped: by hand, by a short simulation, and when the answer is no answer."""

from datetime import date
from random import Random

import pytest

from training.rates import Interval
from training.trends.compare import Usual
from training.trends.effect import (
    Effect,
    Group,
    Member,
    Outcome,
    Refusal,
    before_after,
    difference_in_differences,
    estimate,
    months_until,
    planned_smallest,
    smallest_seen,
    windows,
)

GROUP = Group(people=20, comments=200, share_before=0.2, share_after=0.2)


def arm(
    offered: bool, negatives: int, people: int = 12, role: str = "nursing", before: int = 4
) -> list[Member]:
    return [
        Member(offered, role, (before + i % 3, 20), (negatives + i % 2, 20)) for i in range(people)
    ]


def effect(low: float, high: float, smallest: float = 0.1) -> Effect:
    return Effect(
        difference=(low + high) / 2,
        interval=Interval(low, high),
        error=0.03,
        freedom=37,
        offered=GROUP,
        others=GROUP,
        smallest=smallest,
        naive=None,
        usual=Usual(0.2, 15),
    )


def found(members: list[Member]) -> Effect:
    answer = estimate(members, usual=Usual(0.25, 15))
    assert isinstance(answer, Effect)
    return answer


def test_the_worked_example() -> None:
    answer = found([*arm(False, 4), *arm(True, 1)])

    assert round(answer.points) == -15
    assert answer.outcome.value == "Probably helped"


def test_the_interval_is_by_students_t() -> None:
    answer = found([*arm(False, 4), *arm(True, 1)])

    assert answer.freedom == 24 - 3
    reach = (answer.interval.high - answer.interval.low) / 2
    assert reach / answer.error == pytest.approx(2.0796, abs=1e-4)


@pytest.mark.parametrize(
    ("low", "high", "outcome"),
    [
        (-0.12, -0.01, Outcome.HELPED),
        (0.01, 0.12, Outcome.WORSE),
        (-0.06, 0.04, Outcome.NO_LARGE_DIFFERENCE),
        (-0.11, 0.02, Outcome.TOO_EARLY),
        (-0.02, 0.11, Outcome.TOO_EARLY),
    ],
)
def test_the_interval_alone_chooses_the_sentence(low: float, high: float, outcome: Outcome) -> None:
    assert effect(low, high).outcome is outcome


def test_nine_in_an_arm_are_too_few_and_ten_are_not() -> None:
    assert estimate([*arm(False, 4, 30), *arm(True, 1, 9)]) is Refusal.TOO_FEW
    assert estimate([*arm(False, 4, 9), *arm(True, 1, 30)]) is Refusal.TOO_FEW
    assert isinstance(estimate([*arm(False, 4, 10), *arm(True, 1, 10)]), Effect)


def test_one_person_never_has_an_effect() -> None:
    assert estimate([*arm(False, 4, 30), *arm(True, 1, 1)]) is Refusal.TOO_FEW


def test_without_others_it_cannot_be_told() -> None:
    answer = estimate(arm(True, 1, 40))

    assert answer is Refusal.NO_COMPARISON
    assert answer.value.startswith("Cannot tell")


def test_people_without_comments_since_do_not_count() -> None:
    silent = [Member(True, "nursing", (4, 20), (0, 0))] * 5

    assert estimate([*arm(False, 4), *arm(True, 1, 9), *silent]) is Refusal.TOO_FEW
    assert found([*arm(False, 4), *arm(True, 1), *silent]).offered.people == 12


def test_groups_that_share_nothing_are_not_compared() -> None:
    offered = [Member(True, "x", (10, 20), (5, 20))] * 10
    others = [Member(False, "x", (2, 20), (5, 20))] * 10

    assert estimate([*offered, *others], usual=Usual(0.2, 15)) is Refusal.NOT_ALIKE


def test_where_one_role_was_offered_it_and_another_was_not_it_cannot_be_told() -> None:
    members = [*arm(False, 4, 12, "nursing"), *arm(True, 1, 12, "front_desk")]

    assert estimate(members) is Refusal.NOT_ALIKE


def test_people_alike_beforehand_need_no_adjusting() -> None:
    offered = [Member(True, "x", (4, 20), (2 + i % 2, 20)) for i in range(10)]
    others = [Member(False, "x", (4, 20), (4 + i % 2, 20)) for i in range(10)]

    assert found([*offered, *others]).points == pytest.approx(-10)


def test_a_role_that_is_worse_anyway_does_not_pass_for_an_effect() -> None:
    members = [
        *arm(False, 2, 14, "nursing"),
        *arm(True, 2, 6, "nursing"),
        *arm(False, 8, 6, "front_desk"),
        *arm(True, 8, 14, "front_desk"),
    ]

    assert found(members).points == pytest.approx(0, abs=1.5)
    assert found(members).outcome is not Outcome.WORSE


def test_simple_before_and_after_pools_all_comments() -> None:
    members = [
        Member(True, "", (5, 10), (2, 10)),
        Member(True, "", (10, 30), (4, 10)),
        Member(False, "", (1, 10), (2, 10)),
    ]

    assert before_after(members[:2]) == pytest.approx(0.3 - 0.375)
    assert difference_in_differences(members) == pytest.approx(-0.075 - 0.1)


def test_nothing_before_makes_no_change() -> None:
    assert before_after([Member(True, "", (0, 0), (2, 10))]) is None
    assert difference_in_differences([Member(True, "", (0, 9), (2, 10))]) is None


def test_a_bad_spell_alone_is_not_taken_for_an_effect() -> None:
    random = Random(3)
    differences, naive = [], []
    for _ in range(60):
        shares = [random.betavariate(3.75, 11.25) for _ in range(60)]
        spells = [(sum(random.random() < s for _ in range(10)), 10) for s in shares]
        worst = set(sorted(range(60), key=lambda i: -spells[i][0])[:20])
        members = [
            Member(i in worst, "", spells[i], (sum(random.random() < s for _ in range(10)), 10))
            for i, s in enumerate(shares)
        ]
        answer = found(members)
        differences.append(answer.points)
        naive.append(100 * (answer.naive or 0))

    assert abs(sum(differences) / 60) < 4
    assert sum(naive) / 60 < -8


def test_what_can_be_seen_grows_with_people() -> None:
    seen = [100 * planned_smallest(people, 10, Usual(0.25, 15)) for people in (10, 40, 160)]

    assert seen == pytest.approx([20.9, 10.0, 4.9], abs=0.1)


def test_the_smallest_change_is_seen_four_times_in_five() -> None:
    # without end of people t is the normal: 1.960 + 0.842
    assert smallest_seen(1.0, 1e6) == pytest.approx(2.8016, abs=1e-3)


def test_what_can_be_seen_already_needs_no_waiting() -> None:
    assert months_until(effect(-0.02, 0.02, smallest=0.04), months_so_far=3) == 0


def test_more_comments_let_a_smaller_change_be_seen() -> None:
    months = months_until(effect(-0.1, 0.1, smallest=0.06), months_so_far=3)

    assert months is not None
    assert 0 < months < 12


def test_where_people_are_too_few_no_waiting_helps() -> None:
    assert months_until(effect(-0.3, 0.3, smallest=0.3), months_so_far=3) is None


def test_comments_count_before_the_choice_and_from_two_weeks_after_the_offer() -> None:
    before, after = windows(date(2026, 3, 1), date(2026, 3, 10), months=2, today=date(2027, 1, 1))

    assert date(2026, 3, 1) in before
    assert date(2026, 3, 2) not in before
    assert (after.start, len(before), len(after)) == (date(2026, 3, 24), 60, 60)


def test_a_window_that_has_not_begun_is_empty() -> None:
    _, after = windows(date(2026, 3, 1), date(2026, 3, 10), months=2, today=date(2026, 3, 12))

    assert len(after) == 0


def test_nobody_is_offered_anything_before_being_chosen() -> None:
    with pytest.raises(ValueError, match="before being selected"):
        windows(date(2026, 3, 2), date(2026, 3, 1), months=2, today=date(2026, 5, 1))
