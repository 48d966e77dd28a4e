"""SVG as escaped text: the few things every drawing is made of.

>>> draw('<text x="{}">{}</text>', 8, "<b>").unescape()
'<text x="8"><b></text>'
>>> print(draw('<text x="{}">{}</text>', 8, "<b>"))
<text x="8">&lt;b&gt;</text>
"""

from collections.abc import Iterable

from markupsafe import Markup

Place = tuple[float, float]


def draw(template: str, *values: object, **named: object) -> Markup:
    """Fill a literal template of ours; every value is escaped unless it is markup already."""
    return Markup(template).format(*values, **named)  # noqa: S704 - only ever given literals


def join(parts: Iterable[Markup]) -> Markup:
    """Several drawings one after the other."""
    return Markup("").join(parts)


def points(places: Iterable[Place]) -> str:
    """Places as a polyline wants them: "1.0,2.0 3.0,4.0"."""
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in places)


def figure(
    ident: str,
    parts: Iterable[Markup],
    *,
    size: tuple[int, int],
    title: str,
    desc: str,
    css: str = "",
    linked: bool = False,
    own_size: bool = False,
) -> Markup:
    """A drawing with a name and a description for those who do not see it.

    ident: unique on the page. linked: nothing inside an image can be reached by keyboard, so a
    drawing with links is a group. own_size: drawn as large as it is, not as its place allows.
    """
    return draw(
        '<svg class="{css}" viewBox="0 0 {width} {height}"{own} role="{role}" '
        'aria-labelledby="{ident}-t" aria-describedby="{ident}-d">'
        '<title id="{ident}-t">{title}</title><desc id="{ident}-d">{desc}</desc>{parts}</svg>',
        css=css,
        own=draw(' width="{}" height="{}"', *size) if own_size else "",
        width=size[0],
        height=size[1],
        role="group" if linked else "img",
        ident=ident,
        title=title,
        desc=desc,
        parts=join(parts),
    )


def hidden(parts: Iterable[Markup]) -> Markup:
    """Parts that are seen but not read aloud: the description says the same in a better order."""
    return draw('<g aria-hidden="true">{}</g>', join(parts))
