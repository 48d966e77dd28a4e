from tests.feedback.cast import (
    BEST,
    CALLER,
    GRACE,
    MARIA,
    OTHER_MARIA,
    ROHAN,
    TOM,
    offered,
    only,
    reading,
    staff,
)


def test_a_role_a_pronoun_and_a_description_on_one_visit() -> None:
    there = (ROHAN, GRACE, TOM)
    nurse = only(reading("the nurse was kind", *there)).staff[0]
    assert (nurse.staff_id, nurse.confidence) == (ROHAN.staff_id, 0.94)
    she = reading("The receptionist was rude. She sighed.", *there)
    assert staff(she) == {GRACE.staff_id}
    two = only(reading("the receptionist was rude", *there))
    assert {one.staff_id: one.confidence for one in two.candidates} == {
        GRACE.staff_id: 0.5,
        TOM.staff_id: 0.5,
    }
    assert two.staff == ()
    lady = reading("the lady who took my blood was rude", *there)
    assert staff(lady) == set()


def test_the_lady_who_took_my_blood() -> None:
    read_ = reading("The lady who took my blood was so gentle.", OTHER_MARIA, BEST)
    assert staff(read_) == {OTHER_MARIA.staff_id}
    assert only(read_).staff[0].evidence == ("description", "on_visit")


def test_a_role_without_a_visit_is_nobody_for_certain() -> None:
    assert staff(reading("The nurse was rude.")) == set()


def test_a_gendered_word_that_fits_nobody_names_nobody() -> None:
    assert staff(reading("The lady on reception was short with me.", TOM, BEST)) == set()


def test_the_patients_tap_settles_a_shared_role() -> None:
    read_ = reading("The receptionist was rude.", GRACE, TOM, tapped=(TOM,))
    assert staff(read_) == {TOM.staff_id}
    assert "chosen_by_patient" in only(read_).staff[0].evidence


def test_the_receptionist_on_a_call_is_who_took_the_call() -> None:
    assert staff(reading("The receptionist was rude.", CALLER, channel="phone")) == {
        CALLER.staff_id
    }


def test_another_nurse_is_not_the_nurse_on_the_visit() -> None:
    assert staff(reading("Another nurse was rude.", MARIA)) == set()


def test_the_team_is_nobody_in_particular() -> None:
    read_ = reading("The nurses were lovely.", MARIA)
    assert staff(read_) == set()
    assert offered(read_) == set()
    assert only(read_).cause == "team"
