import re
from datetime import date
from xml.etree import ElementTree

import pytest
from markupsafe import Markup

from training.periods import last_full_months
from training.trends.choice import MonthCount
from training.trends.control import Kind
from training.trends.shares import Mark, ShareTrend, share_trend
from training.web import charts

MONTHS = last_full_months(12, date(2026, 7, 1))
NASTY = "<script>alert(\"1\")</script> & {0} 'x'"


def trend_of(*counts: tuple[int, int], marks: tuple[Mark, ...] = ()) -> ShareTrend:
    months = [MonthCount(m, *count) for m, count in zip(MONTHS, counts, strict=False)]
    return share_trend(months, topic="waiting", marks=marks)


def parsed(drawing: Markup) -> list[ElementTree.Element]:
    """The drawings as XML, which they must be."""
    return list(ElementTree.fromstring(f"<figure>{drawing}</figure>"))


def having_class(svg: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [element for element in svg.iter() if element.get("class") == name]


def texts(svg: ElementTree.Element) -> list[str]:
    return ["".join(element.itertext()) for element in svg.iter("text")]


def test_the_worked_example() -> None:
    assert str(charts.bar(0.25)) == (
        '<svg class="bar" viewBox="0 0 200 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="t" width="200" height="10"/>'
        '<rect class="f" width="50.0" height="10"/></svg>'
    )


def test_a_trend_is_drawn_wide_and_narrow_on_one_scale() -> None:
    wide, narrow = parsed(charts.share_chart("w", trend_of(*[(60, 12)] * 12), title="Waiting"))

    assert (wide.get("class"), narrow.get("class")) == ("w-only", "n-only")
    assert len(having_class(wide, "c-pt")) == 12
    assert len(having_class(narrow, "c-pt")) == 8
    scale = [text for text in texts(wide) if re.fullmatch(r"\d+%", text)]
    assert scale == [text for text in texts(narrow) if re.fullmatch(r"\d+%", text)]
    assert "Average 20%" in texts(wide)
    assert "Average 20%" in texts(narrow)


def test_a_chart_has_a_name_and_tells_its_numbers() -> None:
    for svg in parsed(charts.share_chart("w", trend_of((60, 12), (4, 1)), title="Waiting")):
        title, desc = svg[0], svg[1]

        assert svg.get("role") == "img"
        assert (title.tag, title.text) == ("title", "Waiting")
        assert svg.get("aria-labelledby") == title.get("id")
        assert svg.get("aria-describedby") == desc.get("id")
        assert "Jul 2025: 12 of 60 comments, 20%." in (desc.text or "")
        assert "Aug 2025: fewer than 10 comments: not drawn." in (desc.text or "")


def test_ids_are_unique_over_both_drawings_and_two_charts() -> None:
    page = charts.share_chart("a", trend_of((60, 12)), title="A")
    page += charts.share_chart("b", trend_of((60, 12)), title="B")
    page += charts.trustline("t", [40, 60], [40, 80], title="T", desc="d")
    ids = [element.get("id") for svg in parsed(page) for element in svg.iter() if element.get("id")]

    assert len(ids) == len(set(ids)) == 12


def test_points_are_links_and_the_chart_then_no_image() -> None:
    links = {MONTHS[0].start: "/comments?month=2025-07&topic=waiting"}
    wide, _ = parsed(charts.share_chart("w", trend_of((60, 12), (60, 9)), title="W", links=links))
    anchors = list(wide.iter("a"))

    assert wide.get("role") == "group"
    assert [anchor.get("href") for anchor in anchors] == ["/comments?month=2025-07&topic=waiting"]
    assert anchors[0].get("aria-label") == ("Jul 2025: 12 of 60 comments, 20%. Normal variation")
    assert anchors[0][0].get("width") == "24"


def test_without_a_chart_nothing_is_drawn() -> None:
    assert charts.share_chart("w", trend_of((3, 1)), title="W") == ""
    assert charts.share_chart("w", trend_of(), title="W") == ""


def test_one_month_alone_can_be_drawn() -> None:
    for svg in parsed(charts.share_chart("w", trend_of((60, 12)), title="W")):
        assert len(having_class(svg, "c-pt")) == 1


def test_a_hidden_month_breaks_line_and_band() -> None:
    wide, _ = parsed(charts.share_chart("w", trend_of((60, 12), (4, 1), (60, 9)), title="W"))

    assert len(having_class(wide, "c-line")) == 2
    assert len(having_class(wide, "c-band")) == 2
    assert len(having_class(wide, "c-pt")) == 2


def test_a_new_baseline_breaks_line_and_band() -> None:
    marks = (Mark(MONTHS[1].start, "New questions", rebase=True),)
    wide, _ = parsed(charts.share_chart("w", trend_of((60, 40), (60, 9), marks=marks), title="W"))

    assert len(having_class(wide, "c-mean")) == 2


def test_the_narrow_drawing_ends_with_the_newest_month_that_is_drawn() -> None:
    trend = trend_of((60, 12), *[(2, 0)] * 11)
    wide, narrow = parsed(charts.share_chart("w", trend, title="W"))

    assert len(having_class(wide, "c-pt")) == len(having_class(narrow, "c-pt")) == 1


def test_a_concern_and_an_improvement_have_shapes_of_their_own() -> None:
    trend = trend_of(*[(100, 20)] * 5, (100, 45), *[(100, 20)] * 5, (100, 2))
    wide, narrow = parsed(charts.share_chart("w", trend, title="W"))

    assert len(having_class(wide, "c-bad")) == 1
    assert len(having_class(wide, "c-good")) == len(having_class(narrow, "c-good")) == 1
    assert len({str(charts.legend_mark(kind)) for kind in Kind}) == 3


def test_what_stands_out_is_said_in_words_in_the_drawing_too() -> None:
    trend = trend_of(*[(100, 20)] * 5, (100, 45), *[(100, 20)] * 5, (100, 2))
    for svg in parsed(charts.share_chart("w", trend, title="W")):
        assert "Unusually low" in texts(svg)

    assert [(run.period.label, run.words) for run in charts.runs(trend.months)] == [
        ("Dec 2025", "Higher than chance explains"),
        ("Jun 2026", "Lower than chance explains"),
    ]


def test_words_that_would_lie_on_one_another_are_left_to_the_newest() -> None:
    trend = trend_of(*[(1000, 200)] * 8, *[(1000, 300), (1000, 100)] * 2)
    wide, _ = parsed(charts.share_chart("w", trend, title="W"))
    said = [text for text in texts(wide) if text.startswith("Unusually")]

    assert len(charts.runs(trend.months)) == 4
    assert said == ["Unusually low", "Unusually high"]


def test_a_goal_is_a_line_with_words_that_keeps_clear_of_the_others() -> None:
    months = trend_of(*[(60, 12)] * 12).months
    drawing = charts.control_chart("p", months, title="P", finding="Steady.", goal=0.19)
    for svg in parsed(drawing):
        heights = {t: float(e.get("y") or "nan") for e in svg.iter("text") for t in [e.text]}

        assert len(having_class(svg, "c-target")) == 1
        assert heights["Goal 19%"] - heights["Average 20%"] >= 15.9


def test_all_at_nought_lies_on_the_floor_and_names_no_limits() -> None:
    wide, _ = parsed(charts.share_chart("w", trend_of(*[(60, 0)] * 12), title="W"))

    assert {point.get("cy") for point in having_class(wide, "c-pt")} == {"270.0"}
    assert "Average 0%" in texts(wide)
    assert "Upper limit" not in texts(wide)


def test_all_negative_stays_inside_the_drawing() -> None:
    wide, _ = parsed(charts.share_chart("w", trend_of(*[(60, 60)] * 12), title="W"))

    assert {point.get("cy") for point in having_class(wide, "c-pt")} == {"14.0"}


def test_the_names_of_the_lines_never_lie_on_one_another() -> None:
    trend = trend_of(*[(9000, 90)] * 11, (9000, 5000))
    for svg in parsed(charts.share_chart("w", trend, title="W")):
        heights = sorted(
            float(text.get("y") or "nan")
            for text in svg.iter("text")
            if (text.text or "").startswith(("Upper", "Average", "Lower"))
        )

        assert len(heights) == 3
        assert heights[1] - heights[0] >= 15.9
        assert heights[2] - heights[1] >= 15.9


def test_notes_stand_on_their_day_and_keep_clear_of_one_another() -> None:
    marks = (Mark(MONTHS[4].start, "Text updates"), Mark(date(2025, 11, 16), "New phones"))
    wide, narrow = parsed(
        charts.share_chart("w", trend_of(*[(60, 9)] * 12, marks=marks), title="W")
    )
    first, second = having_class(wide, "c-note")

    # 760 wide: the months lie between 40 and 664
    assert float(first.get("x1") or 0) == pytest.approx(40 + 624 * 4 / 12)
    assert float(second.get("x1") or 0) == pytest.approx(40 + 624 * 4.5 / 12, abs=0.1)
    assert len({pill.get("y") for pill in having_class(wide, "c-notebg")}) == 2
    assert len(having_class(narrow, "c-note")) == 2


def test_a_note_outside_the_months_is_not_drawn_and_a_long_one_is_cut() -> None:
    marks = (Mark(date(2020, 1, 1), "Long ago"), Mark(MONTHS[9].start, "x" * 200))
    _, narrow = parsed(charts.share_chart("w", trend_of(*[(60, 9)] * 12, marks=marks), title="W"))
    notes = [text for text in texts(narrow) if text.startswith(("x", "Long"))]

    assert len(notes) == 1
    assert notes[0].endswith("…")
    pill = having_class(narrow, "c-notebg")[0]
    assert float(pill.get("x") or 0) >= 40
    assert float(pill.get("x") or 0) + float(pill.get("width") or 0) <= 350 - 84 + 0.1


def test_everything_is_escaped() -> None:
    trend = trend_of(*[(60, 9)] * 12, marks=(Mark(MONTHS[8].start, NASTY),))
    page = charts.share_chart("w", trend, title=NASTY, links={MONTHS[9].start: f"/x?{NASTY}"})
    page += charts.trustline("t", [1], [2], title=NASTY, desc=NASTY)

    assert "<script" not in page
    assert parsed(page)[0][0].text == NASTY


def test_no_drawing_carries_style_or_script() -> None:
    marks = (Mark(MONTHS[8].start, "Text updates"),)
    page = charts.share_chart(
        "w", trend_of(*[(60, 9)] * 12, marks=marks), title="W", links={MONTHS[9].start: "/x"}
    )
    page += charts.trustline("t", [40, 60], [40, 80], title="T", desc="d")
    page += charts.spark([1, 2]) + charts.bar(0.5) + charts.trust(3)
    names = {name for svg in parsed(page) for element in svg.iter() for name in element.attrib}

    assert "style" not in names
    assert not [name for name in names if name.startswith("on")]


@pytest.mark.parametrize(("share", "width"), [(-1.0, "0.0"), (0.0, "0.0"), (2.0, "200.0")])
def test_a_bar_is_never_overfull(share: float, width: str) -> None:
    assert parsed(charts.bar(share))[0][1].get("width") == width


@pytest.mark.parametrize(
    ("value", "on"), [(-5, 0), (0, 0), (1, 1), (20, 1), (21, 2), (100, 5), (120, 5)]
)
def test_trust_fills_five_segments(value: int, on: int) -> None:
    (svg,) = parsed(charts.trust(value))

    assert len(having_class(svg, "on")) == on
    assert len(having_class(svg, "off")) == 5 - on


def test_a_spark_needs_two_values_and_may_be_flat() -> None:
    assert charts.spark([]) == charts.spark([3]) == ""
    assert parsed(charts.spark([3, 3]))[0][0].get("points") == "4.0,35.0 152.0,35.0"
    assert parsed(charts.spark([1, 2]))[0][0].get("points") == "4.0,35.0 152.0,5.0"


def test_your_line_of_trust_stands_beside_the_strong_one() -> None:
    wide, narrow = parsed(charts.trustline("t", [0, 50, 100], [0, 100], title="T", desc="Rises."))

    assert having_class(wide, "c-brand")[0].get("points") == "74.0,190.0 310.0,102.0 546.0,14.0"
    assert having_class(wide, "c-alt")[0].get("points") == "74.0,190.0 310.0,14.0"
    assert [text for text in texts(wide) if text.isdigit()] == ["1", "2", "3"]
    assert len(having_class(narrow, "c-brandf")) == 3


@pytest.mark.parametrize("line", [[], [40], [-10, 200]])
def test_a_line_of_trust_survives_short_and_impossible_values(line: list[int]) -> None:
    wide, _ = parsed(charts.trustline("t", line, line, title="T", desc="d"))

    heights = [float(dot.get("cy") or 0) for dot in having_class(wide, "c-brandf")]
    assert len(heights) == len(line)
    assert all(14 <= height <= 190 for height in heights)
