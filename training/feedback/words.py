"""Cut a text into words that can be compared, each with its exact place.

    Dr. Lee didn't listen!
    dr . lee did not listen .        the stop after a title is no end of a sentence
    0    4   8   8   15     21       where each stands in the text

Contractions are opened (didn't, didnt → did not) and both words point at the same place. The end
of a sentence is the word ".", a comma or dash the word ",". Spoken punctuation of dictated
comments ("full stop", "comma") counts as what it says.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

STOP = "."
COMMA = ","

_PIECES = re.compile(
    r"(?P<word>\d+(?:[.:]\d+)+|[^\W_]+(?:['’‘`´][^\W_]+)*)"
    r"|(?P<stop>[.!?…]+|\n+)"
    r"|(?P<comma>[,;:()\[\]/\"“”«»•*|~–—]+|-+(?=\s)|--+)"
    r"|(?P<sign>[\u2600-\u27bf\u2b50\u2b55\U0001f000-\U0001faff])"
)
_APOSTROPHE = re.compile("[’‘`´]")
_ABBREVIATIONS = frozenset(
    {"dr", "mr", "mrs", "ms", "mx", "prof", "st", "sr", "rev", "approx", "appt", "appts", "dept",
     "no", "vs", "tel", "ext"}
)  # fmt: skip
_WHOLE = {
    "ain't": "is not", "aint": "is not", "can't": "can not", "cant": "can not",
    "cannot": "can not", "won't": "will not", "wont": "will not", "shan't": "shall not",
    "dont": "do not", "didnt": "did not", "doesnt": "does not", "wasnt": "was not",
    "werent": "were not", "isnt": "is not", "arent": "are not", "couldnt": "could not",
    "wouldnt": "would not", "shouldnt": "should not", "havent": "have not", "hasnt": "has not",
    "hadnt": "had not", "im": "i am", "ive": "i have", "gonna": "going to",
    "wanna": "want to", "gotta": "have got to", "couldve": "could have", "shouldve": "should have",
    "wouldve": "would have", "coulda": "could have", "shoulda": "should have",
    "thankyou": "thank you",
    "alot": "a lot", "v": "very", "vv": "very", "vry": "very", "u": "you", "ur": "your",
    "wos": "was", "woz": "was", "tho": "though", "thru": "through", "rly": "really", "bc": "because",
    "cos": "because", "coz": "because", "cuz": "because", "w": "with", "ppl": "people", "gd": "good",
    "dr's": "doctor 's", "nowt": "nothing", "summat": "something", "owt": "anything",
}  # fmt: skip
_TAILS = {
    "n't": "not", "'m": "am", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would",
    "'s": "'s",
}  # fmt: skip
_REPEATS = re.compile(r"(.)\1{2,}")


def word_set(words_with_spaces: str) -> frozenset[str]:
    """Return the words of a text as a set; long lists read better so."""
    return frozenset(words_with_spaces.split())


class Word(NamedTuple):
    """One word as compared (lower case, contractions opened) and where it stands in the text."""

    text: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """Return the words, stops and commas of `text` in order."""
    found: list[Word] = []
    for piece in _PIECES.finditer(text):
        kind, start, end = piece.lastgroup, piece.start(), piece.end()
        if kind == "word":
            word = piece[0].lower()
            if word.isalnum() and word not in _WHOLE:
                found.append(Word(word, start, end))
            else:
                found.extend(_opened(word, start, end))
        elif kind == "sign":
            found.append(Word(piece[0], start, end))
        elif kind == "comma":
            found.append(Word(COMMA, start, end))
        elif not _is_inside_a_name(text, start, end, found):
            found.append(Word(STOP if not _trails_off(text, piece[0], end) else COMMA, start, end))
    return _spoken(found) if "full stop" in text or " comma " in text else found


def shortened(word: str) -> Iterator[str]:
    """Yield what a word drawn out for effect may be: goooood → good, sooo → so."""
    if _REPEATS.search(word):
        yield _REPEATS.sub(r"\1\1", word)
        yield _REPEATS.sub(r"\1", word)


def _opened(word: str, start: int, end: int) -> Iterator[Word]:
    word = _APOSTROPHE.sub("'", word)
    if word in _WHOLE:
        parts = _WHOLE[word].split()
    elif "'" in word:
        parts = _without_tail(word)
    else:
        parts = [word]
    for part in parts:
        yield Word(part, start, end)


def _without_tail(word: str) -> list[str]:
    for tail, meaning in _TAILS.items():
        if word.endswith(tail) and len(word) > len(tail):
            return [word[: -len(tail)], meaning]
    return [word]


def _is_inside_a_name(text: str, start: int, end: int, found: list[Word]) -> bool:
    """Whether this is the stop of "Dr." or of an initial, and not the end of a sentence."""
    if text[start:end] != "." or not found or found[-1].end != start:
        return False
    last = found[-1]
    if last.text in _ABBREVIATIONS:
        return end < len(text) and (last.text != "no" or text[end : end + 2].strip().isdigit())
    return last.end - last.start == 1 and last.text.isalpha() and last.text != "i"


def _trails_off(text: str, stop: str, end: int) -> bool:
    """Whether dots go on in the same sentence ("well ... it was fine")."""
    return (
        (stop.startswith("..") or stop == "…")
        and text[end : end + 1].isspace()
        and (text[end : end + 3].strip()[:1].islower())
    )


def _spoken(found: list[Word]) -> list[Word]:
    """Put signs for the punctuation that somebody dictated."""
    kept: list[Word] = []
    for word in found:
        if word.text == "comma":
            kept.append(Word(COMMA, word.start, word.end))
        elif word.text == "stop" and kept and kept[-1].text == "full":
            kept[-1] = Word(STOP, kept[-1].start, word.end)
        else:
            kept.append(word)
    return kept
