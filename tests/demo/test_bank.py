from collections import Counter
from random import Random

import pytest

from training.demo.bank import Picker, Sentence, bank
from training.demo.speech import Reference, can_be_pronoun, fill
from training.demo.story import Point, roster, story


def test_a_sentence_knows_the_channel_it_speaks_of() -> None:
    assert bank().person("physician", "access", "positive")[-1] == Sentence(
        "{Who} sorted my sick note by message, saved me a trip. Very helpful", "portal"
    )


def test_there_are_at_least_350_sentences_and_none_is_written_twice() -> None:
    folded = Counter(text.casefold().rstrip(".") for text in bank().texts() if "{" in text)
    assert [text for text, count in folded.items() if count > 1] == []
    assert len(bank().texts()) >= 350


def test_sentences_are_short_and_long() -> None:
    lengths = sorted(len(text.split()) for text in bank().texts())
    assert lengths[len(lengths) // 10] <= 4
    assert lengths[-len(lengths) // 20] >= 20
    assert lengths[-1] >= 60


@pytest.mark.parametrize("point", sorted(set(story().person_points()), key=repr))
def test_there_are_words_for_all_that_the_story_says_of_people(point: Point) -> None:
    roles = {one.staff_id: one.role for one in roster()}
    pool = bank().person(roles[point.staff_id or ""], point.skill, point.sign)
    here = [sentence for sentence in pool if sentence.channel is None]
    assert len(here) >= 2


def test_every_slot_can_be_filled() -> None:
    nurse = Reference(roster()[5], "name")
    for text in bank().texts():
        assert "{" not in fill(text, nurse, bank().slots, Random(1))


def test_sentences_about_no_one_person_need_none() -> None:
    pools = [bank().team(sign) for sign in ("positive", "negative")]
    pools += [
        bank().theme(point.theme or "", point.sign, after=True) for point in story().theme_points()
    ]
    pools += [
        bank().aside(kind) for kind in ("closer", "cross_closer", "turn", "unsure", "no_change")
    ]
    pools += [bank().opener(channel) for channel in ("in_person", "phone", "video", "portal")]
    for sentence in {one for pool in pools for one in pool}:
        assert "{" not in fill(sentence.text, None, bank().slots, Random(1))


def test_a_picker_uses_all_of_a_pool_before_it_repeats() -> None:
    pool = bank().team("positive")
    picker, dice = Picker(), Random(3)
    assert {picker.take(pool, dice) for _ in pool} == set(pool)


def test_a_picker_refuses_an_empty_pool() -> None:
    with pytest.raises(ValueError, match="no sentence"):
        Picker().take((), Random(3))


@pytest.mark.parametrize(
    ("sentence", "fits"),
    [
        ("{Who} was kind.", True),
        ("Thank you {name}", False),
        ("{Who} on the phone was kind", False),
        ("{Who} fetched {whom}", False),
    ],
)
def test_only_a_sentence_that_begins_with_its_person_can_begin_with_a_pronoun(
    sentence: str, fits: bool
) -> None:
    assert can_be_pronoun(sentence) is fits
