"""The parts of a control chart: scale, band, limits, notes, line, dots, words.

A plane says where things lie; each function draws one part on it.

    >>> plane = Plane(SIZES[0], n=12, most=0.3, top=14)
    >>> plane.x(0), plane.y(0.3)
    (66.0, 14.0)
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from math import ceil

from markupsafe import Markup

from training.rates import percent
from training.trends import standing_out, wording
from training.trends.control import Kind, Point
from training.trends.shares import Mark, Month
from training.web.svg import Place, draw, hidden, points

_LETTER = 7.1  # the width of a letter, in the drawing's own unit
_LINE = 16  # from one line of text to the next
_ROW = 26  # of one note above the chart
_ROWS = 3
_LEFT = 40

_Drawn = tuple[int, Month, Point]  # a month that has a point, and its position


@dataclass(frozen=True, slots=True)
class Size:
    """One of the two drawings; `newest` is how many months it has room for."""

    suffix: str
    css: str
    width: int
    height: int
    margin: int
    newest: int


SIZES = (Size("w", "w-only", 760, 300, 96, 36), Size("n", "n-only", 350, 270, 84, 8))


@dataclass(frozen=True, slots=True)
class Plane:
    """Where things lie in a drawing of n months and of shares from 0 to `most`."""

    size: Size
    n: int
    most: float
    top: int

    @property
    def right(self) -> int:
        """Where the last month ends."""
        return self.size.width - self.size.margin

    @property
    def bottom(self) -> int:
        """Where a share of 0 lies."""
        return self.size.height - 30

    @property
    def step(self) -> float:
        """The width of a month."""
        return (self.right - _LEFT) / self.n

    def x(self, month: float) -> float:
        """The middle of a month counted from 0; half a month earlier is where it starts."""
        return _LEFT + self.step * (month + 0.5)

    def y(self, share: float) -> float:
        """The height of a share of 0–1; up is smaller."""
        return self.bottom - (self.bottom - self.top) * share / self.most


def most(months: Sequence[Month], goal: float | None = None) -> float:
    """The upper end of the scale, a whole tenth; it is the same for both drawings."""
    reached = [max(month.point.value, month.point.upper) for month in months if month.point]
    reached.append(goal or 0.0)
    return min(1.0, ceil(max(reached) * 10 + 0.01) / 10)


def parts(
    size: Size,
    months: Sequence[Month],
    marks: Sequence[Mark],
    *,
    most: float,
    links: Mapping[date, str],
    goal: float | None = None,
) -> list[Markup]:
    """Every part of the chart of these months, those behind first; one of them must be drawn."""
    start, end = months[0].period.start, months[-1].period.end
    marks = [mark for mark in marks if start <= mark.day < end]
    plane = Plane(size, len(months), most, 14 + _ROW * min(len(marks), _ROWS))
    drawn = [(i, month, month.point) for i, month in enumerate(months) if month.point]
    runs = _unbroken(drawn)
    return [
        *(_band(plane, run) for run in runs),
        _grid(plane),
        *(_limits(plane, run) for run in runs),
        *([] if goal is None else [_goal(plane, goal)]),
        _limit_words(plane, drawn[-1][2], goal),
        *(_note(plane, months, mark, row % _ROWS) for row, mark in enumerate(marks)),
        *(_line(plane, run) for run in runs),
        *(_dot(plane, i, month, point, links) for i, month, point in drawn),
        _run_words(plane, drawn),
        _month_words(plane, months),
    ]


def _unbroken(drawn: Sequence[_Drawn]) -> list[list[_Drawn]]:
    """Months without a gap that share a baseline."""
    placed = enumerate(drawn)
    grouped = groupby(placed, key=lambda pair: (pair[1][0] - pair[0], pair[1][2].group))
    return [[one for _, one in run] for _, run in grouped]


def _steps(plane: Plane, run: Sequence[_Drawn], side: str) -> list[Place]:
    return [
        (plane.x(i + half), plane.y(getattr(point, side)))
        for i, _, point in run
        for half in (-0.5, 0.5)
    ]


def _band(plane: Plane, run: Sequence[_Drawn]) -> Markup:
    corners = _steps(plane, run, "upper") + _steps(plane, run, "lower")[::-1]
    return draw('<polygon class="c-band" points="{}"/>', points(corners))


def _grid(plane: Plane) -> Markup:
    spacing = 0.05 if plane.most <= 0.2 else 0.1 if plane.most <= 0.6 else 0.2
    lines = [
        draw(
            '<line class="c-grid" x1="{}" x2="{}" y1="{:.1f}" y2="{:.1f}"/>'
            '<text x="{}" y="{:.1f}" text-anchor="end">{:.0f}%</text>',
            *(_LEFT, plane.right, plane.y(tick), plane.y(tick)),
            *(_LEFT - 8, plane.y(tick) + 4, tick * 100),
        )
        for tick in (spacing * i for i in range(round(plane.most / spacing) + 1))
    ]
    return hidden(lines)


def _limits(plane: Plane, run: Sequence[_Drawn]) -> Markup:
    centre = plane.y(run[0][2].centre)
    return draw(
        '<polyline class="c-lim" points="{}"/><polyline class="c-lim" points="{}"/>'
        '<line class="c-mean" x1="{:.1f}" x2="{:.1f}" y1="{:.1f}" y2="{:.1f}"/>',
        *(points(_steps(plane, run, side)) for side in ("upper", "lower")),
        *(plane.x(run[0][0] - 0.5), plane.x(run[-1][0] + 0.5), centre, centre),
    )


def _line(plane: Plane, run: Sequence[_Drawn]) -> Markup:
    places = [(plane.x(i), plane.y(point.value)) for i, _, point in run]
    return draw('<polyline class="c-line" points="{}"/>', points(places))


def _goal(plane: Plane, goal: float) -> Markup:
    y = plane.y(goal)
    return draw(
        '<line class="c-target" x1="{}" x2="{}" y1="{:.1f}" y2="{:.1f}"/>',
        *(_LEFT, plane.right, y, y),
    )


def _limit_words(plane: Plane, last: Point, goal: float | None) -> Markup:
    """The names of the lines, a line of text apart however close the lines are."""
    wide = plane.size.width > 450
    average = percent(last.centre)
    if wide or len(average) < 4:
        average = f"Average {average}"
    words = [("t-strong", last.centre, average)]
    if last.lower < last.upper:
        limit = " limit" if wide else ""
        words += [("", last.upper, f"Upper{limit}"), ("", last.lower, f"Lower{limit}")]
    if goal is not None:
        words.append(("t-strong", goal, f"Goal {percent(goal)}"))
    placed, below = [], float("inf")
    for css, share, word in sorted(words, key=lambda one: one[1]):
        below = min(plane.y(share) + 4, below - _LINE)
        placed.append((css, below, word))
    return hidden(
        draw('<text class="{}" x="{}" y="{:.1f}">{}</text>', css, plane.right + 8, y, word)
        for css, y, word in placed
    )


def _note(plane: Plane, months: Sequence[Month], mark: Mark, row: int) -> Markup:
    """A dated note: a dotted line on its day and its words in a pill above."""
    at = next(i for i, month in enumerate(months) if mark.day in month.period)
    period = months[at].period
    x = plane.x(at - 0.5 + (mark.day - period.start).days / len(period))
    room = int((plane.right - _LEFT - 18) / _LETTER)
    words = mark.label if len(mark.label) <= room else mark.label[: room - 1].rstrip() + "…"
    width, y = _LETTER * len(words) + 18, 2 + _ROW * row
    left = min(max(x - width / 2, _LEFT), plane.right - width)
    return draw(
        '<g><title>{}</title><line class="c-note" x1="{x:.1f}" x2="{x:.1f}" y1="{}" y2="{}"/>'
        '<rect class="c-notebg" x="{:.1f}" y="{}" width="{:.1f}" height="22" rx="11"/>'
        '<text class="t-strong" x="{:.1f}" y="{}" text-anchor="middle">{}</text></g>',
        *(mark.label, y + 22, plane.bottom, left, y, width, left + width / 2, y + 15, words),
        x=x,
    )


def _dot(plane: Plane, i: int, month: Month, point: Point, links: Mapping[date, str]) -> Markup:
    x, y = plane.x(i), plane.y(point.value)
    words = f"{month.period.label}: {month.words}. {month.meaning}"
    drawn = draw("{}<title>{}</title>", marker(point.kind, x, y), words)
    if month.period.start not in links:
        return draw("<g>{}</g>", drawn)
    return draw(
        '<a href="{}" aria-label="{}"><rect x="{:.1f}" y="{:.1f}" width="24" height="24" '
        'fill="none" pointer-events="all"/>{}</a>',
        *(links[month.period.start], words, x - 12, y - 12, drawn),
    )


def _run_words(plane: Plane, drawn: Sequence[_Drawn]) -> Markup:
    """Two words at the newest point of each run that stands out; none that would lie on another."""
    places = {month.period: (plane.x(i), plane.y(point.value), point) for i, month, point in drawn}
    parts: list[Markup] = []
    free = plane.right + 0.0
    for run in reversed(standing_out.runs([month for _, month, _ in drawn])):
        x, y, point = places[run.last.period]
        words = wording.run_label(run.cause, run.kind)
        half = _LETTER * len(words) / 2
        x = min(max(x, _LEFT + half), plane.right - half)
        if x + half <= free:
            above = point.value >= point.centre and y - 10 > plane.top
            parts.append(
                draw(
                    '<text class="t-strong" x="{:.1f}" y="{:.1f}" text-anchor="middle">{}</text>',
                    *(x, y - 11 if above else min(y + 22, plane.bottom - 4), words),
                )
            )
            free = x - half - 8
    return hidden(parts)


def marker(kind: Kind, x: float, y: float) -> Markup:
    """A shape for each kind, so that none is told by its colour alone."""
    if kind is Kind.IMPROVEMENT:
        return draw('<path class="c-good" d="M{:.1f} {:.1f}l6.5 11.5h-13z"/>', x, y - 7)
    if kind is Kind.CONCERN:
        return draw('<path class="c-bad" d="M{:.1f} {:.1f}h11v11h-11z"/>', x - 5.5, y - 5.5)
    return draw('<circle class="c-pt" cx="{:.1f}" cy="{:.1f}" r="4.5"/>', x, y)


def _month_words(plane: Plane, months: Sequence[Month]) -> Markup:
    every = ceil(8 * max(len(month.period.label) for month in months) / plane.step)
    drawn = [
        draw(
            '<text x="{:.1f}" y="{}" text-anchor="middle">{}</text>',
            *(plane.x(i), plane.size.height - 6, month.period.label),
        )
        for i, month in enumerate(months)
        if (len(months) - 1 - i) % every == 0
    ]
    return hidden(drawn)
