from datetime import date

import pytest

from training.feedback import cases

FRIDAY = date(2026, 3, 13)


def test_the_examples_at_the_top_hold() -> None:
    assert cases.kind_of({"safety", "self_harm"}, 3) == "self_harm"
    assert cases.kind_of(set(), 3) == "safety"
    assert cases.kind_of({"complaint"}, 1) == "complaint"
    assert cases.due_on("safety", FRIDAY) == date(2026, 3, 16)
    assert cases.due_on("complaint", FRIDAY) == date(2026, 3, 18)


def test_a_severe_statement_is_about_safety_whatever_lesser_flag_stands_beside_it() -> None:
    assert cases.kind_of({"complaint", "privacy"}, 3) == "safety"
    assert cases.kind_of({"complaint", "privacy"}, 2) == "privacy"
    assert cases.kind_of({"contact_request"}, 0) == "other"


@pytest.mark.parametrize("kind", cases.KINDS)
def test_only_a_case_without_a_concern_for_safety_lets_its_comment_count(kind: str) -> None:
    assert cases.may_count(kind, "no_concern")
    assert cases.may_count(kind, "answered") is (kind not in cases.SAFETY_KINDS)


def test_every_type_has_its_days() -> None:
    assert set(cases.WORKING_DAYS) == set(cases.KINDS)
    assert cases.due_on("privacy", date(2026, 3, 14)) == date(2026, 3, 18)  # from a Saturday
