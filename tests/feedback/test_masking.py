import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.feedback.masking import Span, masked, spans, staff_view


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


def test_a_marked_name_is_blocked_out_with_its_reason() -> None:
    text = "My sister Rosa says he was lovely."
    marked = [Span(10, 14, "third_party")]
    shown = "My sister ▇ (somebody’s name) says he was lovely."
    assert staff_view(text, 0, len(text), marked) == shown


@pytest.mark.parametrize(
    ("start", "stop", "shown"),
    [
        (0, 12, "My sister ▇ (somebody’s name)"),
        (12, 24, "▇ (somebody’s name) says he w"),
        (15, 34, "says he was lovely."),
        (10, 14, "▇ (somebody’s name)"),
    ],
)
def test_a_mask_hides_its_part_of_every_stretch(start: int, stop: int, shown: str) -> None:
    text = "My sister Rosa says he was lovely."
    assert staff_view(text, start, stop, [Span(10, 14, "third_party")]) == shown


def test_masks_that_overlap_hide_all_that_either_hides() -> None:
    text = "Call Rosa Pym now."
    marked = [Span(5, 9, "third_party"), Span(5, 13, "patient")]
    assert "Rosa" not in staff_view(text, 0, len(text), marked)
    assert "Pym" not in staff_view(text, 0, len(text), marked)


def test_what_nobody_marked_is_still_masked() -> None:
    assert staff_view("Ring 07700 900123 now.", 0, 22, []) == "Ring [number] now."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("My sister Rosa was there.", [("Rosa", "third_party")]),
        ("my name is Rosa Pym", [("Rosa Pym", "patient")]),
        (
            "Ring 07700 900123 or jo@example.org",
            [("07700 900123", "number"), ("jo@example.org", "contact")],
        ),
        ("Dr Lee saw my sister and my son.", []),
        ("Everyone was kind.", []),
    ],
)
def test_likely_names_numbers_and_addresses_are_suggested(
    text: str, found: list[tuple[str, str]]
) -> None:
    assert [(text[s.start : s.stop], s.reason) for s in spans(text)] == found
