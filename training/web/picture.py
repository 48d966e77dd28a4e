"""A chart as a picture of its own: an SVG file with its colours, its finding and what it is of.

    Phone system, month by month
    Negative comments about phone system fell after …       the finding
      ●──●──●  …                                             the same drawing as on the page
    All sites · All teams · Mar 2025–Mar 2026 · …            filters, rule, formula, day

On a page the colours come from the style sheet; a file that is opened elsewhere brings its own, for
white paper.
"""

from collections.abc import Sequence

from flask import Response
from markupsafe import Markup

from training.trends.shares import ShareTrend
from training.web import charts, plane
from training.web.svg import draw, join

_HEAD, _LINE = 64, 20
_LETTERS = 104  # of a caption, that fit the width
STYLE = (
    "text{font:13px sans-serif;fill:#46595e}.t-strong{font-weight:600;fill:#14272b}"
    ".title{font-size:19px;font-weight:700;fill:#14272b}.c-grid{stroke:#e4ded3}"
    ".c-line{stroke:#66767a;stroke-width:2;fill:none}.c-mean{stroke:#14272b;stroke-width:1.5}"
    ".c-lim{stroke:#66767a;stroke-width:1.5;stroke-dasharray:5 5;fill:none}.c-band{fill:#f3efe7}"
    ".c-pt{fill:#66767a}.c-good{fill:#1c5fb0}.c-bad{fill:#a34807}"
    ".c-note{stroke:#c2521f;stroke-width:1.5;stroke-dasharray:2 3}.c-notebg{fill:#fdeee5}"
)


def of_trend(trend: ShareTrend, *, title: str, captions: Sequence[str]) -> Markup:
    """The wide drawing of a trend, which must have a chart, as a whole SVG document."""
    wide = plane.SIZES[0]
    drawn = charts.drawing(
        wide, "picture", trend.months, trend.marks, title=title, finding=trend.headline
    )
    finding = folded(trend.headline)
    below = [line for caption in captions for line in folded(caption)]
    head = _HEAD + _LINE * (len(finding) - 1)
    height = head + wide.height + _LINE * (len(below) + 1)
    return draw(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        'height="{height}"><style>{style}</style><rect width="{width}" height="{height}" fill="#fff"/>'
        '<text class="title" x="8" y="26">{title}</text>{finding}'
        '<svg x="0" y="{head}" width="{width}" height="{inner}">{drawn}</svg>{below}</svg>',
        width=wide.width,
        height=height,
        style=STYLE,
        title=title,
        finding=_texts(finding, 48),
        head=head,
        inner=wide.height,
        drawn=drawn,
        below=_texts(below, head + wide.height + _LINE),
    )


def folded(words: str, width: int = _LETTERS) -> list[str]:
    """Words in lines of at most so many letters, none of them cut: SVG folds no text by itself."""
    lines = [""]
    for word in words.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _texts(lines: Sequence[str], top: int) -> Markup:
    return join(
        draw('<text x="8" y="{}">{}</text>', top + _LINE * i, line) for i, line in enumerate(lines)
    )


def answer(drawing: Markup, *, name: str) -> Response:
    """Return a drawing as a file to keep; `name` is the file's, without its ending."""
    found = Response(str(drawing), content_type="image/svg+xml; charset=utf-8")
    found.headers["Content-Disposition"] = f'attachment; filename="{name}.svg"'
    return found
