"""Minutes practised, skill by skill."""

from datetime import UTC, datetime, timedelta

from training.scenarios.practised import minutes

NINE = datetime(2026, 3, 16, 9, 0, tzinfo=UTC)


def at(minute: float) -> datetime:
    return NINE + timedelta(minutes=minute)


def test_the_example_of_the_module():
    both = ("empathy", "keeping_informed")
    answers = [(at(1), ("empathy",)), (at(3), both), (at(40), ("empathy",))]
    assert minutes([(NINE, answers)]) == {"empathy": 5.0, "keeping_informed": 1.0}


def test_plays_add_up_and_an_unanswered_one_is_no_time():
    one = (NINE, [(at(2), ("empathy",))])
    assert minutes([one, one, (NINE, [])]) == {"empathy": 4.0}


def test_a_clock_that_was_put_back_takes_no_time_away():
    assert minutes([(NINE, [(at(-5), ("empathy",))])]) == {"empathy": 0.0}


def test_a_decision_about_no_skill_is_nobodys_time():
    assert minutes([(NINE, [(at(1), ()), (at(2), ("empathy",))])]) == {"empathy": 1.0}
