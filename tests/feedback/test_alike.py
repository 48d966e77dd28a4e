from datetime import date

import pytest

from training.feedback.alike import Left, spike

FIRST = Left(1, date(2026, 3, 1), "Ada was rude to me and never once listened.")
SECOND = Left(2, date(2026, 3, 4), "Ada was so rude to me and never once listened!")
THIRD = Left(3, date(2026, 3, 9), "ada was rude to me & she never once listened")
SHORT = Left(4, date(2026, 3, 9), "She was rude.")
LATE = Left(5, date(2026, 4, 2), FIRST.text)


def test_three_texts_that_are_hardly_changed_are_a_spike() -> None:
    assert spike(THIRD, [FIRST, SECOND, SHORT, LATE]) == {1, 2, 3}
    assert spike(SHORT, [FIRST, SECOND, THIRD]) == set()
    assert spike(LATE, [FIRST, SECOND, THIRD]) == set()


def test_two_are_no_spike() -> None:
    assert spike(SECOND, [FIRST]) == set()


def test_a_comment_is_not_alike_itself() -> None:
    assert spike(SECOND, [FIRST, SECOND]) == set()


def test_short_texts_are_alike_without_being_one() -> None:
    kind = [Left(n, FIRST.day, "Very kind and helpful.") for n in range(9)]
    assert spike(kind[0], kind[1:]) == set()


@pytest.mark.parametrize(("day", "held"), [(15, True), (16, False)])
def test_fourteen_days_are_near(day: int, held: bool) -> None:
    new = Left(9, date(2026, 3, day), FIRST.text)
    assert bool(spike(new, [FIRST, Left(2, FIRST.day, FIRST.text)])) is held


@pytest.mark.parametrize(
    "text",
    [
        "Ada explained every step of the blood test to my son.",
        "The desk was rude to me and nobody ever listened to my wife.",
    ],
)
def test_another_story_is_not_alike(text: str) -> None:
    assert spike(Left(9, FIRST.day, text), [FIRST, SECOND, THIRD]) == set()


def test_nothing_written_is_alike_nothing() -> None:
    empty = [Left(n, FIRST.day, "…") for n in range(5)]
    assert spike(empty[0], empty[1:]) == set()
