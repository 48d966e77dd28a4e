from training.feedback.features import marks, voices
from training.feedback.words import words


def test_a_word_after_a_not_is_another_word_and_names_are_out_of_sight() -> None:
    found = words("Not very helpful. Dr Best was kind")
    assert marks(found, frozenset({4, 5})) == [
        "^", "not", "NOT_very", "NOT_helpful", ".", "_", "_", "was", "kind", "$",
    ]  # fmt: skip


def test_all_numbers_are_one_number() -> None:
    assert marks(words("40 minutes"), frozenset()) == marks(words("55 minutes"), frozenset())


def test_a_not_reaches_four_words_and_no_further() -> None:
    found = marks(words("never a b c d kind"), frozenset())
    assert found == ["^", "never", "NOT_a", "NOT_b", "NOT_c", "NOT_d", "kind", "$"]


def test_the_voices_of_silence_are_nought() -> None:
    found = voices([], 0.0, "neutral", 0.0, "general", 0)
    assert {name for name, value in found.items() if value} == {
        "neutral", "neutral, asked general", "asked general",
    }  # fmt: skip
