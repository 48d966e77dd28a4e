"""What an improvement plan changed: its chart with frozen limits, and the outcome in fixed words.

Limits come from the months before the plan began and stay; months since are judged by them alone:

    upper  - - - - - - - - - - -|- - - - - - - - - -
    mean   ●──●──●──●──●──●──●──|───────────────────
    lower  - - - - - - - - - - -|- - ●- ●- ●- ●- ●-      seven on the good side in a row
                              started

    >>> months = [(20, 100)] * 12 + [(12, 100)] * 8
    >>> followed = follow([x for x, _ in months], [n for _, n in months], started=12)
    >>> followed.outcome.value
    'Better than before'
    >>> followed.met(target=0.15)
    True

A chart says that something changed, not that the plan did it: that is what `effect` is for. Only
points since the start can carry an outcome, whatever the months before did. Points are months with
comments, for a share of none is no share.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from training.trends.control import FEWEST_POINTS, Chart, Kind, p_chart
from training.trends.signals import Cause

# points a rule looks at: as many must lie after the start, or months before would speak for the plan
_LOOKED_AT = {Cause.OUTSIDE: 1, Cause.TWO_IN_THREE: 3, Cause.TREND: 7, Cause.SHIFT: 7}
ENOUGH_SINCE = 7  # points after the start, from which "no clear change" may be said


class PlanOutcome(StrEnum):
    """The only words in which the outcome of a plan is stated."""

    BETTER = "Better than before"
    WORSE = "Worse than before"
    NO_CHANGE = "No clear change"
    TOO_EARLY = "Too early to tell"
    NO_BASELINE = "Cannot tell: too few months before the start"


@dataclass(frozen=True, slots=True)
class Followed:
    """A plan's chart, the index of its first point since the start, and the outcome.

    chart: None without a baseline. share_before, share_since: of all comments on either side.
    """

    chart: Chart | None
    started: int
    outcome: PlanOutcome
    share_before: float | None
    share_since: float | None

    def met(self, *, target: float) -> bool | None:
        """Whether the share since the start is at most the target; None before there is one."""
        return None if self.share_since is None else self.share_since <= target


def follow(negatives: Sequence[int], totals: Sequence[int], *, started: int) -> Followed:
    """Judge the points from index `started` on by the limits of those before.

    Below twelve points before there are no limits to freeze. Raises ValueError for an impossible
    share, or a start outside the series (its end is a plan that has no point yet).
    """
    if not 0 <= started <= len(totals):
        raise ValueError(f"a plan cannot start at point {started} of {len(totals)}")
    before = _share(negatives[:started], totals[:started])
    since = _share(negatives[started:], totals[started:])
    if started < FEWEST_POINTS:
        return Followed(None, started, PlanOutcome.NO_BASELINE, before, since)
    chart = p_chart(negatives, totals, fix_after=started)
    return Followed(chart, started, _outcome(chart, started), before, since)


def _share(negatives: Sequence[int], totals: Sequence[int]) -> float | None:
    return sum(negatives) / sum(totals) if totals else None


def _outcome(chart: Chart, started: int) -> PlanOutcome:
    """By the newest point since the start, so that what came and went again is no outcome."""
    since = chart.points[started:]
    if since and since[-1].kind is not Kind.COMMON:
        newest = since[-1]
        if len(since) < _LOOKED_AT[newest.special_cause]:
            return PlanOutcome.TOO_EARLY
        return PlanOutcome.BETTER if newest.kind is Kind.IMPROVEMENT else PlanOutcome.WORSE
    return PlanOutcome.NO_CHANGE if len(since) >= ENOUGH_SINCE else PlanOutcome.TOO_EARLY
