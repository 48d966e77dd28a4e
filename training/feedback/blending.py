"""Weigh in every part of an answer what speaks there, and in the answer what its parts say.

    "Grace saw me."       rated 5     the tables are silent    positive, why "rated well"
    "Grace saw me."       rated 1     the tables are silent    negative, why "rated poorly"
    "Dr Best was rude."   rated 5     the tables say −0.61     negative, why "rude"

Five voices: the phrase tables, the trained model in the part's own words, how the whole answer
feels, the question, and the rating. Where the tables are silent the others weigh more. How much,
`python -m bench.train_reading` learned on an annotated practice (weights.txt, kind "part").
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from training.feedback import sentiment
from training.feedback.comment import Answer
from training.feedback.model import Chances, Heard, Model, softmax, summed
from training.feedback.page import Page
from training.feedback.parts import Part, whom
from training.feedback.summary import HINTS, Remark, by_hints, weighed

_CENTRE = -0.6  # log odds at which a stretch of words of the public comments leans to no side
_ASKED = {"went_well": 1.0, "could_be_better": -1.0}
_PLAIN = 0.6  # one plain word of praise or blame: its side is never outweighed by hints
_LEAST = 0.2  # a score that says something
_TOGETHER = 0.3  # ... against a plain word: what all the others say together
_SURE = 0.4  # of a chance, where the remarks say little
_SURE_OF_ONE_SIDE = 0.7  # ... against praise and blame in one answer
_SURE_OF_ANOTHER = 0.75  # ... against remarks that say something else, or nothing about us
_NEVER = 2.0  # no chance reaches it
LABELS = ("negative", "neutral", "positive")
_ASKING = ("asked", "rated")
_PULLS = 0.3  # log odds a hint must add before a silent part is given a side


def voices(part: Part, heard: Heard, chances: Chances, answer: Answer) -> dict[str, float]:
    """Return what speaks in a part, each about −1 to +1; "silent" ones where the tables are not."""
    piece = part.piece
    hints = {
        "words": math.tanh((heard.lean(piece.first, piece.last) - _CENTRE) / 2),
        "answer": chances.score,
        "asked": _ASKED.get(answer.question, 0.0),
        "rated": (answer.rating - 3) / 2 if answer.rating else 0.0,
    }
    found = {"tables": part.score, f"about {part.cause}": 1.0, **hints}
    if not part.why:
        found |= {"silent": 1.0, **{f"silent, {name}": hints[name] for name in _ASKING}}
    return found


def blended(
    parts: Sequence[Part], page: Page, answer: Answer, model: Model, heard: Heard, chances: Chances
) -> list[Part]:
    """Return the parts with the score that all voices together give, and why."""
    # What only hints give a side says nothing beside plain words about the same person, and is no
    # thanks beside blame.
    found = [_blended(part, page, answer, model, heard, chances) for part in parts]
    blamed = any(part.score <= -_PLAIN for part in parts)
    spoken = [part for part in found if part.why and not by_hints(part.why)]
    plain = {one for part in spoken if part.sentiment != "neutral" for one in whom(part)}
    return [
        before
        if by_hints(after.why) and (plain & whom(after) or (blamed and after.score > 0))
        else after
        for before, after in zip(parts, found, strict=True)
    ]


def _blended(
    part: Part, page: Page, answer: Answer, model: Model, heard: Heard, chances: Chances
) -> Part:
    speaking = voices(part, heard, chances, answer)
    score = softmax(*summed(model.parts, speaking)).score
    if abs(part.score) >= _PLAIN:
        score = _beside_a_plain_word(part.score, score, speaking["words"])
    why = part.why or _why(part, score, page, model, heard, speaking)
    return replace(part, score=score, why=why) if why else part


def _beside_a_plain_word(plain: float, score: float, words: float) -> float:
    """Return the score where a plain word speaks, given what all voices say and the model alone.

    They hush or turn a plain word only where the model, which knows no rating, is against it too;
    plain blame only where all together clearly are, because somebody should look at it.
    """
    if score * plain < 0 and words * plain < 0 and abs(words) >= _LEAST:
        if abs(score) >= _TOGETHER:
            return score
        if plain > 0:
            return 0.0
    return math.copysign(max(score * math.copysign(1, plain), _LEAST), plain)


def _why(
    part: Part, score: float, page: Page, model: Model, heard: Heard, speaking: Mapping[str, float]
) -> tuple[str, ...]:
    """Return what gives a part its side where the tables are silent; nothing where too little does."""
    side = math.copysign(1.0, score)
    pull = {
        name: side * sum(_pull(model, each, speaking) for each in (name, f"silent, {name}"))
        for name in ("words", *HINTS)
    }
    strongest = max(pull, key=lambda name: pull[name])
    if sentiment.label(score) == "neutral" or pull[strongest] < _PULLS:
        return ()
    if strongest != "words":
        return (HINTS[strongest][side < 0],)
    places = heard.strongest(part.piece.first, part.piece.last, praise=side > 0)
    found = (page.text[page.words[at].start : page.words[at].end] for at in places)
    return tuple(dict.fromkeys(found))


def _pull(model: Model, name: str, speaking: Mapping[str, float]) -> float:
    minus, plus = summed(model.parts, {name: speaking.get(name, 0.0)})
    return plus - minus


def whole(remarks: Sequence[Remark], chances: Chances, *, rated: bool) -> tuple[str, float]:
    """Return the label and score of an answer: what its remarks sum to, and what the model says.

    A rating has been heard in every remark, so their sum stands. Without one the model, which
    learned from unrated comments, decides where it is sure, and gives the score.
    """
    label, score = weighed(remarks)
    if rated:
        return label, score
    sure = max(chances)
    likeliest = LABELS[chances.index(sure)]
    needed = _needed(remarks, label, score, likeliest)
    return likeliest if sure >= needed else label, round(chances.score, 3)


def _needed(remarks: Sequence[Remark], label: str, score: float, likeliest: str) -> float:
    """Return how sure the model must be to be heard against what the remarks sum to."""
    sides = {one.sentiment for one in remarks}
    if likeliest == "neutral" and {"positive", "negative"} <= sides:
        return _NEVER  # those who labelled the comments called praise beside blame neutral
    if label == "mixed":
        return _SURE_OF_ONE_SIDE
    silent = all(one.cause == "other" and not one.why for one in remarks)
    return _SURE_OF_ANOTHER if silent or abs(score) >= _LEAST else _SURE
