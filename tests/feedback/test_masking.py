import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.feedback.masking import masked


def test_the_number_and_the_address_are_hidden_and_the_rest_is_left() -> None:
    assert (
        masked("Ring me on 07700 900123 or jo@example.org, he was lovely.")
        == "Ring me on [number] or [e-mail address], he was lovely."
    )


@pytest.mark.parametrize(
    "text",
    [
        "I waited 50 minutes, until 9.30.",
        "Rated 2 of 5, twice in 2026.",
        "Room 12, then room 14.",
        "10 out of 10",
    ],
)
def test_numbers_in_passing_are_left(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize(
    "text", ["+44 7700 900123", "(020) 7946 0000", "01/02/1961", "943 476 5919", "A-123456"]
)
def test_numbers_that_lead_to_a_person_are_hidden(text: str) -> None:
    assert not any(sign.isdigit() for sign in masked(text))


@given(st.text(alphabet="0123456789 -@.ab", max_size=40))
def test_masking_twice_changes_nothing_more(text: str) -> None:
    assert masked(masked(text)) == masked(text)
