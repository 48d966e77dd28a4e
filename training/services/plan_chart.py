"""What a plan changed: the months before it began, whose limits stay, and the months since.

    before  ●─●─●─●─●─●─●─●─●─●─●─●  |  ●─●─●─●   since the plan began, its own month among them
            limits come from here    |  and are laid over these

Months in which comments were read otherwise than on the plan's first day are left out. A month is
drawn from ten comments on, and hidden here wherever the trends page hides it.
"""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from training import periods
from training.periods import Period
from training.services import selection
from training.services.plans import number_of
from training.services.selection import Filters, Ground
from training.services.signing_in import Viewer
from training.store import counts
from training.store.counts import Said, Scope
from training.store.tables import Plan
from training.trends.choice import MonthCount
from training.trends.plan import Followed, PlanOutcome, follow
from training.trends.sets import ANY, Table, View, add_up
from training.trends.shares import Mark, Month
from training.trends.suppress import FEWEST_DRAWN

BEFORE = 24  # the most months before a plan that its limits come from


@dataclass(frozen=True, slots=True)
class Following:
    """A plan's months and outcome; shares are of all drawn comments before and since its start.

    months: with a point where limits could be frozen and there are ten comments. met: whether the
    target is reached since the start; None before there is a month. reread: whether months were
    left out because comments were read otherwise in them.
    """

    months: tuple[Month, ...]
    mark: Mark
    outcome: PlanOutcome
    counted: str
    share_before: float | None
    share_since: float | None
    met: bool | None
    reread: bool


def following(session: Session, *, viewer: Viewer, public_id: str, today: date) -> Following:
    """Return what became of a plan's measure so far; raise `NotFound`."""
    plan = session.get_one(Plan, number_of(session, viewer=viewer, public_id=public_id))
    at = selection.ground(session, viewer=viewer, today=today)
    wanted = _months(plan, today)
    alike = _read_alike(session, replace(at.scope, start=wanted[0].start), plan)
    months = _counts(session, at, plan, wanted)
    drawn = [
        month
        for month in months
        if month.drawn and alike.start <= month.period.start and month.period.end <= alike.end
    ]
    followed = follow(
        [month.negatives for month in drawn],
        [month.comments for month in drawn],
        started=sum(month.period.end <= plan.started_on for month in drawn),
    )
    return Following(
        months=_shown(months, drawn, followed),
        mark=Mark(plan.started_on, "Plan starts"),
        outcome=followed.outcome,
        counted=_counted(followed, drawn),
        share_before=followed.share_before,
        share_since=followed.share_since,
        met=followed.met(target=plan.target),
        reread=alike != Period(date.min, date.max),
    )


def _months(plan: Plan, today: date) -> tuple[Period, ...]:
    """Return the months of a plan: some before its start, all since, and the one that is running."""
    since = (today.year - plan.started_on.year) * 12 + today.month - plan.started_on.month
    full = periods.last_full_months(BEFORE + max(0, since), today)
    return (*full, periods.month_of(today))


def _read_alike(session: Session, scope: Scope, plan: Plan) -> Period:
    """Return the days around a plan's start in which comments were read as on that day."""
    changes = [day for _, day in counts.readers(session, scope)[1:]]
    return Period(
        max((day for day in changes if day <= plan.started_on), default=date.min),
        min((day for day in changes if day > plan.started_on), default=date.max),
    )


def _counts(
    session: Session, at: Ground, plan: Plan, months: tuple[Period, ...]
) -> list[MonthCount]:
    """Return the months from the first that has comments on; also hidden what trends hide."""
    scope = replace(at.scope, start=months[0].start)
    trends = selection.counted(session, at=at, filters=Filters())
    table = Table(counts.by_cell(session, scope), also_hidden=trends.table.all.hidden)
    critical = Said(topic=plan.topic, sentiment="negative")
    negatives = add_up(counts.by_cell(session, scope, critical))
    views = [_view(plan, month) for month in months]
    made = [
        MonthCount(
            month,
            table.all.counts.get(view, 0),
            negatives[view],
            hidden=view in table.all.hidden,
        )
        for month, view in zip(months, views, strict=True)
    ]
    first = next((i for i, month in enumerate(made) if month.comments), len(made))
    return made[first:]


def _view(plan: Plan, month: Period) -> View:
    return plan.site_id or ANY, plan.stage or ANY, (month.start.year, month.start.month)


def _shown(
    months: list[MonthCount], drawn: list[MonthCount], followed: Followed
) -> tuple[Month, ...]:
    points = followed.chart.points if followed.chart else ()
    shown = {
        count.period: Month(count.period, count.comments, count.negatives, point)
        for count, point in zip(drawn, points, strict=bool(points))
    }
    return tuple(shown.get(count.period, Month(count.period)) for count in months)


def _counted(followed: Followed, drawn: list[MonthCount]) -> str:
    since = len(drawn) - followed.started
    return (
        f"{followed.started} months with at least {FEWEST_DRAWN} comments before the start, "
        f"{since} since."
    )
