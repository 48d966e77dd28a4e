"""A panel's sheets: blind, tied to the words, and taken only whole."""

import pytest

from tests.scenarios.small import TEXT
from training.scenarios import panel
from training.scenarios.key import decision
from training.scenarios.panel import HEADS, BadSheet, Sheet, collect, sheet, verdicts, with_key
from training.scenarios.reader import read

SCRIPT = read(TEXT, "f").script
GOOD = {"seen": 5, "busy": 2, "half_hour": 4, "soon": 2}


def filled(number: int = 1, **changes: str) -> Sheet:
    """A sheet as a rater gives it back."""
    heads, *rows = sheet(SCRIPT)
    given = [dict(zip(heads, row, strict=True)) for row in rows]
    for row in given:
        row["rating"] = changes.get(row["choice"], str(GOOD[row["choice"]]))
    return Sheet(f"rater{number}.csv", given)


def five(**changes: str) -> list[Sheet]:
    return [filled(number) for number in range(1, 5)] + [filled(5, **changes)]


def test_the_example_of_the_module():
    ratings = collect(SCRIPT, five(busy="1"), patients=1)
    assert ratings["arrive"] == {"seen": [5, 5, 5, 5, 5], "busy": [2, 2, 2, 2, 1]}
    rated = read(with_key(TEXT, ratings, patients=1), "f").script
    assert (rated.key.by, rated.key.patients) == ("panel", 1)
    assert decision(rated, "arrive").best == "seen"


def test_a_sheet_is_blind():
    heads, *rows = sheet(SCRIPT)
    assert heads == HEADS
    assert len(rows) == 4
    shown = " ".join(cell for row in rows for cell in row)
    assert "You noticed." not in shown, "no reason"
    assert "0.67" not in shown, "no credit"
    assert {row[-1] for row in rows} == {""}


def test_the_replies_of_a_sheet_stand_in_an_order_that_says_nothing():
    script = read(TEXT.replace("id: seen", "id: zeen"), "f").script
    orders = {
        tuple(row[5] for row in sheet(one)[1:3])
        == tuple(c.id for c in one.scenes["arrive"].choices)
        for one in (SCRIPT, script)
    }
    assert orders == {True, False}


def test_ratings_of_other_words_are_refused():
    changed = read(TEXT.replace("We are busy.", "We are very busy."), "f").script
    with pytest.raises(BadSheet, match=r"rater1.csv:2: the words were changed"):
        collect(changed, five(), patients=1)


def test_a_change_that_no_rater_sees_keeps_the_ratings_good():
    changed = read(TEXT.replace("You noticed.", "You saw her."), "f").script
    assert panel.words_digest(changed) == panel.words_digest(SCRIPT)


@pytest.mark.parametrize("rating", ["", "6", "0", "2.5", "good"])
def test_a_rating_that_is_not_one_to_five_is_told_by_file_and_line(rating: str):
    with pytest.raises(BadSheet, match=r"rater5.csv:\d: the rating is"):
        collect(SCRIPT, five(soon=rating), patients=1)


def test_fewer_than_five_raters_or_none_of_them_a_patient_are_no_panel():
    with pytest.raises(BadSheet, match="4 sheets"):
        collect(SCRIPT, five()[:4], patients=1)
    for patients in (0, 6):
        with pytest.raises(BadSheet, match="has a patient among its raters"):
            collect(SCRIPT, five(), patients=patients)


def test_a_reply_left_out_rated_twice_or_of_another_scenario_is_told():
    sheets = five()
    left_out = [*sheets[:4], Sheet("e.csv", sheets[4].rows[1:])]
    with pytest.raises(BadSheet, match=r"e\.csv: not rated: "):
        collect(SCRIPT, left_out, patients=1)
    twice = [*sheets[:4], Sheet("e.csv", [*sheets[4].rows, sheets[4].rows[0]])]
    with pytest.raises(BadSheet, match=r"e.csv:6: .* was rated twice"):
        collect(SCRIPT, twice, patients=1)
    other = [{**row, "scenario": "later"} for row in sheets[4].rows]
    with pytest.raises(BadSheet, match=r"e.csv:2: no reply of late"):
        collect(SCRIPT, [*sheets[:4], Sheet("e.csv", other)], patients=1)


def test_where_the_panel_disagrees_the_decision_is_for_discussion_only():
    sheets = [filled(number, seen=rating) for number, rating in enumerate("51515", start=1)]
    ratings = collect(SCRIPT, sheets, patients=2)
    rated = read(with_key(TEXT, ratings, patients=2), "f").script
    assert verdicts(rated) == [
        "arrive: for discussion only, the panel disagreed; it is not scored",
        "ask: the best reply is half_hour",
    ]


def test_a_new_panel_replaces_the_old_key_and_nothing_else():
    once = with_key(TEXT, collect(SCRIPT, five(), patients=1), patients=1)
    again = with_key(once, collect(SCRIPT, five(busy="3"), patients=2), patients=2)
    assert again.count("key:") == 1
    assert "[2, 2, 2, 2, 3]" in again
    before, after = TEXT.split("key: {by: author}\n")
    assert again.startswith(before)
    assert again.endswith(after)
