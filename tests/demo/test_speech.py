from random import Random

import pytest

from training.demo.speech import Hand, Reference, any_hand, fill, needs_name
from training.demo.story import roster

STAFF = {one.staff_id: one for one in roster()}
DAY = {"day": ["on Friday"], "wait": ["an hour"]}


def test_a_pronoun_stands_for_a_person_and_a_hand_changes_how_it_is_typed() -> None:
    callum = Reference(STAFF["H02"], "pronoun")
    said = fill("{Who} said {they} would ring {day}.", callum, DAY, Random(1))
    assert said == "He said he would ring on Friday."
    assert Hand("lower_case", Random(1)).typed("Thanks to Callum.") == "thanks to callum."


def test_a_role_is_worded_for_the_person() -> None:
    forms = {
        fill("{Who} smiled", Reference(STAFF["H01"], "role"), {}, Random(n)) for n in range(40)
    }
    assert forms == {"The receptionist smiled", "The lady on reception smiled"}


def test_a_sentence_that_says_where_somebody_sits_does_not_say_it_twice() -> None:
    by_role = Reference(STAFF["H04"], "role")
    assert (
        fill("{Who} on the phone helped", by_role, {}, Random(1)) == "The lady on the phone helped"
    )
    names = {
        fill("{Who} on the phone helped", Reference(STAFF["H04"], "name"), {}, Random(n))
        for n in range(60)
    }
    assert "Siobhan on the phone helped" in names
    assert not [one for one in names if one.count("on the phone") > 1]


def test_names_are_now_and_then_spelt_as_they_sound() -> None:
    reference = Reference(STAFF["H04"], "name")
    said = [fill("{Who} helped", reference, {}, Random(n)) for n in range(400)]
    wrong = [one for one in said if "Shivaun" in one or "Shivon" in one or "Keene" in one]
    assert 4 <= len(wrong) <= 60


def test_a_slot_at_the_start_of_a_sentence_has_a_capital() -> None:
    assert fill("{Wait} late", None, DAY, Random(1)) == "An hour late"


def test_a_slip_is_made_at_most_twice_a_comment() -> None:
    hand = Hand("slips", Random(5))
    original = "The receptionist really didn't explain the appointment because " * 4
    typed = " ".join(hand.typed(sentence) for sentence in [original.strip()] * 5)
    changed = [
        word for word, was in zip(typed.split(), (original * 5).split(), strict=True) if word != was
    ]
    assert len(changed) == 2


def test_sentences_are_joined_with_a_stop_unless_the_hand_makes_none() -> None:
    said = ["All good", "Thanks again"]
    assert Hand("plain", Random(1)).joined(said)[1] == [0, 10]
    assert Hand("plain", Random(1)).joined(said)[0].split() == ["All", "good.", "Thanks", "again"]
    assert Hand("no_stops", Random(1)).joined(said)[0].split() == ["All", "good", "Thanks", "again"]


def test_most_people_type_plainly() -> None:
    hands = [any_hand(Random(n)).name for n in range(300)]
    assert 140 <= hands.count("plain") <= 230


@pytest.mark.parametrize(
    ("sentence", "needs"), [("Thank you {name}", True), ("{Who} smiled", False)]
)
def test_some_sentences_need_a_name(sentence: str, needs: bool) -> None:
    assert needs_name(sentence) is needs
