"""The funnel of teams: shares by number of comments, between limits that narrow as comments grow.

    %  ┊╲                          hollow dots: no more than chance allows, without a name
    40 ┊ ╲___   ■ Front desk       a full mark with its name: beyond the outer limits
    20 ┊────○──○──────○──────      the usual share
     0 ┊ ╱‾‾‾‾
       10      50      100  comments

Each dot leads to its team. Drawn wide and narrow; the table of the same numbers stands beneath.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from markupsafe import Markup

from training.rates import percent
from training.services.fair import Dot, Fair
from training.trends.compare import ALARM, WARNING, Funnel, Place
from training.trends.control import Kind
from training.trends.suppress import FEWEST_DRAWN
from training.web.plane import marker
from training.web.svg import Place as At
from training.web.svg import draw, figure, hidden, join, points

_LEFT, _TOP, _BELOW, _RIGHT = 40, 14, 48, 14
_STEPS = 60
_LETTER = 7.1
_KINDS = {Place.UNUSUAL_HIGH: Kind.CONCERN, Place.UNUSUAL_LOW: Kind.IMPROVEMENT}


@dataclass(frozen=True, slots=True)
class _Plane:
    width: int
    height: int
    most_comments: int
    most: float

    def at(self, comments: float, share: float) -> At:
        """Where so many comments of this share lie."""
        across = (comments - FEWEST_DRAWN) / max(1, self.most_comments - FEWEST_DRAWN)
        bottom = self.height - _BELOW
        return (
            _LEFT + 12 + (self.width - _LEFT - _RIGHT - 24) * across,
            bottom - (bottom - _TOP) * min(1.0, share / self.most),
        )


def funnel_chart(ident: str, fair: Fair, *, title: str, links: dict[str, str]) -> Markup:
    """The funnel of some teams, wide and narrow; nothing where there is none.

    links: the address of each team's page by the team's name.
    """
    if fair.funnel is None:
        return Markup("")
    desc = " ".join([f"{fair.finding}."] + [f"{d.line.name}: {d.words}." for d in fair.dots])
    sizes = (("w", "w-only", 760, 340), ("n", "n-only", 350, 300))
    return join(
        [
            figure(
                f"{ident}-{suffix}", _parts(fair.funnel, fair.dots, width, height, links),
                size=(width, height), title=title, desc=desc, css=css, linked=bool(links),
            )
            for suffix, css, width, height in sizes
        ]
    )  # fmt: skip


def _parts(
    funnel: Funnel, dots: Sequence[Dot], width: int, height: int, links: dict[str, str]
) -> list[Markup]:
    most_comments = max(dot.point.total for dot in dots)
    highest = max(*(dot.point.share for dot in dots), funnel.limits(20, level=ALARM).high)
    plane = _Plane(width, height, most_comments, min(1.0, ceil(highest * 10 + 0.01) / 10))
    return [
        _grid(plane),
        *(
            _limits(plane, funnel, level, css)
            for level, css in ((ALARM, "c-lim"), (WARNING, "c-warn"))
        ),
        _usual(plane, funnel.usual),
        *(_dot(plane, dot, links.get(dot.line.name, "")) for dot in dots),
        _words(plane),
    ]


def _grid(plane: _Plane) -> Markup:
    spacing = 0.1 if plane.most <= 0.6 else 0.2
    left, right = _LEFT, plane.width - _RIGHT
    lines = []
    for tick in (spacing * i for i in range(round(plane.most / spacing) + 1)):
        _, y = plane.at(FEWEST_DRAWN, tick)
        lines.append(
            draw(
                '<line class="c-grid" x1="{}" x2="{}" y1="{y:.1f}" y2="{y:.1f}"/>'
                '<text x="{}" y="{:.1f}" text-anchor="end">{}</text>',
                *(left, right, left - 8, y + 4, percent(tick)),
                y=y,
            )
        )
    return hidden(lines)


def _limits(plane: _Plane, funnel: Funnel, level: float, css: str) -> Markup:
    room = plane.most_comments - FEWEST_DRAWN
    sizes = sorted({FEWEST_DRAWN + round(room * i / _STEPS) for i in range(_STEPS + 1)})
    limits = [(n, funnel.drawn_limits(n, level=level)) for n in sizes]
    high = points(plane.at(n, limit.high) for n, limit in limits)
    low = points(plane.at(n, limit.low) for n, limit in limits)
    return draw(
        '<polyline class="{css}" points="{}"/><polyline class="{css}" points="{}"/>',
        *(high, low),
        css=css,
    )


def _usual(plane: _Plane, usual: float) -> Markup:
    _, y = plane.at(FEWEST_DRAWN, usual)
    return draw(
        '<line class="c-mean" x1="{}" x2="{}" y1="{y:.1f}" y2="{y:.1f}"/>',
        *(_LEFT, plane.width - _RIGHT),
        y=y,
    )


def _dot(plane: _Plane, dot: Dot, link: str) -> Markup:
    x, y = plane.at(dot.point.total, dot.point.share)
    kind = _KINDS.get(dot.point.place)
    shape = (
        marker(kind, x, y)
        if kind
        else draw('<circle class="c-hollow" cx="{:.1f}" cy="{:.1f}" r="5"/>', x, y)
    )
    words = f"{dot.line.name}: {dot.words}"
    drawn = draw("{}<title>{}</title>{}", shape, words, _name(plane, dot, x, y) if kind else "")
    if not link:
        return draw("<g>{}</g>", drawn)
    return draw(
        '<a href="{}" aria-label="{}"><rect x="{:.1f}" y="{:.1f}" width="24" height="24" '
        'fill="none" pointer-events="all"/>{}</a>',
        *(link, words, x - 12, y - 12, drawn),
    )


def _name(plane: _Plane, dot: Dot, x: float, y: float) -> Markup:
    half = _LETTER * len(dot.line.name) / 2
    middle = min(max(x, _LEFT + half), plane.width - _RIGHT - half)
    return draw(
        '<text class="t-strong" x="{:.1f}" y="{:.1f}" text-anchor="middle" aria-hidden="true">{}</text>',
        *(middle, y - 12, dot.line.name),
    )


def _words(plane: _Plane) -> Markup:
    ends = (FEWEST_DRAWN, plane.most_comments)
    texts = [
        draw(
            '<text x="{:.1f}" y="{}" text-anchor="middle">{}</text>',
            *(plane.at(n, 0)[0], plane.height - 28, n),
        )
        for n in dict.fromkeys(ends)
    ]
    middle = draw(
        '<text x="{}" y="{}" text-anchor="middle">Comments</text>',
        plane.width / 2,
        plane.height - 8,
    )
    return hidden([*texts, middle])
