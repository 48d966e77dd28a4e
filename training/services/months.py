"""Month by month: the share of comments with criticism, and praise beside criticism.

counted comments of a view   60  55  8  70        share_trend: chart, marks, finding
with criticism               12  11  1   9   ──►  sides: praise and criticism as shares
(8: too few to draw; where most are, quarters are drawn instead)
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from training import skills
from training.periods import Period
from training.services import selection
from training.services.selection import Chosen
from training.services.topics import share
from training.store import counts
from training.store.counts import Said, Scope
from training.trends.sets import ANY, View, add_up
from training.trends.shares import Mark, MonthCount, Responses, ShareTrend, share_trend
from training.trends.suppress import FEWEST_DRAWN, FEWEST_SHOWN, hidden_groups


@dataclass(frozen=True, slots=True)
class Sides:
    """Praise beside criticism in a month or quarter, as shares of its comments; None: too few to draw."""

    period: Period
    comments: int | None
    praise: float | None
    criticism: float | None


@dataclass(frozen=True, slots=True)
class Span:
    """A month or a quarter of a view; `comments` None: hidden. views: those of its months."""

    period: Period
    views: tuple[View, ...]
    comments: int | None

    @property
    def drawn(self) -> bool:
        """Whether there are comments enough for a point of the chart."""
        return self.comments is not None and self.comments >= FEWEST_DRAWN


def trend_of(session: Session, *, chosen: Chosen) -> ShareTrend:
    """Return the share of a view's comments with criticism about the topic, month by month.

    Quarter by quarter where most months have too few comments to draw.
    """
    at, filters = chosen.at, chosen.filters
    critical = Said(topic=filters.topic, team=filters.team, sentiment="negative")
    negatives = add_up(counts.by_cell(session, at.scope, critical))
    spans = spans_of(chosen)
    return share_trend(
        [
            MonthCount(
                span.period,
                sum(chosen.whole.counts.get(view, 0) for view in span.views),
                sum(negatives[view] for view in span.views),
            )
            for span in spans
        ],
        topic=_reads(filters.topic),
        marks=_marks(session, at.scope, filters.topic),
        responses=_responses(session, chosen),
        hidden=[i for i, span in enumerate(spans) if span.comments is None],
        unit=_unit(spans),
    )


def spans_of(chosen: Chosen) -> tuple[Span, ...]:
    """Return the months of a view, or its quarters where most months are too small and quarters draw more.

    A quarter with a month that is hidden is hidden: what is shown is a sum of what may be shown.
    The month that is running belongs to no quarter.
    """
    months = tuple(_span(chosen, (month,)) for month in chosen.at.months)
    full = chosen.at.months[:-1]
    quarters = tuple(_span(chosen, full[at : at + 3]) for at in range(0, len(full), 3))
    small = sum(span.comments != 0 and not span.drawn for span in months[:-1])
    if small > sum(span.drawn for span in months[:-1]) and _drawn(quarters) > _drawn(months):
        return quarters
    return months


def _drawn(spans: tuple[Span, ...]) -> int:
    """Return how many comments a chart of these would stand for."""
    return sum(span.comments or 0 for span in spans if span.drawn)


def _span(chosen: Chosen, months: tuple[Period, ...]) -> Span:
    views = tuple(chosen.month(month) for month in months)
    known = [n for n in map(chosen.whole.count, views) if n is not None]
    comments = sum(known) if len(known) == len(views) else None
    return Span(Period(months[0].start, months[-1].end), views, comments)


def _unit(spans: tuple[Span, ...]) -> str:
    return "quarter" if len(spans[0].views) > 1 else "month"


def sides_of(session: Session, *, chosen: Chosen) -> tuple[Sides, ...]:
    """Return praise beside criticism about the topic, by the same months or quarters."""
    filters = chosen.filters
    signs = [
        add_up(counts.by_cell(session, chosen.at.scope, Said(filters.topic, filters.team, sign)))
        for sign in counts.SIGNS
    ]
    found = []
    for span in spans_of(chosen):
        n = span.comments
        parts = [share(sum(sign[view] for view in span.views), n) for sign in signs]
        found.append(Sides(span.period, n if span.drawn else None, *parts))
    return tuple(found)


def readable_months(session: Session, *, chosen: Chosen, today: date) -> frozenset[date]:
    """Return the first days of the months of which there is a list; none where quarters are drawn."""
    part = selection.listed(session, chosen=chosen, today=today)
    if _unit(spans_of(chosen)) == "quarter":
        return frozenset()
    return frozenset(month.start for month in chosen.at.months if part.count(chosen.month(month)))


def _reads(topic: str) -> str:
    """Return a topic as it reads after "about"."""
    name = skills.topic_name(topic)
    return name[:1].lower() + name[1:]


def _marks(session: Session, scope: Scope, topic: str) -> list[Mark]:
    noted = counts.annotations(session, scope, {topic} if topic else set(skills.THEMES))
    marks = [Mark(row.on_day, row.text) for row in noted]
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
