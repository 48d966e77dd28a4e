"""Control charts: which months stand out, and which only differ as months do.

Negative comments of 100 a month, 20 usual, and one bad month:

                                        ■          .36, outside
    upper  .335  - - - - - - - - - - - - - - - -
    mean   .212  ─────────────────────────────────
                  ●   ●   ●   ●   ●   ●       ●
    lower  .090  - - - - - - - - - - - - - - - -

    >>> chart = p_chart([20, 19, 20, 18, 20, 17, 36, 20], [100] * 8, improvement="decrease")
    >>> [point.kind.value for point in chart.points]
    ['common', 'common', 'common', 'common', 'common', 'common', 'concern', 'common']

`xmr` is for single measurements, `p_chart` for shares of counts, `p_prime` for shares of counts so
large that they vary more than counting explains, `u_chart` for remarks a comment. They agree with
NHSRplotthedots 0.2.2 and qicharts2 0.8.1 except where docs and tests say so on purpose: a flat
series has limits equal to its mean and no variation; screening never removes the only movement;
shares and rates never have limits outside the possible.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, NamedTuple, TypedDict, Unpack

from training.trends.limits import (
    Limits,
    moving_range_limits,
    overspread,
    rate_limits,
    share_limits,
)
from training.trends.signals import Cause, Judged, TwoInThree, judge

Improvement = Literal["increase", "decrease", "neutral"]

FEWEST_POINTS = 12


class Kind(StrEnum):
    """What a point is to a reader; HIGH and LOW where neither way is an improvement."""

    COMMON = "common"
    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    HIGH = "high"
    LOW = "low"


class Assurance(StrEnum):
    """Whether the process as it runs will meet its target; NONE without one."""

    PASS = "pass"  # noqa: S105 - a verdict
    FAIL = "fail"
    HIT_OR_MISS = "hit_or_miss"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a chart with its limits and what the rules say of it.

    `side` is the side of the centre it is on: +1, −1 or 0. `group` counts rebased baselines.
    """

    value: float
    centre: float
    lower: float
    upper: float
    outside: bool
    close: bool
    side: int
    special_cause: Cause
    kind: Kind
    group: int = 0


@dataclass(frozen=True, slots=True)
class Chart:
    """Points in order; `variation` is the kind of the last; `short` warns of a small baseline."""

    points: tuple[Point, ...]
    variation: Kind
    assurance: Assurance
    short: bool


class Options(TypedDict, total=False):
    """What every chart may be told besides the way that is better.

    target: in the values' own unit. rebase_at: indices at which a new baseline starts. fix_after:
    take each baseline from its first points only (at least 12). shift, trend: lengths of runs.
    """

    target: float | None
    rebase_at: Sequence[int]
    fix_after: int | None
    shift: int
    trend: int
    two_in_three: TwoInThree


class _Baseline(NamedTuple):
    """The points that share limits, and those among them the limits are known from."""

    known: slice
    points: slice


_LimitsOf = Callable[[_Baseline], list[Limits]]


def xmr(
    values: Sequence[float],
    *,
    improvement: Improvement = "increase",
    screen: bool = True,
    **options: Unpack[Options],
) -> Chart:
    """The chart of individual measurements, with limits from their moving ranges.

    Moving ranges that are out of all proportion are left out once, unless `screen` is False.
    """

    def limits(baseline: _Baseline) -> list[Limits]:
        return moving_range_limits(
            values[baseline.known], over=len(values[baseline.points]), screen=screen
        )

    return _chart(values, limits, improvement, **options)


def p_chart(
    negatives: Sequence[int],
    totals: Sequence[int],
    *,
    improvement: Improvement = "decrease",
    **options: Unpack[Options],
) -> Chart:
    """The chart of shares, negatives of totals, with limits that fit each point's total.

    Raises ValueError for a total of nothing, or more negatives than comments.
    """

    def limits(baseline: _Baseline) -> list[Limits]:
        known, points = baseline
        return share_limits(negatives[known], totals[known], over=totals[points])

    return _chart(_shares(negatives, totals), limits, improvement, **options)


def p_prime(
    negatives: Sequence[int],
    totals: Sequence[int],
    *,
    improvement: Improvement = "decrease",
    screen: bool = True,
    floor: bool = True,
    **options: Unpack[Options],
) -> Chart:
    """The chart of shares of large counts: as wide as neighbouring points really differ.

    Never narrower than `p_chart`, unless `floor` is False.
    """
    shares = _shares(negatives, totals)

    def limits(baseline: _Baseline) -> list[Limits]:
        known, points = baseline
        counted = share_limits(negatives[known], totals[known], over=totals[known])
        spread = overspread(shares[known], counted, screen=screen)
        widen = max(1.0, spread) if floor else spread
        return share_limits(negatives[known], totals[known], over=totals[points], widen=widen)

    return _chart(shares, limits, improvement, **options)


def u_chart(
    counts: Sequence[int],
    sizes: Sequence[int],
    *,
    improvement: Improvement = "decrease",
    **options: Unpack[Options],
) -> Chart:
    """The chart of rates: so many events in so many comments, which may exceed one each."""
    rates = [count / size for count, size in zip(counts, sizes, strict=True)]

    def limits(baseline: _Baseline) -> list[Limits]:
        known, points = baseline
        return rate_limits(counts[known], sizes[known], over=sizes[points])

    return _chart(rates, limits, improvement, **options)


def _chart(
    values: Sequence[float],
    limits_of: _LimitsOf,
    improvement: Improvement,
    *,
    target: float | None = None,
    rebase_at: Sequence[int] = (),
    fix_after: int | None = None,
    shift: int = 7,
    trend: int = 7,
    two_in_three: TwoInThree = "beyond",
) -> Chart:
    baselines = _baselines(len(values), rebase_at, fix_after)
    points: list[Point] = []
    for group, baseline in enumerate(baselines if values else ()):
        part, limits = values[baseline.points], limits_of(baseline)
        judged = judge(part, limits, shift=shift, trend=trend, two_in_three=two_in_three)
        points.extend(
            _point(value, limit, verdict, improvement, group)
            for value, limit, verdict in zip(part, limits, judged, strict=True)
        )
    return Chart(
        points=tuple(points),
        variation=points[-1].kind if points else Kind.COMMON,
        assurance=assurance(points[-1], target, improvement) if points else Assurance.NONE,
        short=any(len(values[known]) < FEWEST_POINTS for known, _ in baselines),
    )


def _baselines(n: int, rebase_at: Sequence[int], fix_after: int | None) -> list[_Baseline]:
    if fix_after is not None and fix_after < FEWEST_POINTS:
        raise ValueError(f"a baseline needs {FEWEST_POINTS} points, not {fix_after}")
    starts = sorted({0, *(at for at in rebase_at if 0 < at < n)})
    ends = [*starts[1:], n]
    return [
        _Baseline(
            slice(start, min(end, start + fix_after if fix_after else end)), slice(start, end)
        )
        for start, end in zip(starts, ends, strict=True)
    ]


def _point(
    value: float, limit: Limits, verdict: Judged, improvement: Improvement, group: int
) -> Point:
    return Point(
        value=value,
        centre=limit.centre,
        lower=limit.lower,
        upper=limit.upper,
        outside=verdict.outside,
        close=verdict.close,
        side=verdict.side,
        special_cause=verdict.cause,
        kind=_kind(verdict.direction, improvement),
        group=group,
    )


def _kind(direction: int, improvement: Improvement) -> Kind:
    if not direction:
        return Kind.COMMON
    if improvement == "neutral":
        return Kind.HIGH if direction > 0 else Kind.LOW
    better = direction > 0 if improvement == "increase" else direction < 0
    return Kind.IMPROVEMENT if better else Kind.CONCERN


def assurance(last: Point | Limits, target: float | None, improvement: Improvement) -> Assurance:
    """Whether a process with these limits meets its target, by the limits of the last baseline."""
    if target is None or improvement == "neutral":
        return Assurance.NONE
    if last.lower <= target <= last.upper:
        return Assurance.HIT_OR_MISS
    met = target < last.lower if improvement == "increase" else target > last.upper
    return Assurance.PASS if met else Assurance.FAIL


def _shares(negatives: Sequence[int], totals: Sequence[int]) -> list[float]:
    for part, total in zip(negatives, totals, strict=True):
        if total <= 0 or not 0 <= part <= total:
            raise ValueError(f"{part} negative of {total} is not a share")
    return [part / total for part, total in zip(negatives, totals, strict=True)]
