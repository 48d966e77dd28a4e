"""Numbers in a practice's wording can be tapped; nothing else can."""

import pytest

from training.web.phone_numbers import called


def test_the_example():
    said = called("In an emergency call 999.")
    assert said == 'In an emergency call <a href="tel:999">999</a>.'


@pytest.mark.parametrize(
    ("text", "dialled"),
    [
        ("Samaritans, free: 116 123", "116123"),
        ("call 020 7946 0123 on a weekday", "02079460123"),
        ("from abroad +44 20 7946 0123", "+442079460123"),
        ("(555-010-0199)", "5550100199"),
    ],
)
def test_a_phone_number_is_dialled_without_its_spaces(text: str, dialled: str):
    assert f'href="tel:{dialled}"' in called(text)


@pytest.mark.parametrize(
    "text", ["between 9 and 5", "since 2019", "within 300 metres", "room B12345678", "08:30"]
)
def test_what_is_no_phone_number_stays_as_it_is(text: str):
    assert called(text) == text


def test_two_numbers_of_one_line_are_both_links():
    assert called("Call 111 or 999").count("<a href") == 2


def test_markup_in_the_wording_is_shown_not_obeyed():
    assert called("<b>999</b>") == '&lt;b&gt;<a href="tel:999">999</a>&lt;/b&gt;'
