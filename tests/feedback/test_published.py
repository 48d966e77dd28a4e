import json

from training.feedback.matches import Match
from training.feedback.published import as_json
from training.feedback.summary import Reading, Remark


def test_a_reading_in_its_published_form() -> None:
    remark = Remark(
        0, 16, "Grace was lovely", "positive", 0.6, ("lovely",), "person", ("empathy",),
        staff=(Match("s1", 0.96, ("named",)),),
    )  # fmt: skip
    assert json.loads(as_json("c1", Reading("positive", 0.6, 0, remarks=(remark,)))) == {
        "comment_id": "c1",
        "sentiment": "positive",
        "score": 0.6,
        "severity": 0,
        "flags": [],
        "language": "en",
        "remarks": [
            {
                "start": 0,
                "end": 16,
                "text": "Grace was lovely",
                "sentiment": "positive",
                "score": 0.6,
                "cause": "person",
                "skills": ["empathy"],
                "theme": None,
                "themes": [],
                "staff": [{"staff_id": "s1", "confidence": 0.96, "evidence": ["named"]}],
                "candidates": [],
            }
        ],
    }


def test_letters_of_every_language_stay_readable() -> None:
    assert "ł" in as_json("ł", Reading("neutral", 0.0, 0))
