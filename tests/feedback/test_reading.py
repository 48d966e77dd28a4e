import dataclasses

import pytest

from tests.feedback.cast import BEST, GRACE, MARIA, PEOPLE, ROSTER, reading
from training.feedback.comment import Answer, Person, Visit
from training.feedback.reading import CERTAIN, READER, Reading, Roster, overall, read


def test_a_lovely_receptionist_and_an_awful_wait() -> None:
    read_ = reading("Grace was lovely but the wait was awful.", GRACE)
    first, second = read_.remarks
    assert (first.start, first.end, first.sentiment, first.cause) == (0, 16, "positive", "person")
    assert [(m.staff_id, m.confidence, m.evidence) for m in first.staff] == [
        ("s01", 0.96, ("named", "on_visit"))
    ]
    assert (second.text, second.sentiment, second.cause) == (
        "the wait was awful",
        "negative",
        "system",
    )
    assert second.theme == "wait_length"
    assert (read_.sentiment, read_.severity) == ("mixed", 1)


@pytest.mark.parametrize("text", ["", "   ", ".", "n/a", "Nothing", "None", "-"])
def test_an_answer_with_nothing_in_it_has_no_remarks(text: str) -> None:
    read_ = reading(text)
    assert (read_.sentiment, read_.flags, read_.remarks) == ("neutral", ("no_content",), ())


def test_criticism_of_another_place_does_not_make_praise_mixed() -> None:
    read_ = reading("The hospital was rude but Dr Best was lovely.", BEST)
    assert read_.sentiment == "positive"


ODD = [
    "rude",
    "😡😡😡",
    "<b>Grace</b> <script>alert(1)</script> was lovely",
    "z" + "\u0300" * 50 + "algo",
    "\u202eGrace\u202c was kind",
    "https://example.org/?a=b was broken",
    "GRACE WAS LOVELY",
    "grace\twas\tlovely",
    "a" * 3000,
    "\n\n\n",
    "((((((((",
    "Dr",
    "Dr.",
    "my my my Grace Grace",
]


@pytest.mark.parametrize("text", ODD)
def test_odd_texts_are_read(text: str) -> None:
    read_ = reading(text, GRACE)
    for remark in read_.remarks:
        assert text[remark.start : remark.end] == remark.text


@pytest.mark.parametrize(
    "text",
    [
        "Grace was kind, she helped me. " * 3300,
        "!" * 100_000,
        "😡" * 100_000,
        "not " * 25_000,
        "very very very good, " * 5_000,
        "my daughter Grace, " * 5_000,
    ],
)
def test_a_hundred_thousand_characters_are_read(text: str) -> None:
    assert reading(text, GRACE).language == "en"


@pytest.mark.parametrize(
    "people",
    [
        (),
        (GRACE,),
        tuple(Person(f"p{n}", f"Given{n}", f"Family{n}") for n in range(2000)),
        tuple(Person(f"p{n}", "Ann", "Lee", role="nurse") for n in range(50)),
        (Person("p1", "", ""), Person("p2", "", "", "", "", "", "", ("", " "))),
    ],
)
def test_rosters_of_every_kind_are_read_against(people: tuple[Person, ...]) -> None:
    read_ = read(Answer("Ann Lee the nurse was kind"), Roster(people), Visit())
    assert read_.sentiment == "positive"
    assert all(len(remark.candidates) <= 3 for remark in read_.remarks)


def test_a_visit_with_people_who_are_not_on_the_roster_is_read() -> None:
    visit = Visit(on_visit=("nobody", "s06"), tapped=("nobody",), known=True)
    read_ = read(Answer("The nurse was kind."), ROSTER, visit)
    assert [m.staff_id for m in read_.remarks[0].staff] == ["s06"]


def test_certain_matches_stand_and_the_others_are_asked() -> None:
    read_ = reading("Grace was kind. Patel was rude. Maria saw me.", GRACE, MARIA)
    for remark in read_.remarks:
        assert all(match.confidence >= CERTAIN for match in remark.staff)
        assert all(match.confidence < CERTAIN for match in remark.candidates)


@pytest.mark.parametrize("name", ["Grace Oduya", "Tomas Lind", "Maria Novak", "Ines Duarte"])
def test_the_name_of_the_person_does_not_move_the_score(name: str) -> None:
    for said in ("was lovely but short with me.", "never listened to me.", "helped me."):
        assert reading(f"{name} {said}").score == reading(f"Dr Best {said}").score


def test_the_answers_of_a_comment_are_summed() -> None:
    well = reading("Grace was lovely.", GRACE, question="went_well")
    better = reading("The wait was awful.", question="could_be_better")
    nothing = reading("Nothing", question="could_be_better")
    assert overall([well, better]).sentiment == "mixed"
    assert overall([well, better]).severity == 1
    assert overall([well, nothing]).sentiment == "positive"
    assert "no_content" not in overall([well, nothing]).flags
    assert overall([nothing]).flags == ("no_content",)
    assert overall([]) == Reading("neutral", 0.0, 0)


def test_every_reading_says_which_reader_made_it() -> None:
    assert READER.startswith("blend/")


def test_readings_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        reading("Good").score = 1.0  # type: ignore[misc]


def test_the_cast_has_people_of_many_roles() -> None:
    assert len({person.role for person in PEOPLE}) >= 7
