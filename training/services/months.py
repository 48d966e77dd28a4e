"""Month by month: the share of comments with criticism, and praise beside criticism.

counted comments of a view   60  55  8  70        share_trend: chart, marks, finding
with criticism               12  11  1   9   ──►  sides: praise and criticism as shares
(8: too few to draw)
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
from training.trends.sets import ANY, add_up
from training.trends.shares import Mark, MonthCount, Responses, ShareTrend, share_trend
from training.trends.suppress import FEWEST_SHOWN, hidden_groups


@dataclass(frozen=True, slots=True)
class Sides:
    """Praise beside criticism in one month, as shares of its comments; None: too few to draw."""

    period: Period
    comments: int | None
    praise: float | None
    criticism: float | None


def trend_of(session: Session, *, chosen: Chosen) -> ShareTrend:
    """Return the share of a view's comments with criticism about the topic, month by month."""
    at, filters, whole = chosen.at, chosen.filters, chosen.whole
    critical = Said(topic=filters.topic, team=filters.team, sentiment="negative")
    negatives = add_up(counts.by_cell(session, at.scope, critical))
    views = [chosen.month(month) for month in at.months]
    return share_trend(
        [
            MonthCount(month, whole.counts.get(one, 0), negatives[one])
            for month, one in zip(at.months, views, strict=True)
        ],
        topic=_reads(filters.topic),
        marks=_marks(session, at.scope, filters.topic),
        responses=_responses(session, chosen),
        hidden=[i for i, one in enumerate(views) if whole.count(one) is None],
    )


def sides_of(session: Session, *, chosen: Chosen) -> tuple[Sides, ...]:
    """Return praise beside criticism about the topic, month by month."""
    filters = chosen.filters
    praise, criticism = (
        add_up(counts.by_cell(session, chosen.at.scope, Said(filters.topic, filters.team, sign)))
        for sign in counts.SIGNS
    )
    found = []
    for month in chosen.at.months:
        view = chosen.month(month)
        n = chosen.whole.count(view)
        parts = share(praise[view], n), share(criticism[view], n)
        found.append(Sides(month, n if parts[0] is not None else None, *parts))
    return tuple(found)


def readable_months(session: Session, *, chosen: Chosen, today: date) -> frozenset[date]:
    """Return the first days of the months of which there is a list of comments to read."""
    part = selection.listed(session, chosen=chosen, today=today)
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
