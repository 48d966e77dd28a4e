"""Teams beside one another: likely ranges, a funnel of five, and never an order by number."""

from random import Random

import pytest

from training.services.fair import compared
from training.services.teams import TeamLine
from training.trends.compare import Place

NAMES = ("Billing", "Clinicians", "Front desk", "Nursing", "Phone", "Support")


def team(name: str, negatives: int, comments: int) -> TeamLine:
    drawn = comments >= 10
    share = negatives / comments if drawn else None
    return TeamLine(name, "site", name, comments, share, share, "")


def teams(*counts: tuple[int, int]) -> list[TeamLine]:
    return [team(name, *count) for name, count in zip(NAMES, counts, strict=False)]


def test_five_teams_that_differ_as_chance_allows_are_said_to() -> None:
    found = compared(teams((20, 100), (22, 100), (9, 50), (25, 120), (3, 12)))

    assert found.finding == "Teams differ no more than chance allows"
    assert [dot.point.place for dot in found.dots] == [Place.INSIDE] * 5
    assert found.dots[0].words == "20% of 100 comments; no more than chance allows"


def test_one_team_far_off_is_unusual_and_that_means_to_look_together() -> None:
    found = compared(teams(*[(20, 100)] * 5, (60, 100)))

    assert found.finding == "Support: unusual, look at the comments together"
    assert "unusual — look at the comments together" in found.dots[-1].words


def test_four_teams_have_likely_ranges_and_no_funnel() -> None:
    found = compared(teams(*[(20, 100)] * 4))

    assert (found.funnel, found.dots) == (None, ())
    assert found.why == "A funnel needs 5 teams of 10 comments or more."
    assert all(line.likely for line in found.lines)


def test_a_small_teams_range_is_drawn_to_what_is_usual() -> None:
    found = compared(teams((20, 100), (20, 100), (8, 10)))
    small = found.lines[-1].likely

    assert small is not None
    assert small.low < 0.4 < 0.8, "eight of ten are not yet four in five"
    assert small.high - small.low > 0.2


def test_teams_of_fewer_than_ten_or_hidden_ones_are_compared_with_nobody() -> None:
    hidden = TeamLine("x", "site", "X", None, None, None, "Too few to show")
    found = compared([*teams((20, 100), (4, 9)), hidden])

    assert [line.likely is None for line in found.lines] == [False, True, True]


def test_no_team_at_all_is_nothing_to_compare() -> None:
    assert compared([]).lines == ()


@pytest.mark.parametrize("seed", range(5))
def test_other_scores_leave_the_order_as_it_was(seed: int) -> None:
    counts = [(5, 60), (50, 60), (20, 60), (33, 60), (1, 60), (44, 60)]
    Random(seed).shuffle(counts)
    found = compared(teams(*counts))

    assert [line.name for line in found.lines] == list(NAMES)
    assert [dot.line.name for dot in found.dots] == list(NAMES)
