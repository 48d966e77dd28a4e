"""What can be counted in a text: words, reading age, politeness, sweeping words, identifiers.

>>> round(reading_age(["I was told ten past nine. It's ten now. Has everyone forgotten me?"]))
7
"""

import re
from collections.abc import Iterable
from functools import lru_cache

_WORD = re.compile(r"[A-Za-zÀ-ÿ]+(?:['’][A-Za-z]+)?|\d+(?:[.:,]\d+)*")
_SENTENCE_END = re.compile(r"[.!?…]+(?=\s|$|[\"”’])")
_VOWELS = re.compile(r"[aeiouyà-ÿ]+")
_POLITE = re.compile(
    r"\b(please|sorry|apologi[sz]e|apologies|thanks?|thank you|afraid|appreciate|grateful|"
    r"of course|certainly|understand|pleasure|kindly|mr|mrs|ms|miss|sir|madam)\b",
    re.IGNORECASE,
)
_SWEEPING = re.compile(
    r"\b(always|never|everyone|everybody|no one|nobody|nothing|must|impossible|obviously|"
    r"definitely|absolutely|completely|guarantee)\b",
    re.IGNORECASE,
)
_IDENTIFIER = re.compile(
    r"[\w.+-]+@[\w-]+\.\w+|https?://\S+|\+?\d(?:[\s().-]?\d){6,}|\b\d{1,2}/\d{1,2}/\d{2,4}\b"
)


def words(text: str) -> list[str]:
    """The words and figures of a text, in order."""
    return _WORD.findall(text)


def syllables(word: str) -> int:
    """The syllables of an English word, by its groups of vowels; at least one."""
    plain = word.lower().split("'")[0].split("’")[0]
    groups = len(_VOWELS.findall(plain))
    silent_e = plain.endswith("e") and not plain.endswith(("le", "ee")) and groups > 1
    silent_ed = plain.endswith("ed") and not plain.endswith(("ted", "ded")) and groups > 1
    return max(1, groups - silent_e - silent_ed)


def reading_age(lines: Iterable[str]) -> float:
    """Flesch–Kincaid grade + 5, in years, over all of the lines together; 5 for no words."""
    texts = list(lines)
    said = [word for text in texts for word in words(text)]
    if not said:
        return 5.0
    sentences = sum(max(1, len(_SENTENCE_END.findall(text))) for text in texts)
    per_word = sum(syllables(word) for word in said) / len(said)
    return 0.39 * len(said) / sentences + 11.8 * per_word - 15.59 + 5


@lru_cache(maxsize=4096)
def politeness(text: str) -> int:
    """How many polite words a text has: what a bot that only looks for manners would count."""
    return len(_POLITE.findall(text))


def sweeping_words(text: str) -> list[str]:
    """The absolute words of a text (always, never, nobody …), which give wrong answers away."""
    return _SWEEPING.findall(text)


def identifiers(text: str) -> list[str]:
    """What looks like a phone number, a record number, a date, an address of mail or web."""
    return _IDENTIFIER.findall(text)
