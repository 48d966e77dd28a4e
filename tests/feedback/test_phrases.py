import pytest

from training.feedback.phrases import BadPatternError, Entry, PhraseBook, written_out
from training.feedback.words import words

CLASSES = {"be": ["is", "was"]}


def found(pattern: str, text: str) -> list[tuple[int, int]]:
    book = PhraseBook([Entry("t", "l", 1.0, pattern)], CLASSES)
    return [(hit.first, hit.last) for hit in book.find(words(text))]


def test_a_pattern_with_a_class_a_gap_and_a_beginning() -> None:
    assert found("<be> not ... listen*", "I was not really listened to.") == [(1, 4)]


def test_a_gap_reaches_four_words_and_no_further() -> None:
    assert found("a ... z", "a b c d e z")
    assert not found("a ... z", "a b c d e f z")


def test_no_phrase_crosses_the_end_of_a_sentence() -> None:
    assert not found("not ... good", "Not now. All good")
    assert not found("very good", "very. good")


def test_a_word_drawn_out_is_found() -> None:
    assert found("good", "goooood") == [(0, 0)]


def test_patterns_are_written_out_in_full() -> None:
    assert written_out("very? kind|gentle") == [
        ("very", "kind"),
        ("very", "gentle"),
        ("kind",),
        ("gentle",),
    ]


@pytest.mark.parametrize("pattern", ["", "... kind", "kind ...", "a||b", "very?"])
def test_a_pattern_that_cannot_be_understood_is_refused(pattern: str) -> None:
    with pytest.raises(BadPatternError):
        written_out(pattern)


def test_a_pattern_with_too_many_forms_is_refused() -> None:
    with pytest.raises(BadPatternError, match="too many"):
        written_out(" ".join(["a|b|c|d|e"] * 5))


def test_an_unknown_class_is_refused() -> None:
    with pytest.raises(BadPatternError, match="<colour>"):
        PhraseBook([Entry("t", "l", 1.0, "<colour> door")], CLASSES)


def test_a_bad_pattern_is_refused_before_anything_is_read() -> None:
    for pattern in ("", "kind ||", "kind ... gentle?", "a?"):
        with pytest.raises(BadPatternError):
            PhraseBook([Entry("t", "l", 1.0, pattern)], CLASSES)
