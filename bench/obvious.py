"""The obvious first version of a reader, to be measured beside ours.

Sentences by a regular expression, TextBlob's polarity, names exactly as on the roster.
"""

import json
import re
from collections.abc import Iterator

from textblob import TextBlob

from training.feedback.comment import Person
from training.feedback.files import Row

_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")


def label(polarity: float) -> str:
    """Return TextBlob's polarity as a sentiment."""
    return "positive" if polarity > 0.05 else "negative" if polarity < -0.05 else "neutral"


def reading(row: Row, people: list[Person]) -> str:
    """Return the reading of one comment as a line of JSON."""
    text = row.answer.text
    remarks = []
    for sentence in _SENTENCE.finditer(text):
        polarity = TextBlob(sentence[0]).sentiment.polarity
        staff = [{"staff_id": one} for one in _named(sentence[0], people)]
        remarks.append(
            {
                "start": sentence.start(),
                "end": sentence.end(),
                "text": sentence[0],
                "sentiment": label(polarity),
                "score": polarity,
                "cause": "person" if staff else "team",
                "skills": [],
                "theme": None,
                "staff": staff,
                "candidates": [],
            }
        )
    whole = TextBlob(text).sentiment.polarity
    return json.dumps(
        {
            "comment_id": row.comment_id,
            "sentiment": label(whole),
            "score": whole,
            "severity": 1 if whole < -0.05 else 0,
            "flags": [],
            "language": "en",
            "remarks": remarks,
        }
    )


def _named(sentence: str, people: list[Person]) -> Iterator[str]:
    for person in people:
        names = (person.given_name, person.family_name, person.preferred_name)
        if any(name and re.search(rf"\b{re.escape(name)}\b", sentence) for name in names):
            yield person.staff_id
