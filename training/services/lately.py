"""What became of each topic lately: the verdict of its own control chart, without drawing it.

    Phone system          22 of 60   21 of 58 … 9 of 61   ──►   Real improvement
    Parking                1 of 60    2 of 58 … 1 of 61   ──►   No real change
    "About 1 of these 34 charts would light up by chance."

The charts are those that the page draws when the topic is chosen: the same months, limits and rules.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from training.services.months import Signs, Years
from training.services.topics import TopicLine, TopicSets
from training.store import counts
from training.store.counts import Cell, TopicCounts
from training.trends.choice import by_chance
from training.trends.control import Kind
from training.trends.sets import ANY, View, add_up
from training.trends.shares import ShareTrend

NOTHING = TopicCounts({}, {}, {})


@dataclass(frozen=True, slots=True)
class Lately:
    """What the newest point of each topic's chart is, by topic, and how many would be by chance."""

    kinds: Mapping[str, Kind]
    by_chance: str


def criticism_before(session: Session, *, years: Years) -> Mapping[str, Mapping[Cell, int]]:
    """Return the comments with criticism of every topic in the year before, by topic and cell."""
    before = years.before
    return counts.criticism_by_topic(session, before.at.scope, team=before.filters.team)


def signs_of(topic: str, found: TopicSets, before: Mapping[str, Mapping[Cell, int]]) -> Signs:
    """Return praise (of the year) and criticism (of both) of a topic, of what was counted already."""
    _, year = found.parts.get(topic, (None, NOTHING))
    return Signs(add_up(year.praise), add_up({**before.get(topic, {}), **year.criticism}))


def of_topics(
    *,
    years: Years,
    trend: ShareTrend,
    lines: Iterable[TopicLine],
    found: TopicSets,
    before: Mapping[str, Mapping[Cell, int]],
) -> Lately:
    """Judge the chart of every topic of which the number of comments is shown.

    trend: of the page, whose marks say from when on comments were counted otherwise.
    """
    kinds = {}
    for line in lines:
        if line.comments is not None:
            cells = {**before.get(line.topic, {}), **found.parts[line.topic][1].criticism}
            kind = years.newest(_months(years, cells), trend.marks)
            if kind is not None:
                kinds[line.topic] = kind
    return Lately(kinds, by_chance(len(kinds)))


def _months(years: Years, cells: Mapping[Cell, int]) -> dict[View, int]:
    """Add up cells by the months of the view that is chosen."""
    site, stage, _ = years.chosen.view
    found: dict[View, int] = {}
    for (place, at, month), n in cells.items():
        if site in (ANY, place) and stage in (ANY, at):
            view = (site, stage, month)
            found[view] = found.get(view, 0) + n
    return found
