"""The words of the effect panel."""

from datetime import date

import pytest

from training.rates import Interval
from training.trends.compare import Usual
from training.trends.effect import Effect, Group
from training.trends.panel import finding, grey_line, points, visible

TODAY = date(2026, 11, 25)


def effect(low: float = -0.21, high: float = -0.09, naive: float | None = -0.2) -> Effect:
    return Effect(
        difference=(low + high) / 2,
        interval=Interval(low, high),
        error=0.03,
        freedom=21,
        offered=Group(12, 900, 0.3, 0.1),
        others=Group(30, 600, 0.2, 0.2),
        smallest=0.084,
        naive=naive,
        usual=Usual(0.2, 15),
    )


def test_the_worked_example() -> None:
    assert points(-0.0512) == "about 5 fewer in 100"
    assert points(0.0) == "no difference"


def test_the_finding_says_how_much_how_sure_and_of_how_many() -> None:
    assert finding(effect()) == (
        "Negative comments after the offer: about 15 fewer in 100, likely 9–21 fewer. "
        "12 people were offered it and 30 were not; 1,500 comments."
    )


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (-0.1, 0.03, "likely between 10 fewer and 3 more."),
        (0.02, 0.12, "likely 2–12 more."),
        (-0.12, -0.001, "likely 0–12 fewer."),
        (-0.001, 0.001, "likely no difference."),
    ],
)
def test_an_interval_says_both_its_ends(low: float, high: float, words: str) -> None:
    assert words in finding(effect(low, high))


@pytest.mark.parametrize(
    ("months", "ending"),
    [
        (0, "about 8 points."),
        (1, "falls to 5 by December 2026."),
        (2, "falls to 5 by January 2027."),
        (14, "falls to 5 by January 2028."),
        (None, "only more people."),
    ],
)
def test_it_says_what_could_have_been_seen_and_when_more_can(
    months: int | None, ending: str
) -> None:
    assert visible(effect(), months=months, today=TODAY).endswith(ending)


def test_simple_before_and_after_is_told_with_its_reason() -> None:
    assert grey_line(effect()).startswith("Simple before–after would say about 20 fewer in 100.")
    assert "bad spell" in grey_line(effect())


def test_without_comments_before_there_is_no_grey_line() -> None:
    assert grey_line(effect(naive=None)) == ""
