"""What is usual for each skill and role, and what to expect of a person: learnt from the practice.

Nobody's usual rate is known; each is estimated, and drawn to a firmer one the less it rests on:

    the practice's rate for a skill        all roles, many comments
      └─ the role's rate for it            m: drawn to the practice's, by how unlike roles are
           └─ the person's expected one    m, raised or lowered by all their comments together
                └─ the person's own        k: how unlike people of one role are in one skill

Seven of somebody's twenty comments, over all skills, were negative where four would be usual; an
expected ten count as certain as that difference is between people:

    leaning  (7 + 10) / (4 + 10) = 1.21        odds of 1 in 5: .25 · 1.21 = .30, so .23 is expected

    >>> round(leaning(7, 4, weight=10), 2)
    1.21
    >>> round(leant(0.2, leaning(7, 4, weight=10)), 2)
    0.23

The person in question is left out of what is usual, and where a role is too small to be shown
(`Others.enough`) the practice is taken. By moments throughout; nothing here is drawn by chance.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import fsum

from training.feedback.suggestion import (
    DEFAULT_RATE,
    PRIOR_WEIGHT,
    Basis,
    Others,
    Usual,
)
from training.rates import Likeness, likeness, posterior

# in about how many comments 15 counts beside what the practice's own comments say of k, and
# what all its comments say beside those on one skill of one role
_ASSUMED_ROOM, _BORROWED_ROOM = 1500.0, 3000.0
_LEAST_LEANING, _MOST_LEANING = 10.0, 100.0


@dataclass(frozen=True, slots=True)
class Tally:
    """How many comments about one skill of one person were counted, and how many were negative."""

    person: int
    role: str
    skill: str
    comments: int
    negatives: int


@dataclass(frozen=True)
class Priors:
    """What a practice's tallies, one a person and skill and none empty, say of what is usual."""

    tallies: Sequence[Tally]
    default: float = DEFAULT_RATE

    def usual(self, person: int, role: str, skill: str) -> Usual:
        """What is usual for a skill in a role, one person left out: m, k and among whom.

        m is the role's rate drawn to the practice's; only the practice's where the role has fewer
        than five others or 30 comments; the default where the practice has.
        """
        everyone = self._others("", skill, person)
        if not everyone.enough:
            return Usual(self.default, PRIOR_WEIGHT, Basis.DEFAULT)
        mean, basis = _rate(everyone), Basis.PRACTICE
        among = self._others(role, skill, person)
        if among.enough:
            drawn = posterior(among.negatives, among.comments, mean=mean, weight=self.role_weight)
            mean, basis = drawn.mean, Basis.ROLE
        return Usual(mean, self.weight(role, skill), basis)

    def expected(self, person: int, role: str, skill: str) -> Usual:
        """What is usual, and what to expect of a person by all that was said of them."""
        usual = self.usual(person, role, skill)
        negatives, due = self._dues.get(person, (0.0, 0.0))
        lean = leaning(negatives, due, weight=self.leaning_weight)
        return replace(usual, expected=leant(usual.mean, lean))

    def weight(self, role: str, skill: str) -> float:
        """k: in how many comments the usual rate counts, for one skill and role.

        Learnt from the role's people in that skill together with all roles and skills, since so
        few people say little; near 15 until the practice has many comments.
        """
        own, everywhere = self._alike.get((role, skill), Likeness()), self._alike_everywhere
        part = _BORROWED_ROOM / everywhere.room
        return (own + Likeness(everywhere.excess * part, _BORROWED_ROOM)).weight

    @cached_property
    def role_weight(self) -> float:
        """In how many comments the practice's rate for a skill counts beside a role's."""
        found = Likeness()
        for skill in {skill for _, skill in self._cells}:
            roles = [_sums(some) for (role, s), some in self._cells.items() if s == skill and role]
            found += likeness([(y, n) for y, n in roles], _share(*_sums(self._cells["", skill])))
        return found.weight

    @cached_property
    def leaning_weight(self) -> float:
        """In how many expected negatives "like everybody" counts, from 10 to 100.

        By moments: people's negatives are compared with what was due, beyond what chance and the
        unlikeness of skills within a person would do.
        """
        beyond = squares = 0.0
        for person, some in self._by_person.items():
            negatives, due = self._dues[person]
            beyond += (negatives - due) ** 2 - fsum(self._noise(one) for one in some)
            squares += due * due
        if beyond <= 0:
            return _MOST_LEANING
        return min(_MOST_LEANING, max(_LEAST_LEANING, squares / beyond))

    def _noise(self, one: Tally) -> float:
        mean = self.usual(one.person, one.role, one.skill).mean
        alike = 1 / (1 + self.weight(one.role, one.skill))
        return one.comments * mean * (1 - mean) * (1 + (one.comments - 1) * alike)

    @cached_property
    def _dues(self) -> dict[int, tuple[float, float]]:
        """By person: negatives, and how many would be usual for as many comments on each skill."""
        return {
            person: (
                fsum(one.negatives for one in some),
                fsum(one.comments * self.usual(person, one.role, one.skill).mean for one in some),
            )
            for person, some in self._by_person.items()
        }

    @cached_property
    def _by_person(self) -> dict[int, list[Tally]]:
        found: dict[int, list[Tally]] = defaultdict(list)
        for one in self.tallies:
            found[one.person].append(one)
        return dict(found)

    @cached_property
    def _cells(self) -> dict[tuple[str, str], list[Tally]]:
        """The tallies of each role and skill, and of everybody ("") and each skill."""
        found: dict[tuple[str, str], list[Tally]] = defaultdict(list)
        for one in self.tallies:
            found[one.role, one.skill].append(one)
            found["", one.skill].append(one)
        return dict(found)

    @cached_property
    def _alike(self) -> dict[tuple[str, str], Likeness]:
        return {
            key: likeness([(one.negatives, one.comments) for one in some], _share(*_sums(some)))
            for key, some in self._cells.items()
            if key[0]
        }

    @cached_property
    def _alike_everywhere(self) -> Likeness:
        assumed = Likeness(_ASSUMED_ROOM / (1 + PRIOR_WEIGHT), _ASSUMED_ROOM)
        return sum(self._alike.values(), assumed)

    def _others(self, role: str, skill: str, person: int) -> Others:
        some = [one for one in self._cells.get((role, skill), ()) if one.person != person]
        negatives, comments = _sums(some)
        return Others(len(some), comments, negatives)


def leaning(negatives: float, due: float, *, weight: float) -> float:
    """How much more negatives a person has than are due, drawn to 1: `leaning(0, 0, …)` is 1.

    Raises ValueError for negative counts or a weight that is not positive.
    """
    if negatives < 0 or due < 0 or weight <= 0:
        raise ValueError(f"no leaning from {negatives} of {due} due with a weight of {weight}")
    return (negatives + weight) / (due + weight)


def leant(share: float, lean: float) -> float:
    """A share between 0 and 1 whose odds are multiplied: `leant(0.5, 3)` is 0.75."""
    return share * lean / (1 - share + share * lean)


def _rate(others: Others) -> float:
    return _share(others.negatives, others.comments)


def _share(negatives: float, comments: float) -> float:
    # half a comment either way: a share of nothing or all is never certain
    return (negatives + 0.5) / (comments + 1)


def _sums(some: Iterable[Tally]) -> tuple[int, int]:
    some = list(some)
    return sum(one.negatives for one in some), sum(one.comments for one in some)
