"""What became of each topic: the verdict of its own chart, and how many would be by chance."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.support.bulk import add_comments
from tests.support.viewers import viewer_of
from tests.support.world import TODAY, World
from training.services import trend_files, trends
from training.services.topics import tone
from training.services.trends import TrendsPage
from training.trends.control import Kind

MONTHS = [date(2025, month, 5) for month in range(3, 13)] + [date(2026, 1, 5), date(2026, 2, 5)]


def page(session: Session, world: World, topic: str = "") -> TrendsPage:
    who = viewer_of(session, world.account("manager"))
    return trends.page(session, viewer=who, topic=topic, site="", today=TODAY)


@pytest.fixture
def practice(session: Session, world: World) -> World:
    """A year of forty comments a month: the phones got worse in its last month, parking did not."""
    for day in MONTHS:
        worse = day == MONTHS[-1]
        add_comments(session, world, day, 24 if worse else 4, "phone_system", "negative")
        add_comments(session, world, day, 4 if worse else 24, "phone_system", "positive")
        add_comments(session, world, day, 6, "parking_transport", "negative")
        add_comments(session, world, day, 6, "parking_transport", "positive")
    return world


def test_each_topic_is_judged_by_the_chart_that_choosing_it_draws(
    session: Session, practice: World
) -> None:
    found = page(session, practice)

    assert found.lately.kinds == {"phone_system": Kind.CONCERN, "parking_transport": Kind.COMMON}
    for topic, kind in found.lately.kinds.items():
        chart = page(session, practice, topic).trend.chart
        assert chart is not None
        assert chart.variation is kind
    assert found.lately.by_chance == "Probably none of these 2 charts would light up by chance."


def test_a_topic_of_which_no_number_is_shown_is_not_judged(
    session: Session, practice: World
) -> None:
    add_comments(session, practice, MONTHS[0], 3, "cleanliness", "negative")

    assert "cleanliness" not in page(session, practice).lately.kinds


def test_the_year_before_belongs_to_the_chart_that_judges(
    session: Session, practice: World
) -> None:
    for month in range(3, 13):
        add_comments(session, practice, date(2024, month, 5), 40, "phone_system", "negative")
    chart = page(session, practice, "phone_system").trend.chart

    assert chart is not None
    assert len(chart.points) == 22
    assert page(session, practice).lately.kinds["phone_system"] is chart.variation


def test_the_file_says_what_the_page_says(session: Session, practice: World) -> None:
    found = page(session, practice, "phone_system")
    rows = trend_files.trends_rows(page=found, made_on=TODAY)

    assert ("Finding", found.trend.headline) in rows
    assert ("Chart", found.trend.why) in rows
    assert ("Formula", "shares/2") in rows
    head = next(row for row in rows if row[:1] == ("Month",))
    assert head[4:7] == ("Average", "Lower limit", "Upper limit")
    newest = next(row for row in rows if row[:1] == ("Feb 2026",) and len(row) == len(head))
    assert newest[1:4] == ("40", "24", "60%")
    assert newest[-1] == "Higher than chance explains"
    assert ("By chance", found.lately.by_chance) in rows
    phones = next(row for row in rows if row[:1] == ("The phone system",) and len(row) == 5)
    assert phones[-1] == "Real decline, look closer"


@pytest.mark.parametrize(
    ("praise", "criticism", "words"),
    [
        (None, None, ""),
        (0.0, 0.0, "neither"),
        (0.6, 0.3, "mostly praise"),
        (0.3, 0.6, "mostly criticism"),
        (0.5, 0.4, "both sides"),
        (0.0, 0.2, "mostly criticism"),
    ],
)
def test_a_cell_of_the_heat_table_says_in_words_what_it_holds_more_of(
    praise: float | None, criticism: float | None, words: str
) -> None:
    assert tone(praise, criticism) == words


def test_the_heat_table_has_words_from_ten_comments_on(session: Session, practice: World) -> None:
    add_comments(session, practice, MONTHS[0], 6, "cleanliness", "negative")
    cells = dict(page(session, practice).heat.rows)
    words = {topic: [cell.words for cell in row if cell.comments] for topic, row in cells.items()}

    assert words == {
        "phone_system": ["mostly praise"], "parking_transport": ["both sides"], "cleanliness": [""],
    }  # fmt: skip
