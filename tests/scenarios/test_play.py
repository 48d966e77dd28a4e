"""A play as a fold over its moves."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scenarios.small import TEXT
from training.scenarios.play import (
    IllegalMoveError,
    Move,
    Reply,
    Turn,
    Who,
    replay,
    shuffled,
    start,
    trust_step,
)
from training.scenarios.reader import read
from training.scenarios.script import Mood, Outcome

SCRIPT = read(TEXT, "scenario.yaml").script
SEEN, HALF_HOUR = Move("arrive", "seen"), Move("ask", "half_hour")


def test_the_example_of_the_module():
    beginning = start(SCRIPT, seed=1)
    assert (beginning.place, beginning.state["trust"]) == ("arrive", 40)
    next_one = replay(SCRIPT, [SEEN], seed=1)
    assert (next_one.place, next_one.state["trust"]) == ("ask", 60)
    assert replay(SCRIPT, [SEEN], seed=1) == next_one


def test_the_beginning_shows_the_place_the_words_and_the_replies_but_no_credit():
    position = start(SCRIPT, seed=1)
    assert position.turns == (
        Turn(Who.SCENE, "The desk."),
        Turn(Who.PATIENT, "Has everyone forgotten me?"),
    )
    assert set(position.replies) == {
        Reply("seen", "Fifty minutes is long, and I'm sorry."),
        Reply("busy", "We are busy."),
    }
    assert position.thought == "Nobody looked up."
    assert position.hint == "What does she need first?"
    assert (position.number, position.coaching, position.ending) == (1, "", None)


def test_somebody_else_speaks_under_their_own_name():
    with_bev = TEXT.replace("title: How long", "title: How long\n    speaker: Bev")
    turns = replay(read(with_bev, "scenario.yaml").script, [SEEN], seed=1).turns
    assert turns[-1] == Turn(Who.PATIENT, "How long?", speaker="Bev")


def test_a_move_adds_what_you_said_the_reaction_and_the_next_words_in_that_order():
    position = replay(SCRIPT, [SEEN], seed=1)
    assert position.turns[position.new_from :] == (
        Turn(Who.YOU, "Fifty minutes is long, and I'm sorry."),
        Turn(Who.SCENE, "She looks up.", cue=True),
        Turn(Who.PATIENT, "How long?"),
    )
    assert position.coaching == "You noticed."
    assert position.decisions == ("arrive",)


def test_the_state_changes_what_the_patient_says_and_how_she_looks():
    hurt = replay(SCRIPT, [Move("arrive", "busy")], seed=1)
    assert hurt.state["trust"] == 0, "40 − 50 stays within the range"
    assert (hurt.says, hurt.mood) == ("Well? How long?", Mood.ANGRY)
    assert hurt.thought == "Tell me.", "what the variant does not change stays"


def test_an_ending_has_its_words_and_no_replies():
    position = replay(SCRIPT, [SEEN, HALF_HOUR], seed=1)
    assert position.ending is SCRIPT.endings["good"]
    assert position.ending.outcome is Outcome.GOOD
    assert position.replies == ()
    assert position.turns[-2:] == (
        Turn(Who.PATIENT, "Thank you."),
        Turn(Who.SCENE, "She waited."),
    )


def test_routes_send_the_conversation_where_the_state_says():
    assert replay(SCRIPT, [SEEN, Move("ask", "soon")], seed=1).place == "left"


@pytest.mark.parametrize(
    ("moves", "message"),
    [
        ([HALF_HOUR], "is at arrive, not at ask"),
        ([Move("arrive", "half_hour")], "arrive has no choice half_hour"),
        ([SEEN, HALF_HOUR, SEEN], "has ended at good"),
        ([SEEN, SEEN], "is at ask, not at arrive"),
        ([Move("settle", "good")], "is at arrive, not at settle"),
    ],
)
def test_an_illegal_move_is_refused_by_name(moves: list[Move], message: str):
    with pytest.raises(IllegalMoveError, match=message):
        replay(SCRIPT, moves, seed=1)


def test_a_step_back_is_leaving_out_the_last_move():
    assert replay(SCRIPT, [SEEN, HALF_HOUR][:-1], seed=1) == replay(SCRIPT, [SEEN], seed=1)


def test_replies_keep_their_order_through_a_play_and_change_between_plays():
    choices = SCRIPT.scenes["arrive"].choices
    orders = {
        tuple(choice.id for choice in shuffled(choices, "arrive", seed)) for seed in range(20)
    }
    assert orders == {("seen", "busy"), ("busy", "seen")}
    first = [start(SCRIPT, seed=7).replies, start(SCRIPT, seed=7).replies]
    assert first[0] == first[1]


@pytest.mark.parametrize(("trust", "step"), [(0, 1), (19, 1), (20, 2), (40, 3), (99, 5), (100, 5)])
def test_trust_has_five_steps_from_closed_to_open(trust: int, step: int):
    assert trust_step(SCRIPT, {"trust": trust, "told": False}) == step


@given(st.integers(), st.lists(st.tuples(st.text(max_size=8), st.text(max_size=8)), max_size=4))
def test_any_moves_are_played_or_refused(seed: int, typed: list[tuple[str, str]]):
    moves = [Move(scene, choice) for scene, choice in typed]
    with suppress(IllegalMoveError):
        assert len(replay(SCRIPT, moves, seed).steps) == len(moves)
