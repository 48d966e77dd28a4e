from dataclasses import replace

import pytest

from tests.feedback.test_suggestion import PEERS, TODAY, candidate
from training.feedback.suggestion import Basis, Usual, assess
from training.feedback.suggestion_words import sentence
from training.skills import SKILLS


def test_the_reasons_read_as_a_person_is_told_them() -> None:
    name = SKILLS["explaining"].name
    reasons = assess(candidate("explaining", 6, 9), today=TODAY)

    assert sentence(reasons) == (
        f"6 of your 15 comments about {name[0].lower() + name[1:]} were negative (colleagues in "
        "similar roles: about 1 in 5). Allowing for the small number, likely 3–9 in 20."
    )


@pytest.mark.parametrize(
    ("negative", "positive", "words"),
    [
        (0, 0, "You have no comments about "),
        (0, 1, "None of your 1 comment about "),
        (0, 9, "None of your 9 comments about "),
        (1, 3, "1 of your 4 comments about "),
    ],
)
def test_any_number_can_be_put_into_words(negative: int, positive: int, words: str) -> None:
    reasons = assess(candidate("listening", negative, positive), today=TODAY)

    assert sentence(reasons).startswith(words)


@pytest.mark.parametrize(
    ("basis", "words"),
    [
        (Basis.ROLE, "(colleagues in similar roles: about 1 in 5)"),
        (Basis.PRACTICE, "(across the practice: about 1 in 5)"),
        (Basis.DEFAULT, "(until there is enough to compare with, we assume about 1 in 5)"),
    ],
)
def test_the_sentence_says_whom_one_is_compared_with(basis: Basis, words: str) -> None:
    reasons = assess(candidate("explaining", 6, 9, usual=Usual(0.2, 15, basis)), today=TODAY)

    assert words in sentence(reasons)


def test_a_skill_that_no_longer_exists_can_still_be_named() -> None:
    assert "about cold_calling" not in sentence(
        assess(candidate("cold_calling", 6, 9), today=TODAY)
    )
    assert "about cold calling" in sentence(assess(candidate("cold_calling", 6, 9), today=TODAY))


@pytest.mark.parametrize(
    ("expected", "words"),
    [
        (0.25, "hold more criticism than usual, so about 1 in 4 was expected"),
        (0.12, "hold less criticism than usual, so about 1 in 8 was expected"),
    ],
)
def test_what_all_skills_together_move_is_said_with_its_number(expected: float, words: str) -> None:
    usual = replace(PEERS, expected=expected)

    assert words in sentence(assess(candidate("explaining", 6, 9, usual=usual), today=TODAY))


@pytest.mark.parametrize("expected", [None, 0.2, 0.21])
def test_a_leaning_too_small_to_matter_is_not_worth_a_word(expected: float | None) -> None:
    usual = replace(PEERS, expected=expected)

    reasons = assess(candidate("explaining", 6, 9, usual=usual), today=TODAY)
    assert "all skills together" not in sentence(reasons)


def test_a_likely_share_away_from_ones_own_says_what_it_is_drawn_towards() -> None:
    far = sentence(assess(candidate("welcome", 9, 2), today=TODAY))
    near = sentence(assess(candidate("welcome", 6, 9), today=TODAY))

    assert far.endswith("drawn towards what is usual.")
    assert "drawn towards" not in near
