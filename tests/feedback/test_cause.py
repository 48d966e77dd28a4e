import pytest

from tests.feedback.cast import BEST, MARIA, ROHAN, only, reading


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("the nurse was gentle", "person"),
        ("all the staff were lovely", "team"),
        ("forty minutes on hold", "system"),
        ("I had a bad night", "other"),
    ],
)
def test_one_remark_of_each_cause(text: str, cause: str) -> None:
    assert only(reading(text, MARIA)).cause == cause


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("She was rude.", "person"),
        ("Nobody told us about the delay.", "team"),
        ("The consultant at the hospital was rude.", "other"),
        ("My son was sick in the car.", "other"),
        ("Everyone was friendly.", "team"),
        ("The car park was full.", "system"),
    ],
)
def test_the_cause_of_other_remarks(text: str, cause: str) -> None:
    assert only(reading(text)).cause == cause


def test_themes_belong_to_the_system_and_skills_to_people() -> None:
    for remark in reading("Dr Best explained it well but parking was awful.", BEST).remarks:
        if remark.cause == "system":
            assert remark.skills == ()
        else:
            assert remark.themes == ()


def test_a_matter_of_the_system_after_a_named_person_is_not_theirs() -> None:
    text = "The nurse had time for me. The ring back option on the phone works a treat."
    person, system = reading(text, ROHAN, rating=5).remarks
    assert (person.cause, [one.staff_id for one in person.staff]) == ("person", ["s04"])
    assert (system.cause, system.theme, system.staff) == ("system", "phone_system", ())
    assert system.skills == ()


def test_a_word_for_a_role_inside_a_matter_names_nobody() -> None:
    for text in ("The interpreter never turned up.", "Not enough nurses.", "No doctor available."):
        remark = only(reading(text))
        assert (remark.cause, remark.theme) == ("system", "staffing"), text


def test_a_matter_mentioned_on_the_way_is_not_what_is_spoken_of() -> None:
    for remark in reading("He remembered what I had said about the car park last year.").remarks:
        assert remark.themes == ()
