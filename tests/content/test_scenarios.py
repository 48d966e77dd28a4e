"""The scenarios of the library: no fault, fair to nobody's tricks, and playable to an end."""

import os
import random

import pytest

from training.scenarios import wording
from training.scenarios.audit import HIGHEST_MEAN, audit
from training.scenarios.catalogue import Scenario, files, load_file
from training.scenarios.check_prose import patient_lines
from training.scenarios.checks import check, check_all
from training.scenarios.debrief import debrief, strong_play
from training.scenarios.key import PASS_MARK
from training.scenarios.play import Move, Position, replay
from training.scenarios.script import Outcome, Script

SCENARIOS = [load_file(path) for path in files()]
# Over the whole library, so that a larger one takes no longer; a whole night may give each more.
PLAYS = int(os.environ.get("BEDSIDE_TESTS_PLAYS", "10000"))

REHEARSALS = [one for one in SCENARIOS if one.script.kind == "rehearsal"]

every_rehearsal = pytest.mark.parametrize("scenario", REHEARSALS, ids=lambda one: one.slug)
every_scenario = pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.slug)


def _play_at_random(script: Script, seed: int) -> tuple[Position, list[Move]]:
    """Choose by the script alone, then play the whole of it as the player does."""
    chance = random.Random(seed)
    moves: list[Move] = []
    state = script.state_at_start()
    place = script.arrive(script.start, state)
    while place not in script.endings:
        choice = chance.choice(script.scenes[place].choices)
        moves.append(Move(place, choice.id, hinted=chance.random() < 0.2))
        state = script.after(state, choice)
        place = script.arrive(choice.next, state)
    return replay(script, moves, seed), moves


def test_the_library_has_no_fault():
    assert [str(fault) for fault in check_all()] == []


def test_the_roles_of_the_demonstration_have_something_to_rehearse():
    roles = {role for scenario in SCENARIOS for role in scenario.script.roles}
    assert {"receptionist", "nurse"} <= roles


@every_scenario
def test_a_scenario_has_no_fault(scenario: Scenario):
    assert check(scenario.source) == []


@every_scenario
def test_no_bot_that_knows_nothing_comes_near_the_pass_mark(scenario: Scenario):
    for result in audit(scenario.script):
        assert result.mean <= HIGHEST_MEAN < PASS_MARK, result.bot


@every_scenario
def test_random_plays_end_and_can_be_debriefed(scenario: Scenario):
    endings = set()
    for seed in range(PLAYS // len(SCENARIOS) + 1):
        position, moves = _play_at_random(scenario.script, seed)
        assert position.ending is not None
        endings.add(position.place)
        assert len(moves) <= scenario.walk.longest
        if seed % 20 == 0:
            assert 0 <= debrief(scenario.script, moves, seed).share <= 1
    assert endings == set(scenario.script.endings)


@every_scenario
def test_the_best_replies_lead_to_a_good_ending_and_full_credit(scenario: Scenario):
    best = strong_play(scenario.script)
    assert best.ending is not None
    assert best.ending.outcome is Outcome.GOOD
    moves = [Move(step.scene, step.choice.id) for step in best.steps]
    assert debrief(scenario.script, moves, seed=1).share == 1


@every_scenario
def test_an_ending_is_good_and_another_is_not(scenario: Scenario):
    outcomes = {ending.outcome for ending in scenario.script.endings.values()}
    assert Outcome.GOOD in outcomes
    assert len(outcomes) >= 2


@every_rehearsal
def test_a_rehearsal_has_at_least_three_endings_one_of_them_poor(scenario: Scenario):
    endings = scenario.script.endings.values()
    assert len(endings) >= 3
    assert Outcome.POOR in {ending.outcome for ending in endings}


@every_rehearsal
def test_what_the_patient_says_depends_on_what_was_said_before(scenario: Scenario):
    changing = [scene for scene in scenario.script.decisions.values() if scene.variants]
    assert len(changing) >= 2


@every_scenario
def test_the_patients_lines_are_plain(scenario: Scenario):
    lines = [text for _, text in patient_lines(scenario.script)]
    assert wording.reading_age(lines) <= 12
    assert all(len(wording.words(line)) <= 40 for line in lines)


@every_scenario
def test_nobody_is_said_to_have_rated_it(scenario: Scenario):
    assert scenario.script.key.by == "author"
    assert scenario.script.key.ratings == {}
