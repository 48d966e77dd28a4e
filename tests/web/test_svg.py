from markupsafe import Markup

from training.web.svg import draw, figure, hidden, join, points


def test_the_worked_example() -> None:
    assert draw('<text x="{}">{}</text>', 8, "<b>") == '<text x="8">&lt;b&gt;</text>'


def test_what_is_drawn_already_is_not_escaped_again() -> None:
    inner = draw("<text>{}</text>", "&")

    assert draw("<g>{}</g>", inner) == "<g><text>&amp;</text></g>"
    assert hidden([inner]) == '<g aria-hidden="true"><text>&amp;</text></g>'


def test_nothing_joins_to_nothing() -> None:
    assert join([]) == ""
    assert points([]) == ""
    assert points([(1, 2), (3, 4.25)]) == "1.0,2.0 3.0,4.2"


def test_a_figure_is_an_image_unless_it_has_links() -> None:
    image = figure("a", [], size=(10, 20), title="T", desc="D")
    group = figure("a", [Markup("<a></a>")], size=(10, 20), title="T", desc="D", linked=True)

    assert 'role="img"' in image
    assert 'viewBox="0 0 10 20"' in image
    assert 'role="group"' in group
    assert "<a></a>" in group
