"""Numbers → SVG: control charts, sparks, bars and lines of trust.

    share_chart("waiting", trend, title="Waiting")     30 ┊- - - - - - - - - - -  Upper limit
                                                       20 ┊●──●───●──●──●──■────  Average 20%
                                                       10 ┊- - - - - - - - - - -  Lower limit
                                                           Jan    Mar    May

    >>> print(bar(0.25))
    <svg class="bar" viewBox="0 0 200 10" preserveAspectRatio="none" aria-hidden="true">…
    …<rect class="t" width="200" height="10"/><rect class="f" width="50.0" height="10"/></svg>

Colours come from classes alone and sizes from attributes, so one drawing serves dark mode, high
contrast, print and a strict content policy. A control chart is drawn twice, wide and narrow, with
the same limits; the template writes the table of the same numbers that stands under it.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from math import ceil

from markupsafe import Markup

from training.rates import percent
from training.trends.control import Kind
from training.trends.shares import Mark, Month, ShareTrend
from training.trends.standing_out import runs
from training.web import plane
from training.web.svg import Place, draw, figure, join, points

__all__ = [
    "Kind",
    "bar",
    "control_chart",
    "legend_mark",
    "percent",
    "runs",
    "share_chart",
    "spark",
    "trust",
    "trustline",
]  # what templates may call
TRUST_SEGMENTS = 5


def share_chart(
    ident: str, trend: ShareTrend, *, title: str, links: Mapping[date, str] | None = None
) -> Markup:
    """The control chart of a trend, wide and narrow; nothing when no month can be drawn.

    ident: unique on the page. links: the address of a point's comments by its first day.
    """
    return control_chart(
        ident, trend.months, trend.marks, title=title, finding=trend.headline, links=links
    )


def control_chart(
    ident: str,
    months: Sequence[Month],
    marks: Sequence[Mark] = (),
    *,
    title: str,
    finding: str,
    links: Mapping[date, str] | None = None,
    goal: float | None = None,
) -> Markup:
    """Any control chart of shares by month or quarter, wide and narrow with the same limits.

    Empty when no month has a point. Limits are those of the points, so a plan's frozen ones are drawn
    as they are. finding: said before the numbers to whoever does not see the drawing. goal: a share.
    """
    if not any(month.point for month in months):
        return Markup("")
    drawn = [
        drawing(
            size, ident, months, marks, title=title, finding=finding, links=links or {}, goal=goal
        )
        for size in plane.SIZES
    ]
    return join(drawn)


def drawing(
    size: plane.Size,
    ident: str,
    months: Sequence[Month],
    marks: Sequence[Mark],
    *,
    title: str,
    finding: str,
    links: Mapping[date, str] | None = None,
    goal: float | None = None,
) -> Markup:
    """One of the two drawings of a control chart; a month must have a point."""
    numbers = [f"{month.period.label}: {month.words}." for month in months]
    scale = plane.most(months, goal)
    return figure(
        f"{ident}-{size.suffix}",
        plane.parts(size, _newest(months, size), marks, most=scale, links=links or {}, goal=goal),
        size=(size.width, size.height),
        title=title,
        desc=" ".join([finding, *numbers]),
        css=size.css,
        linked=bool(links),
    )


def _newest(months: Sequence[Month], size: plane.Size) -> Sequence[Month]:
    """As many months as there is room for, up to the newest that is drawn."""
    last = max(i for i, month in enumerate(months) if month.point)
    return months[max(0, last + 1 - size.newest) : max(last + 1, size.newest)]


def legend_mark(kind: Kind) -> Markup:
    """The marker of a kind alone, for the legend under a chart."""
    return draw('<svg viewBox="-8 -8 16 16" aria-hidden="true">{}</svg>', plane.marker(kind, 0, 0))


# ---- small drawings: the words beside them say the same ----


def spark(values: Sequence[float]) -> Markup:
    """A line without scale or words, for a tile; nothing for fewer than two values."""
    if len(values) < 2:
        return Markup("")
    low, high = min(values), max(values)
    places = [
        (4 + 148 * i / (len(values) - 1), 35 - 30 * (value - low) / ((high - low) or 1))
        for i, value in enumerate(values)
    ]
    return draw(
        '<svg class="spark" viewBox="0 0 160 40" preserveAspectRatio="none" aria-hidden="true">'
        '<polyline class="c-line" vector-effect="non-scaling-stroke" points="{}"/></svg>',
        points(places),
    )


def bar(share: float) -> Markup:
    """A bar filled to a share of 0–1."""
    return draw(
        '<svg class="bar" viewBox="0 0 200 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="t" width="200" height="10"/><rect class="f" width="{:.1f}" height="10"/></svg>',
        200 * min(1.0, max(0.0, share)),
    )


def trust(value: int) -> Markup:
    """A patient's trust of 0–100 in five segments."""
    filled = ceil(min(100, max(0, value)) * TRUST_SEGMENTS / 100)
    segments = [
        draw(
            '<rect x="{}" y="1" width="17" height="6" rx="2" class="{}"/>',
            *(20 * i + 1, "on" if i < filled else "off"),
        )
        for i in range(TRUST_SEGMENTS)
    ]
    return draw(
        '<svg class="trust" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        "{}</svg>",
        join(segments),
    )


def trustline(
    ident: str, yours: Sequence[int], strong: Sequence[int], *, title: str, desc: str
) -> Markup:
    """How a patient's trust of 0–100 went, moment by moment, beside a strong conversation.

    Drawn wide and narrow; ident is unique on the page.
    """
    return join(
        [
            _trustline(f"{ident}-w", yours, strong, title, desc, "w-only", (560, 220)),
            _trustline(f"{ident}-n", yours, strong, title, desc, "n-only", (340, 220)),
        ]
    )


def _trustline(
    ident: str,
    yours: Sequence[int],
    strong: Sequence[int],
    title: str,
    desc: str,
    css: str,
    size: tuple[int, int],
) -> Markup:
    left, right, top, bottom = 74, size[0] - 14, 14, size[1] - 30
    step = (right - left) / max(1, len(yours) - 1, len(strong) - 1)

    def places(line: Sequence[int]) -> list[Place]:
        clipped = (min(100, max(0, value)) for value in line)
        return [(left + step * i, bottom - (bottom - top) * v / 100) for i, v in enumerate(clipped)]

    mine = places(yours)
    area = [(left, bottom), *mine, (mine[-1][0], bottom)] if mine else []
    heights = ((bottom, "Closed"), ((top + bottom) // 2, "Guarded"), (top, "Open"))
    parts = [
        *(_trust_height(left, right, y, word) for y, word in heights),
        draw('<polygon class="c-area" points="{}"/>', points(area)),
        draw('<polyline class="c-alt" points="{}"/>', points(places(strong))),
        draw('<polyline class="c-brand" points="{}"/>', points(mine)),
        *(_moment(x, y, i, size[1] - 8) for i, (x, y) in enumerate(mine, start=1)),
    ]
    return figure(ident, parts, size=size, title=title, desc=desc, css=css)


def _trust_height(left: int, right: int, y: int, word: str) -> Markup:
    return draw(
        '<line class="c-grid" x1="{}" x2="{}" y1="{y}" y2="{y}"/>'
        '<text x="{}" y="{}" text-anchor="end">{}</text>',
        *(left, right, left - 10, y + 4, word),
        y=y,
    )


def _moment(x: float, y: float, number: int, foot: int) -> Markup:
    return draw(
        '<circle class="c-brandf" cx="{:.1f}" cy="{:.1f}" r="5.5"/>'
        '<text x="{:.1f}" y="{}" text-anchor="middle">{}</text>',
        *(x, y, x, foot, number),
    )
