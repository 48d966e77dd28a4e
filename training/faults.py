"""Telling where a fault happened without repeating a word of what was being handled.

    ValueError("could not store 'my name is …'")   ──►   ValueError at reading.py:41 < comments.py:88

An exception's text may hold a patient's words, a database's detail line, a code or a name. Logs get
the kind of the fault and the places it passed through, and nothing else.
"""

import traceback
from pathlib import Path

PLACES = 6


def describe(error: BaseException) -> str:
    """Return the kind of a fault and the innermost places it passed, innermost first."""
    frames = traceback.extract_tb(error.__traceback__)[-PLACES:]
    places = " < ".join(f"{Path(f.filename).name}:{f.lineno}" for f in reversed(frames))
    return f"{type(error).__name__} at {places or 'an unknown place'}"
