"""What can be counted in a text."""

import pytest

from training.scenarios.wording import (
    identifiers,
    politeness,
    reading_age,
    sweeping_words,
    syllables,
    words,
)


def test_the_example_of_the_module():
    line = "I was told ten past nine. It's ten now. Has everyone forgotten me?"
    assert round(reading_age([line])) == 7


def test_words_count_contractions_and_times_as_one():
    assert words("It's 9:10, and he’s late - again.") == [
        "It's",
        "9:10",
        "and",
        "he’s",
        "late",
        "again",
    ]


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("late", 1),
        ("waited", 2),
        ("asked", 1),
        ("table", 2),
        ("coffee", 2),
        ("appointment", 3),
        ("it's", 1),
        ("hm", 1),
        ("prescription", 3),
    ],
)
def test_syllables_of_common_words(word: str, count: int):
    assert syllables(word) == count


def test_hard_lines_read_older_than_plain_ones():
    plain = reading_age(["I was told ten past nine. It is ten now."])
    hard = reading_age(
        ["Notwithstanding organisational considerations, availability deteriorates."]
    )
    assert plain < 9 < 12 < hard


def test_no_words_read_at_the_youngest_age():
    assert reading_age([]) == reading_age(["…"]) == 5


def test_politeness_counts_manners():
    assert politeness("Of course, Mr Okafor. I'm so sorry, please take a seat.") == 4
    assert politeness("Half an hour, he thinks.") == 0


def test_sweeping_words_are_whole_words():
    assert sweeping_words("It never, ever works; everyone knows. Nevertheless.") == [
        "never",
        "everyone",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Call 01632 960123 now",
        "NHS number 943 476 5919",
        "write to desk@example.org",
        "see https://example.org/x",
        "born 03/02/1961",
        "+44 (0)20 7946 0000",
    ],
)
def test_numbers_and_addresses_of_somebody_are_found(text: str):
    assert identifiers(text)


@pytest.mark.parametrize("text", ["at ten past nine, 9:10", "for 50 minutes", "62, due at work"])
def test_times_and_ages_are_not_identifiers(text: str):
    assert identifiers(text) == []
