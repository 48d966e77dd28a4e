"""The fixed set of sentences in which a trend states what was found, and no more.

A month beyond its limits, where about 1 in 5 comments are usually negative:

    "Negative comments about waiting" + " were more than usual in Mar 2026: about 2 in 5, usually …"

    >>> interval(-0.15, Interval(-0.22, -0.08)).split(".")[0]
    'The share fell by about 15 percentage points, likely 8–22'

All sentences are about shares of negative comments, so that less is better.
"""

from training.rates import Interval, about
from training.trends.control import Chart, Kind, Point
from training.trends.signals import Cause

FEWEST_STEADY = 6  # months of one baseline before anything is called steady


def standing(newest: str, chart: Chart, unit: str = "month") -> str:
    """How the newest month or quarter stands to the others: the rest of a sentence about comments."""
    last = chart.points[-1]
    usual = about(last.centre)
    if not last.centre:
        return "did not come up in these months."
    if last.kind is Kind.COMMON:
        if sum(point.group == last.group for point in chart.points) < FEWEST_STEADY:
            return f"so far: {usual}. There are too few {unit}s to say more."
        return f"are steady: {usual}; the {unit}s differ no more than by chance."
    fewer = last.kind is Kind.IMPROVEMENT
    if last.special_cause is Cause.TREND:
        return f"have {'fallen' if fewer else 'risen'} for seven {unit}s, to {about(last.value)}."
    how = "fewer" if fewer else "more"
    if last.special_cause is Cause.OUTSIDE:
        return f"were {how} than usual in {newest}: {about(last.value)}, usually {usual}."
    return f"have lately been {how} than usual: {about(last.value)}, usually {usual}."


def quoted(label: str) -> str:
    """A label in quotation marks, its own made single."""
    return f"“{label.translate(str.maketrans('“”', '‘’'))}”"


def subtitle(chart: Chart | None, unit: str = "month") -> str:
    """What the points and the band are; "" without a chart."""
    if not chart:
        return ""
    words = (
        f"Each point is a {unit}: comments with a negative remark as a share of all counted "
        f"comments. Inside the shaded band {unit}s differ by chance."
    )
    if unit == "quarter":
        words += " A quarter is three months, taken together because single months have too few."
    return words + (f" The band is provisional below 12 {unit}s." if chart.short else "")


def meaning(point: Point) -> str:
    """What the rules say of one month, for a table."""
    low = point.kind is Kind.IMPROVEMENT
    return {
        Cause.NONE: "Normal variation",
        Cause.OUTSIDE: f"{'Lower' if low else 'Higher'} than chance explains",
        Cause.TREND: f"One of seven {'falling' if low else 'rising'} in a row",
        Cause.TWO_IN_THREE: f"One of two close to the {'lower' if low else 'upper'} limit",
        Cause.SHIFT: f"One of seven {'below' if low else 'above'} average in a row",
    }[point.special_cause]


def interval(difference: float, ends: Interval) -> str:
    """A difference of two shares in percentage points, with its interval and what it leaves open."""
    low, high = (round(abs(end) * 100) for end in ends)
    if ends.high < 0 or ends.low > 0:
        verb = "fell" if difference < 0 else "rose"
        nearer, farther = sorted((low, high))
        return (
            f"The share {verb} by about {abs(difference) * 100:.0f} percentage points, "
            f"likely {nearer}–{farther}. That it changed does not show why."
        )
    return (
        f"The true change lies anywhere between {low} percentage points down and {high} up, "
        "so chance alone may explain it."
    )
