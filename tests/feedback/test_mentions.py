import pytest

from tests.feedback.cast import ROSTER
from training.feedback.language_files import tables
from training.feedback.mentions import mentions
from training.feedback.page import page
from training.feedback.words import words


def spoken_of(text: str) -> list[tuple[str, str]]:
    found = words(text)
    here = page(text, found, tables().book.find(found))
    return [
        (one.kind, text[found[one.first].start : found[one.last].end])
        for one in mentions(here, ROSTER.index, tables())
    ]


def test_a_relative_a_role_a_pronoun_and_a_name() -> None:
    said = "My daughter Grace drove me. The nurse was kind, she explained it, unlike Dr Patel."
    assert spoken_of(said) == [
        ("relative", "daughter"),
        ("relative", "Grace"),
        ("role", "nurse"),
        ("pronoun", "she"),
        ("name", "Dr Patel"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "I hope this helps.",
        "Hope this helps.",
        "Will you be open on Monday?",
        "The best surgery in town.",
        "Best surgery in town.",
        "Saying grace before dinner.",
        "You will hear from me.",
    ],
)
def test_words_that_are_also_names_are_words(text: str) -> None:
    assert not [kind for kind, _ in spoken_of(text) if kind == "name"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Grace was lovely", "Grace"),
        ("I saw Grace today", "Grace"),
        ("dr best was good", "dr best"),
        ("grace on reception was lovely", "grace"),
        ("Please thank Will for me", "Will"),
        ("WILL ON RECEPTION", "WILL"),
        ("Dr. Best's manner", "Dr. Best's"),
    ],
)
def test_names_that_are_also_words_are_names_where_they_are_meant(text: str, name: str) -> None:
    assert ("name", name) in spoken_of(text)


@pytest.mark.parametrize(
    "text", ["Dr Jones was wonderful", "a lady called Sharon was rude", "Nurse Petrova helped"]
)
def test_a_name_nobody_here_bears_is_somebody_from_elsewhere(text: str) -> None:
    assert "outsider" in {kind for kind, _ in spoken_of(text)}


def test_a_relative_after_the_name_counts_too() -> None:
    assert ("relative", "Maria") in spoken_of("Maria (my wife) came with me.")


def test_who_signs_the_comment_is_not_staff() -> None:
    assert ("relative", "Maria") in spoken_of("All good here. Kind regards, Maria")


def test_a_doctor_that_is_only_wanted_is_vague() -> None:
    text = "I could not see a doctor"
    found = words(text)
    here = page(text, found, tables().book.find(found))
    (role,) = [one for one in mentions(here, ROSTER.index, tables()) if one.kind == "role"]
    assert role.vague
