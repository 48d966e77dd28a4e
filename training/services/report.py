"""The monthly report: one page to print for a meeting, which opens with thanks.

    March 2026        Of 84 comments 71 % hold praise.  “[nurse] explained it twice, without a sigh.”
    what they write about · what changed over the year · plans: reviews and steps that are due

Every number comes from where the trends page has it, hidden alike; patients' words are those that a
manager may read, so that showing them is audited as any reading is.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from training.periods import Period, last_full_months
from training.services import comment_list, plans, selection, topics, trends
from training.services.people import NotFound
from training.services.plans import PlanLine, State
from training.services.selection import Chosen, Filters, month_slug
from training.services.signing_in import Viewer
from training.services.topics import TopicLine, share
from training.store import counts
from training.store import plans as plan_store
from training.trends.sets import add_up

TOP = 5
MOST_QUOTES = 3
LONGEST_QUOTE = 280
AHEAD = timedelta(days=31)  # how far ahead steps are named that will be due


@dataclass(frozen=True, slots=True)
class DueStep:
    """A step of a plan that is not done and due soon, or overdue."""

    plan: str
    words: str
    who: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Report:
    """All that the report says; comments None: too few to show; shares None below ten comments.

    praised: what was praised by half of those who wrote about it, most written about first. quotes:
    praise as a manager may read it. finding: the headline of the year's trend.
    """

    site: str
    sites: tuple[tuple[str, str], ...]
    month: str
    months: tuple[tuple[str, str], ...]
    period: Period
    comments: int | None
    praise: float | None
    criticism: float | None
    praised: tuple[TopicLine, ...]
    quotes: tuple[str, ...]
    topics: tuple[TopicLine, ...]
    finding: str
    responses: str
    plans: tuple[PlanLine, ...]
    ended: tuple[PlanLine, ...]
    steps: tuple[DueStep, ...]


def report(
    session: Session, *, viewer: Viewer, site: str, month: str, today: date, moment: datetime
) -> Report:
    """Return the report of a full month ("" for the last one) of all sites or one.

    Raises `NotFound` for a site out of scope, or a month that is not one of the last twelve.
    """
    full = {month_slug(one): one for one in reversed(last_full_months(selection.MONTHS, today))}
    month = month or next(iter(full))
    if month not in full:
        raise NotFound
    filters = Filters(site=site, month=month)
    chosen = selection.choose(session, viewer=viewer, filters=filters, today=today)
    n = chosen.whole.count(chosen.view)
    signs = counts.by_sign(session, chosen.at.scope)
    lines = _lines(session, chosen)
    year = trends.page(session, viewer=viewer, topic="", site=site, today=today)
    everything = plans.everyone(session, viewer=viewer, today=today)
    here = [line for line in everything if not site or line.site_public_id in {"", site}]
    return Report(
        site=site,
        sites=chosen.at.site_names,
        month=month,
        months=tuple((slug, one.label) for slug, one in full.items()),
        period=full[month],
        comments=n,
        praise=share(add_up(signs["positive"])[chosen.view], n),
        criticism=share(add_up(signs["negative"])[chosen.view], n),
        praised=tuple(line for line in lines if (line.praise or 0) >= 0.5)[:TOP],
        quotes=_quotes(session, viewer, filters, today, moment),
        topics=lines[:TOP],
        finding=year.trend.headline,
        responses=year.trend.responses.words if year.trend.responses else "",
        plans=tuple(line for line in here if line.state in plans.OPEN),
        ended=_ended(session, viewer, here, full[month]),
        steps=_steps(session, viewer, here, today),
    )


def _lines(session: Session, chosen: Chosen) -> tuple[TopicLine, ...]:
    """Return what was written about in the month, without what is hidden."""
    sets = topics.topic_sets(session, chosen=chosen)
    return tuple(line for line in topics.lines_of(sets, chosen.view) if line.comments is not None)


def _quotes(
    session: Session, viewer: Viewer, filters: Filters, today: date, moment: datetime
) -> tuple[str, ...]:
    """Return a few answers to "what went well?", short ones, in the list's own order."""
    found = comment_list.read(
        session, viewer=viewer, filters=filters, page=1, today=today, moment=moment
    )
    answers = (words for comment in found.comments for words in comment)
    praise = [
        one.text
        for one in answers
        if one.question == "went_well" and len(one.text) <= LONGEST_QUOTE
    ]
    return tuple(praise[:MOST_QUOTES])


def _ended(
    session: Session, viewer: Viewer, lines: list[PlanLine], month: Period
) -> tuple[PlanLine, ...]:
    rows = plan_store.of_practice(session, viewer.practice_id, viewer.site_ids)
    ended = {row.public_id for row in rows if row.ended_on and row.ended_on in month}
    return tuple(line for line in lines if line.public_id in ended)


def _steps(
    session: Session, viewer: Viewer, lines: list[PlanLine], today: date
) -> tuple[DueStep, ...]:
    """Return the steps of plans under way that are due within a month, soonest first."""
    open_plans = {line.public_id for line in lines if line.state is State.UNDER_WAY}
    rows = plan_store.of_practice(session, viewer.practice_id, viewer.site_ids)
    names = {row.id: row.name for row in rows if row.public_id in open_plans}
    return tuple(
        DueStep(names[row.plan_id], row.words, row.who, row.due_on)
        for row in plan_store.steps_due(session, list(names), today + AHEAD)
        if row.due_on is not None
    )
