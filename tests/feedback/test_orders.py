from training.feedback.comment import Answer, Visit
from training.feedback.reading import Roster, read


def test_an_order_is_a_gap_where_it_was_asked_for() -> None:
    def why(question: str) -> tuple[str, ...]:
        return read(Answer("Review the tablets.", question), Roster([]), Visit()).remarks[0].why

    assert why("could_be_better") == ("Review",)
    assert "Review" not in why("went_well")
