"""Take out of somebody's own words what they quote of a patient's.

    said     "Fiona explained my inhaler twice and drew it on the back of an envelope."
    written  "She said I explained my inhaler twice and drew it, so drawing works."
                        └──────── seven of the patient's words in a row ────┘
    ──►      "She said I ▇ (a patient’s words), so drawing works."

Three words in a row are anybody's; from four on they are taken for a quotation, and every word that
carries on with the patient's goes with them. Names and numbers are hidden besides.
"""

import re
from collections.abc import Iterable, Iterator

from training.feedback.masking import BLOCK, REASONS, spans

FEWEST_WORDS = 4
QUOTED = f"{BLOCK} (a patient’s words)"

_WORD = re.compile(r"[\w'’]+")


def without_quotes(written: str, said: str, marked: Iterable[str] = ()) -> str:
    """Return what was written with every stretch of `said` in it, names and numbers blocked out.

    marked: what a reviewer hid in `said`, such as a name; it is hidden here too, however written.
    """
    hidden = [(start, stop, QUOTED) for start, stop in quotations(written, said)]
    likely = [(one.start, one.stop, f"{BLOCK} ({REASONS[one.reason]})") for one in spans(written)]
    for start, stop, words in [*_marked(written, marked), *likely]:
        if not any(first < stop and start < last for first, last, _ in hidden):
            hidden.append((start, stop, words))
    pieces, at = [], 0
    for start, stop, words in sorted(hidden):
        pieces += [written[at:start], words]
        at = stop
    return "".join([*pieces, written[at:]])


def _marked(written: str, marked: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    for words in {one.strip() for one in marked} - {""}:
        for match in re.finditer(rf"\b{re.escape(words)}\b", written, re.IGNORECASE):
            yield match.start(), match.end(), QUOTED


def quotations(written: str, said: str) -> list[tuple[int, int]]:
    """Return the half-open stretches of `written` that are four words or more of `said` in a row."""
    words = list(_WORD.finditer(written))
    theirs = [_plain(match.group()) for match in _WORD.finditer(said)]
    runs = {tuple(theirs[at : at + FEWEST_WORDS]) for at in range(len(theirs) - FEWEST_WORDS + 1)}
    mine = [_plain(match.group()) for match in words]
    found: list[tuple[int, int]] = []
    for at in range(len(mine) - FEWEST_WORDS + 1):
        if tuple(mine[at : at + FEWEST_WORDS]) in runs:
            start, stop = words[at].start(), words[at + FEWEST_WORDS - 1].end()
            if found and start <= found[-1][1]:
                found[-1] = (found[-1][0], stop)
            else:
                found.append((start, stop))
    return found


def _plain(word: str) -> str:
    return word.casefold().replace("’", "'").strip("'")
