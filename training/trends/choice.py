"""Which chart, and of which length of period: chosen by the numbers, and said in words.

Five comments a month are too few to draw, fifteen a quarter are enough:

    Jan 5   Feb 5   Mar 5   →   Jan to Mar 15      "a quarter, because a month usually has fewer
    Apr 5   May 5   Jun 5   →   Apr to Jun 15       than 10 comments"

    >>> months = [month_of(date(2026, month, 1)) for month in range(1, 7)]
    >>> chosen = choose([MonthCount(month, comments=5, negatives=1) for month in months])
    >>> (chosen.kind.value, [count.comments for count in chosen.counts])
    ('p', [15, 15])

Shares of comments get a P chart; a P′ chart where twenty points or more differ by over 1.2 times
what counting explains; none where even a quarter has too few comments. `by_chance` says how many of
a page's charts would light up if nothing at all had changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby
from statistics import median

from training.periods import Period, month_of
from training.trends.control import Chart, p_chart, p_prime
from training.trends.limits import overspread, share_limits
from training.trends.shares import MonthCount
from training.trends.suppress import FEWEST_DRAWN

FEWEST_SPREAD = 20  # points from which it can be said that they differ more than counting explains
MOST_SPREAD = 1.2
# of P charts by their newest point, where nothing changes: simulated, ten comments a month, two years
LIGHTS_UP = 0.02


class ChartKind(StrEnum):
    """The chart of a series of shares; NONE is no chart but the comments."""

    P = "p"
    P_PRIME = "p_prime"
    NONE = ""


class Length(StrEnum):
    """How long one point of a chart is."""

    MONTH = "month"
    QUARTER = "quarter"


@dataclass(frozen=True, slots=True)
class Choice:
    """The chart chosen, its points' length and counts, and why, as a sentence for the page.

    chart: None where there is nothing to draw; its points are those of `counts`.
    """

    kind: ChartKind
    length: Length
    counts: tuple[MonthCount, ...]
    chart: Chart | None
    why: str


def choose(months: Sequence[MonthCount]) -> Choice:
    """Choose the length of the points and the chart of these months, which are in order.

    Months decide by their median, so that one quiet month does not lengthen all the others; points
    that are still too small are left out.
    """
    length, counts = Length.MONTH, tuple(months)
    if not _enough(counts):
        length, counts = Length.QUARTER, quarters(months)
    if not _enough(counts):
        why = f"No chart: even a quarter usually has fewer than {FEWEST_DRAWN} comments."
        return Choice(ChartKind.NONE, Length.QUARTER, (), None, why)
    drawn = tuple(count for count in counts if count.comments >= FEWEST_DRAWN)
    negatives, totals = [one.negatives for one in drawn], [one.comments for one in drawn]
    kind = _kind(negatives, totals)
    draw = p_prime if kind is ChartKind.P_PRIME else p_chart
    return Choice(kind, length, drawn, draw(negatives, totals), _why(kind, length))


def _enough(counts: Sequence[MonthCount]) -> bool:
    return bool(counts) and median(count.comments for count in counts) >= FEWEST_DRAWN


def _kind(negatives: Sequence[int], totals: Sequence[int]) -> ChartKind:
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
    if kind is ChartKind.P_PRIME:
        return (
            f"{points}. The band is widened (P′ chart), because neighbouring points differ more "
            "than counting explains."
        )
    return f"{points}. The band is what counting comments explains (P chart)."


def quarters(months: Sequence[MonthCount]) -> tuple[MonthCount, ...]:
    """The calendar quarters of which all three months are given, added up."""
    found = []
    for _, part in groupby(months, key=lambda one: _quarter(one.period.start)):
        three = list(part)
        if len(three) == 3:
            found.append(
                MonthCount(
                    Period(three[0].period.start, three[-1].period.end),
                    sum(one.comments for one in three),
                    sum(one.negatives for one in three),
                )
            )
    return tuple(found)


def _quarter(day: date) -> tuple[int, int]:
    return day.year, (month_of(day).start.month - 1) // 3


def by_chance(charts: int) -> str:
    """How many of so many charts would light up if nothing had changed; "" for no chart."""
    if not charts:
        return ""
    expected = round(charts * LIGHTS_UP)
    if not expected:
        return f"Probably none of these {charts} charts would light up by chance."
    return f"About {expected} of these {charts} charts would light up by chance."
