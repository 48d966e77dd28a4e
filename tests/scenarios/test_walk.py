"""Walking (scene, state) pairs, with exact figures for random play."""

import pytest

from tests.scenarios.small import TEXT
from training.scenarios.reader import read
from training.scenarios.walk import MOST_PAIRS, TooManyPairsError, walk


def _walk(text: str = TEXT):
    return walk(read(text, "f").script)


def test_the_example_of_the_module():
    """Of four random plays of the small scenario, one ends well."""
    walked = _walk()
    assert walked.endings == {"good": 0.25, "left": 0.75}
    assert walked.start == ("arrive", (40, False))
    assert walked.leads[walked.start] == [("ask", (60, False)), ("ask", (0, False))]


def test_the_number_of_decisions_of_a_play():
    walked = _walk()
    assert (walked.shortest, walked.longest, walked.typical) == (2, 2, 2)
    assert walked.lengths == {2: 1.0}


def test_what_was_passed_through_taken_and_shown_is_noted():
    walked = _walk()
    assert walked.reached == {"door", "arrive", "ask", "settle", "good", "left"}
    assert walked.fired == {("door", 0), ("settle", 0), ("settle", 1)}
    assert walked.shown == {("ask", 0)}
    assert walked.stuck() == walked.lost == set()


def test_a_circle_is_followed_as_a_probability_and_not_for_ever():
    text = TEXT.replace("next: settle\n  settle", "next: ask\n  settle")
    walked = _walk(text)
    assert walked.stuck() == set()
    assert walked.endings["good"] + walked.endings["left"] == pytest.approx(1)
    assert walked.lengths[2] == 0.5
    assert walked.lengths[5] == pytest.approx(0.5**4)


def test_only_the_scenes_of_a_circle_without_exit_are_stuck():
    walked = _walk(TEXT.replace("next: settle", "next: ask"))
    assert walked.stuck() == {"ask"}
    assert walked.lengths == {}
    assert walked.shortest == walked.longest == walked.typical == 0


def test_routes_that_go_round_in_a_circle_are_lost():
    text = TEXT.replace("- {next: left}", "- {next: door}").replace(
        "routes: [{next: arrive}]", "routes: [{if: told, next: settle}, {next: arrive}]"
    )
    walked = _walk(text.replace('"trust >= 60 and told"', "trust >= 90"))
    assert walked.lost


def test_a_state_of_too_many_values_is_refused():
    text = TEXT.replace("max: 100}", f"max: {MOST_PAIRS * 2}}}").replace(
        "        effect: {trust: 0}\n", "        effect: {trust: +1}\n"
    )
    with pytest.raises(TooManyPairsError):
        _walk(text.replace("next: settle", "next: ask"))
