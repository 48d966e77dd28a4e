"""Read a remark again as two, where a person says that two thoughts ran together.

    "Grace was kind and Tom was rude."          border 15, at "and"
     |------ one remark ------------|
     |------------|  |-------------|            halves (0, 14) and (15, 31)
     praise, Grace    criticism, Tom

The whole answer is read, so that "she" still means who was named before; a sentence ends at the border.
"""

from collections.abc import Iterator
from dataclasses import replace

from training.feedback.adjusting import Adjustment
from training.feedback.comment import Answer, Visit
from training.feedback.reading import Remark, Roster, read

_LOOSE = " \t\r\n,;:-–—"  # what may stand between two halves and belongs to neither
_END = "!"  # ends a sentence and, unlike a full stop, never belongs to a name
_NEARBY = 30

Half = tuple[int, int]


def borders(text: str, start: int, stop: int) -> tuple[int, ...]:
    """Return the places in `text` where the stretch [start, stop) may be cut: before a word.

    Each half then holds a letter or a digit.
    """
    return tuple(
        at
        for at in range(start + 1, stop)
        if text[at - 1].isspace()
        and not text[at].isspace()
        and _says_something(text[start:at])
        and _says_something(text[at:stop])
    )


def _says_something(text: str) -> bool:
    return any(letter.isalnum() for letter in text)


def around(stretch: str, start: int) -> Iterator[tuple[int, str]]:
    """Yield each border of a stretch that begins at `start`, with the words beside it.

    (15, "Grace was kind | and Tom was rude.")
    """
    for at in borders(stretch, 0, len(stretch)):
        yield start + at, f"{_ending(stretch[:at])} | {_opening(stretch[at:])}"


def _ending(text: str) -> str:
    whole = " ".join(text.split())
    near = whole[-_NEARBY:]
    return whole if near == whole else "… " + (near.partition(" ")[2] or near)


def _opening(text: str) -> str:
    whole = " ".join(text.split())
    near = whole[:_NEARBY]
    return whole if near == whole else (near.rpartition(" ")[0] or near) + " …"


def halves(text: str, start: int, stop: int, border: int) -> tuple[Half, Half]:
    """Return the halves of a stretch, half-open, without the spaces and commas between them."""
    return (start, start + len(text[start:border].rstrip(_LOOSE))), (border, stop)


def read_halves(
    answer: Answer, roster: Roster, visit: Visit, parts: tuple[Half, Half], by: Adjustment
) -> tuple[Remark, Remark]:
    """Return what the reader says of each half, in its exact offsets.

    A half that it would still cut says what the strongest of its parts says.
    """
    text = list(answer.text)
    for at in (parts[0][0] - 1, *range(parts[0][1], parts[1][0]), parts[1][1]):
        if 0 <= at < len(text) and text[at].isspace():
            text[at] = _END
    found = read(replace(answer, text="".join(text)), roster, visit, adjustment=by).remarks
    first, second = (_of(found, half, answer.text) for half in parts)
    return first, second


def _of(found: tuple[Remark, ...], half: Half, text: str) -> Remark:
    start, stop = half
    inside = [one for one in found if one.start < stop and one.end > start]
    words = text[start:stop]
    if not inside:
        return Remark(start, stop, words, "neutral", 0.0, (), "other")
    strongest = max(inside, key=lambda one: abs(one.score))
    return replace(strongest, start=start, end=stop, text=words)
