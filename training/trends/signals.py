"""The rules that say a series of measurements is more than chance.

One point beyond a limit, seven rising or falling, two of three near a limit, seven on one side:

    upper  - - - - - - - - - - - - - ▲ -      ▲ outside
    mean   ●───────●───────────●─────────
               ●       ●   ●       ●

    >>> [point.cause for point in judge([0.1, -0.2, 0.1, 3.4], [Limits(0, -3, 3, 2)] * 4)]
    [<Cause.NONE: ''>, <Cause.NONE: ''>, <Cause.NONE: ''>, <Cause.OUTSIDE: 'outside'>]

The rules are those of the NHS "Making Data Count" charts as NHSRplotthedots 0.2.2 (MIT) has them.
A flag is +1 for high or rising, −1 for low or falling, 0 for none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Literal

from training.trends.limits import Limits

TwoInThree = Literal["beyond", "strict"]


class Cause(StrEnum):
    """The rule that flags a point, the strongest first; NONE is common-cause variation."""

    OUTSIDE = "outside"
    TREND = "trend"
    TWO_IN_THREE = "two_in_three"
    SHIFT = "shift"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """What the rules say of one point; `direction` is +1 or −1 where there is a cause, else 0."""

    outside: bool
    close: bool
    side: int
    cause: Cause
    direction: int


def judge(
    values: Sequence[float],
    limits: Sequence[Limits],
    *,
    shift: int = 7,
    trend: int = 7,
    two_in_three: TwoInThree = "beyond",
) -> list[Judged]:
    """Apply every rule to one run of points that share a baseline."""
    sides = [sign(value - limit.centre) for value, limit in zip(values, limits, strict=True)]
    outside = [
        not limit.lower <= value <= limit.upper for value, limit in zip(values, limits, strict=True)
    ]
    close = [
        not out and abs(value - limit.centre) > limit.near
        for value, limit, out in zip(values, limits, outside, strict=True)
    ]
    flagged = {
        Cause.OUTSIDE: [side if out else 0 for side, out in zip(sides, outside, strict=True)],
        Cause.TREND: trends(values, trend),
        Cause.TWO_IN_THREE: two_of_three(sides, close, outside, two_in_three),
        Cause.SHIFT: shifts(sides, shift),
    }
    return [
        Judged(outside[i], close[i], sides[i], *strongest(flagged, i)) for i in range(len(values))
    ]


def strongest(flagged: Mapping[Cause, Sequence[int]], i: int) -> tuple[Cause, int]:
    """The first rule, in the order given, that flags point i, and its direction; else NONE and 0."""
    for cause, flags in flagged.items():
        if flags[i]:
            return cause, flags[i]
    return Cause.NONE, 0


def sign(difference: float) -> int:
    """Which way a difference points: +1, −1, or 0 for none."""
    return (difference > 0) - (difference < 0)


def shifts(sides: Sequence[int], length: int = 7) -> list[int]:
    """Flag every point of a run of `length` on one side of the centre; one on it breaks the run.

    `shifts([1] * 7 + [-1])` flags the first seven.
    """
    flags = [0] * len(sides)
    for start, direction in _runs(sides, length):
        flags[start : start + length] = [direction] * length
    return flags


def trends(values: Sequence[float], length: int = 7) -> list[int]:
    """Flag every point of a run of `length` that each go the same way; a tie breaks the run.

    A peak that ends one run and begins another takes the direction of the later one.
    """
    steps = [sign(after - before) for before, after in pairwise(values)]
    flags = [0] * len(values)
    for start, direction in _runs(steps, length - 1):
        flags[start : start + length] = [direction] * length
    return flags


def two_of_three(
    sides: Sequence[int], close: Sequence[bool], outside: Sequence[bool], rule: TwoInThree
) -> list[int]:
    """Flag the far points where two of three neighbours on one side lie close to a limit.

    "strict" counts points between near and limit only; "beyond" also counts those outside, as
    NHS England announced in 2023. Only the points that count are flagged.
    """
    far = [near or (rule == "beyond" and out) for near, out in zip(close, outside, strict=True)]
    flags = [0] * len(sides)
    for start, direction in _runs(sides, 3):
        triple = [i for i in range(start, start + 3) if far[i]]
        if len(triple) >= 2:
            for i in triple:
                flags[i] = direction
    return flags


def _runs(signs: Sequence[int], length: int) -> list[tuple[int, int]]:
    """The starts of all stretches of `length` equal signs other than 0, with their sign."""
    return [
        (start, signs[start])
        for start in range(len(signs) - length + 1)
        if signs[start] and len(set(signs[start : start + length])) == 1
    ]
