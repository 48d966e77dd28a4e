"""The format as types: state, routes and variants."""

import pytest

from tests.scenarios.small import TEXT
from training.scenarios.reader import read

SCRIPT = read(TEXT, "f").script


def test_the_example_of_the_module():
    seen = SCRIPT.scenes["arrive"].choice("seen")
    assert SCRIPT.after(SCRIPT.state_at_start(), seen) == {"trust": 60, "told": False}
    assert SCRIPT.arrive("settle", {"trust": 70, "told": True}) == "good"
    assert SCRIPT.arrive("settle", {"trust": 70, "told": False}) == "left"


def test_numbers_add_within_their_range_and_flags_are_set():
    busy = SCRIPT.scenes["arrive"].choice("busy")
    half_hour = SCRIPT.scenes["ask"].choice("half_hour")
    assert SCRIPT.after({"trust": 30, "told": False}, busy)["trust"] == 0
    assert SCRIPT.after({"trust": 95, "told": False}, half_hour) == {"trust": 100, "told": True}


def test_a_state_is_never_changed_in_place():
    before = SCRIPT.state_at_start()
    SCRIPT.after(before, SCRIPT.scenes["arrive"].choices[0])
    assert before == {"trust": 40, "told": False}


def test_routes_that_lead_nowhere_are_an_error_and_not_a_loop():
    text = TEXT.replace("- {next: left}", "- {next: settle}")
    with pytest.raises(ValueError, match="the routes of settle lead nowhere"):
        read(text, "f").script.arrive("settle", {"trust": 0, "told": False})


def test_the_first_variant_that_holds_is_used():
    ask = SCRIPT.scenes["ask"]
    assert ask.variant({"trust": 10, "told": False}) is ask.variants[0]
    assert ask.variant({"trust": 11, "told": False}) is None


def test_places_are_scenes_then_endings_by_their_path():
    assert list(SCRIPT.places)[-2:] == [("endings", "good"), ("endings", "left")]
