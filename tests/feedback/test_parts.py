from tests.feedback.cast import ANJALI, BEST, GRACE, reading


def test_a_contrast_is_turned_and_neighbours_that_say_the_same_are_joined() -> None:
    read_ = reading("Unlike Dr Best, Dr Patel listened, she took her time.", ANJALI)
    assert [
        (one.text, one.sentiment, [m.staff_id for m in one.staff]) for one in read_.remarks
    ] == [
        ("Unlike Dr Best", "negative", [BEST.staff_id]),
        ("Dr Patel listened, she took her time", "positive", [ANJALI.staff_id]),
    ]


def test_remarks_of_two_sentences_are_not_joined() -> None:
    assert len(reading("Grace was kind. Grace was kind.", GRACE).remarks) == 2


def test_except_somebody_turns_what_stands_before_it() -> None:
    read_ = reading("Everyone was lovely except Grace.", GRACE)
    assert [one.sentiment for one in read_.remarks] == ["positive", "negative"]


def test_two_matters_in_one_breath_are_two_remarks() -> None:
    first, second = reading("Dirty toilets and nowhere to park.").remarks
    assert (first.text, first.themes) == ("Dirty toilets", ("cleanliness",))
    assert (second.text, second.themes) == ("nowhere to park", ("parking_transport",))
    assert first.sentiment == second.sentiment == "negative"


def test_two_matters_that_cannot_be_told_apart_are_one_remark_with_both_themes() -> None:
    (remark,) = reading("The app crashed trying to pay a bill of thirty pounds.").remarks
    assert remark.themes == ("website_app", "cost_billing_rules")
