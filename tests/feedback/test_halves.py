import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.feedback.cast import GRACE, ROSTER, TODAY, TOM, visit
from training.feedback.adjusting import Adjustment
from training.feedback.comment import Answer, Person
from training.feedback.halves import around, borders, halves, read_halves
from training.feedback.reading import Remark

KIND_AND_RUDE = "Grace was kind and Tom was rude."


def read_at(text: str, border: int, *people: Person) -> tuple[Remark, Remark]:
    parts = halves(text, 0, len(text.rstrip(".")), border)
    answer = Answer(text, "general", None, TODAY)
    return read_halves(answer, ROSTER, visit(*people), parts, Adjustment())


def test_the_example_of_the_module_is_what_it_says() -> None:
    first, second = read_at(KIND_AND_RUDE, 15, GRACE, TOM)
    assert (first.start, first.end, second.start, second.end) == (0, 14, 15, 31)
    assert (first.text, second.text) == ("Grace was kind", "and Tom was rude")
    assert (first.sentiment, second.sentiment) == ("positive", "negative")
    assert [one.staff_id for one in first.staff] == [GRACE.staff_id]
    assert [one.staff_id for one in second.staff] == [TOM.staff_id]


def test_a_half_still_knows_who_was_named_before_it() -> None:
    text = "Grace listened to me and she explained it clearly"
    _, second = read_at(text, text.index("and"), GRACE)
    assert [one.staff_id for one in second.staff] == [GRACE.staff_id]


def test_each_half_has_a_topic_of_its_own() -> None:
    text = "She listened to me and explained the tablets clearly"
    first, second = read_at(text, text.index("and"), GRACE)
    assert "listening" in first.skills
    assert "listening" not in second.skills


def test_a_half_with_nothing_read_in_it_is_about_nothing() -> None:
    text = "Kamsahamnida wirklich danke vielmals Ihnen allen"
    first, second = read_at(text, text.index("danke"))
    assert (first.text, second.text) == ("Kamsahamnida wirklich", "danke vielmals Ihnen allen")
    assert second.staff == ()


def test_a_border_is_shown_with_the_words_beside_it() -> None:
    places = dict(around(KIND_AND_RUDE, 0))
    assert places[15] == "Grace was kind | and Tom was rude."
    long = "word " * 20 + "end"
    assert dict(around(long, 0))[50].startswith("… word")
    assert dict(around(long, 0))[50].endswith("word …")


@pytest.mark.parametrize("text", ["Kind", "  Kind  ", "Kind .", "- kind"])
def test_a_single_word_has_no_border(text: str) -> None:
    assert borders(text, 0, len(text)) == ()


@given(st.text(alphabet="ab ,.\n😀é-", max_size=40))
def test_halves_lie_in_order_inside_the_stretch_and_lose_no_word(text: str) -> None:
    for at in borders(text, 0, len(text)):
        (start, middle), (border, stop) = halves(text, 0, len(text), at)
        assert start < middle <= border == at < stop
        assert not any(letter.isalnum() for letter in text[middle:border])
