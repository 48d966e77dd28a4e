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
    if len(chart.points) > 1 and not any(point.value for point in chart.points[:-1]):
        return f"came up in {newest} for the first time: {about(last.value)}."
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


def last_drawn(newest: str, chart: Chart, unit: str = "month") -> str:
    """How comments stood when there last were enough of them: the rest of a sentence about them."""
    usual = about(chart.points[-1].centre)
    return f"were {usual} up to {newest}; no {unit} since has enough comments to draw."


def quoted(label: str) -> str:
    """A label in quotation marks, its own made single."""
    return f"“{label.translate(str.maketrans('“”', '‘’'))}”"


def subtitle(chart: Chart | None, unit: str = "month") -> str:
    """What the points and the band are; "" without a chart."""
    if not chart:
        return ""
    words = (
        "Comments with a negative remark as a share of all counted comments. Inside the shaded "
        f"band {unit}s differ by chance."
    )
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


def run(cause: Cause, kind: Kind) -> str:
    """What a rule says of all the neighbouring points that it flags, for a list under a chart."""
    low = kind is Kind.IMPROVEMENT
    return {
        Cause.NONE: "",
        Cause.OUTSIDE: f"{'Lower' if low else 'Higher'} than chance explains",
        Cause.TREND: f"Seven or more {'falling' if low else 'rising'} in a row",
        Cause.TWO_IN_THREE: f"Two of three close to the {'lower' if low else 'upper'} limit",
        Cause.SHIFT: f"Seven or more {'below' if low else 'above'} average in a row",
    }[cause]


def run_label(cause: Cause, kind: Kind) -> str:
    """The same in two words, for the chart itself."""
    low = kind is Kind.IMPROVEMENT
    return {
        Cause.NONE: "",
        Cause.OUTSIDE: "Unusually low" if low else "Unusually high",
        Cause.TREND: "7 falling" if low else "7 rising",
        Cause.TWO_IN_THREE: "Near the limit",
        Cause.SHIFT: "7 below" if low else "7 above",
    }[cause]


KINDS = {
    Kind.COMMON: "Normal variation",
    Kind.IMPROVEMENT: "Real improvement",
    Kind.CONCERN: "Real decline, look closer",
    Kind.HIGH: "Really higher",
    Kind.LOW: "Really lower",
}


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
