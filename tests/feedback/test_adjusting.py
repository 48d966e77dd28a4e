from tests.feedback.cast import BEST, ROSTER, TODAY, visit
from training.feedback.adjusting import MOST, Adjustment, Checked, learned
from training.feedback.comment import Answer
from training.feedback.reading import Reading, read

CORRECTED = (
    Checked("the new hub is gradely", "negative", "positive"),
    Checked("a gradely nurse", "neutral", "positive"),
)
LEFT = Checked("the new door is open", "neutral", "neutral")


def reading(text: str, by: Adjustment) -> Reading:
    return read(Answer(text, "general", None, TODAY), ROSTER, visit(BEST), adjustment=by)


def test_two_corrections_teach_a_word_and_nothing_else() -> None:
    taught = learned((*CORRECTED, LEFT))
    assert taught.weights == {"gradely": 0.6}
    assert reading("Gradely!", Adjustment()).sentiment != "positive"
    (remark,) = reading("Gradely!", taught).remarks
    assert (remark.sentiment, remark.score, remark.why) == ("positive", 0.6, ("Gradely",))


def test_one_correction_teaches_nothing() -> None:
    assert learned(CORRECTED[:1]).weights == {}


def test_what_was_left_as_read_speaks_against_a_word() -> None:
    one = Checked("the room was clarty", "neutral", "negative")
    other = Checked("clarty floors", "neutral", "negative")
    left = [Checked(f"clarty door {at}", "neutral", "neutral") for at in range(30)]
    assert learned((one, other)).weights["clarty"] == -0.5
    assert learned((one, other, *left)).weights == {}


def test_corrections_that_contradict_each_other_cancel() -> None:
    one = Checked("a champion morning", "neutral", "positive")
    other = Checked("champion wait", "neutral", "negative")
    assert learned((one, other)).weights == {}


def test_no_word_weighs_more_than_the_most_and_nor_do_all_together() -> None:
    many = [Checked("reet proper gradely", "negative", "positive")] * 50
    taught = learned(many)
    assert max(taught.weights.values()) == MOST
    assert taught.heard(["reet", "proper", "gradely"])[0] == MOST


def test_the_order_of_corrections_does_not_matter() -> None:
    checked = (*CORRECTED, LEFT)
    assert learned(checked) == learned(checked[::-1])


def test_a_name_that_was_corrected_often_moves_no_score() -> None:
    taught = learned([Checked("Dr Best", "neutral", "negative")] * 9)
    assert reading("Dr Best saw me.", taught) == reading("Dr Best saw me.", Adjustment())


def test_identity_words_that_were_corrected_often_move_no_score() -> None:
    taught = learned([Checked("the Polish nurse", "neutral", "negative")] * 9)
    before, after = (reading("Polish.", by) for by in (Adjustment(), taught))
    assert before == after


def test_a_correction_hides_no_danger() -> None:
    text = "She gave me the wrong tablets."
    taught = learned([Checked("wrong tablets", "negative", "positive")] * 9)
    assert reading(text, taught).severity == 3
