from tests.feedback.cast import (
    ANJALI,
    BEST,
    CALLER,
    GRACE,
    MARIA,
    ROBIN,
    ROHAN,
    TOM,
    feelings,
    offered,
    reading,
    staff,
)


def test_a_pronoun_refers_back_to_the_last_who_fits() -> None:
    read_ = reading("Dr Best saw me. Sister Sousa came in. She was gentle. He was rude.")
    assert feelings(read_, MARIA) >= {"positive"}
    assert feelings(read_, BEST) >= {"negative"}
    assert "negative" not in feelings(read_, MARIA)
    assert "positive" not in feelings(read_, BEST)
    last = read_.remarks[-1].staff[0]
    assert last.evidence[-1] == "refers_back"


def test_a_bare_pronoun_is_the_only_one_on_the_visit_it_fits() -> None:
    assert staff(reading("He was rude to me.", BEST, GRACE)) == {BEST.staff_id}
    assert staff(reading("He was rude to me.", BEST, TOM)) == set()
    assert offered(reading("He was rude to me.", BEST, TOM)) == {BEST.staff_id, TOM.staff_id}


def test_a_bare_pronoun_is_doubted_where_its_person_is_only_met_later() -> None:
    read_ = reading("She was rude but the nurse was kind.", MARIA, BEST)
    assert feelings(read_, MARIA) == {"positive"}


def test_singular_they_refers_to_somebody_whose_pronouns_are_they() -> None:
    assert feelings(reading("Robin helped. They never rushed me.", ROBIN), ROBIN) == {"positive"}


def test_they_after_somebody_else_are_the_team() -> None:
    read_ = reading("Grace was lovely. They lost my results.", GRACE)
    assert feelings(read_, GRACE) == {"positive"}


def test_a_relative_keeps_her_own_pronoun() -> None:
    read_ = reading("My daughter is eight. She was rude all day.", BEST)
    assert staff(read_) == set()


def test_a_subject_that_is_left_out_is_the_one_before() -> None:
    read_ = reading("Dr Patel was great. Explained everything clearly. Never rushed me.", ANJALI)
    assert all(remark.staff for remark in read_.remarks)


def test_on_a_call_with_one_person_no_name_is_needed() -> None:
    read_ = reading("Never listened to me.", CALLER, channel="phone")
    assert staff(read_) == {CALLER.staff_id}


def test_nobody_is_named_by_being_the_only_one_left() -> None:
    read_ = reading("I was told to come back tomorrow.", ROHAN, GRACE)
    assert staff(read_) == set()
