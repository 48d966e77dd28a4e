"""Which chart, and of which length of period: chosen by the numbers, and said in words.

Five comments a month are too few to draw, fifteen a quarter are enough:

    Jan 5   Feb 5   Mar 5   →   Jan to Mar 15      "a quarter, because a month usually has fewer
    Apr 5   May 5   Jun 5   →   Apr to Jun 15       than 10 comments"

    >>> months = [month_of(date(2026, month, 1)) for month in range(1, 7)]
    >>> chosen = choose([MonthCount(month, comments=5, negatives=1) for month in months])
    >>> (chosen.kind.value, [count.comments for count in chosen.counts])
    ('p', [15, 15])

Shares of comments get a P chart; a P′ chart where twenty points or more differ by over 1.2 times
what counting explains; exact limits where fewer than two negative comments are usual a point, for
there the rules of runs see signs in nothing; none where even the quarters have too few comments.
`by_chance` says how many of a page's charts would light up if nothing at all had changed.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import groupby
from statistics import median

from training.periods import Period, month_of
from training.rates import Interval
from training.trends.control import Chart, Kind, p_chart, p_prime
from training.trends.exact import binomial_limits
from training.trends.limits import overspread, share_limits
from training.trends.signals import Cause
from training.trends.suppress import FEWEST_DRAWN

FEWEST_SPREAD = 20  # points from which it can be said that they differ more than counting explains
MOST_SPREAD = 1.2
# negative comments usual a point, below which a chart lights up by chance too often: simulated, one
# in ten at a third of a comment, one in fifty from two on
FEWEST_USUAL = 2
EXACT_LEVEL = 0.9973  # of the exact limits: what three sigmas are of a normal distribution
# of P charts by their newest point, where nothing changes: simulated, ten comments a month, two years
LIGHTS_UP = 0.02


class ChartKind(StrEnum):
    """The chart of a series of shares; NONE is no chart but the comments."""

    P = "p"
    P_PRIME = "p_prime"
    EXACT = "exact"
    NONE = ""


class Length(StrEnum):
    """How long one point of a chart is."""

    MONTH = "month"
    QUARTER = "quarter"


@dataclass(frozen=True, slots=True)
class MonthCount:
    """The counted comments of a month or a quarter, and how many hold a negative remark.

    hidden: kept back for the sake of another set of comments, whatever the numbers are.
    """

    period: Period
    comments: int
    negatives: int
    hidden: bool = False

    @property
    def drawn(self) -> bool:
        """Whether there are comments enough for a point, and they may be shown."""
        return not self.hidden and self.comments >= FEWEST_DRAWN


@dataclass(frozen=True, slots=True)
class Choice:
    """The chart chosen, the length of its points, and why, as a sentence for the page.

    counts: every month or quarter in order. chart: of those that are drawn; None where none is.
    """

    kind: ChartKind
    length: Length
    counts: tuple[MonthCount, ...]
    chart: Chart | None
    why: str


def choose(months: Sequence[MonthCount], *, rebase: Collection[date] = ()) -> Choice:
    """Choose the length of the points and the chart of these months, which are in order.

    rebase: days from which on comments are counted otherwise, so that limits start afresh.
    """
    length, counts = _lengthened(tuple(months))
    drawn = [count for count in counts if count.drawn]
    if not drawn:
        why = f"No chart: even a quarter has fewer than {FEWEST_DRAWN} comments."
        return Choice(ChartKind.NONE, length, counts, None, why)
    negatives, totals = [one.negatives for one in drawn], [one.comments for one in drawn]
    starts = [sum(count.period.start < day for count in drawn) for day in rebase]
    kind = _kind(negatives, totals)
    draw = p_prime if kind is ChartKind.P_PRIME else p_chart
    chart = draw(negatives, totals, rebase_at=starts)
    if kind is ChartKind.EXACT:
        chart = _exact(chart, totals)
    return Choice(kind, length, counts, chart, _why(kind, length))


def _lengthened(months: tuple[MonthCount, ...]) -> tuple[Length, tuple[MonthCount, ...]]:
    """Quarters where a month usually has too few comments and they show more of them than months.

    The median decides, so that one quiet month does not lengthen all the others; months of nothing,
    before a practice began or while it asked nobody, and the newest, which still runs, have no say.
    """
    full = [0 if one.hidden else one.comments for one in months[:-1] if one.comments]
    if full and median(full) < FEWEST_DRAWN:
        by_quarter = quarters(months)
        if _shown(by_quarter) > _shown(months):
            return Length.QUARTER, by_quarter
    return Length.MONTH, months


def _shown(counts: Sequence[MonthCount]) -> int:
    return sum(count.comments for count in counts if count.drawn)


def _exact(chart: Chart, totals: Sequence[int]) -> Chart:
    """The same points with limits of the binomial distribution, and no rule but to lie beyond them."""
    points = []
    for point, total in zip(chart.points, totals, strict=True):
        low, high = _exact_limits(total, point.centre)
        outside = point.value > high
        points.append(
            replace(
                point,
                lower=low,
                upper=high,
                outside=outside,
                close=False,
                special_cause=Cause.OUTSIDE if outside else Cause.NONE,
                kind=Kind.CONCERN if outside else Kind.COMMON,
            )
        )
    return replace(chart, points=tuple(points), variation=points[-1].kind)


def _exact_limits(total: int, centre: float) -> Interval:
    if not 0 < centre < 1:
        return Interval(centre, centre)
    return binomial_limits(total, centre, level=EXACT_LEVEL)


def _kind(negatives: Sequence[int], totals: Sequence[int]) -> ChartKind:
    if sum(negatives) < FEWEST_USUAL * len(negatives):
        return ChartKind.EXACT
    if len(totals) < FEWEST_SPREAD:
        return ChartKind.P
    shares = [part / total for part, total in zip(negatives, totals, strict=True)]
    spread = overspread(shares, share_limits(negatives, totals, over=totals), screen=True)
    return ChartKind.P_PRIME if spread > MOST_SPREAD else ChartKind.P


def _why(kind: ChartKind, length: Length) -> str:
    points = {
        Length.MONTH: "Each point is a month",
        Length.QUARTER: "Each point is a quarter, because a month usually has fewer than "
        f"{FEWEST_DRAWN} comments",
    }[length]
    if kind is ChartKind.EXACT:
        return (
            f"{points}. The band is exact, because criticism is rare here: only a point beyond it "
            "stands out."
        )
    if kind is ChartKind.P_PRIME:
        return (
            f"{points}. The band is widened (P′ chart), because neighbouring points differ more "
            "than counting explains."
        )
    return f"{points}. The band is what counting comments explains (P chart)."


def quarters(months: Sequence[MonthCount]) -> tuple[MonthCount, ...]:
    """The calendar quarters added up; each has all its months, but the newest, which still runs.

    A quarter with a hidden month is hidden, so that it is a sum of what is shown.
    """
    parts = [list(part) for _, part in groupby(months, key=lambda one: _quarter(one.period.start))]
    newest = len(parts) - 1
    return tuple(_added(part) for i, part in enumerate(parts) if len(part) == 3 or i == newest)


def _added(part: Sequence[MonthCount]) -> MonthCount:
    return MonthCount(
        Period(part[0].period.start, part[-1].period.end),
        sum(one.comments for one in part),
        sum(one.negatives for one in part),
        hidden=any(one.hidden for one in part),
    )


def _quarter(day: date) -> tuple[int, int]:
    return day.year, (month_of(day).start.month - 1) // 3


def by_chance(charts: int) -> str:
    """How many of so many charts would light up if nothing had changed; "" for no chart."""
    if not charts:
        return ""
    if charts == 1:
        return "This one chart would probably not light up by chance."
    expected = round(charts * LIGHTS_UP)
    if not expected:
        return f"Probably none of these {charts} charts would light up by chance."
    return f"About {expected} of these {charts} charts would light up by chance."
