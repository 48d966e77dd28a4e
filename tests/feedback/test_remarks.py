import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.feedback.remarks import split
from training.feedback.words import words


def pieces(text: str, signs: dict[int, float] | None = None) -> list[str]:
    found = words(text)
    return [text[found[one.first].start : found[one.last].end] for one in split(found, signs)]


def test_a_sentence_with_two_subjects_and_a_third() -> None:
    assert pieces("The nurse was kind but the wait was awful, and nobody told us why.") == [
        "The nurse was kind",
        "the wait was awful",
        "nobody told us why",
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Kind, caring and gentle staff", 1),
        ("Dr. Lee was great. Mr. Poe was not.", 2),
        ("She listened, he did not listen", 2),
        ("When I arrived, she greeted me", 1),
        ("Lovely nurse although the room was cold", 2),
        ("He explained it and gave me a leaflet", 2),
        ("nothing but praise for them", 1),
        ("Everything was fine except the parking fee", 2),
        ("no full stop she was kind full stop he was not", 3),
    ],
)
def test_how_many_things_are_said(text: str, count: int) -> None:
    assert len(pieces(text)) == count


def test_a_comma_between_praise_and_blame_divides() -> None:
    assert pieces("Nice nurse, horrible room", {0: 2.0, 3: -2.0}) == ["Nice nurse", "horrible room"]


@given(st.text(alphabet="ab ,.!\n'wasnotbut", max_size=200))
def test_pieces_never_overlap_and_stand_in_order(text: str) -> None:
    found = words(text)
    last = -1
    for one in split(found):
        assert last < one.first <= one.last < len(found)
        last = one.last
