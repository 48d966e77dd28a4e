from tests.feedback.cast import BEST, GRACE, MARIA, feelings, reading, staff


def test_whom_four_remarks_are_about() -> None:
    read_ = reading("Dr Best is great. Always listens. My bus was late. He rang me back.", BEST)
    about = [tuple(one.staff_id for one in remark.staff) for remark in read_.remarks]
    assert about == [("s05",), ("s05",), (), ("s05",)]


def test_a_judgement_before_the_only_name_is_about_that_name() -> None:
    read_ = reading("Kind. Clear. All I ask, and what I got from Dr Best.", BEST, GRACE)
    assert read_.remarks[0].staff


def test_a_wait_is_not_blamed_on_whom_one_waited_for() -> None:
    read_ = reading("Waited two hours to see Dr Best.", BEST)
    assert staff(read_) == set()
    assert read_.remarks[0].cause == "system"


def test_a_clinic_that_runs_late_is_the_system() -> None:
    assert staff(reading("Dr Best's clinic always runs late.", BEST)) == set()


def test_the_room_after_the_nurse_is_not_about_the_nurse() -> None:
    read_ = reading("The nurse was lovely. The waiting room was filthy.", MARIA)
    assert [bool(remark.staff) for remark in read_.remarks] == [True, False]


def test_after_a_contrast_the_same_person_is_meant_also_with_an_object_after_the_verb() -> None:
    assert feelings(reading("Dr Best is a good doctor but talks over you.", BEST), BEST) == {
        "positive",
        "negative",
    }
