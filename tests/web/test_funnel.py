"""The funnel of teams as a drawing: hollow dots without a name, a full mark with one, links."""

from xml.etree import ElementTree

import pytest

from tests.services.test_fair import teams
from training.services.fair import compared
from training.web.funnel import funnel_chart

FIVE = [(20, 100), (22, 100), (9, 50), (25, 120), (3, 12)]


def drawings(counts: list[tuple[int, int]], **links: str) -> list[ElementTree.Element]:
    chart = funnel_chart("f", compared(teams(*counts)), title="Teams", links=links)
    return list(ElementTree.fromstring(f"<figure>{chart}</figure>"))


def having_class(svg: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [one for one in svg.iter() if one.get("class") == name]


def test_teams_inside_the_limits_are_hollow_dots_without_a_name() -> None:
    for svg in drawings(FIVE):
        assert len(having_class(svg, "c-hollow")) == 5
        assert having_class(svg, "t-strong") == []
        assert svg.get("role") == "img"


def test_a_team_beyond_the_limits_has_a_shape_and_its_name() -> None:
    for svg in drawings([*[(20, 100)] * 5, (60, 100)]):
        assert len(having_class(svg, "c-bad")) == 1
        assert [one.text for one in having_class(svg, "t-strong")] == ["Support"]


def test_the_drawing_tells_every_team_by_name_in_their_order() -> None:
    (wide, _) = drawings(FIVE)
    told = wide[1].text or ""

    assert told.startswith("Teams differ no more than chance allows. Billing: 20% of 100 comments")
    assert told.index("Billing") < told.index("Clinicians") < told.index("Phone")


def test_dots_lead_to_their_teams() -> None:
    (wide, _) = drawings(FIVE, Billing="/teams/billing/x")
    (link,) = wide.iter("a")

    assert (link.get("href"), wide.get("role")) == ("/teams/billing/x", "group")
    assert (link.get("aria-label") or "").startswith("Billing: 20% of 100 comments")


@pytest.mark.parametrize("counts", [[(0, 40)] * 5, [(40, 40)] * 5, [(1, 10)] * 5])
def test_none_all_and_the_fewest_stay_inside_the_drawing(counts: list[tuple[int, int]]) -> None:
    for svg in drawings(counts):
        heights = [float(dot.get("cy") or "nan") for dot in having_class(svg, "c-hollow")]
        assert len(heights) == 5
        assert all(14 <= height <= 292 for height in heights)


def test_without_a_funnel_nothing_is_drawn() -> None:
    assert funnel_chart("f", compared([]), title="Teams", links={}) == ""
