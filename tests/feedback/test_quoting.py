import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.feedback.quoting import FEWEST_WORDS, quotations, without_quotes

SAID = "Fiona explained my inhaler twice and drew it on the back of an envelope."


def test_the_worked_example() -> None:
    written = "She said I explained my inhaler twice and drew it, so drawing works."

    assert without_quotes(written, SAID) == "She said I ▇ (a patient’s words), so drawing works."


@pytest.mark.parametrize(
    "written",
    [
        "EXPLAINED MY INHALER TWICE",
        "“explained  my inhaler, twice”",
        "explained\nmy inhaler twice",
    ],
)
def test_a_quotation_is_found_however_it_is_written(written: str) -> None:
    assert "▇ (a patient’s words)" in without_quotes(written, SAID)


def test_three_words_in_a_row_are_anybodys() -> None:
    written = "I drew it on paper, and my inhaler talk took long."

    assert without_quotes(written, SAID) == written


def test_two_quotations_are_hidden_and_what_stands_between_is_kept() -> None:
    written = "First explained my inhaler twice, but then on the back of an envelope again."

    assert without_quotes(written, SAID) == (
        "First ▇ (a patient’s words), but then ▇ (a patient’s words) again."
    )


def test_names_numbers_and_what_a_reviewer_hid_are_blocked_out() -> None:
    written = "Her daughter ROSA rang from 07700 900123; my sister Rosanna says so too."

    assert without_quotes(written, "", ["Rosa"]) == (
        "Her daughter ▇ (a patient’s words) rang from ▇ (a number); "
        "my sister ▇ (somebody’s name) says so too."
    )


def test_of_a_comment_without_words_nothing_is_quoted() -> None:
    assert without_quotes("I shall draw it next time.", "") == "I shall draw it next time."


@given(
    st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=30),
    st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=30),
)
def test_no_four_words_of_the_patients_are_ever_left_in_a_row(
    written: list[str], said: list[str]
) -> None:
    left = without_quotes(" ".join(written), " ".join(said))
    runs = {" ".join(said[i : i + FEWEST_WORDS]) for i in range(len(said) - FEWEST_WORDS + 1)}

    for part in left.split("▇ (a patient’s words)"):
        assert not any(f" {run} " in f" {part.strip()} " for run in runs)


@given(st.text(max_size=60), st.text(max_size=60))
def test_stretches_lie_within_the_text_and_apart(written: str, said: str) -> None:
    at = 0
    for start, stop in quotations(written, said):
        assert at <= start < stop <= len(written)
        at = stop
