"""The files behind the trends and team pages: exactly what the page shows, from the same object.

    Bedside trends
    Topic,Phone system
    …
    Rule,"Sets of fewer than 5 comments are not shown, …"

    Month,Comments,With criticism,Share,What it means
    Feb 2026,60,12,20%,Normal variation

So whatever is hidden on the page is hidden here, by the same decision.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from training import skills
from training.periods import day_label
from training.rates import percent
from training.services.months import Sides
from training.services.teams import TeamLine, TeamPage
from training.services.topics import TopicLine
from training.services.trends import FORMULA, RULE, TrendsPage
from training.trends.shares import Month, ShareTrend

Row = tuple[str, ...]
TOO_FEW = "too few to show"


def trends_rows(*, page: TrendsPage, made_on: date) -> list[Row]:
    """Return the rows of the trends page as a file; its first lines say what was asked and how."""
    site = dict(page.sites).get(page.filters.site, "All sites")
    return [
        ("Bedside trends",),
        ("Topic", skills.topic_name(page.topic) if page.topic else "Any topic"),
        ("Site", site),
        ("Team", _group(page.filters.team)),
        ("Stage", _stage(page.filters.stage)),
        *_foot(page.period.label, made_on),
        *_months(page.trend),
        *_sides(page.sides, page.trend.unit),
        *_topics("Topic", page.topics),
        *_heat(page),
        *_teams(page.teams),
    ]


def team_rows(*, page: TeamPage, made_on: date) -> list[Row]:
    """Return the rows of a team's page as a file; its people are not in it."""
    return [
        ("Bedside team",),
        ("Team", page.team.name),
        *_foot(page.period.label, made_on),
        *_months(page.trend),
        *_sides(page.sides, page.trend.unit),
        *_topics("Skill", page.skills),
    ]


def _foot(period: str, made_on: date) -> Iterator[Row]:
    yield "Days", period
    yield "Made on", day_label(made_on)
    yield "Rule", RULE
    yield "Formula", FORMULA
    yield ()


def _group(slug: str) -> str:
    return skills.ROLE_GROUPS[slug].name if slug else "All teams"


def _stage(slug: str) -> str:
    return skills.STAGES[slug].for_staff if slug else "All stages"


def _months(trend: ShareTrend) -> Iterator[Row]:
    yield trend.unit.capitalize(), "Comments", "With criticism", "Share", "What it means"
    yield from map(_month, trend.months)
    yield ()


def _month(month: Month) -> Row:
    numbers = (month.comments, month.negatives)
    share = percent(month.point.value) if month.point else TOO_FEW
    return (month.period.label, *map(_number, numbers), share, month.meaning)


def _sides(sides: Iterable[Sides], unit: str) -> Iterator[Row]:
    yield unit.capitalize(), "Comments", "With praise", "With criticism"
    for one in sides:
        yield one.period.label, _number(one.comments), _share(one.praise), _share(one.criticism)
    yield ()


def _topics(what: str, lines: Iterable[TopicLine]) -> Iterator[Row]:
    yield what, "Comments", "With praise", "With criticism"
    for line in lines:
        name = skills.topic_name(line.topic)
        yield name, _number(line.comments), _share(line.praise), _share(line.criticism)
    yield ()


def _heat(page: TrendsPage) -> Iterator[Row]:
    yield "Topic", *map(_stage, page.heat.stages)
    for topic, cells in page.heat.rows:
        yield skills.topic_name(topic), *(_number(cell.comments) for cell in cells)
    yield ()


def _teams(lines: Iterable[TeamLine]) -> Iterator[Row]:
    yield "Team", "Comments", "With praise", "With criticism"
    for line in lines:
        yield line.name, _number(line.comments), _share(line.praise), _share(line.criticism)


def _number(n: int | None) -> str:
    return TOO_FEW if n is None else str(n)


def _share(share: float | None) -> str:
    return TOO_FEW if share is None else percent(share)
