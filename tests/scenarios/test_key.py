"""Credit and quality, by an author or by a panel."""

import pytest

from tests.scenarios.small import TEXT
from training.scenarios.key import Decision, decision, decisions
from training.scenarios.reader import read
from training.scenarios.script import Script

AGREED = {"seen": [5, 5, 4, 5, 5], "busy": [2, 1, 2, 2, 1]}


def _rated(arrive: dict[str, list[int]]) -> Script:
    soon = {"half_hour": [5] * 5, "soon": [1] * 5}
    key = f"key: {{by: panel, ratings: {{arrive: {arrive}, ask: {soon}}}}}"
    return read(TEXT.replace("key: {by: author}", key.replace("'", "")), "f").script


def test_the_example_of_the_module():
    example = Decision(
        "arrive",
        ("empathy", "keeping_informed"),
        {"seen": {"empathy": 1, "keeping_informed": 0.67}, "busy": {"keeping_informed": 0.33}},
    )
    assert example.quality("seen") == pytest.approx(0.835)
    assert example.quality("busy") == pytest.approx(0.165)
    assert example.best == "seen"


def test_an_authors_key_is_the_credit_as_written():
    key = decisions(read(TEXT, "f").script)
    assert list(key) == ["arrive", "ask"]
    assert key["arrive"].credit("busy", "empathy") == 0
    assert key["arrive"].possible("keeping_informed") == 0.67
    assert key["arrive"].share("seen") == 1
    assert key["arrive"].share("busy") == pytest.approx(0.165 / 0.835)


def test_a_panels_rank_is_the_quality_and_each_skill_of_the_decision_receives_it():
    key = decision(_rated(AGREED), "arrive")
    assert key.scored
    assert key.quality("seen") == key.credit("seen", "empathy") == 1
    assert key.quality("busy") == key.credit("busy", "keeping_informed") == 0.67


def test_the_panel_may_turn_the_authors_order_round():
    assert decision(_rated({"seen": [2] * 5, "busy": [4] * 5}), "arrive").best == "busy"


@pytest.mark.parametrize(
    "ratings",
    [
        {"seen": [5, 5, 4, 5, 5], "busy": [1, 5, 1, 5, 1]},  # raters far apart about one reply
        {"seen": [4, 4, 4, 4, 4], "busy": [4, 4, 4, 4, 3]},  # best and second too close
    ],
)
def test_where_a_panel_disagrees_the_decision_is_not_scored(ratings: dict[str, list[int]]):
    assert not decision(_rated(ratings), "arrive").scored


def test_a_decision_about_no_skill_earns_nothing():
    empty = Decision("arrive", (), {"seen": {}, "busy": {}})
    assert empty.quality("seen") == empty.share("seen") == 0
