"""Hide in what staff are shown the spans that could lead to a patient, or that hurt.

    "Ring me on 07700 900123 or jo@example.org, he was lovely."
     ──masked──►  "Ring me on [number] or [e-mail address], he was lovely."

    "My sister Rosa says he was lovely."     a person marked (10, 14) as a third party's name
     ──staff_view──►  "My sister ▇ (somebody’s name) says he was lovely."

Only the span is hidden; the words around it stay as they were written. Numbers that people give in
passing ("50 minutes", "at 9.30", "2 of 5") are left.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_EMAIL = re.compile(r"[^\s@<>()]{1,64}@[^\s@<>()]{1,255}\.[a-zA-Z]{2,24}")
_NUMBER = re.compile(r"\+?\(?\d(?:[ \-./()]{0,2}\d){5,}")
_KIN = re.compile(
    r"\b[Mm]y (?:wife|husband|partner|son|daughter|mum|mother|dad|father|sister|brother|friend"
    r"|carer|neighbour|grand(?:son|daughter|mother|father)),? ([A-Z][a-zà-ÿ'’-]{1,30})"
)
_OWN = re.compile(
    r"\b(?:[Mm]y name is|[Nn]ame:|[Ss]igned,?) "
    r"([A-Z][a-zà-ÿ'’-]{1,30}(?: [A-Z][a-zà-ÿ'’-]{1,30})?)"
)

BLOCK = "▇"
REASONS = {
    "patient": "the patient’s name",
    "third_party": "somebody’s name",
    "contact": "an address",
    "number": "a number",
    "place": "a place",
    "abuse": "abuse",
}


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open run of an answer's text, and the slug of the reason to hide it."""

    start: int
    stop: int
    reason: str


def masked(text: str) -> str:
    """Return the text with e-mail addresses and numbers of six digits and more hidden."""
    return _NUMBER.sub("[number]", _EMAIL.sub("[e-mail address]", text))


def spans(text: str) -> list[Span]:
    """Return what a person may want to hide in a text: addresses, long numbers, likely names."""
    found = [
        Span(*match.span(group), reason)
        for pattern, group, reason in (
            (_EMAIL, 0, "contact"),
            (_NUMBER, 0, "number"),
            (_KIN, 1, "third_party"),
            (_OWN, 1, "patient"),
        )
        for match in pattern.finditer(text)
    ]
    return sorted(found)


def staff_view(text: str, start: int, stop: int, marked: Iterable[Span]) -> str:
    """Return a stretch of an answer as staff may see it: marked spans blocked out, the rest masked.

    `start` and `stop` are offsets in the whole answer, as those of the spans are.
    """
    pieces: list[str] = []
    at = start
    for span in sorted(marked):
        if span.stop <= at or span.start >= stop:
            continue
        pieces += [text[at : span.start], f"{BLOCK} ({REASONS[span.reason]})"]
        at = min(span.stop, stop)
    pieces.append(text[at:stop])
    return masked("".join(pieces)).strip()
