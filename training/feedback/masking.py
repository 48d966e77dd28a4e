"""Hide in what staff are shown the spans that could lead to a patient: addresses and long numbers.

    "Ring me on 07700 900123 or jo@example.org, he was lovely."
     ──►  "Ring me on [number] or [e-mail address], he was lovely."

Only the span is hidden; the words around it stay as they were written. Numbers that people give in
passing ("50 minutes", "at 9.30", "2 of 5") are left.
"""

import re

_EMAIL = re.compile(r"[^\s@<>()]{1,64}@[^\s@<>()]{1,255}\.[a-zA-Z]{2,24}")
_NUMBER = re.compile(r"\+?\(?\d(?:[ \-./()]{0,2}\d){5,}")


def masked(text: str) -> str:
    """Return the text with e-mail addresses and numbers of six digits and more hidden."""
    return _NUMBER.sub("[number]", _EMAIL.sub("[e-mail address]", text))
