"""What the trained model is told of an answer: its words and pairs of words, and two older voices.

    "Not very helpful. Dr Best was kind"      Best is a name: hidden
    marks   ^ not NOT_very NOT_helpful . _ was kind $
    alone   not, NOT_very, NOT_helpful, was, kind …          pairs   "^ not", "not NOT_very" …
    voices  what the phrase tables made of it, and what TextBlob's word list says

A word after a "not" is another word, up to four words far. Numbers are all one number, names and
identity words are all "_": they weigh nothing.
"""

import math
from collections.abc import Mapping, Sequence

from training.feedback.words import COMMA, STOP, Word, word_set

OPENS, CLOSES, HIDDEN, NUMBER = "^", "$", "_", "0"
TURNED = "NOT_"
NO_WORDS = frozenset({OPENS, CLOSES, HIDDEN, COMMA, STOP})
_NEGATORS = word_set(
    "not no never nor without hardly barely nothing nobody none neither lack lacking"
)
_WALLS = frozenset({STOP, COMMA, "but", "although", "though", "because", "however"})
_REACH = 4
_MOST = 3.0  # a voice never shouts louder than this


def marks(words: Sequence[Word], hidden: frozenset[int]) -> list[str]:
    """Return the words as the model knows them, with a sign for the start and the end.

    The mark of word n stands at n + 1.
    """
    found = [OPENS]
    reach = 0
    for at, word in enumerate(words):
        text = word.text
        if text in _WALLS:
            reach = 0
            found.append(text)
            continue
        if at in hidden:
            found.append(HIDDEN)
            continue
        if text in _NEGATORS:
            found.append(text)
            reach = _REACH + 1
        else:
            plain = NUMBER if text[0].isdigit() else text
            found.append(TURNED + plain if reach else plain)
        reach = max(0, reach - 1)
    found.append(CLOSES)
    return found


def voices(
    scores: Sequence[float], whole: float, label: str, polarity: float, question: str, length: int
) -> Mapping[str, float]:
    """Return what the older voices say of an answer, by name.

    `scores` are those of its stretches by the phrase tables, `whole` and `label` their sum;
    `polarity` is the mean of TextBlob's word list, `length` the number of words.
    """
    highest, lowest = max(scores, default=0.0), min(scores, default=0.0)
    praise = sum(one for one in scores if one > 0)
    blame = -sum(one for one in scores if one < 0)
    return {
        "tables": 2 * whole,
        "tables highest": 2 * max(highest, 0.0),
        "tables lowest": 2 * min(lowest, 0.0),
        "tables spread": highest - lowest,
        "tables praise": min(_MOST, 2 * math.log1p(praise)),
        "tables blame": min(_MOST, 2 * math.log1p(blame)),
        "textblob": 2 * polarity,
        "length": math.log1p(length) / 2,
        f"{label}": 1.0,
        f"{label}, asked {question}": 1.0,
        f"asked {question}": 1.0,
    }
