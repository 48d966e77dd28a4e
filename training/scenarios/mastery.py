"""What a person's first plays have shown of a skill, with its uncertainty.

    decisions met, newest first      credit   weight
    today                             1.00     1
    today                             0.67     1        Beta(1 + Σ w·credit, 1 + Σ w·(1 − credit))
    180 days ago                      1.00     0.5   ──▸ Beta(3.17, 1.33)   mean .70

Only the first time a decision is met counts: afterwards one knows the answer. Evidence halves
every 180 days, for gains fade. "Three good in a row" would call nearly everybody good at it; this
asks for eight decisions of two scenarios, says how unsure it is, and calls nobody solid on a key
that only its author has judged.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from training.rates import Interval, Posterior
from training.scenarios.debrief import moments_of
from training.scenarios.play import Move, replay
from training.scenarios.script import Script

FEWEST_DECISIONS = 8
FEWEST_SCENARIOS = 2
HALVES_EVERY_DAYS = 180
SHOWN_INTERVAL = 0.80
_WORKING = 0.60
_SOLID = 0.70


class Level(StrEnum):
    """What may be said of a skill."""

    NOT_ENOUGH = "not_enough"
    BUILDING = "building"
    WORKING = "working"
    SOLID = "solid"


@dataclass(frozen=True, slots=True)
class Shown:
    """What one decision of a play showed of one skill: `credit` 0–1 of the most possible there.

    `weight` is 0.5 where the hint was opened; `by_panel` whether a panel judged the key.
    """

    slug: str
    scene: str
    skill: str
    credit: float
    weight: float
    by_panel: bool
    day: date


@dataclass(frozen=True, slots=True)
class Mastery:
    """A skill's level, with the belief behind it and how much it rests on."""

    skill: str
    level: Level
    belief: Posterior
    decisions: int
    scenarios: int

    @property
    def mean(self) -> float:
        """The expected share of credit, 0–1."""
        return self.belief.mean

    @property
    def interval(self) -> Interval:
        """The 80 % interval to show beside it."""
        return self.belief.interval(SHOWN_INTERVAL)


def shown_by(script: Script, moves: Iterable[Move], seed: int, day: date) -> tuple[Shown, ...]:
    """What a play showed, skill by skill; unscored decisions show nothing."""
    return tuple(
        Shown(
            slug=script.slug,
            scene=moment.scene,
            skill=credit.skill,
            credit=credit.share,
            weight=moment.weight,
            by_panel=script.key.by == "panel",
            day=day,
        )
        for moment in moments_of(script, replay(script, moves, seed))
        for credit in moment.credits
        if moment.scored
    )


def mastery(
    skill: str, shown: Iterable[Shown], today: date, *, passed_transfer: bool = False
) -> Mastery:
    """A person's mastery of a skill on a day, from all that their plays showed, in any order.

    Of what was shown twice only the earlier counts; on one day, what comes first in `shown`.
    """
    first = _first_met(skill, shown)
    weights = [one.weight * 0.5 ** ((today - one.day).days / HALVES_EVERY_DAYS) for one in first]
    pairs = list(zip(weights, first, strict=True))
    belief = Posterior(
        1 + sum(weight * one.credit for weight, one in pairs),
        1 + sum(weight * (1 - one.credit) for weight, one in pairs),
    )
    scenarios = len({one.slug for one in first})
    enough = len(first) >= FEWEST_DECISIONS and scenarios >= FEWEST_SCENARIOS
    may_be_solid = passed_transfer and all(one.by_panel for one in first)
    level = _level(belief, may_be_solid) if enough else Level.NOT_ENOUGH
    return Mastery(skill, level, belief, len(first), scenarios)


def all_mastery(
    shown: Iterable[Shown], today: date, passed_transfer: Iterable[str] = ()
) -> Mapping[str, Mastery]:
    """The mastery of every skill that something was shown of; the passed are slugs of skills."""
    everything, passed = list(shown), set(passed_transfer)
    skills = dict.fromkeys(one.skill for one in everything)
    return {
        skill: mastery(skill, everything, today, passed_transfer=skill in passed)
        for skill in skills
    }


def _first_met(skill: str, shown: Iterable[Shown]) -> list[Shown]:
    first: dict[tuple[str, str], Shown] = {}
    for one in sorted(shown, key=lambda one: one.day):
        if one.skill == skill:
            first.setdefault((one.slug, one.scene), one)
    return list(first.values())


def _level(belief: Posterior, may_be_solid: bool) -> Level:
    if may_be_solid and belief.quantile(0.10) >= _SOLID:
        return Level.SOLID
    return Level.WORKING if belief.mean >= _WORKING else Level.BUILDING
