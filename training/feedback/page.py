"""An answer as every step sees it, and the people it speaks of as they are found.

page.words      the | nurse | was | lovely | .
page.hits       role words "nurse" 1–1, feelings "lovely" 3–3
mention         role, words 1–1, roles ("nurse",)
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from training.feedback.names import NameFound, plain
from training.feedback.phrases import Hit
from training.feedback.words import STOP, Word

NAME, ROLE, DESCRIBED, PRONOUN, RELATIVE, OUTSIDER, TEAM = (
    "name", "role", "described", "pronoun", "relative", "outsider", "team",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody spoken of at words [first, last].

    `roles` are the roles the words allow (empty: any); `gender` is he, she, they or ""; `found`
    is the roster name; `vague` means one of several or anybody ("a doctor", "another nurse").
    `weak` is a word that may as well be no name: it counts only for somebody on the visit.
    """

    kind: str
    first: int
    last: int
    roles: tuple[str, ...] = ()
    gender: str = ""
    found: NameFound | None = None
    vague: bool = False
    titled: bool = False
    place: str = ""
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """An answer as the steps see it: its text, its words, and every phrase found in it."""

    text: str
    words: Sequence[Word]
    plain: Sequence[str]
    hits: Sequence[Hit]
    shouted: bool
    hit_starts: Sequence[int]

    def hits_in(self, first: int, last: int) -> Sequence[Hit]:
        """Return the hits that begin at words [first, last], in order."""
        low = bisect_left(self.hit_starts, first)
        return self.hits[low : bisect_right(self.hit_starts, last)]

    def capital(self, at: int) -> bool:
        """Whether a word is written with a capital that means something."""
        return not self.shouted and self.text[self.words[at].start].isupper()

    def opens(self, at: int) -> bool:
        """Whether a word is the first of its sentence."""
        return at == 0 or self.words[at - 1].text == STOP

    def word(self, at: int) -> str:
        """Return a word, or "" beyond the ends."""
        return self.words[at].text if 0 <= at < len(self.words) else ""


def page(text: str, words: Sequence[Word], hits: Sequence[Hit]) -> Page:
    """Return the page of an answer."""
    shouted = _is_shouted(text[:2000])
    names = [
        word.text if word.text.isascii() and word.text.isalnum() else plain(word.text)
        for word in words
    ]
    return Page(text, words, names, hits, shouted, [hit.first for hit in hits])


def _is_shouted(text: str) -> bool:
    """Whether most letters are capitals, so that a capital means nothing."""
    letters = list(filter(str.isalpha, text))
    upper = sum(map(str.isupper, letters))
    return len(letters) > 8 and upper > 0.7 * len(letters)
