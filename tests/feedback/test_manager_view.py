"""What a manager reads names no colleague and no patient."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.feedback.comment import Person
from training.feedback.language_files import tables
from training.feedback.manager_view import manager_view
from training.feedback.masking import Span
from training.feedback.names import NameIndex

ROSTER = (
    Person("1", "Wei", "Lee", title="Dr", role="physician"),
    Person("2", "Ada", "Moss", role="nurse"),
    Person("3", "Grace", "Adeyemi", role="receptionist"),
    Person("4", "Grace", "Okafor", role="nurse"),
)
INDEX = NameIndex(ROSTER, tables().also_called)


def test_a_doctor_is_a_physician_and_a_number_is_a_number() -> None:
    assert (
        manager_view("Dr Lee was kind, ring me on 07700 900123", INDEX)
        == "[physician] was kind, ring me on [number]"
    )


def test_a_name_that_two_roles_share_is_a_member_of_staff() -> None:
    assert manager_view("Grace was lovely.", INDEX) == "[a member of staff] was lovely."


@pytest.mark.parametrize(
    "text",
    ["ada moss was short with me", "ADA MOSS WAS RUDE", "Ms Moss helped", "Nurse Ada helped",
     "Thank you Ada", "Ada's kindness", "I saw Moss", "Moss, Ada"],
)  # fmt: skip
def test_no_way_of_writing_a_name_stays(text: str) -> None:
    shown = manager_view(text, INDEX).lower()
    assert "ada" not in shown
    assert "moss" not in shown


def test_a_near_spelling_is_hidden_too() -> None:
    assert manager_view("I saw Adeyemmi on Monday", INDEX) == "I saw [receptionist] on Monday"


def test_words_that_are_no_names_stay_as_they_were_written() -> None:
    text = "By the grace of God I will be seen in June, with hope."
    assert manager_view(text, INDEX) == text


def test_what_a_reviewer_hid_is_hidden_whole_and_once() -> None:
    shown = manager_view("He met Ada Moss here", INDEX, [Span(7, 10, "third_party")])
    assert shown == "He met ▇ (somebody’s name) here"


@given(st.text(max_size=80))
def test_any_text_can_be_shown(text: str) -> None:
    assert isinstance(manager_view(text, INDEX), str)
