import pytest

from tests.feedback.cast import ANJALI, BEST, reading
from training.feedback import sentiment
from training.feedback.language_files import tables
from training.feedback.words import words


def weights(text: str) -> list[float]:
    found = words(text)
    hits, opinions = tables().book.find(found), sentiment.opinions(found)
    felt = sentiment.feelings(found, hits, frozenset(), opinions)
    return [round(one.weight, 2) for one in felt]


def test_a_negated_and_strengthened_word() -> None:
    assert weights("the nurse was not very helpful") == [-2.34]
    score = sentiment.score([-2.34])
    assert round(score, 2) == -0.68
    assert sentiment.label(score) == "negative"


PRAISE = [
    "The nurse could not have been kinder.",
    "I can't fault the care.",
    "Nothing was too much trouble.",
    "No complaints at all.",
    "She wasn't rude, nor did she rush me.",
    "Never once felt rushed.",
    "Couldn't have asked for more.",
    "I have nothing to complain about.",
    "Not bad at all.",
    "She went above and beyond.",
    "👍",
    "Sooooo goooood",
]
CRITICISM = [
    "The care isn't good.",
    "The care isnt good.",
    "I was not listened to.",
    "Nobody listened to me.",
    "Not best pleased.",
    "No thanks to the receptionist I got my results.",
    "If only she had listened.",
    "It could be better.",
    "More staff please.",
    "You should be more polite.",
    "Rude, dismissive and unhelpful.",
    "Lovely to be told my slot was next week.",
    "😡",
    "Anything but helpful.",
]
NO_FEELING = [
    "My covid test was positive and the scan was negative.",
    "Great pain in my back.",
    "I had a bad fall.",
    "My mum died in May.",
    "A patient came in.",
    "Kind regards",
    "I wish to order a form.",
]


@pytest.mark.parametrize("text", PRAISE)
def test_praise_is_read_as_praise(text: str) -> None:
    assert reading(text).sentiment == "positive"


@pytest.mark.parametrize("text", CRITICISM)
def test_criticism_is_read_as_criticism(text: str) -> None:
    assert reading(text).sentiment == "negative"


@pytest.mark.parametrize("text", NO_FEELING)
def test_illness_and_courtesy_are_no_feelings(text: str) -> None:
    assert reading(text).sentiment == "neutral"


def test_a_surname_is_no_praise() -> None:
    assert reading("I saw Dr Best.", BEST).sentiment == "neutral"
    assert reading("I saw Dr Best.", BEST).remarks[0].score == 0.0
    assert reading("Dr Best was rude.", BEST).score == reading("Dr Patel was rude.", ANJALI).score


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("black", "white"),
        ("young", "old"),
        ("Polish", "English"),
        ("gay", "straight"),
        ("deaf", "tall"),
        ("Muslim", "Christian"),
        ("female", "male"),
    ],
)
@pytest.mark.parametrize("said", ["was lovely", "was rude to me", "saw me at nine"])
def test_who_somebody_is_does_not_move_the_score(one: str, other: str, said: str) -> None:
    assert (
        reading(f"The {one} doctor {said}.").score == reading(f"The {other} doctor {said}.").score
    )


def test_nothing_to_improve_is_praise_and_nothing_good_is_not() -> None:
    assert reading("Nothing to improve.", question="could_be_better").sentiment == "positive"
    assert reading("Nothing really, all good", question="could_be_better").sentiment == "positive"
    assert reading("Nothing was good", question="went_well").sentiment == "negative"


def test_the_rating_only_speaks_where_the_words_are_silent() -> None:
    assert reading("Dr Best was rude.", BEST, rating=5).sentiment == "negative"
    assert reading("Dr Best saw me.", BEST, rating=5).sentiment == "positive"
    assert reading("Dr Best saw me.", BEST, rating=1).sentiment == "negative"


def test_praise_that_is_only_wished_for_is_no_praise() -> None:
    assert weights("They should be polite and kind.") == [-1.4]


def test_every_score_says_why() -> None:
    (remark,) = reading("Absolutely lovely people").remarks
    assert remark.why == ("Absolutely lovely",)
