"""The files behind the trends and team pages: exactly what the page shows, from the same object.

    Bedside trends
    Topic,Phone system
    …
    Rule,"Sets of fewer than 5 comments are not shown, …"

    Month,Comments,With criticism,Share,Average,Lower limit,Upper limit,What it means
    Feb 2026,60,12,20%,22%,6%,38%,Normal variation

So whatever is hidden on the page is hidden here, by the same decision.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from training import skills
from training.periods import Period, day_label
from training.rates import percent
from training.services.fair import Fair
from training.services.lately import Lately
from training.services.months import Sides
from training.services.teams import TeamPage
from training.services.topics import TopicLine
from training.services.trends import FORMULA, RULE, TrendsPage
from training.trends import wording
from training.trends.shares import Month, ShareTrend

Row = tuple[str, ...]
TOO_FEW = "too few to show"


def trends_rows(*, page: TrendsPage, made_on: date) -> list[Row]:
    """Return the rows of the trends page as a file; its first lines say what was asked and how."""
    return [
        ("Bedside trends",),
        *_asked(page),
        *_foot(page.period.label, made_on),
        ("Finding", page.trend.headline),
        ("Chart", page.trend.why),
        (),
        *_months(page.trend),
        *_notes(page.trend),
        *_sides(page.sides, page.trend.unit),
        *_topics("Topic", page.topics, page.lately),
        *_heat(page),
        *_teams(page.fair),
    ]


def captions(*, page: TrendsPage, made_on: date) -> tuple[str, ...]:
    """Return what a chart says under itself when it stands alone: what was asked, and how."""
    chosen = " · ".join(value for _, value in _asked(page))
    shown = page.trend.months
    days = Period(shown[0].period.start, shown[-1].period.end).label
    made = f"Made on {day_label(made_on)} by Bedside, formula {FORMULA}."
    return f"{chosen} · {days}", page.trend.why, RULE, made


def _asked(page: TrendsPage) -> tuple[tuple[str, str], ...]:
    return (
        ("Topic", skills.topic_name(page.topic) if page.topic else "Any topic"),
        ("Site", dict(page.sites).get(page.filters.site, "All sites")),
        ("Team", _group(page.filters.team)),
        ("Stage", _stage(page.filters.stage)),
    )


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
    yield (
        trend.unit.capitalize(), "Comments", "With criticism", "Share", "Average", "Lower limit",
        "Upper limit", "What it means",
    )  # fmt: skip
    yield from map(_month, trend.months)
    yield ()


def _month(month: Month) -> Row:
    numbers = map(_number, (month.comments, month.negatives))
    point = month.point
    lines = (point.value, point.centre, point.lower, point.upper) if point else (None,) * 4
    return (month.period.label, *numbers, *map(_share, lines), month.meaning)


def _notes(trend: ShareTrend) -> Iterator[Row]:
    """The notes on the chart, within the months that it shows."""
    shown = [month.period for month in trend.months]
    marks = [mark for mark in trend.marks if any(mark.day in period for period in shown)]
    if marks:
        yield "Note on the chart", "What happened"
        yield from ((day_label(mark.day), mark.label) for mark in marks)
        yield ()


def _sides(sides: Iterable[Sides], unit: str) -> Iterator[Row]:
    yield unit.capitalize(), "Comments", "With praise", "With criticism"
    for one in sides:
        yield one.period.label, _number(one.comments), _share(one.praise), _share(one.criticism)
    yield ()


def _topics(what: str, lines: Iterable[TopicLine], lately: Lately | None = None) -> Iterator[Row]:
    """Topics with their shares; with `lately` also what became of each, and of how many by chance."""
    yield what, "Comments", "With praise", "With criticism", *(("Lately",) if lately else ())
    for line in lines:
        name = skills.topic_name(line.topic)
        row = (name, _number(line.comments), _share(line.praise), _share(line.criticism))
        yield (*row, _kind(lately, line.topic)) if lately else row
    if lately and lately.by_chance:
        yield "By chance", lately.by_chance
    yield ()


def _kind(lately: Lately, topic: str) -> str:
    return wording.KINDS[lately.kinds[topic]] if topic in lately.kinds else TOO_FEW


def _heat(page: TrendsPage) -> Iterator[Row]:
    yield "Topic", *map(_stage, page.heat.stages)
    for topic, cells in page.heat.rows:
        yield skills.topic_name(topic), *(_number(cell.comments) for cell in cells)
    yield ()
    yield "What they hold more of", *map(_stage, page.heat.stages)
    for topic, cells in page.heat.rows:
        yield skills.topic_name(topic), *(cell.words or TOO_FEW for cell in cells)
    yield ()


def _teams(fair: Fair) -> Iterator[Row]:
    yield "Team", "Comments", "With praise", "With criticism", "Likely from", "Likely to", "Funnel"
    places = {dot.line.name: dot.point.place.words or "as chance allows" for dot in fair.dots}
    for line in fair.lines:
        ends = line.likely or (None, None)
        numbers = (line.praise, line.criticism, *ends)
        yield line.name, _number(line.comments), *map(_share, numbers), places.get(line.name, "–")


def _number(n: int | None) -> str:
    return TOO_FEW if n is None else str(n)


def _share(share: float | None) -> str:
    return TOO_FEW if share is None else percent(share)
