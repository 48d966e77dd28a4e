"""What patients write about: each topic's comments, praise beside criticism, and by stage.

                 First contact  Request  Assessment …       a number where at least five
Phone system          12           31        –              "–": too few to show
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from training import skills
from training.services.selection import SITE, Chosen
from training.store import counts
from training.store.counts import TopicCounts
from training.trends.sets import ANY, Part, View
from training.trends.suppress import FEWEST_DRAWN

SHADES = 5
MUCH_MORE = 2
FULL_SHADE = 0.4  # from two in five comments of a stage on, the strongest colour


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A topic: comments about it, and the shares with praise and with criticism; None: too few."""

    topic: str
    comments: int | None
    praise: float | None
    criticism: float | None


@dataclass(frozen=True, slots=True)
class HeatCell:
    """Comments about a topic at a stage (None: too few to show), and how strongly it is coloured.

    shade: 0 for none to 5, by the share of the stage's comments. words: what they hold more of, from
    ten comments on, else "".
    """

    stage: str
    comments: int | None
    shade: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class Heat:
    """Topics by stage; rows hold a cell for each stage, in the stages' order."""

    stages: tuple[str, ...]
    rows: tuple[tuple[str, tuple[HeatCell, ...]], ...]


@dataclass(frozen=True, slots=True)
class TopicSets:
    """The comments about every topic, within all comments or within a team's."""

    whole: Part
    parts: Mapping[str, tuple[Part, TopicCounts]]


def topic_sets(session: Session, *, chosen: Chosen) -> TopicSets:
    """Return the comments about every topic, those of a team where one is chosen."""
    at, sets = chosen.at, chosen.sets
    found = counts.by_topic(session, at.scope)
    plain = {slug: sets.table.within(one.comments) for slug, one in found.items()}
    if sets.team is None:
        return TopicSets(sets.table.all, {slug: (plain[slug], found[slug]) for slug in found})
    own = counts.by_topic(session, at.scope, team=chosen.filters.team)
    parts = {
        slug: (sets.table.within(one.comments, sets.team, plain[slug], give_up=SITE), one)
        for slug, one in own.items()
    }
    return TopicSets(sets.team, parts)


def lines_of(topics: TopicSets, view: View) -> tuple[TopicLine, ...]:
    """Return the topics of a view, the most written about first, never by how they were judged."""
    lines = []
    for slug, (part, found) in topics.parts.items():
        n = part.count(view)
        if n == 0:
            continue
        parts = (share(_at(signed, view), n) for signed in (found.praise, found.criticism))
        lines.append(TopicLine(slug, n, *parts))
    return tuple(
        sorted(lines, key=lambda line: (-(line.comments or 0), skills.topic_name(line.topic)))
    )


def heat_of(topics: TopicSets, view: View) -> Heat:
    """Return topics by stage, for the site and month of a view; in the order of the lines."""
    rows = tuple(
        (line.topic, tuple(_cell(topics, line.topic, view, stage) for stage in skills.STAGES))
        for line in lines_of(topics, (view[0], ANY, view[2]))
        if line.comments is not None
    )
    return Heat(tuple(skills.STAGES), rows)


def _cell(topics: TopicSets, topic: str, view: View, stage: str) -> HeatCell:
    at = (view[0], stage, view[2])
    part, found = topics.parts[topic]
    n, whole = part.count(at), topics.whole.count(at)
    if not n or not whole:
        return HeatCell(stage, n, 0)
    strength = min(1.0, n / whole / FULL_SHADE)
    signs = (share(_at(signed, at), n) for signed in (found.praise, found.criticism))
    return HeatCell(stage, n, 1 + round(strength * (SHADES - 1)), tone(*signs))


def tone(praise: float | None, criticism: float | None) -> str:
    """Return which of two sides comments hold at least twice as much of; "" below ten comments."""
    if praise is None or criticism is None:
        return ""
    if praise == criticism == 0:
        return "neither"
    if criticism >= MUCH_MORE * praise:
        return "mostly criticism"
    return "mostly praise" if praise >= MUCH_MORE * criticism else "both sides"


def _at(cells: Mapping[View, int], view: View) -> int:
    """Add up the cells of a view, without adding up every other."""
    site, stage, month = view
    return sum(
        n
        for (place, at, when), n in cells.items()
        if site in (ANY, place) and stage in (ANY, at) and month in (ANY, when)
    )


def share(part: int, whole: int | None) -> float | None:
    """Return a part of a shown number of comments as a share; None below ten comments."""
    return part / whole if whole is not None and whole >= FEWEST_DRAWN else None
