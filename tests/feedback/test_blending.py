import pytest

from tests.feedback.cast import BEST, GRACE, reading


def test_where_the_words_are_silent_the_rating_gives_the_side_and_says_so() -> None:
    well, poorly = (reading("Grace saw me.", GRACE, rating=one).remarks[0] for one in (5, 1))
    assert (well.sentiment, well.why) == ("positive", ("rated well",))
    assert (poorly.sentiment, poorly.why) == ("negative", ("rated poorly",))
    plain = reading("Dr Best was rude.", BEST, rating=5).remarks[0]
    assert (plain.sentiment, plain.why) == ("negative", ("rude",))


@pytest.mark.parametrize("rating", [1, 2, 3, 4, 5, None])
def test_no_rating_outweighs_a_plain_word(rating: int | None) -> None:
    assert reading("Dr Best was rude.", BEST, rating=rating).remarks[0].sentiment == "negative"
    assert reading("Dr Best was lovely.", BEST, rating=rating).remarks[0].sentiment == "positive"


def test_silence_without_a_hint_has_no_side() -> None:
    assert reading("Dr Best saw me.", BEST).remarks[0].score == 0.0


def test_every_remark_with_a_side_says_why() -> None:
    text = "Penny rang me back. The wait was awful. Grace sorted the form. My bus was late."
    for rating in (1, 3, 5, None):
        for remark in reading(text, GRACE, rating=rating).remarks:
            assert remark.why or remark.sentiment == "neutral"


def test_beside_blame_a_good_rating_makes_no_praise_of_silent_words() -> None:
    text = "Grace was rude to me. She took my blood."
    remarks = reading(text, GRACE, rating=5).remarks
    assert "positive" not in {one.sentiment for one in remarks}


@pytest.mark.parametrize("rating", [3, 4, 5, None])
def test_asking_for_something_next_time_is_no_thanks(rating: int | None) -> None:
    text = "Could it be explained in plain words next time please."
    remarks = reading(text, GRACE, rating=rating).remarks
    assert "positive" not in {one.sentiment for one in remarks}


@pytest.mark.parametrize("words", ["Dr Best was rude to me.", "Dr Best ignored me and sighed."])
def test_blame_told_under_what_went_well_is_still_blame(words: str) -> None:
    (remark,) = reading(words, BEST, question="went_well").remarks
    assert remark.sentiment == "negative"


def test_a_patient_who_asked_about_something_praises_nobody() -> None:
    (remark,) = reading(
        "Dr Best was quite rude when I asked about my results.", BEST, rating=2
    ).remarks
    assert remark.sentiment == "negative"
