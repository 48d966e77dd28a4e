"""What a reading is, and how remarks and answers are summed.

remarks   +0.61 person, −0.61 system            → mixed, 0.0
remarks   +0.61 person, −0.61 other             → positive: another place counts little
answers   "Grace was lovely" | "Nothing"        → positive: nothing said counts for nothing
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from training.feedback import sentiment, severity
from training.feedback.matches import Match

# Why a part has its side where its own words are silent: (praise, criticism) by what speaks.
HINTS = {
    "asked": ("asked what went well", "asked what could be better"),
    "rated": ("rated well", "rated poorly"),
    "answer": ("the answer as a whole", "the answer as a whole"),
}
_BY_HINTS = frozenset(hint for sides in HINTS.values() for hint in sides)


def by_hints(why: Sequence[str]) -> bool:
    """Return whether no words give a side, but the question, the rating or the answer as a whole."""
    return bool(why) and _BY_HINTS.issuperset(why)


class Weighed(Protocol):
    """What is summed: remarks, or the parts that they are made of."""

    @property
    def sentiment(self) -> str:
        """Its side: positive, neutral or negative."""
        ...

    @property
    def score(self) -> float:
        """Its score, −1 to +1."""
        ...

    @property
    def cause(self) -> str:
        """The cause: person, team, system or other."""
        ...


@dataclass(frozen=True, slots=True)
class Remark:
    """A stretch of a comment that says one thing about one subject.

    `start` and `end` index the answer's text; `score` is −1 to +1 and `why` holds the words that
    gave it away; `staff` stands without asking, `candidates` are for a person to decide.
    """

    start: int
    end: int
    text: str
    sentiment: str
    score: float
    why: tuple[str, ...] = ()
    cause: str = "other"
    skills: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    staff: tuple[Match, ...] = ()
    candidates: tuple[Match, ...] = ()

    @property
    def theme(self) -> str | None:
        """The strongest theme, if any."""
        return self.themes[0] if self.themes else None


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one answer, or in all the answers of one comment.

    `sure_negative` is the chance that a person would call it negative, and means what it says.
    """

    sentiment: str
    score: float
    severity: int
    flags: tuple[str, ...] = ()
    language: str = "en"
    remarks: tuple[Remark, ...] = ()
    sure_negative: float = 0.0


def weighed(remarks: Sequence[Weighed]) -> tuple[str, float]:
    """Return the label and score of remarks together; other people's doings count little."""
    ours = [one for one in remarks if one.cause != "other"]
    praise = sum(one.score for one in ours if one.sentiment == "positive")
    blame = -sum(one.score for one in ours if one.sentiment == "negative")
    aside = sum(one.score for one in remarks if one.cause == "other")
    if not praise and not blame:
        score = max(-1.0, min(1.0, 0.6 * aside))
        return sentiment.label(score), round(score, 3)
    aside *= 0.2
    score = (praise - blame + aside) / max(1.0, praise + blame + abs(aside))
    if praise and blame and min(praise, blame) >= 0.15 * max(praise, blame):
        return "mixed", round(score, 3)
    return ("positive" if praise > blame else "negative"), round(score, 3)


def overall(readings: Sequence[Reading]) -> Reading:
    """Return the sum of the readings of one comment's answers; its remarks are not repeated.

    Answers with nothing in them count for nothing beside those with something.
    """
    said = [one for one in readings if one.remarks or "not_english" in one.flags] or list(readings)
    if not said:
        return Reading("neutral", 0.0, 0)
    flags = {flag for one in said for flag in one.flags}
    foreign = next((one.language for one in said if one.language != "en"), "en")
    label, score = weighed([remark for one in said for remark in one.remarks])
    if not any(one.remarks for one in said):
        label, score = said[0].sentiment, max(one.score for one in said)
    return Reading(
        label, score, max(one.severity for one in readings), severity.ordered(flags), foreign,
        sure_negative=max(one.sure_negative for one in said),
    )  # fmt: skip
