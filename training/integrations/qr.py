"""QR codes, drawn as SVG that stands inside a page: no file, no script, no style.

    svg("https://bedside.example/c/AB7K-92QX-MW")  ──►  <svg viewBox="0 0 37 37" class="qr" …>

Black on white whatever the page's colours are, with the quiet border that scanners need. Level M
still reads with 15 % of it torn or soiled, as on a poster beside a door.
"""

import segno


def svg(text: str) -> str:
    """Return a drawing of a text; it carries no words of its own, so the page must say what it is."""
    code = segno.make(text, error="m", micro=False, boost_error=False)
    drawn: str = code.svg_inline(
        border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None
    )
    return drawn.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
