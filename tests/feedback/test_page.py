from training.feedback.language_files import tables
from training.feedback.page import page
from training.feedback.words import words


def test_a_page_knows_its_words_and_the_phrases_at_a_place() -> None:
    text = "the nurse was lovely."
    found = words(text)
    here = page(text, found, tables().book.find(found))
    assert [word.text for word in here.words] == ["the", "nurse", "was", "lovely", "."]
    assert {hit.entry.table for hit in here.hits_in(1, 1)} >= {"role words"}
    assert {hit.entry.table for hit in here.hits_in(3, 3)} == {"feelings"}


def test_capitals_of_a_shouted_comment_mean_nothing() -> None:
    text = "GRACE WAS KIND TO ME"
    found = words(text)
    assert not page(text, found, []).capital(0)


def test_beyond_the_ends_stands_no_word() -> None:
    assert page("", [], []).word(-1) == ""
    assert page("", [], []).word(0) == ""
