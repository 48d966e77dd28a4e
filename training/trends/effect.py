"""Did training help? By offer, beside people like them who were not offered, or not at all.

People are offered a conversation after a bad spell, and after a bad spell most get better by
themselves. So each share after is set beside what was to be expected of the person before:

    share after = β0 + β1 · offered + β2 · expected before (+ role)      weighted by comments after

    before   offered ●●●●  .40          after   ●●●●  .28     before–after says −12 points
             others  ○○○○  .20                  ○○○○  .20     the same expected before says β1

    >>> like = [Member(False, "nursing", (4 + i % 3, 20), (4 + i % 2, 20)) for i in range(12)]
    >>> better = [Member(True, "nursing", (4 + i % 3, 20), (1 + i % 2, 20)) for i in range(12)]
    >>> found = estimate([*like, *better], usual=Usual(0.25, 15))
    >>> (round(found.points), found.outcome.value)
    (-15, 'Probably helped')

The estimator is an analysis of covariance on an empirical-Bayes baseline; its interval is Student's
t on HC3 errors. `windows` says which days count. It is a number of two groups, never of one person.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import sqrt

from training.periods import Period
from training.rates import LEVEL, Interval, student_t
from training.trends.compare import Usual, usual_among
from training.trends.least_squares import Collinear, Fit, weighted_fit

FEWEST_AN_ARM = 10
FEWEST_A_ROLE = 5  # to be adjusted for
LARGE = 0.10  # a change that would be called large; half the usual share of 1 in 5
POWER = 0.80  # how often a change as large as the smallest visible one would be seen
WAIT = timedelta(days=14)  # from the offer until comments count as after it
_LONGEST_WAIT = 60  # months looked ahead
_DEFAULT_SHARE = 0.2


class Outcome(StrEnum):
    """The only sentences in which an effect is stated."""

    HELPED = "Probably helped"
    NO_LARGE_DIFFERENCE = "Probably made no large difference"
    TOO_EARLY = "Too early to tell"
    WORSE = "Probably worse"


class Refusal(StrEnum):
    """Why there is no estimate; the value is what the page says."""

    NO_COMPARISON = (
        "Cannot tell: everybody was offered it, so there is nobody to compare with. "
        "The chart shows what happened, not why."
    )
    TOO_FEW = "Too early to tell: at least 10 people who were offered it, and 10 who were not, are needed."
    NOT_ALIKE = (
        "Cannot tell: those who were offered it and those who were not differ too much beforehand "
        "to be compared."
    )


@dataclass(frozen=True, slots=True)
class Member:
    """A person of either group: role, and (negatives, comments) before and after."""

    offered: bool
    role: str
    before: tuple[int, int]
    after: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Group:
    """One group of the comparison: people, comments after, and pooled shares before and after."""

    people: int
    comments: int
    share_before: float | None
    share_after: float


@dataclass(frozen=True, slots=True)
class Effect:
    """What is known of an effect on the share of negative comments; shares, less being better.

    difference: β1; interval: its 95 % interval; error: its standard error; smallest: the change
    that would be seen four times in five; naive: what simple before–after would say.
    """

    difference: float
    interval: Interval
    error: float
    freedom: int
    offered: Group
    others: Group
    smallest: float
    naive: float | None
    usual: Usual

    @property
    def points(self) -> float:
        """The difference in percentage points: −5.0 is five fewer negative in a hundred."""
        return self.difference * 100

    @property
    def outcome(self) -> Outcome:
        """The fixed sentence: by the interval, and by it alone."""
        if self.interval.high < 0:
            return Outcome.HELPED
        if self.interval.low > 0:
            return Outcome.WORSE
        if self.interval.low > -LARGE and self.interval.high < LARGE:
            return Outcome.NO_LARGE_DIFFERENCE
        return Outcome.TOO_EARLY


def windows(selected: date, offered: date, *, months: int, today: date) -> tuple[Period, Period]:
    """The days before and after: up to and with the day of selection, and from two weeks on.

    months: how long each is, in thirty days; the second ends with yesterday at the latest. Raises
    ValueError for an offer before its selection.
    """
    if offered < selected:
        raise ValueError("nobody is offered anything before being selected")
    length, day = timedelta(days=30 * months), timedelta(days=1)
    start = offered + WAIT
    before = Period(selected + day - length, selected + day)
    return before, Period(start, max(start, min(start + length, today)))


def estimate(members: Sequence[Member], *, usual: Usual | None = None) -> Effect | Refusal:
    """Estimate the effect of the offer, or say why not.

    usual: m and k of the baseline; learned from everybody's comments before, if not given. People
    without a comment after do not count, for they say nothing of it.
    """
    counted = [one for one in members if one.after[1]]
    if not any(not one.offered for one in members):
        return Refusal.NO_COMPARISON
    arms = Counter(one.offered for one in counted)
    if min(arms[True], arms[False]) < FEWEST_AN_ARM:
        return Refusal.TOO_FEW
    usual = usual or usual_among([one.before for one in members], default=_DEFAULT_SHARE)
    try:
        fit = _fit(counted, usual)
    except Collinear:
        return Refusal.NOT_ALIKE
    return _effect(counted, fit, usual)


def _fit(members: Sequence[Member], usual: Usual) -> Fit:
    return weighted_fit(
        _design(members, usual),
        [one.after[0] / one.after[1] for one in members],
        weights=[one.after[1] for one in members],
    )


def _design(members: Sequence[Member], usual: Usual) -> list[list[float]]:
    expected = [usual.belief(*one.before).mean for one in members]
    if max(expected) - min(expected) < 1e-9:
        columns = [[1.0, float(one.offered)] for one in members]  # nothing to adjust for
    else:
        columns = [
            [1.0, float(one.offered), mean] for one, mean in zip(members, expected, strict=True)
        ]
    roles = _compared_roles(members)
    return [
        [*line, *(float(one.role == role) for role in roles)]
        for line, one in zip(columns, members, strict=True)
    ]


def _compared_roles(members: Sequence[Member]) -> list[str]:
    """The roles that get a column: those of five people or more, but for the largest role.

    The largest, with the small ones, is what the others are compared with.
    """
    sizes = Counter(one.role for one in members).most_common()
    return sorted(role for role, people in sizes[1:] if people >= FEWEST_A_ROLE)


def _effect(members: Sequence[Member], fit: Fit, usual: Usual) -> Effect:
    difference, error = fit.coefficients[1], fit.hc3[1]
    reach = student_t((1 + LEVEL) / 2, fit.freedom) * error
    return Effect(
        difference=difference,
        interval=Interval(difference - reach, difference + reach),
        error=error,
        freedom=fit.freedom,
        offered=_group([one for one in members if one.offered]),
        others=_group([one for one in members if not one.offered]),
        smallest=smallest_seen(error, fit.freedom),
        naive=before_after([one for one in members if one.offered]),
        usual=usual,
    )


def _group(members: Sequence[Member]) -> Group:
    before = [one.before for one in members]
    return Group(
        people=len(members),
        comments=sum(one.after[1] for one in members),
        share_before=_share(before) if any(total for _, total in before) else None,
        share_after=_share([one.after for one in members]),
    )


def before_after(members: Sequence[Member]) -> float | None:
    """The change of the share of all their comments, which after a bad spell is mostly chance.

    None without comments on both sides.
    """
    if not any(one.before[1] for one in members) or not any(one.after[1] for one in members):
        return None
    return _share([one.after for one in members]) - _share([one.before for one in members])


def _share(counts: Sequence[tuple[int, int]]) -> float:
    return sum(negatives for negatives, _ in counts) / sum(total for _, total in counts)


def difference_in_differences(members: Sequence[Member]) -> float | None:
    """The change of those offered less that of the others; worse than nothing after selection.

    For the bench only, which shows why it is not used. None where a group has no change to show.
    """
    offered = before_after([one for one in members if one.offered])
    others = before_after([one for one in members if not one.offered])
    return None if offered is None or others is None else offered - others


def smallest_seen(error: float, freedom: float) -> float:
    """The change that a study with this standard error would see four times in five."""
    return (student_t((1 + LEVEL) / 2, freedom) + student_t(POWER, freedom)) * error


def planned_smallest(people: int, comments: float, usual: Usual) -> float:
    """What could be seen with so many people in each group and comments before and after each.

    `planned_smallest(10, 10, Usual(0.25, 15))` is about .20: twenty percentage points.
    """
    error = sqrt(2 / people * _spread(comments, comments, usual))
    return smallest_seen(error, max(1, 2 * people - 3))


def _spread(before: float, after: float, usual: Usual) -> float:
    """The variance of a share after about what was to be expected from before."""
    between = usual.mean * (1 - usual.mean) / (usual.weight + 1)
    return between * (1 - usual.reliability(before)) + between * usual.weight / after


def months_until(effect: Effect, *, months_so_far: float, smallest: float = 0.05) -> int | None:
    """In how many months more comments let a change of `smallest` be seen, at the same pace.

    0 where it can be seen already; None where it cannot within five years, because people differ
    among themselves: then only more people would help.
    """
    people = effect.offered.people + effect.others.people
    now = (effect.offered.comments + effect.others.comments) / people
    for months in range(_LONGEST_WAIT + 1):
        later = now * (1 + months / months_so_far)
        shrink = sqrt(_spread(now, later, effect.usual) / _spread(now, now, effect.usual))
        if effect.smallest * shrink <= smallest:
            return months
    return None
