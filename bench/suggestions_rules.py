"""The rules that choose a person's first skill: ours, ours with learnt priors, and simple ones.

A rule gives every skill that somebody has remarks on a sort key; the largest is its first choice.
Ties of simple rules are broken in their favour where there is a way: by more remarks, by chance.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from bench.suggestions_world import TODAY, Practice, Remark
from training.feedback.priors import Priors, Tally
from training.feedback.suggestion import (
    Candidate,
    Evidence,
    Others,
    Reasons,
    Usual,
    assess,
    usual_rate,
)

Pair = tuple[int, str]  # a person and a skill
Found = Mapping[Pair, list[Remark]]
Key = tuple[float, ...]
UsualOf = Callable[[int, str, str], Usual]  # of a person, a role and a skill

PLAIN, LEARNT, POOLED = "ours", "learnt m, k", "pooled"
OURS = (PLAIN, LEARNT, POOLED)


@dataclass(frozen=True, slots=True)
class Judged:
    """What the rules make of one practice: sort keys by rule, and our reasons with candidates."""

    keys: dict[str, dict[Pair, Key]]
    reasons: dict[str, dict[Pair, Reasons]]
    candidates: dict[str, dict[Pair, Candidate]]


def found_in(practice: Practice) -> Found:
    """The remarks by the person and skill they were counted for."""
    found: dict[Pair, list[Remark]] = defaultdict(list)
    for remark in practice.remarks:
        found[remark.staff, remark.skill].append(remark)
    return dict(found)


def judge(practice: Practice, found: Found, seed: int) -> Judged:
    """Let every rule judge every person and skill of a practice."""
    candidates = {
        name: {pair: _candidate(practice, pair, found[pair], usual) for pair in found}
        for name, usual in _usuals(practice, found).items()
    }
    reasons = {
        name: {pair: assess(one, today=TODAY) for pair, one in some.items()}
        for name, some in candidates.items()
    }
    keys: dict[str, dict[Pair, Key]] = {
        name: {pair: (one.score,) for pair, one in some.items()} for name, some in reasons.items()
    }
    return Judged(keys | _simple(found, Random(seed)), reasons, candidates)


def _usuals(practice: Practice, found: Found) -> dict[str, UsualOf]:
    priors = Priors(
        [
            Tally(staff, practice.people[staff].role, skill, len(some), _negatives(some))
            for (staff, skill), some in found.items()
        ]
    )
    return {PLAIN: _plain(practice, found), LEARNT: priors.usual, POOLED: priors.expected}


def _plain(practice: Practice, found: Found) -> UsualOf:
    """The product's usual rate, counted as its service counts it: the person left out."""
    people, comments, negatives = (Counter[tuple[str, str]]() for _ in range(3))
    for (staff, skill), some in found.items():
        for group in (practice.people[staff].role, ""):
            people[group, skill] += 1
            comments[group, skill] += len(some)
            negatives[group, skill] += _negatives(some)

    def usual(staff: int, role: str, skill: str) -> Usual:
        own = found[staff, skill]
        others = [
            Others(people[at] - 1, comments[at] - len(own), negatives[at] - _negatives(own))
            for at in ((role, skill), ("", skill))
        ]
        return usual_rate(*others)

    return usual


def _candidate(practice: Practice, pair: Pair, some: list[Remark], usual: UsualOf) -> Candidate:
    staff, skill = pair
    rows = [
        Evidence(one.number, one.day, f"v{one.number}", one.negative, q_attr=one.confidence)
        for one in some
    ]
    return Candidate(skill, rows, usual(staff, practice.people[staff].role, skill))


def _simple(found: Found, random: Random) -> dict[str, dict[Pair, Key]]:
    return {
        "raw share": {p: (_negatives(some) / len(some), len(some)) for p, some in found.items()},
        "most negative": {p: (_negatives(some), random.random()) for p, some in found.items()},
        "most recent": {
            p: (max((one.day.toordinal() for one in some if one.negative), default=0),)
            for p, some in found.items()
        },
        "random": {p: (random.random(),) for p in found},
    }


def _negatives(some: list[Remark]) -> int:
    return sum(one.negative for one in some)
