"""Phone numbers in a practice's wording, made into links that a phone can call.

    called("In an emergency call 999.")  →  In an emergency call <a href="tel:999">999</a>.

A number is a known short one, or six digits and more; a year or an opening hour stays as it is.
"""

import re

from markupsafe import Markup, escape

SHORT = frozenset({"101", "111", "112", "911", "988", "999"})
LONG = 6
_RUN = re.compile(r"(?<![\w+])\+?\d(?:[ -]?\d)+(?!\w)")


def called(text: str) -> Markup:
    """Return a text, escaped, in which every phone number is a link to call it."""
    parts, at = [], 0
    for found in _RUN.finditer(text):
        digits = re.sub(r"[ -]", "", found.group())
        if digits not in SHORT and len(digits) < LONG:
            continue
        parts += [escape(text[at : found.start()]), _link(digits, found.group())]
        at = found.end()
    return Markup("").join([*parts, escape(text[at:])])


def _link(digits: str, shown: str) -> Markup:
    return Markup('<a href="tel:{}">{}</a>').format(
        digits, shown.replace(" ", "\N{NO-BREAK SPACE}")
    )
