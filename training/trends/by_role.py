"""Rates by role, so coarse and so covered that nobody can be found out from them.

                   people   disputed of shown     what is shown
    front desk       9           6 of 60          –      hidden with billing: 26 in all less the others
    nursing          8           7 of 40          20 %   17.5, to the nearest five
    clinicians      12          12 of 80          15 %
    billing          6           1 of 12          –      fewer than five
    everybody       35          26 of 192         15 %   13.5

Counts are never shown. A role of fewer than five people is hidden, and so is a rate whose "yes" or "no"
is one to four, or is everybody: that would say of each person what they did.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from training.trends.suppress import FEWEST_DRAWN, FEWEST_SHOWN, hidden_groups

STEP = 5  # per cent

Role = TypeVar("Role", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Part:
    """Of `of` things about `people` of a role, how many are so."""

    people: int
    yes: int
    of: int

    @property
    def no(self) -> int:
        """How many are not so."""
        return self.of - self.yes

    def __add__(self, other: "Part") -> "Part":
        """Return the sums."""
        return Part(self.people + other.people, self.yes + other.yes, self.of + other.of)


def rates(
    parts: Mapping[Role, Part], *, fewest: int = FEWEST_DRAWN
) -> tuple[dict[Role, int | None], int | None]:
    """Return the rate of each role, and of all together, in whole steps of 5 %; None is hidden.

    `fewest` is the smallest number of things that a rate is made of.
    """
    hidden = _hidden(parts, fewest)
    everybody = sum(parts.values(), Part(0, 0, 0))
    alone = len([role for role in hidden if parts[role].of]) == 1  # all less the shown would be it
    one_by_one = {role: None if role in hidden else _rounded(part) for role, part in parts.items()}
    stands = _may_stand(everybody, fewest) and not alone
    return one_by_one, _rounded(everybody) if stands else None


def _hidden(parts: Mapping[Role, Part], fewest: int) -> set[Role]:
    """Return the roles to hide: those that are small in any way, and others until they are covered."""
    hidden = {role for role, part in parts.items() if not _may_stand(part, fewest)}
    for count, least in _COUNTS:
        numbers = {role: getattr(part, count) for role, part in parts.items()}
        hidden |= hidden_groups(numbers, fewest=least)
    rest = sorted(parts.keys() - hidden, key=lambda role: (parts[role].of, str(role)))
    if len([role for role in hidden if parts[role].of]) == 1 and rest:
        hidden.add(rest[0])
    return hidden


_COUNTS = (("people", FEWEST_SHOWN), ("yes", FEWEST_SHOWN), ("no", FEWEST_SHOWN))


def _may_stand(part: Part, fewest: int) -> bool:
    small = any(0 < n < FEWEST_SHOWN for n in (part.yes, part.no))
    return part.people >= FEWEST_SHOWN and part.of >= fewest and not small and part.no > 0


def _rounded(part: Part) -> int:
    """Return a rate to the nearest step; what is more than none is never shown as none."""
    nearest = STEP * int(100 * part.yes / part.of / STEP + 0.5)
    return min(max(nearest, STEP if part.yes else 0), 100 - STEP)
