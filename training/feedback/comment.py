"""What a reader is given: who works here, who was on the visit, and what was typed.

    >>> tidy("Grac\\u0065\\u0301\\x00 was\\u202e kind\\r\\n")
    'Gracé was kind'

Everything downstream counts its offsets in the text that `tidy` gave back, so it is called once,
before the words are stored, and never again.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

_LINE_ENDS = re.compile(r"\r\n?|[\u0085\u2028\u2029]")
_UNWANTED = re.compile(
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"  # controls, but not tab and line feed
    "\ud800-\udfff"  # surrogates that stand alone cannot be encoded
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidi controls reorder what others see
    "\ufeff\ufff9-\ufffb"
    "]"
)
_MARKS_KEPT = 4  # more combining marks than any written language stacks on one letter


@dataclass(frozen=True, slots=True)
class Person:
    """One line of the roster: names as people may write them, role, and when they worked here.

    `pronouns` is text such as "she/her", empty when unknown; both dates are inclusive and None
    means open.
    """

    staff_id: str
    given_name: str
    family_name: str
    preferred_name: str = ""
    title: str = ""
    role: str = ""
    pronouns: str = ""
    aliases: tuple[str, ...] = ()
    active_from: date | None = None
    active_to: date | None = None
    site: str = ""

    def works_on(self, day: date | None) -> bool:
        """Whether this person was on the staff that day; an unknown day counts as yes."""
        if day is None:
            return True
        started = self.active_from is None or self.active_from <= day
        return started and (self.active_to is None or day <= self.active_to)


@dataclass(frozen=True, slots=True)
class Visit:
    """What is recorded, or was ticked by the patient, about the contact a comment is about.

    `on_visit` and `tapped` hold staff ids. `about` is unsaid, staff, someone_else or
    not_a_person. `known` is True when there is a visit record at all, even with nobody on it.
    """

    on_visit: tuple[str, ...] = ()
    tapped: tuple[str, ...] = ()
    about: str = "unsaid"
    channel: str = ""
    stage: str = ""
    site: str = ""
    known: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """One text under one question: the unit of reading.

    `question` is general, went_well or could_be_better; `rating` 1 (very poor) to 5 (very good).
    """

    text: str
    question: str = "general"
    rating: int | None = None
    left_on: date | None = None


def tidy(text: str) -> str:
    """Return what is kept of what was typed: the same words, in a form every store can hold.

    Composed (NFC), line ends as \\n, no NUL or other controls, no lone surrogates, no marks that
    turn the reading direction of what follows, and no towers of combining marks.
    """
    text = _UNWANTED.sub("", _LINE_ENDS.sub("\n", text))
    return _without_towers(unicodedata.normalize("NFC", text)).strip()


def _without_towers(text: str) -> str:
    """Drop the combining marks of a letter beyond the fourth."""
    kept: list[str] = []
    stacked = 0
    for sign in text:
        stacked = stacked + 1 if unicodedata.combining(sign) else 0
        if stacked <= _MARKS_KEPT:
            kept.append(sign)
    return "".join(kept)
