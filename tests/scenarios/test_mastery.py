"""Mastery: first plays only, fractional credit, fading evidence, honest levels."""

from datetime import date, timedelta

import pytest

from tests.scenarios.small import TEXT
from training.rates import Posterior
from training.scenarios.mastery import Level, Shown, all_mastery, mastery, shown_by
from training.scenarios.play import Move
from training.scenarios.reader import read

TODAY = date(2026, 3, 2)


def _shown(
    credit: float, number: int = 0, *, slug: str = "late", days: int = 0, panel: bool = False
) -> Shown:
    day = TODAY - timedelta(days=days)
    return Shown(slug, f"scene{number}", "empathy", credit, 1.0, panel, day)


def _ten(credit: float, *, panel: bool = False) -> list[Shown]:
    return [
        _shown(credit, number, slug=slug, panel=panel)
        for slug in ("late", "later")
        for number in range(5)
    ]


def test_the_example_of_the_module():
    shown = [_shown(1.0, 1), _shown(0.67, 2), _shown(1.0, 3, days=180)]
    belief = mastery("empathy", shown, TODAY).belief
    assert (belief.a, belief.b) == (pytest.approx(3.17), pytest.approx(1.33))
    assert belief.mean == pytest.approx(0.704, abs=0.001)


def test_nothing_shown_is_not_enough():
    assert mastery("empathy", [], TODAY).level is Level.NOT_ENOUGH
    assert mastery("empathy", [], TODAY).belief == Posterior(1, 1)


def test_only_the_first_time_a_decision_is_met_counts():
    shown = [_shown(1.0, days=1), _shown(0.0, days=30)]
    result = mastery("empathy", shown, TODAY)
    assert result.decisions == 1
    assert result.belief.a == 1
    assert mastery("empathy", [_shown(0.33), _shown(1.0)], TODAY).belief.a == 1.33


def test_a_decision_of_the_same_name_in_another_scenario_is_another():
    shown = [_shown(1.0), _shown(1.0, slug="later")]
    assert mastery("empathy", shown, TODAY).decisions == 2


def test_eight_decisions_of_two_scenarios_are_the_least():
    one_scenario = [_shown(1.0, number) for number in range(12)]
    assert mastery("empathy", one_scenario, TODAY).level is Level.NOT_ENOUGH
    assert mastery("empathy", _ten(1.0)[:8], TODAY).level is Level.WORKING
    assert mastery("empathy", [*_ten(1.0)[:3], *_ten(1.0)[6:]], TODAY).level is Level.NOT_ENOUGH


def test_levels_go_by_the_mean():
    assert mastery("empathy", _ten(0.33), TODAY).level is Level.BUILDING
    assert mastery("empathy", _ten(0.67), TODAY).level is Level.WORKING


def test_an_authors_own_key_never_makes_anybody_solid():
    perfect = mastery("empathy", _ten(1.0), TODAY, passed_transfer=True)
    assert perfect.belief.quantile(0.10) >= 0.70
    assert perfect.level is Level.WORKING


def test_solid_needs_a_panel_and_a_passed_transfer_check():
    rated = _ten(1.0, panel=True)
    assert mastery("empathy", rated, TODAY, passed_transfer=True).level is Level.SOLID
    assert mastery("empathy", rated, TODAY).level is Level.WORKING
    one_author = [*rated[1:], _shown(1.0)]
    assert mastery("empathy", one_author, TODAY, passed_transfer=True).level is Level.WORKING


def test_solid_needs_the_tenth_percentile_and_not_the_mean_alone():
    almost = _ten(0.8, panel=True)
    assert mastery("empathy", almost, TODAY, passed_transfer=True).mean > 0.70
    assert mastery("empathy", almost, TODAY, passed_transfer=True).level is Level.WORKING


def test_evidence_halves_every_180_days():
    fresh = mastery("empathy", [_shown(1.0)], TODAY).belief
    old = mastery("empathy", [_shown(1.0, days=360)], TODAY).belief
    assert (fresh.a, old.a) == (2, 1.25)


def test_the_interval_shown_is_the_eighty_per_cent_one():
    result = mastery("empathy", _ten(0.67), TODAY)
    low, high = result.interval
    assert low < result.mean < high
    assert result.belief.below(low) == pytest.approx(0.10)


def test_a_play_shows_each_skill_of_each_decision_as_a_share_of_what_was_possible():
    script = read(TEXT, "f").script
    moves = [Move("arrive", "seen"), Move("ask", "soon", hinted=True)]
    shown = shown_by(script, moves, seed=1, day=TODAY)
    assert [(one.scene, one.skill, one.credit, one.weight) for one in shown] == [
        ("arrive", "empathy", 1.0, 1.0),
        ("arrive", "keeping_informed", 1.0, 1.0),
        ("ask", "keeping_informed", 0.0, 0.5),
    ]


def test_all_mastery_has_every_skill_that_was_shown():
    script = read(TEXT, "f").script
    shown = shown_by(script, [Move("arrive", "seen")], seed=1, day=TODAY)
    assert set(all_mastery(shown, TODAY)) == {"empathy", "keeping_informed"}
