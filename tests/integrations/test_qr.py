"""The QR drawing: read back square by square, and fit to stand inside a page."""

import re

import segno

from training.integrations import qr

ADDRESS = "https://bedside.example/c/AB7K-92QX-MW"


def squares(drawing: str) -> set[tuple[int, int]]:
    """Return the dark squares of a drawing, as (column, row) with the quiet border taken off."""
    path = re.search(r'stroke="#000" d="M([^"]+)"', drawing)
    assert path is not None
    dark, x, y, first = set(), 0.0, 0.0, True
    for verb, numbers in re.findall(r"([Mmh])([-\d. ]+)", "M" + path[1]):
        values = [float(n) for n in numbers.split()]
        if verb == "h":
            dark |= {(int(x) + n - 4, int(y) - 4) for n in range(int(values[0]))}
            x += values[0]
        else:
            x, y = (values[0], values[1]) if first else (x + values[0], y + values[1])
            first = False
    return dark


def test_the_drawing_is_the_code_of_the_address() -> None:
    drawing = qr.svg(ADDRESS)
    assert 'viewBox="0 0 37 37"' in drawing
    matrix = segno.make(ADDRESS, error="m", micro=False, boost_error=False).matrix
    assert squares(drawing) == {
        (x, y) for y, row in enumerate(matrix) for x, bit in enumerate(row) if bit
    }


def test_the_drawing_has_no_style_no_script_and_no_words() -> None:
    drawing = qr.svg(ADDRESS)
    assert not re.search(r"style=|<script|<title|href", drawing)
    assert 'aria-hidden="true"' in drawing
