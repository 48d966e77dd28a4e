import unicodedata
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from training.feedback.comment import Person, tidy


def test_what_is_kept_of_what_was_typed() -> None:
    assert tidy("Grac\u0065\u0301\x00 was\u202e kind\r\n") == "Gracé was kind"


def test_lone_surrogates_and_controls_are_dropped() -> None:
    assert tidy("a\ud800b\x07c\ufeffd") == "abcd"


def test_emoji_joined_by_a_zero_width_joiner_stay_whole() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    assert tidy(f"lovely {family}") == f"lovely {family}"


def test_towers_of_marks_are_cut_down() -> None:
    kept = tidy("g" + "\u0335" * 60 + "ood")
    assert len(kept) < 10
    assert kept.endswith("ood")


def test_letters_with_two_marks_are_left_alone() -> None:
    assert tidy("Nguyễn Thị Hường") == "Nguyễn Thị Hường"


def test_line_ends_become_line_feeds() -> None:
    assert tidy("one\r\ntwo\rthree\u2028four") == "one\ntwo\nthree\nfour"


@given(st.text())
def test_tidy_text_stays_as_it_is(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode("utf-8")


def test_somebody_works_from_the_first_to_the_last_day() -> None:
    person = Person("s1", "A", "B", active_from=date(2025, 1, 1), active_to=date(2025, 6, 30))
    assert person.works_on(date(2025, 1, 1))
    assert person.works_on(date(2025, 6, 30))
    assert person.works_on(None)
    assert not person.works_on(date(2025, 7, 1))
    assert not person.works_on(date(2024, 12, 31))
