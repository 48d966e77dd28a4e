from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import pytest

from training.feedback.suggestion import Basis, Evidence, Usual
from training.feedback.team_need import team_need

DAY = date(2026, 6, 30)
USUAL = Usual(0.2, 15, Basis.PRACTICE)
Rows = Mapping[int, Sequence[Evidence]]


def rows(*people: tuple[int, int]) -> Rows:
    """Comments about each person: (negative ones, all)."""
    return {
        who: [
            Evidence(who * 50 + i, DAY - timedelta(days=i), f"v{who}.{i}", i < negatives)
            for i in range(comments)
        ]
        for who, (negatives, comments) in enumerate(people)
    }


def test_the_worked_example() -> None:
    found = team_need("keeping_informed", rows(*[(3, 7)] * 6), USUAL, today=DAY)

    assert found is not None
    assert (found.comments, found.negatives, round(found.need, 2)) == (42, 18, 0.98)
    others = team_need("keeping_informed", rows(*[(3, 7)] * 5), USUAL, today=DAY)
    assert others is not None
    assert round(others.need, 2) == 0.96
    assert team_need("keeping_informed", rows((7, 7), *[(0, 7)] * 5), USUAL, today=DAY) is None


def test_one_persons_need_is_never_told_as_the_teams() -> None:
    alone = rows((30, 30), *[(1, 4)] * 5)

    assert team_need("empathy", alone, USUAL, today=DAY) is None


@pytest.mark.parametrize(
    "people",
    [
        [],
        [(5, 9)] * 4,  # four people
        [(5, 9)] * 4 + [(0, 0)],  # five, of whom one was never spoken of
        [(1, 1)] * 9,  # nine comments
        [(1, 7)] * 6,  # no more than usual
    ],
)
def test_a_small_team_or_a_usual_one_has_no_need_to_tell(people: list[tuple[int, int]]) -> None:
    assert team_need("empathy", rows(*people), USUAL, today=DAY) is None


def test_a_comment_about_two_of_them_counts_once() -> None:
    both = dict(rows(*[(3, 7)] * 6))
    both[1] = both[0]

    found = team_need("empathy", both, USUAL, today=DAY)
    assert found is not None
    assert found.comments == 35
