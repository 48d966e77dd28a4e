"""Split an answer into pieces that each say one thing about one subject.

    The nurse was kind but the wait was awful, and nobody told us why.
    |----------------|     |----------------|      |----------------|
    0               18    19 …              41    43 …             65

A piece ends at the end of a sentence, before a contrast (but, although, unlike …) and where a
comma or an "and" brings a new subject or a new deed. Offsets index the text that was given.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from training.feedback.words import COMMA, STOP, Word, word_set

_CONTRASTS = word_set(
    "but although though however whereas yet unlike except nevertheless nonetheless despite "
    "shame pity unfortunately sadly luckily thankfully fortunately instead"
)
_TWO_WORD_CONTRASTS = frozenset(
    {
        ("even", "though"), ("apart", "from"), ("other", "than"), ("aside", "from"),
        ("mind", "you"), ("only", "downside"), ("only", "complaint"), ("only", "gripe"),
        ("only", "problem"), ("only", "issue"), ("my", "only"), ("no", "thanks"), ("on", "the"),
        ("to", "be"), ("in", "contrast"), ("compared", "to"), ("not", "like"),
    }
)  # fmt: skip
_SUBJECTS = word_set(
    "i he she they it we you who everyone everybody nobody someone somebody the my our your this "
    "that these those there a an dr doctor nurse mr mrs ms miss mx sister reception receptionist "
    "staff all both no one receptionists nurses doctors parking waiting wait what nobody car phone"
)
_SUBORDINATE = word_set(
    "if when while as because since after before once unless although though despite had until "
    "whenever where being having in at on for with from during by"
)
_DEEDS = word_set(
    "gave took made found got told said came went put kept rang spoke sat let held felt saw knew "
    "did had was were is has sent brought left showed listened explained asked helped never always "
    "even didn't wrote read drew cut hung shut stood ran stayed did then also still just could "
    "would will can spent heard lost forgot refused rolled sighed tutted snapped laughed smiled "
    "paid bent caught chose drove fought fitted fit hid lay led lent meant met set threw thought "
    "understood woke wore"
)
_LINKS = frozenset({"and", "then", "so", "plus", "which", "because"})
_NEARBY = 30  # words looked at on each side of a comma
_FEWEST = 2  # words a piece must hold to stand alone


class Piece(NamedTuple):
    """A run of words, [first, last], and the number of its sentence."""

    first: int
    last: int
    sentence: int


def split(words: Sequence[Word], signs: Mapping[int, float] | None = None) -> list[Piece]:
    """Return the pieces of an answer in order; they never overlap and hold at least one word.

    `signs` gives the feeling of a word at its place: a comma between praise and blame divides.
    """
    signs = signs or {}
    pieces: list[Piece] = []
    for number, (first, last) in enumerate(_sentences(words)):
        cuts = [first, *_cuts(words, first, last, signs), last + 1]
        for start, stop in pairwise(cuts):
            begin, end = _trimmed(words, start, stop - 1)
            if begin <= end:
                pieces.append(Piece(begin, end, number))
    return pieces


def _sentences(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    first = 0
    for at, word in enumerate(words):
        if word.text == STOP:
            if at > first:
                yield first, at - 1
            first = at + 1
    if first < len(words):
        yield first, len(words) - 1


def _cuts(
    words: Sequence[Word], first: int, last: int, signs: Mapping[int, float]
) -> Iterator[int]:
    """Yield where new pieces begin inside a sentence."""
    opens_late = words[first].text in _SUBORDINATE
    begun = first
    for at in range(first + 1, last + 1):
        if at - begun < _FEWEST or last - at + 1 < _FEWEST:
            continue
        if _is_contrast(words, at):
            yield at
            begun = at
        elif words[at].text == COMMA:
            if opens_late:
                opens_late = False
            elif _brings_something_new(words, at + 1, last) or _turns(
                words, begun, at, last, signs
            ):
                yield at
                begun = at
        elif words[at].text in _LINKS and not opens_late and _follows_on(words, at, last):
            yield at
            begun = at


def _turns(
    words: Sequence[Word], begun: int, at: int, last: int, signs: Mapping[int, float]
) -> bool:
    """Whether praise stands before a comma and blame after it, or the other way round."""
    end = at + 1
    while end <= min(last, at + _NEARBY) and words[end].text != COMMA:
        end += 1
    before = sum(signs[n] for n in range(max(begun, at - _NEARBY), at) if n in signs)
    after = sum(signs[n] for n in range(at + 1, end) if n in signs)
    return before * after < 0 and end - at > _FEWEST


def _is_contrast(words: Sequence[Word], at: int) -> bool:
    word, before = words[at].text, words[at - 1].text
    following = words[at + 1].text if at + 1 < len(words) else ""
    if word in _CONTRASTS:
        return not (word == "yet" and before in {"not", "and", "as"}) and before not in {
            "nothing", "anything", "as", "a", "last", "no",
        }  # fmt: skip
    return before == COMMA and (word, following) in _TWO_WORD_CONTRASTS


def _brings_something_new(words: Sequence[Word], at: int, last: int) -> bool:
    """Whether what follows a comma has a subject or a deed of its own."""
    while at <= last and words[at].text in _LINKS:
        at += 1
    if last - at + 1 < _FEWEST:
        return False
    return _starts_a_clause(words, at, last)


def _follows_on(words: Sequence[Word], at: int, last: int) -> bool:
    """Whether an "and" joins clauses, not two words of a list."""
    if words[at - 1].text in _LINKS or words[at - 1].text == COMMA:
        return False
    if words[at].text in {"because", "which", "so", "then"}:
        return words[at].text == "then" and is_deed(words[at + 1].text)
    return _starts_a_clause(words, at + 1, last)


def _starts_a_clause(words: Sequence[Word], at: int, last: int) -> bool:
    word = words[at].text
    if word in _SUBJECTS:
        return any(
            is_deed(words[n].text) or words[n].text in _BE for n in range(at, min(last, at + 6) + 1)
        )
    return is_deed(word) or (at < last and is_deed(words[at + 1].text) and len(word) > 2)


_BE = word_set("is was are were am be been being 's has have had do does did not")


def is_deed(word: str) -> bool:
    """Whether a word is, or looks like, a verb of the past."""
    return word in _DEEDS or (len(word) > 4 and word.endswith("ed"))


def _trimmed(words: Sequence[Word], first: int, last: int) -> tuple[int, int]:
    """Leave out commas and linking words at the ends."""
    while first <= last and words[first].text in {COMMA, STOP, "and", "but", "then", "so"}:
        first += 1
    while last >= first and words[last].text in {COMMA, STOP, "and", "but"}:
        last -= 1
    return first, last
