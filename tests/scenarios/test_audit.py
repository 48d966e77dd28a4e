"""Bots that know nothing."""

import pytest

from tests.scenarios.small import TEXT
from training.scenarios.audit import BOTS, audit, audit_rows, table
from training.scenarios.faults import ScenarioError
from training.scenarios.reader import read

SCRIPT = read(TEXT, "f").script
LOW = 0.165 / 0.835


def test_the_example_of_the_module():
    """One decision: the best reply is short, the polite one earns nothing."""
    text = TEXT.replace("Half an hour, perhaps more.", "Ten minutes, I think.")
    text = text.replace('say: "Soon."', 'say: "I\'m so sorry, please take a seat."')
    script = read(text.replace("next: arrive}", "next: ask}"), "f").script
    means = {result.bot: result.mean for result in audit(script, plays=200)}
    assert list(means) == ["random", "longest", "shortest", "politest", "first"]
    assert (means["longest"], means["shortest"], means["politest"]) == (0, 1, 0)
    assert means["random"] == pytest.approx(0.5, abs=0.1)
    assert means["first"] == pytest.approx(0.5, abs=0.1)


def test_a_play_of_several_decisions_earns_their_mean():
    means = {result.bot: result.mean for result in audit(SCRIPT, plays=5)}
    assert means["longest"] == pytest.approx(1)
    assert means["shortest"] == pytest.approx(LOW / 2)


def test_a_bot_without_a_preference_takes_what_is_offered_first():
    choices = SCRIPT.scenes["ask"].choices
    assert BOTS["politest"](choices, None) is choices[0]
    assert BOTS["first"](choices[::-1], None) is choices[1]


def test_every_ending_a_bot_met_is_counted():
    longest = next(result for result in audit(SCRIPT, plays=20) if result.bot == "longest")
    assert longest.endings == {"good": 20}


def test_the_audit_is_the_same_every_time():
    assert audit(SCRIPT, plays=30) == audit(SCRIPT, plays=30)


def test_unscored_decisions_do_not_count():
    key = "key: {by: panel, ratings: {arrive: {seen: [3, 3, 3, 3, 3], busy: [3, 3, 3, 3, 3]}, "
    key += "ask: {half_hour: [1, 1, 1, 1, 1], soon: [5, 5, 5, 5, 5]}}}"
    script = read(TEXT.replace("key: {by: author}", key), "f").script
    shortest = next(one for one in audit(script, plays=5) if one.bot == "shortest")
    assert shortest.mean == 1, "of the two decisions only the second counts, and Soon. is best"


def test_the_table_has_a_row_a_scenario_under_one_header(tmp_path):
    path = tmp_path / "late" / "scenario.yaml"
    path.parent.mkdir()
    path.write_text(TEXT, encoding="utf-8")
    header, row = table(audit_rows(tmp_path)).splitlines()
    assert header.split() == ["scenario", "decisions", "pairs", "endings", *BOTS]
    assert row.split()[:4] == ["late", "2–2", "7", "2/2"]
    assert len(header) == len(row)


def test_a_bot_that_does_too_well_is_marked(tmp_path):
    path = tmp_path / "late" / "scenario.yaml"
    path.parent.mkdir()
    path.write_text(TEXT, encoding="utf-8")
    (row,) = audit_rows(tmp_path)
    assert row.passes
    assert "!1.00" in table([row]), "the longest replies of this small one are the best"


def test_a_scenario_with_a_dangling_link_is_told_by_its_line_and_not_walked(tmp_path):
    path = tmp_path / "late" / "scenario.yaml"
    path.parent.mkdir()
    path.write_text(TEXT.replace("next: settle", "next: setle", 1), encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"scenario.yaml:\d+ \(scene ask\)"):
        audit_rows(tmp_path)
