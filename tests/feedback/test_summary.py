from training.feedback.summary import Reading, Remark, overall, weighed


def remark(score: float, cause: str) -> Remark:
    sentiment = "positive" if score > 0 else "negative"
    return Remark(0, 1, "x", sentiment, score, cause=cause)


def test_remarks_and_answers_are_summed() -> None:
    assert weighed([remark(0.61, "person"), remark(-0.61, "system")]) == ("mixed", 0.0)
    assert weighed([remark(0.61, "person"), remark(-0.61, "other")])[0] == "positive"
    lovely = Reading("positive", 0.61, 0, remarks=(remark(0.61, "person"),))
    nothing = Reading("neutral", 0.0, 0, ("no_content",))
    assert overall([lovely, nothing]).sentiment == "positive"


def test_the_most_serious_answer_and_every_flag_count() -> None:
    grave = Reading("negative", -0.6, 3, ("safety",), remarks=(remark(-0.6, "person"),))
    mild = Reading("positive", 0.6, 0, ("complaint",), remarks=(remark(0.6, "person"),))
    both = overall([mild, grave])
    assert (both.severity, both.flags, both.sentiment) == (3, ("complaint", "safety"), "mixed")


def test_one_foreign_answer_makes_the_comment_foreign() -> None:
    foreign = Reading("neutral", 0.0, 0, ("not_english",), "pl")
    assert overall([foreign, Reading("neutral", 0.0, 0, ("no_content",))]).language == "pl"


def test_small_blame_beside_much_praise_is_praise() -> None:
    assert weighed([remark(1.0, "person"), remark(1.0, "team"), remark(-0.2, "system")])[0] == (
        "positive"
    )


def test_praise_of_another_place_beside_much_praise_keeps_the_score_in_range() -> None:
    assert weighed([remark(1.0, "person"), remark(1.0, "team"), remark(1.0, "other")])[1] == 1.0
