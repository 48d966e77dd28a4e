import pytest

from training.demo import Decision, Statement, decide

TRUTH = (
    Statement("general", 0, 17, "positive", "person", ("H02",), "welcome"),
    Statement("general", 22, 43, "negative", "person", ("H07",), "listening"),
    Statement("general", 44, 60, "negative", "system", theme="parking_transport"),
    Statement("went_well", 0, 17, "negative", "person"),
)


def decided(
    start: int, end: int, sentiment: str, *matched: str, question: str = "general"
) -> Decision:
    return decide(
        TRUTH, question=question, start=start, end=end, sentiment=sentiment, matched=matched
    )


def test_criticism_of_the_nurse_is_moved_away_from_the_receptionist() -> None:
    text = "Callum was lovely but the nurse was rushed."
    assert (text[0:17], text[22:43]) == ("Callum was lovely", "the nurse was rushed.")
    assert decided(18, 43, "negative", "H02") == Decision("move", ("H07",))


@pytest.mark.parametrize(
    ("remark", "decision"),
    [
        ((0, 17, "positive", "H02"), Decision("confirm", ("H02",))),
        ((0, 17, "positive"), Decision("move", ("H02",))),
        ((0, 17, "positive", "H02", "H03"), Decision("move", ("H02",))),
        ((0, 17, "negative", "H02"), Decision("reject")),
        ((44, 60, "negative", "H02"), Decision("system")),
        ((70, 80, "negative", "H02"), Decision("reject")),
    ],
)
def test_a_remark_is_decided_by_what_was_really_said(
    remark: tuple[int, int, str], decision: Decision
) -> None:
    assert decided(*remark) == decision


def test_a_remark_over_two_sentences_is_of_the_one_with_its_sign() -> None:
    assert decided(0, 43, "negative", "H07") == Decision("confirm", ("H07",))
    assert decided(0, 43, "positive", "H07") == Decision("move", ("H02",))


def test_a_person_whom_nobody_can_know_is_rejected() -> None:
    assert decided(0, 17, "negative", "H01", question="went_well") == Decision("reject")


def test_a_remark_read_as_neutral_keeps_its_person() -> None:
    assert decided(22, 43, "neutral", "H07") == Decision("confirm", ("H07",))
