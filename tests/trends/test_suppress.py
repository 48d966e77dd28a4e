import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.trends.suppress import Sight, hidden_groups, hidden_points, sight, to_manager


def test_the_worked_example() -> None:
    counts = {"front desk": 40, "nursing": 17, "billing": 3}

    assert sorted(hidden_groups(counts)) == ["billing", "nursing"]


def test_groups_of_five_and_more_are_shown() -> None:
    assert hidden_groups({"a": 5, "b": 60}) == frozenset()


def test_two_small_groups_that_cover_one_another_hide_no_third() -> None:
    assert hidden_groups({"a": 4, "b": 4, "c": 30}) == {"a", "b"}


def test_two_groups_too_small_together_hide_a_third() -> None:
    assert hidden_groups({"a": 2, "b": 2, "c": 30, "d": 40}) == {"a", "b", "c"}


def test_a_group_without_comments_is_shown_and_hides_nobody() -> None:
    assert hidden_groups({"a": 0, "b": 30}) == frozenset()
    assert hidden_groups({"a": 3, "b": 0, "c": 30, "d": 31}) == {"a", "c"}


def test_of_equals_the_first_by_name_is_hidden() -> None:
    assert hidden_groups({"z": 9, "b": 9, "a": 2}) == {"a", "b"}


def test_no_groups_hide_nothing() -> None:
    assert hidden_groups({}) == frozenset()


@given(st.dictionaries(st.integers(0, 9), st.integers(0, 30), max_size=8))
def test_no_small_group_can_be_found_by_subtraction(counts: dict[int, int]) -> None:
    hidden = hidden_groups(counts)
    shown = counts.keys() - hidden
    left_over = sum(counts.values()) - sum(counts[group] for group in shown)

    assert all(counts[group] == 0 or counts[group] >= 5 for group in shown)
    if hidden and sum(counts.values()) >= 5 and any(counts[group] >= 5 for group in counts):
        assert len(hidden) >= 2
        assert left_over >= 5


def test_in_each_month_another_team_goes_with_the_small_one() -> None:
    hidden = hidden_points({"a": [20, 20, 2], "b": [20, 3, 2], "c": [40, 30, 9]})

    assert hidden == {"a": {1, 2}, "b": {1, 2}, "c": {2}}


def test_no_series_have_no_hidden_points() -> None:
    assert hidden_points({}) == {}
    assert hidden_points({"a": []}) == {"a": frozenset()}


@pytest.mark.parametrize(
    ("comments", "level"),
    [
        (0, Sight.NOTHING),
        (2, Sight.NOTHING),
        (3, Sight.COUNTS),
        (4, Sight.COUNTS),
        (5, Sight.WORDS),
        (9, Sight.WORDS),
        (10, Sight.INTERVAL),
        (29, Sight.INTERVAL),
        (30, Sight.NAMED),
    ],
)
def test_more_comments_allow_more_to_be_seen(comments: int, level: Sight) -> None:
    assert sight(comments) is level


@pytest.mark.parametrize(
    ("comments", "words"),
    [
        (0, "fewer than 5 comments: not shown"),
        (4, "fewer than 5 comments: not shown"),
        (5, "5–9 comments: too few to compare"),
        (9, "5–9 comments: too few to compare"),
        (10, ""),
    ],
)
def test_a_manager_is_told_why_there_is_no_number(comments: int, words: str) -> None:
    assert to_manager(comments) == words
