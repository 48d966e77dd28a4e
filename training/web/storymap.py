"""The map of a scenario as SVG: places in columns, lines to where they lead, each place a link.

    ┌arrive─────────┐      ┌louder─────────┐
    │He comes to the├─────▸│He says you    ├──▸
    │desk           │  └──▸└───────────────┘

The list beside it says the same in words; the drawing only saves looking it up.
"""

from textwrap import wrap

from markupsafe import Markup

from training.scenarios.storymap import Place, StoryMap
from training.web.svg import draw, figure, join

WIDTH, HEIGHT = 168, 58  # of a place
COLUMN, ROW = 216, 86
MARGIN = 16
_LETTERS = 21
_LINES = 2


def drawing(found: StoryMap, *, title: str, faulty: frozenset[str]) -> Markup:
    """The drawing of a map; `faulty` are the places that a check says something about.

    Each place leads to the element with the id `at-` and its name.
    """
    columns, rows = found.size
    size = (2 * MARGIN + (columns - 1) * COLUMN + WIDTH, 2 * MARGIN + rows * ROW)
    places = {place.name: place for place in found.places}
    leads = sorted(
        {(lead.source, lead.target): lead for lead in found.leads}.items(),
        key=lambda one: _is_best(found, *one[0]),
    )
    parts = [
        *(_line(places[source], places[to], _is_best(found, source, to)) for (source, to), _ in leads),
        *(_box(place, place.name in faulty) for place in found.places),
    ]  # fmt: skip
    desc = f"{len(found.places)} places in {columns} columns. The list below says what leads where."
    return figure(
        "map",
        parts,
        size=size,
        title=title,
        desc=desc,
        css="story-map",
        linked=True,
        own_size=True,
    )


def _is_best(found: StoryMap, source: str, target: str) -> bool:
    return any(lead.best for lead in found.from_(source) if lead.target == target)


def _corner(place: Place) -> tuple[int, int]:
    return MARGIN + place.column * COLUMN, MARGIN + place.row * ROW


def _line(source: Place, target: Place, best: bool) -> Markup:
    return draw(
        '<path class="{}" d="{}"/>',
        "map-best" if best else "map-line",
        _back(source, target) if target.column <= source.column else _forward(source, target),
    )


def _forward(source: Place, target: Place) -> str:
    """A line to the right; one that passes columns goes in the gap under the row it comes from."""
    (left, top), (x, y) = _corner(source), _corner(target)
    left, top, y = left + WIDTH, top + HEIGHT // 2, y + HEIGHT // 2
    bend = COLUMN - WIDTH
    if target.column == source.column + 1:
        return f"M{left} {top} C{left + bend} {top} {x - bend} {y} {x} {y}"
    gap = top + ROW // 2
    return (
        f"M{left} {top} C{left + bend} {top} {left} {gap} {left + bend} {gap} "
        f"H{x - bend} C{x} {gap} {x - bend} {y} {x} {y}"
    )


def _back(source: Place, target: Place) -> str:
    """A line of a loop: over the top of the places, back to the left."""
    (x1, y1), (x2, y2) = _corner(source), _corner(target)
    x1, x2 = x1 + WIDTH // 2, x2 + WIDTH // 2
    return f"M{x1} {y1} C{x1} {y1 - MARGIN} {x2} {y2 - MARGIN} {x2} {y2}"


def _box(place: Place, faulty: bool) -> Markup:
    x, y = _corner(place)
    kind = f"map-box map-{place.kind.value}{' map-faulty' if faulty else ''}"
    words = wrap(place.title or "Where the state leads", _LETTERS)
    lines = words[:_LINES]
    if len(words) > _LINES:
        lines[-1] = f"{lines[-1][: _LETTERS - 1]}…"
    middle = y + HEIGHT / 2 + 5 - 8.5 * (len(lines) - 1)
    texts = [
        draw('<text x="{}" y="{:.0f}">{}</text>', x + 10, middle + 17 * at, line)
        for at, line in enumerate(lines)
    ]
    return draw(
        '<a href="#at-{name}" aria-label="{label}">'
        '<rect class="{kind}" x="{x}" y="{y}" width="{w}" height="{h}" rx="8"/>{texts}</a>',
        name=place.name, label=f"{place.name}: {place.title or 'routes'}", kind=kind, x=x, y=y,
        w=WIDTH, h=HEIGHT, texts=join(texts),
    )  # fmt: skip
