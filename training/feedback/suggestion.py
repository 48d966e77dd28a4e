"""What to suggest to a person, and the numbers that say why.

Comments about one skill, of today and yesterday, sure in every respect:

    ● ● ● ● ● ● ○ ○ ○ ○ ○ ○ ○ ○ ○     6 of 15 negative; usual among colleagues: 1 in 5
    Beta(3 + 6, 12 + 9)               need = P(θ > .25) = .71   excess = E[(θ − .2)+] = .10
    score = 100 · .10 · (1 − mastery) · trainability · cooldown

    >>> day = date(2026, 6, 30)
    >>> rows = [Evidence(i, day - timedelta(days=i % 2), f"v{i}", i < 6) for i in range(15)]
    >>> candidate = Candidate("explaining", rows, Usual(0.2, 15, Basis.ROLE))
    >>> reasons = assess(candidate, today=day)
    >>> (reasons.comments, reasons.negatives, round(reasons.need, 1), reasons.strength.value)
    (15, 6, 0.7, 'suggested')

A comment weighs less the older and the less sure it is, and when it was left before the person
last finished a play for the skill. One comment never triggers anything: the gate asks for three,
two of them negative and from different visits and days, and for five about the person in all.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import exp2, fsum
from typing import Any, Self

from training.rates import posterior

FORMULA, POOLED = "need/1", "need/2"
DEFAULT_RATE = 0.2  # an assumption, said to be one on the page, until a practice has enough
PRIOR_WEIGHT = 15.0
FEWEST_OTHERS, FEWEST_OTHERS_COMMENTS, FEWEST_ABOUT_PERSON = 5, 30, 5
MOST_SUGGESTIONS = 2

_HALVES_EVERY_DAYS, _BEFORE_PLAY, _MARGIN = 270, 0.25, 0.05
_SUGGESTED_NEED, _SUGGESTED_COMMENTS, _SUGGESTED_NEGATIVES = 0.6, 3, 2
_PRIORITY_NEED, _PRIORITY_COMMENTS = 0.8, 5
_KEEP_DOING_FROM = 0.5
_AFTER_FINISHING, _AFTER_DECLINING = timedelta(days=60), timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A comment's word on one skill of one person.

    `visit_key` tells visits apart. `q_attr` and `q_tag` (0–1) say how sure it is that the remark
    is about this person and this skill; `before_last_play` that it is older than their last
    finished play for the skill.
    """

    comment_id: int
    day: date
    visit_key: str
    negative: bool
    q_attr: float = 1.0
    q_tag: float = 1.0
    before_last_play: bool = False


class Basis(StrEnum):
    """Whom a usual rate was counted among."""

    ROLE = "role"
    PRACTICE = "practice"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Others:
    """Counts about one skill over other people, the person in question left out."""

    people: int
    comments: int
    negatives: int

    @property
    def enough(self) -> bool:
        """Whether their rate may be shown: fewer would disclose a colleague."""
        return self.people >= FEWEST_OTHERS and self.comments >= FEWEST_OTHERS_COMMENTS


@dataclass(frozen=True, slots=True)
class Usual:
    """The usual share of negative comments, what it weighs in comments, and its basis.

    `expected` is what is believed of the person before any comment, where it is not the mean.
    """

    mean: float
    weight: float
    basis: Basis
    expected: float | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """All that is known of one skill of one person before deciding.

    `mastery` (0–1) is what plays have shown, `trainability` 0 where no scenario trains the skill.
    """

    skill: str
    rows: Sequence[Evidence]
    usual: Usual
    mastery: float = 0.0
    trainability: float = 1.0
    finished_on: date | None = None
    declined_on: date | None = None


class Strength(StrEnum):
    """How far the evidence carries."""

    NONE = "none"
    SUGGESTED = "suggested"
    PRIORITY = "priority"


@dataclass(frozen=True, slots=True)
class Reasons:
    """Every number behind a suggestion, by the formula it names.

    comments, negatives: distinct comments, not weighted; weighted_*: N and Y. usual: m and k.
    mean, low, high: the believed share and its 95 % interval. strong: P(θ < m − .05).
    """

    skill: str
    comments: int
    negatives: int
    negative_visits: int
    negative_days: int
    weighted_comments: float
    weighted_negatives: float
    usual: Usual
    mean: float
    low: float
    high: float
    need: float
    strong: float
    excess: float
    mastery: float
    trainability: float
    cooldown: float
    score: float
    strength: Strength
    comment_ids: tuple[int, ...]
    formula: str = FORMULA

    def as_data(self) -> dict[str, Any]:
        """The reasons as JSON keeps them."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """The reasons that `as_data` gave, after JSON has made lists and plain text of them."""
        usual = Usual(**data["usual"] | {"basis": Basis(data["usual"]["basis"])})
        strength, ids = Strength(data["strength"]), tuple(data["comment_ids"])
        return cls(**{**data, "usual": usual, "strength": strength, "comment_ids": ids})


@dataclass(frozen=True, slots=True)
class Offer:
    """What a person is shown: at most two suggestions, best first, and one thing to keep doing."""

    suggestions: tuple[Reasons, ...]
    keep_doing: Reasons | None


def usual_rate(role: Others, practice: Others, *, default: float = DEFAULT_RATE) -> Usual:
    """The usual rate to compare a person with: of their role, else the practice, else the default.

    Half a comment either way keeps a rate of none or all from being taken for certain:
    `usual_rate(Others(6, 39, 0), …)` is 1 in 80.
    """
    for basis, others in ((Basis.ROLE, role), (Basis.PRACTICE, practice)):
        if others.enough:
            return Usual((others.negatives + 0.5) / (others.comments + 1), PRIOR_WEIGHT, basis)
    return Usual(default, PRIOR_WEIGHT, Basis.DEFAULT)


def weight(evidence: Evidence, today: date) -> float:
    """What a comment counts for, 0–1: half after 270 days, a quarter if before the last play."""
    age = max(0, (today - evidence.day).days)
    sure = evidence.q_attr * evidence.q_tag * (_BEFORE_PLAY if evidence.before_last_play else 1.0)
    return sure * exp2(-age / _HALVES_EVERY_DAYS)


def cooldown(finished_on: date | None, declined_on: date | None, today: date) -> float:
    """0 within 60 days of finishing a play for the skill or 180 of declining one, else 1."""
    finished = finished_on is not None and today - finished_on < _AFTER_FINISHING
    declined = declined_on is not None and today - declined_on < _AFTER_DECLINING
    return 0.0 if finished or declined else 1.0


def assess(candidate: Candidate, *, today: date) -> Reasons:
    """Weigh the evidence on one skill; works for any number of rows, none included."""
    rows = _one_a_comment(candidate.rows, today)
    negative = [row for row in rows if row.negative]
    n, y = (fsum(weight(row, today) for row in some) for some in (rows, negative))
    usual = candidate.usual
    belief = posterior(y, n, mean=usual.expected or usual.mean, weight=usual.weight)
    need, excess = belief.above(usual.mean + _MARGIN), belief.excess(usual.mean)
    low, high = belief.interval()
    rest = cooldown(candidate.finished_on, candidate.declined_on, today)
    visits, days = len({row.visit_key for row in negative}), len({row.day for row in negative})
    return Reasons(
        skill=candidate.skill,
        comments=len(rows),
        negatives=len(negative),
        negative_visits=visits,
        negative_days=days,
        weighted_comments=n,
        weighted_negatives=y,
        usual=usual,
        mean=belief.mean,
        low=low,
        high=high,
        need=need,
        strong=belief.below(usual.mean - _MARGIN),
        excess=excess,
        mastery=candidate.mastery,
        trainability=candidate.trainability,
        cooldown=rest,
        score=100 * excess * (1 - candidate.mastery) * candidate.trainability * rest,
        strength=_strength(need, len(rows), min(visits, days)),
        comment_ids=tuple(row.comment_id for row in rows),
        formula=FORMULA if usual.expected is None else POOLED,
    )


def _one_a_comment(rows: Iterable[Evidence], today: date) -> list[Evidence]:
    """Of each comment its surest row, a negative one before others, oldest comment first."""
    grouped: dict[int, list[Evidence]] = defaultdict(list)
    for row in rows:
        grouped[row.comment_id].append(row)
    kept = [
        max(same, key=lambda row: (row.negative, weight(row, today))) for same in grouped.values()
    ]
    return sorted(kept, key=lambda row: (row.day, row.comment_id))


def _strength(need: float, comments: int, separate_negatives: int) -> Strength:
    if comments < _SUGGESTED_COMMENTS or separate_negatives < _SUGGESTED_NEGATIVES:
        return Strength.NONE
    if need >= _PRIORITY_NEED and comments >= _PRIORITY_COMMENTS:
        return Strength.PRIORITY
    return Strength.SUGGESTED if need >= _SUGGESTED_NEED else Strength.NONE


def suggest(candidates: Iterable[Candidate], *, today: date, about_person: int) -> Offer:
    """Choose what to offer one person; the same candidates in any order give the same offer.

    about_person: distinct counted comments about the person in the last twelve full months;
    below five nothing is said.
    """
    if about_person < FEWEST_ABOUT_PERSON:
        return Offer((), None)
    assessed = [assess(candidate, today=today) for candidate in candidates]
    gated = [one for one in assessed if one.strength is not Strength.NONE and one.score > 0]
    gated.sort(key=lambda one: (-one.score, -one.need, one.skill))
    known = [one for one in assessed if one.comments >= _SUGGESTED_COMMENTS]
    strong = [one for one in known if one.strong >= _KEEP_DOING_FROM]
    best = min(strong, key=lambda one: (-one.strong, one.skill), default=None)
    return Offer(tuple(gated[:MOST_SUGGESTIONS]), best)
