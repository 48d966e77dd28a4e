"""A reading in its published form: one line of JSON a comment.

{"comment_id": "c1", "sentiment": "positive", "score": 0.6, "severity": 0, "flags": [],
 "language": "en", "remarks": [{"start": 0, "end": 16, …, "staff": [{"staff_id": "s1", …}]}]}
"""

import json
from typing import Any

from training.feedback.matches import Match
from training.feedback.summary import Reading, Remark


def as_json(comment_id: str, reading: Reading) -> str:
    """Return a reading as one line of JSON, in the published form."""
    return json.dumps(
        {
            "comment_id": comment_id,
            "sentiment": reading.sentiment,
            "score": reading.score,
            "severity": reading.severity,
            "flags": list(reading.flags),
            "language": reading.language,
            "remarks": [_remark(one) for one in reading.remarks],
        },
        ensure_ascii=False,
    )


def _remark(remark: Remark) -> dict[str, Any]:
    return {
        "start": remark.start,
        "end": remark.end,
        "text": remark.text,
        "sentiment": remark.sentiment,
        "score": remark.score,
        "cause": remark.cause,
        "skills": list(remark.skills),
        "theme": remark.theme,
        "themes": list(remark.themes),
        "staff": [_match(one) for one in remark.staff],
        "candidates": [_match(one) for one in remark.candidates],
    }


def _match(match: Match) -> dict[str, Any]:
    return {
        "staff_id": match.staff_id,
        "confidence": match.confidence,
        "evidence": list(match.evidence),
    }
