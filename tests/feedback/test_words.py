from training.feedback.words import COMMA, STOP, shortened, words


def texts(text: str) -> list[str]:
    return [word.text for word in words(text)]


def test_contractions_are_opened_and_a_title_ends_no_sentence() -> None:
    found = words("Dr. Lee didn't listen!")
    assert [word.text for word in found] == ["dr", "lee", "did", "not", "listen", STOP]
    assert [word.start for word in found] == [0, 4, 8, 8, 15, 21]


def test_contractions_without_their_apostrophe_are_opened_too() -> None:
    assert texts("didnt isnt wont cant") == ["did", "not", "is", "not", "will", "not", "can", "not"]


def test_curly_apostrophes_count_as_apostrophes() -> None:
    assert texts("couldn’t") == ["could", "not"]


def test_an_initial_is_no_end_of_a_sentence_but_i_is() -> None:
    assert STOP not in texts("Thanks to H. Moss")
    assert texts("So was I. Thanks") == ["so", "was", "i", STOP, "thanks"]


def test_times_and_prices_are_one_word() -> None:
    assert texts("9.10 and 10:30") == ["9.10", "and", "10:30"]


def test_dictated_punctuation_counts_as_what_it_says() -> None:
    assert texts("kind comma calm full stop thanks") == ["kind", COMMA, "calm", STOP, "thanks"]


def test_dots_that_trail_off_go_on() -> None:
    assert texts("well... it was fine") == ["well", COMMA, "it", "was", "fine"]
    assert texts("Well... It was fine")[1] == STOP


def test_emoji_are_words() -> None:
    assert texts("good 😊") == ["good", "😊"]


def test_words_drawn_out_are_shortened_both_ways() -> None:
    assert list(shortened("goooood")) == ["good", "god"]
    assert list(shortened("good")) == []
