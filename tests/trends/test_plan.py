"""Plans: limits frozen at the start, and outcomes that only months since can carry."""

import pytest

from training.trends.plan import PlanOutcome, follow

STEADY = [20, 19, 21, 20, 22, 18, 20, 21, 19, 20, 20, 20]


def outcome(since: list[int], before: list[int] = STEADY) -> PlanOutcome:
    counts = [*before, *since]
    return follow(counts, [100] * len(counts), started=len(before)).outcome


def test_the_worked_example() -> None:
    months = [(20, 100)] * 12 + [(12, 100)] * 8
    followed = follow([x for x, _ in months], [n for _, n in months], started=12)

    assert followed.outcome.value == "Better than before"
    assert followed.met(target=0.15)


def test_limits_are_those_of_the_months_before_and_stay() -> None:
    chart = follow([*STEADY, *[2] * 8], [100] * 20, started=12).chart

    assert chart is not None
    assert {point.centre for point in chart.points} == {0.2}


def test_a_month_beyond_the_limits_speaks_at_once() -> None:
    assert outcome([4]) is PlanOutcome.BETTER
    assert outcome([40]) is PlanOutcome.WORSE


def test_what_came_and_went_again_is_no_outcome() -> None:
    assert outcome([4, 20, 21, 19, 20, 21, 20]) is PlanOutcome.NO_CHANGE


def test_six_quiet_months_are_too_early_and_seven_are_not() -> None:
    quiet = [19, 21, 20, 19, 21, 20, 19]

    assert outcome(quiet[:6]) is PlanOutcome.TOO_EARLY
    assert outcome(quiet) is PlanOutcome.NO_CHANGE
    assert outcome([]) is PlanOutcome.TOO_EARLY


def test_seven_on_the_good_side_are_better_and_on_the_other_worse() -> None:
    assert outcome([18, 17, 18, 17, 18, 17, 18]) is PlanOutcome.BETTER
    assert outcome([22, 23, 22, 23, 22, 23, 22]) is PlanOutcome.WORSE


def test_a_run_that_began_before_the_plan_does_not_speak_for_it() -> None:
    falling = [24, 24, 24, 24, 24, 24, 24, 24, 18, 18, 18, 18]

    assert outcome([18, 18, 18], falling) is PlanOutcome.TOO_EARLY


def test_eleven_months_before_are_no_baseline() -> None:
    followed = follow([20] * 15, [100] * 15, started=11)

    assert followed.outcome is PlanOutcome.NO_BASELINE
    assert followed.chart is None
    assert followed.share_before == 0.2


def test_a_target_is_neither_met_nor_missed_before_there_is_a_month() -> None:
    followed = follow(STEADY, [100] * 12, started=12)

    assert followed.met(target=0.5) is None
    assert follow([*STEADY, 30], [100] * 13, started=12).met(target=0.29) is False


def test_a_plan_starts_within_its_series() -> None:
    with pytest.raises(ValueError, match="cannot start"):
        follow(STEADY, [100] * 12, started=13)
