"""The map: places in columns, and what leads from one to another."""

import pytest

from tests.scenarios.small import TEXT
from training.scenarios.catalogue import Scenario, files, load_file
from training.scenarios.reader import read
from training.scenarios.storymap import Kind, Lead, outline, story_map

SCRIPT = read(TEXT, "f").script


def test_the_example_of_the_module():
    drawn = story_map(SCRIPT)
    columns = {one.name: one.column for one in drawn.places}
    assert columns == {"door": 0, "arrive": 1, "ask": 2, "settle": 3, "good": 4, "left": 4}
    assert drawn.from_("arrive") == (
        Lead("arrive", "ask", "seen", best=True),
        Lead("arrive", "ask", "busy"),
    )
    assert drawn.from_("settle")[0] == Lead("settle", "good", "trust >= 60 and told")
    assert drawn.size == (5, 2)


def test_every_place_says_what_it_is():
    kinds = {one.name: one.kind for one in story_map(SCRIPT).places}
    assert kinds["door"] is Kind.ROUTES
    assert kinds["ask"] is Kind.DECISION
    assert kinds["left"] is Kind.ENDING


def test_what_nothing_leads_to_stands_in_the_last_column():
    text = TEXT.replace("  settle:\n", "  lost:\n    routes: [{next: left}]\n  settle:\n")
    lost = next(one for one in story_map(read(text, "f").script).places if one.name == "lost")
    assert lost.column == 5


def test_a_lead_to_nowhere_is_left_out():
    script = read(TEXT.replace("next: good", "next: god"), "f").script
    assert [one.target for one in story_map(script).from_("settle")] == ["left"]


def test_the_outline_has_each_place_once_and_marks_the_best_reply():
    text = outline(SCRIPT)
    assert text.splitlines()[0] == "late: Late"
    assert "arrive  [decision] She asks\n  ★ seen → ask\n    busy → ask" in text
    assert "    always → left" in text


def test_every_line_goes_forward_but_that_of_a_loop_and_endings_stand_last():
    text = TEXT.replace("next: ask", "next: settle", 1)
    drawn = story_map(read(text, "f").script)
    columns = {one.name: one.column for one in drawn.places}
    assert all(columns[lead.source] < columns[lead.target] for lead in drawn.leads)
    assert columns["ask"] < columns["settle"]
    looped = story_map(read(TEXT.replace("next: settle", "next: arrive", 1), "f").script)
    columns = {one.name: one.column for one in looped.places}
    back = [one for one in looped.leads if columns[one.target] <= columns[one.source]]
    assert [(one.source, one.target) for one in back] == [("ask", "arrive")]
    assert columns["good"] == columns["left"] == max(columns.values())


@pytest.mark.parametrize("scenario", [load_file(path) for path in files()], ids=lambda it: it.slug)
def test_no_two_places_of_the_library_lie_on_one_another(scenario: Scenario):
    places = [(one.column, one.row) for one in story_map(scenario.script).places]
    assert len(set(places)) == len(places)
