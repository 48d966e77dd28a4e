"""Month by month: the share of comments with criticism, and praise beside criticism.

counted comments of a view   60  55  8  70        share_trend: chart, marks, finding
with criticism               12  11  1   9   ──►  sides: praise and criticism as shares
(8: too few to draw; where most are, quarters are drawn instead)
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from training import skills
from training.periods import Period
from training.services import selection
from training.services.selection import Chosen
from training.services.topics import share
from training.store import annotations, counts, plans
from training.store.counts import Scope
from training.trends.choice import MonthCount, choose
from training.trends.control import Kind
from training.trends.sets import ANY, View, add_up
from training.trends.shares import Mark, Responses, ShareTrend, share_trend
from training.trends.suppress import FEWEST_SHOWN, hidden_groups


@dataclass(frozen=True, slots=True)
class Sides:
    """Praise beside criticism in a month or quarter, as shares of its comments; None: too few to draw."""

    period: Period
    comments: int | None
    praise: float | None
    criticism: float | None


@dataclass(frozen=True, slots=True)
class Story:
    """What a page tells of the months of a view: the chart's trend, and both sides of it.

    readable: the first days of the months or quarters whose comments may be read.
    """

    trend: ShareTrend
    sides: tuple[Sides, ...]
    readable: frozenset[date]


@dataclass(frozen=True, slots=True)
class Years:
    """What is chosen of the year that pages are about, and of the year before it."""

    before: Chosen
    chosen: Chosen

    @property
    def scope(self) -> Scope:
        """The comments of both."""
        return replace(self.chosen.at.scope, start=self.before.at.scope.start)

    def counts(self, negatives: Mapping[View, int]) -> list[MonthCount]:
        """Return the months of both, the earlier year's from the first comment on."""
        found = [
            MonthCount(
                month,
                part.whole.counts.get(part.month(month), 0),
                negatives.get(part.month(month), 0),
                hidden=part.whole.count(part.month(month)) is None,
            )
            for part in (self.before, self.chosen)
            for month in part.at.months
        ]
        year = len(self.before.at.months)
        first = next((i for i, month in enumerate(found) if month.comments), year)
        return found[min(first, year) :]

    def newest(self, negatives: Mapping[View, int], marks: Iterable[Mark]) -> Kind | None:
        """Return what the newest point of these months' chart is; None without a chart."""
        rebase = [mark.day for mark in marks if mark.rebase]
        chart = choose(self.counts(negatives), rebase=rebase).chart
        return chart.variation if chart else None


def years_of(session: Session, *, chosen: Chosen) -> Years:
    """Return what is chosen, with the same of the year before."""
    return Years(selection.choose_before(session, chosen=chosen), chosen)


@dataclass(frozen=True, slots=True)
class Signs:
    """How many comments hold praise, and criticism, of what is looked at, by every view of both years."""

    praise: Counter[View]
    criticism: Counter[View]


def signs_of_any(session: Session, *, years: Years) -> Signs:
    """Return the comments with praise, and with criticism, of anything (a team's: of its people)."""
    found = counts.by_sign(session, years.scope, team=years.chosen.filters.team)
    praise, criticism = (add_up(found[sign]) for sign in counts.SIGNS)
    return Signs(praise, criticism)


def story(session: Session, *, years: Years, signs: Signs, today: date) -> Story:
    """Return the share of a view's comments with criticism about the topic, and praise beside it.

    The chart has the year before as well, from its first comment on; the rest has the year alone.
    """
    chosen = years.chosen
    trend = share_trend(
        years.counts(signs.criticism),
        topic=_reads(chosen.filters.topic),
        marks=_marks(session, years),
        responses=_responses(session, chosen),
    )
    readable = _readable(session, chosen, trend, today)
    if not chosen.filters.team:  # what was said of people is read for a year
        readable |= _readable(session, years.before, trend, today)
    return Story(trend, _sides(chosen, trend, signs), readable)


def _sides(chosen: Chosen, trend: ShareTrend, signs: Signs) -> tuple[Sides, ...]:
    """Return praise beside criticism by the months or quarters of the chart that lie in the year."""
    found = []
    for one in trend.months:
        views = [chosen.month(month) for month in _inside(chosen, one.period)]
        if views:
            sums = [sum(sign[view] for view in views) for sign in (signs.praise, signs.criticism)]
            shares = [share(part, one.comments) for part in sums]
            found.append(Sides(one.period, one.comments, *shares))
    return tuple(found)


def _inside(chosen: Chosen, period: Period) -> list[Period]:
    """Return the months of a period; none unless all of it lies in the chosen year."""
    months = [month for month in chosen.at.months if month.start in period]
    whole = months and (months[0].start, months[-1].end) == (period.start, period.end)
    return months if whole else []


def _readable(session: Session, chosen: Chosen, trend: ShareTrend, today: date) -> frozenset[date]:
    """Return the first days of the months or quarters of which there is a list of comments."""
    part = selection.listed(session, chosen=chosen, today=today)
    found = set()
    for one in trend.months:
        listed = [part.count(chosen.month(month)) for month in _inside(chosen, one.period)]
        if any(listed) and None not in listed:
            found.add(one.period.start)
    return frozenset(found)


def _reads(topic: str) -> str:
    """Return a topic as it reads after "about"."""
    name = skills.topic_name(topic)
    return name[:1].lower() + name[1:]


def _marks(session: Session, years: Years) -> list[Mark]:
    chosen, scope = years.chosen, years.scope
    site = chosen.at.sites[chosen.filters.site][0] if chosen.filters.site else None
    noted = annotations.on_charts(session, scope, topic=chosen.filters.topic, site_id=site)
    marks = [
        Mark(row.on_day, row.text if site or not place else f"{row.text} ({place})")
        for row, place in noted
    ]
    sites, topic = (site,) if site else scope.site_ids or (), chosen.filters.topic
    started = plans.starts(session, scope.practice_id, sites, topic) if topic else []
    marks += [Mark(day, f"Plan: {name}") for day, name in started if scope.start <= day < scope.end]
    changes = counts.readers(session, scope)[1:]
    marks += [Mark(day, f"Read anew: {reader}", rebase=True) for reader, day in changes]
    return marks


def _responses(session: Session, chosen: Chosen) -> Responses | None:
    """Return invitations and answers; None where few answered, or where there is no telling."""
    if chosen.filters.team or chosen.filters.stage:
        return None
    found, site = counts.responses(session, chosen.at.scope), chosen.view[0]
    hidden = hidden_groups({place: used for place, (_, used) in found.items()})
    wanted = [pair for place, pair in found.items() if site in {ANY, place}]
    issued, used = sum(pair[0] for pair in wanted), sum(pair[1] for pair in wanted)
    few = 0 < used < FEWEST_SHOWN or site in hidden
    return None if few else Responses(issued, used)
