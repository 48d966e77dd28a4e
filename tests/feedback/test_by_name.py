import pytest

from tests.feedback.cast import (
    ANJALI,
    BEST,
    CALLER,
    GRACE,
    HOPE,
    MARIA,
    OTHER_MARIA,
    ROHAN,
    SIOBHAN,
    TOM,
    feelings,
    offered,
    only,
    reading,
    staff,
)
from training.feedback.comment import Person


def test_the_visit_and_a_pronoun_outweigh_a_wrong_title() -> None:
    read_ = reading("Nurse Patel looked in my ears. She is the first to believe me.", ANJALI)
    assert staff(read_) == {ANJALI.staff_id}
    first = read_.remarks[0].staff[0]
    assert (first.confidence, first.evidence) == (0.93, ("named", "on_visit"))


@pytest.mark.parametrize(
    ("text", "on_visit", "who"),
    [
        ("Dr Patel was rude.", (), ANJALI),
        ("Nurse Patel was rude.", (), ROHAN),
        ("Dr Best explained it.", (GRACE,), BEST),
        ("Mr Lind helped me.", (), TOM),
        ("Shivawn sorted it out.", (), SIOBHAN),
        ("Dr Bset was great.", (BEST,), BEST),
        ("Ines Duarte was kind.", (), CALLER),
        ("Maria was gentle.", (MARIA, BEST), MARIA),
        ("Maria the phlebotomist was gentle.", (), OTHER_MARIA),
        ("Sister Maria was gentle.", (), MARIA),
        ("Mrs O'Kelly rang me.", (), SIOBHAN),
        ("Mrs OKelly rang me.", (), SIOBHAN),
    ],
)
def test_who_is_meant(text: str, on_visit: tuple[Person, ...], who: Person) -> None:
    assert staff(reading(text, *on_visit)) == {who.staff_id}


def test_two_of_a_name_and_no_clue_are_a_question() -> None:
    read_ = reading("Patel was rude.")
    assert staff(read_) == set()
    assert offered(read_) == {ANJALI.staff_id, ROHAN.staff_id}
    both = reading("Maria was lovely.", MARIA, OTHER_MARIA)
    assert staff(both) == set()
    assert offered(both) == {MARIA.staff_id, OTHER_MARIA.staff_id}


def test_the_patients_tap_settles_a_shared_name() -> None:
    read_ = reading("Maria was lovely.", MARIA, OTHER_MARIA, tapped=(OTHER_MARIA,))
    assert staff(read_) == {OTHER_MARIA.staff_id}
    assert "chosen_by_patient" in only(read_).staff[0].evidence


def test_who_has_left_cannot_be_meant() -> None:
    read_ = reading("Hope on reception was great.", GRACE, TOM)
    assert staff(read_) == set()
    assert HOPE.staff_id not in offered(read_)


def test_somebody_from_elsewhere_is_nobody_here() -> None:
    read_ = reading("Dr Jones was wonderful.", BEST)
    assert staff(read_) == set()
    assert only(read_).cause == "other"


def test_relatives_with_the_names_of_staff_are_not_staff() -> None:
    read_ = reading("My daughter Grace was very rude to me. Grace never listens.", GRACE)
    assert staff(read_) == set()


def test_unlike_somebody_is_the_opposite_for_them() -> None:
    read_ = reading("Unlike Dr Best, Dr Patel listened.", ANJALI)
    assert feelings(read_, ANJALI) == {"positive"}
    assert feelings(read_, BEST) == {"negative"}


def test_two_who_are_named_together_share_the_remark() -> None:
    assert staff(reading("Grace and Tom were brilliant.")) == {GRACE.staff_id, TOM.staff_id}
