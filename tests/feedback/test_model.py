import math

import pytest

from training.feedback.comment import Answer, Visit
from training.feedback.features import marks
from training.feedback.model import WEIGHTS, between_knots, digest, model, parsed, softmax
from training.feedback.reading import Roster, read
from training.feedback.words import words

LINES = WEIGHTS.read_text(encoding="utf-8").splitlines()
SMALL = parsed(["alone\tnot\t0.2\t0", "pair\tnot NOT_helpful\t0.9\t0", "bias\t\t0\t0"], "small")


def test_a_word_and_a_pair_speak_for_what_is_negative() -> None:
    heard = SMALL.hear(marks(words("not helpful"), frozenset()), "general")
    chances = SMALL.chances(heard, {})
    assert [round(one, 2) for one in chances] == [0.96, 0.02, 0.02]
    assert sum(chances) == pytest.approx(1)
    assert heard.strongest(0, 1, praise=False) == [0]


def test_a_stretch_is_heard_by_itself() -> None:
    heard = SMALL.hear(marks(words("kind. not helpful"), frozenset()), "general")
    assert heard.lean(0, 0) == 0
    assert heard.lean(2, 3) < 0


def test_the_committed_weights_are_those_their_head_speaks_of() -> None:
    head = model().head
    assert head["digest"] == digest(LINES)
    assert {"what", "made", "from", "comments", "out of fold"} <= head.keys()


def test_the_committed_weights_hold_no_given_names() -> None:
    assert not {"susan", "kevin", "fatima"} & model().alone.keys()
    assert all(math.isfinite(one) for pair in model().alone.values() for one in pair)


def test_a_weight_that_cannot_be_understood_is_named_by_its_line() -> None:
    with pytest.raises(ValueError, match="small, line 2"):
        parsed(["alone\tkind\t0\t1", "alone\tkind\tmuch"], "small")
    with pytest.raises(ValueError, match="no kind of weight"):
        parsed(["other\tkind\t0\t1"], "small")


def test_a_chance_lies_on_the_line_through_the_knots() -> None:
    assert between_knots([(-1.0, 0.2), (1.0, 0.6)], 0.0) == pytest.approx(0.4)
    assert between_knots([(-1.0, 0.2), (1.0, 0.6)], 9.0) == 0.6
    assert softmax(800.0, 0.0).negative == pytest.approx(1)


@pytest.mark.parametrize("text", ["Brilliant, caring staff.", "Rude. Nobody listened. Awful."])
def test_the_chance_of_negative_follows_the_words(text: str) -> None:
    found = read(Answer(text), Roster([]), Visit())
    assert (found.sure_negative > 0.5) == (found.sentiment == "negative")
