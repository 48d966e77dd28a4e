from random import Random

import pytest

from training.demo.bank import Picker, bank
from training.demo.story import Point, roster
from training.demo.wording import Worded, Writer

STAFF = {one.staff_id: one for one in roster()}
WELCOME = Point("person", "positive", staff_id="H01", skill="welcome")
PARKING = Point("theme", "negative", theme="parking_transport")


def word(*points: Point, seed: int, visit: bool = True, after: bool = False) -> Worded:
    dice = Random(seed)
    return Writer(bank(), STAFF, Picker(), dice).word(points, visit=visit, after=after)


def test_praise_goes_under_one_question_and_the_grumble_under_the_other() -> None:
    seen = [word(WELCOME, PARKING, seed=seed) for seed in range(20)]
    apart = [one for one in seen if len(one.answers) == 2]
    assert len(apart) >= 10
    for worded in apart:
        assert [question for question, _ in worded.answers] == ["went_well", "could_be_better"]
        about = {
            (one.question, one.staff, one.theme) for one in worded.truth if one.cause != "other"
        }
        assert about == {
            ("went_well", ("H01",), None),
            ("could_be_better", (), "parking_transport"),
        }


def test_without_a_visit_a_person_is_always_named() -> None:
    for seed in range(40):
        worded = word(WELCOME, seed=seed, visit=False)
        text = " ".join(text for _, text in worded.answers).casefold()
        assert "patience" in text or "owus" in text or "pat " in text


def test_a_person_spoken_of_twice_is_a_pronoun_the_second_time() -> None:
    kind = Point("person", "positive", staff_id="H01", skill="empathy")
    worded = word(WELCOME, kind, seed=1)
    _, second = [one for one in worded.truth if one.staff][:2]
    text = dict(worded.answers)[second.question]
    assert text[second.start : second.end].casefold().startswith("she ")


def test_a_comment_of_several_points_speaks_of_no_other_channel_than_the_visit() -> None:
    informed = Point("person", "positive", staff_id="H10", skill="keeping_informed")
    assert {word(informed, PARKING, seed=seed).channel for seed in range(60)} == {"in_person"}
    assert "portal" in {word(informed, seed=seed).channel for seed in range(60)}


@pytest.mark.parametrize("after", [False, True])
def test_the_new_telephone_queue_is_praised_only_once_it_is_there(after: bool) -> None:
    point = Point("theme", "positive", theme="phone_system")
    texts = [str(word(point, seed=seed, after=after).answers).casefold() for seed in range(40)]
    assert any("new phone" in text or "new system" in text for text in texts) is after
