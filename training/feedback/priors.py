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
from collections.abc import Iterable, Mapping, Sequence
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
EVERYONE = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many comments about one skill of one person were counted, and how many were negative."""

    person: int
    role: str
    skill: str
    comments: int
    negatives: int


@dataclass(frozen=True, slots=True)
class Cell:
    """What was said of one skill in one role, or in all: whose comments, how many, and k."""

    people: int
    comments: int
    negatives: int
    weight: float = PRIOR_WEIGHT

    @property
    def mean(self) -> float:
        """m: the share of negatives, everybody counted."""
        return _share(self.negatives, self.comments)

    def without(self, own: Tally | None) -> Others:
        """The counts of everybody but one person; never fewer than none."""
        if own is None or not own.comments:
            return Others(self.people, self.comments, self.negatives)
        comments = max(0, self.comments - own.comments)
        negatives = min(comments, max(0, self.negatives - own.negatives))
        return Others(max(0, self.people - 1), comments, negatives)


_NOTHING = Cell(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Learnt:
    """What a practice's tallies taught, small enough to keep until they are learnt anew.

    cells: by role and skill, and by EVERYONE and skill. role_weight: in how many comments the
    practice's rate for a skill counts beside a role's. leaning_weight: in how many expected
    negatives "like everybody" counts.
    """

    cells: Mapping[tuple[str, str], Cell]
    role_weight: float = PRIOR_WEIGHT
    leaning_weight: float = _MOST_LEANING
    default: float = DEFAULT_RATE

    def usual(self, role: str, skill: str, own: Tally | None = None) -> Usual:
        """What is usual for a skill in a role, one person left out: m, k and among whom.

        m is the role's rate drawn to the practice's; only the practice's where the role has fewer
        than five others or 30 comments; where the practice has, the published default and k.
        """
        whole = self.cells.get((EVERYONE, skill), _NOTHING)
        everyone = whole.without(own)
        if not everyone.enough:
            return Usual(self.default, PRIOR_WEIGHT, Basis.DEFAULT)
        mean, basis = _share(everyone.negatives, everyone.comments), Basis.PRACTICE
        cell = self.cells.get((role, skill))
        among = (cell or _NOTHING).without(own)
        if among.enough:
            drawn = posterior(among.negatives, among.comments, mean=mean, weight=self.role_weight)
            mean, basis = drawn.mean, Basis.ROLE
        return Usual(mean, (cell or whole).weight, basis)

    def expected(self, role: str, skill: str, own: Mapping[str, Tally]) -> Usual:
        """What is usual, and what to expect of a person by all that was said of them.

        own: the person's tallies by skill. Where the default is taken nothing else is expected.
        """
        usual = self.usual(role, skill, own.get(skill))
        if usual.basis is Basis.DEFAULT:
            return usual
        negatives, due = self.dues(role, own.values())
        lean = leaning(negatives, due, weight=self.leaning_weight)
        return replace(usual, expected=leant(usual.mean, lean))

    def dues(self, role: str, own: Iterable[Tally]) -> tuple[float, float]:
        """A person's negatives, and how many would be usual for as many comments on each skill.

        Skills of which nobody knows what is usual are left out.
        """
        known = [
            (one, usual.mean)
            for one in own
            if (usual := self.usual(role, one.skill, one)).basis is not Basis.DEFAULT
        ]
        return fsum(one.negatives for one, _ in known), fsum(one.comments * m for one, m in known)


@dataclass(frozen=True)
class Priors:
    """What a practice's tallies, one a person and skill and none empty, say of what is usual."""

    tallies: Sequence[Tally]
    default: float = DEFAULT_RATE

    def usual(self, person: int, role: str, skill: str) -> Usual:
        """What is usual for a skill in a role, one person left out; see `Learnt.usual`."""
        return self.learnt.usual(role, skill, self._of(person).get(skill))

    def expected(self, person: int, role: str, skill: str) -> Usual:
        """What is usual, and what to expect of a person; see `Learnt.expected`."""
        return self.learnt.expected(role, skill, self._of(person))

    def weight(self, role: str, skill: str) -> float:
        """k: in how many comments the usual rate counts, for one skill and role.

        Learnt from the role's people in that skill together with all roles and skills, since so
        few people say little; near 15 until the practice has many comments.
        """
        own, everywhere = self._alike.get((role, skill), Likeness()), self._alike_everywhere
        part = _BORROWED_ROOM / everywhere.room
        return (own + Likeness(everywhere.excess * part, _BORROWED_ROOM)).weight

    @cached_property
    def learnt(self) -> Learnt:
        """All that the tallies teach."""
        cells = {
            (role, skill): Cell(len(some), *_sums(some), self.weight(role, skill))
            for (role, skill), some in self._cells.items()
        }
        found = Learnt(cells, self.role_weight, default=self.default)
        return replace(found, leaning_weight=self._leaning_weight(found))

    @cached_property
    def role_weight(self) -> float:
        """In how many comments the practice's rate for a skill counts beside a role's."""
        found = Likeness()
        for skill in {skill for _, skill in self._cells}:
            roles = [
                _sums(some)[::-1] for (role, s), some in self._cells.items() if s == skill and role
            ]
            comments, negatives = _sums(self._cells[EVERYONE, skill])
            found += likeness(roles, _share(negatives, comments))
        return found.weight

    def _leaning_weight(self, found: Learnt) -> float:
        """In how many expected negatives "like everybody" counts, from 10 to 100.

        By moments: people's negatives are compared with what was due, beyond what chance and the
        unlikeness of skills within a person would do.
        """
        beyond = squares = 0.0
        for some in self._by_person.values():
            negatives, due = found.dues(some[0].role, some)
            beyond += (negatives - due) ** 2 - fsum(_noise(found, one) for one in some)
            squares += due * due
        if beyond <= 0:
            return _MOST_LEANING
        return min(_MOST_LEANING, max(_LEAST_LEANING, squares / beyond))

    def _of(self, person: int) -> dict[str, Tally]:
        return {one.skill: one for one in self._by_person.get(person, ())}

    @cached_property
    def _by_person(self) -> dict[int, list[Tally]]:
        found: dict[int, list[Tally]] = defaultdict(list)
        for one in self.tallies:
            found[one.person].append(one)
        return dict(found)

    @cached_property
    def _cells(self) -> dict[tuple[str, str], list[Tally]]:
        """The tallies of each role and skill, and of everybody and each skill."""
        found: dict[tuple[str, str], list[Tally]] = defaultdict(list)
        for one in self.tallies:
            found[one.role, one.skill].append(one)
            found[EVERYONE, one.skill].append(one)
        return dict(found)

    @cached_property
    def _alike(self) -> dict[tuple[str, str], Likeness]:
        found = {}
        for key, some in self._cells.items():
            comments, negatives = _sums(some)
            counts = [(one.negatives, one.comments) for one in some]
            if key[0] != EVERYONE:
                found[key] = likeness(counts, _share(negatives, comments))
        return found

    @cached_property
    def _alike_everywhere(self) -> Likeness:
        assumed = Likeness(_ASSUMED_ROOM / (1 + PRIOR_WEIGHT), _ASSUMED_ROOM)
        return sum(self._alike.values(), assumed)


def _noise(found: Learnt, one: Tally) -> float:
    usual = found.usual(one.role, one.skill, one)
    if usual.basis is Basis.DEFAULT:
        return 0.0
    alike = 1 / (1 + usual.weight)
    return one.comments * usual.mean * (1 - usual.mean) * (1 + (one.comments - 1) * alike)


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


def _share(negatives: float, comments: float) -> float:
    # half a comment either way: a share of nothing or all is never certain
    return (negatives + 0.5) / (comments + 1)


def _sums(some: Iterable[Tally]) -> tuple[int, int]:
    """How many comments, and how many negative ones."""
    some = list(some)
    return sum(one.comments for one in some), sum(one.negatives for one in some)
