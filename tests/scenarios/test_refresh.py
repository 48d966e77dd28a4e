"""When a skill comes back, and how one gets to a decision."""

from datetime import date, timedelta

import pytest
from fsrs import Rating

from tests.scenarios.small import TEXT
from training.scenarios.catalogue import Scenario, files, load_file
from training.scenarios.play import Move, replay
from training.scenarios.reader import read
from training.scenarios.refresh import LONGEST_DAYS, due_on, lead_ins, rating

MARCH_16 = date(2026, 3, 16)


def test_the_example_of_the_module():
    practised = [(MARCH_16, 1.0)]
    assert due_on(practised) == date(2026, 3, 18)
    practised.append((date(2026, 3, 18), 0.67))
    assert due_on(practised) == date(2026, 3, 26)
    practised.append((date(2026, 3, 26), 0.0))
    assert due_on(practised) == date(2026, 3, 27)


def test_nothing_practised_never_comes_back():
    assert due_on([]) is None


@pytest.mark.parametrize(
    ("credit", "what"),
    [(1, Rating.Good), (0.67, Rating.Hard), (0.33, Rating.Again), (0, Rating.Again)],
)
def test_credit_is_told_to_the_timetable_by_its_rank(credit: float, what: Rating):
    assert rating(credit) is what


def test_a_day_is_one_review_by_its_mean_in_whatever_order():
    whole = [(MARCH_16, 1.0), (MARCH_16, 0.0), (MARCH_16 + timedelta(9), 1.0)]
    assert due_on(whole) == due_on(whole[::-1])
    assert due_on(whole[:2]) == due_on([(MARCH_16, 0.5)])


def test_it_never_stays_away_for_more_than_a_year():
    practised, day = [], MARCH_16
    for _ in range(8):
        practised.append((day, 1.0))
        due = due_on(practised)
        assert due is not None
        assert 1 <= (due - day).days <= LONGEST_DAYS
        day = due


def test_the_fewest_moves_lead_to_each_decision():
    assert lead_ins(read(TEXT, "f").script) == {
        "arrive": (),
        "ask": (Move("arrive", "seen"),),
    }


@pytest.mark.parametrize("scenario", [load_file(path) for path in files()], ids=lambda it: it.slug)
def test_every_decision_of_the_library_can_be_led_to(scenario: Scenario):
    assert set(scenario.lead_ins) == set(scenario.script.decisions)
    for scene, moves in scenario.lead_ins.items():
        assert replay(scenario.script, moves, seed=1).place == scene
