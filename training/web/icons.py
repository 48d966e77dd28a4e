"""The drawings of the icons: the inside of each SVG by its Lucide name.

    ICONS["check"]  →  <path d="M20 6 9 17l-5-5"/>

Templates draw them through `ui.icon("check")`; the file and its licence stand in static/vendor/lucide.
"""

import json
from pathlib import Path

from markupsafe import Markup

_FILE = Path(__file__).parent / "static/vendor/lucide/icons.json"

ICONS: dict[str, Markup] = {
    name: Markup(drawing)  # noqa: S704 - our own vendored file, checked by its digest in the tests
    for name, drawing in json.loads(_FILE.read_text(encoding="utf-8")).items()
}
