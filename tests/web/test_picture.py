"""A chart as a file of its own."""

from xml.etree import ElementTree

import pytest

from tests.web.test_charts import NASTY, trend_of
from training.web import picture


def test_a_picture_holds_its_title_the_finding_the_drawing_and_what_it_is_of() -> None:
    trend = trend_of(*[(60, 12)] * 12)
    drawn = picture.of_trend(trend, title="Waiting", captions=["All sites", "Rule"])
    svg = ElementTree.fromstring(drawn)
    words = " ".join(svg.itertext())

    assert svg.tag == "{http://www.w3.org/2000/svg}svg"
    for said in ("Waiting", trend.headline, "All sites", "Rule", "Average 20%"):
        assert said in words
    assert svg.get("height") == str(64 + 300 + 20 * (3 + len(picture.folded(trend.headline)) - 1))


def test_everything_in_a_picture_is_escaped() -> None:
    drawn = picture.of_trend(trend_of((60, 12)), title=NASTY, captions=[NASTY])

    assert "<script" not in drawn
    assert NASTY in list(ElementTree.fromstring(drawn).itertext())


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("", [""]),
        ("one two three", ["one two", "three"]),
        ("unbreakable word", ["unbreakable", "word"]),
    ],
)
def test_words_are_folded_between_words(words: str, lines: list[str]) -> None:
    assert picture.folded(words, 8) == lines
