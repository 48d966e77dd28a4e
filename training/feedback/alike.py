"""Whether one text, hardly changed, is sent many times about one person.

    1 March   "Ada was rude to me and never once listened."        ┐
    4 March   "Ada was so rude to me and never once listened!"     ├─ three alike within 14 days: a spike
    9 March   "ada was rude to me & she never once listened"       ┘
    9 March   "She was rude."                                         too short to be told from another
    2 April   "Ada was rude to me and never once listened."           too late to belong to them

A person whom somebody means harm, or well, should not have the one voice counted as many. Short texts
are left alone: different patients do write "very kind and helpful". Of 17.9 million pairs among 5,980
public comments of eight words or more, 62 are as alike as this asks for.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from rapidfuzz import fuzz

SPIKE = 3
WITHIN = timedelta(days=14)
FEWEST_WORDS = 8
ALIKE = 85.0  # of 100, by letters that need not be changed

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Left:
    """A comment about one person: its number, the day it was left, and all of its words."""

    number: int
    day: date
    text: str


def spike(new: Left, others: Iterable[Left]) -> frozenset[int]:
    """Return the numbers of a new comment and those alike; empty where they are fewer than `SPIKE`."""
    words = _words(new.text)
    found = {other.number for other in others if _near(new, other) and _alike(words, other)}
    found.add(new.number)
    return frozenset(found) if len(found) >= SPIKE else frozenset()


def _near(one: Left, other: Left) -> bool:
    return abs(one.day - other.day) <= WITHIN


def _alike(words: list[str], other: Left) -> bool:
    theirs = _words(other.text)
    if min(len(words), len(theirs)) < FEWEST_WORDS:
        return False
    return fuzz.ratio(" ".join(words), " ".join(theirs), score_cutoff=ALIKE) >= ALIKE


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
