import pytest

from tests.feedback.cast import BEST, reading
from training.feedback.severity import ordered


@pytest.mark.parametrize(
    ("text", "severity", "flag"),
    [
        ("I was going to end my life", 3, "self_harm"),
        ("she gave me the wrong tablets", 3, "safety"),
        ("everyone heard my results", 2, "privacy"),
        ("waited an hour", 1, None),
        ("he saved my life when I had a stroke", 0, None),
    ],
)
def test_how_serious_five_statements_are(text: str, severity: int, flag: str | None) -> None:
    read_ = reading(text)
    assert read_.severity == severity
    assert flag in read_.flags if flag else read_.flags == ()


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("Lovely nurse. I told her my husband hits me.", "safeguarding"),
        ("Dr Best was wonderful, I had been planning to kill myself.", "self_harm"),
    ],
)
def test_a_kind_tone_hides_nothing_that_is_disclosed(text: str, flag: str) -> None:
    read_ = reading(text, BEST)
    assert read_.severity == 3
    assert flag in read_.flags


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("I want to make a formal complaint.", "complaint"),
        ("The lady said you people always want something. Racist.", "discrimination"),
        ("She read out my diagnosis, everyone could hear, humiliating.", "privacy"),
        ("Please ring me about this, it was badly handled.", "contact_request"),
        ("My dentist hurt my tooth and was rude.", "wrong_practice"),
        ("You stupid cow, you useless idiot.", "abuse"),
        ("n/a", "no_content"),
    ],
)
def test_each_flag_is_raised_by_its_words(text: str, flag: str) -> None:
    assert flag in reading(text).flags


def test_a_report_that_nobody_rang_is_no_request_to_ring() -> None:
    assert "contact_request" not in reading("They never call me back.").flags


def test_praise_for_privacy_is_no_breach_of_it() -> None:
    assert reading("Dr Best was kind and respected my privacy.", BEST).severity == 0


def test_flags_come_in_their_fixed_order_and_once() -> None:
    assert ordered(["privacy", "complaint", "privacy"]) == ("complaint", "privacy")
