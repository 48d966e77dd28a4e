"""Practices made up with known truth: who is how good at what, and the remarks patients leave.

    true share of negative remarks     usual of the skill · of the role · of the person · of the pair
    remarks of twelve months           as many as the person's volume, on days by chance
    what is counted of them            some said of a colleague, of another skill, or of the other sign

A true need is a true share, on the last day, of more than five points above the mean of the
person's role: what `need` claims to be the probability of.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp, log
from random import Random
from statistics import fmean

TODAY = date(2026, 3, 16)
DAYS = 365
MARGIN = 0.05

# the skills of a role, those that patients speak of most first
SKILLS_OF = {
    "front_desk": [
        "welcome",
        "access",
        "empathy",
        "keeping_informed",
        "service_recovery",
        "listening",
        "de_escalation",
        "dignity",
    ],
    "phone": [
        "access",
        "welcome",
        "listening",
        "keeping_informed",
        "empathy",
        "explaining",
        "service_recovery",
        "de_escalation",
    ],
    "nursing": [
        "empathy",
        "explaining",
        "dignity",
        "listening",
        "keeping_informed",
        "teamwork",
        "shared_decisions",
        "inclusion",
    ],
    "clinicians": [
        "listening",
        "explaining",
        "empathy",
        "shared_decisions",
        "dignity",
        "keeping_informed",
        "inclusion",
        "teamwork",
    ],
}
SPOKEN_OF = (0.24, 0.20, 0.15, 0.12, 0.10, 0.08, 0.06, 0.05)


@dataclass(frozen=True, slots=True)
class Setting:
    """What a practice is made of; every `spread` is a standard deviation on the logit scale.

    attribution, tagging, sign: the parts of remarks counted for anybody of the role, for
    another skill of it, or as the opposite. uncertain: the part no reviewer decided, whose
    confidence lies evenly between .9 and 1.
    """

    a_month: float
    attribution: float = 0.05
    tagging: float = 0.15
    sign: float = 0.08
    uncertain: float = 0.4
    people_a_role: int = 9
    usual_logit: float = -1.4
    spread_skill: float = 0.35
    spread_role: float = 0.2
    spread_person: float = 0.3
    spread_pair: float = 0.5
    drift: float = 0.3
    spread_volume: float = 0.5


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark as it was counted; `number` tells comments and visits apart."""

    number: int
    staff: int
    skill: str
    day: date
    negative: bool
    confidence: float


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody's role and, by skill, their true share of negative remarks on the last day."""

    role: str
    truth: dict[str, float]


@dataclass(frozen=True, slots=True)
class Practice:
    """People, what is truly usual by role and skill, and the remarks as counted."""

    people: list[Person]
    usual: dict[tuple[str, str], float]
    remarks: list[Remark]

    def above(self, staff: int, skill: str) -> float:
        """How far a person's true share lies above what is usual in their role."""
        person = self.people[staff]
        return person.truth[skill] - self.usual[person.role, skill]

    def needs(self, staff: int, skill: str) -> bool:
        """Whether it lies far enough above to be a true need."""
        return self.above(staff, skill) > MARGIN


def make(setting: Setting, seed: int) -> Practice:
    """Make one practice; the same setting and seed make the same one."""
    random = Random(seed)
    people = [
        Person(role, truth)
        for role, logits in _roles(random, setting).items()
        for truth in (_truth(random, setting, logits) for _ in range(setting.people_a_role))
    ]
    remarks: list[Remark] = []
    for staff, person in enumerate(people):
        for day, skill, negative in _said(random, setting, person):
            true = Remark(len(remarks), staff, skill, day, negative, 1.0)
            remarks.append(_counted(random, setting, true, SKILLS_OF[person.role]))
    return Practice(people, _usual(people), remarks)


def _roles(random: Random, setting: Setting) -> dict[str, dict[str, float]]:
    every = sorted({skill for skills in SKILLS_OF.values() for skill in skills})
    hard = {skill: random.gauss(setting.usual_logit, setting.spread_skill) for skill in every}
    return {
        role: {skill: hard[skill] + random.gauss(0, setting.spread_role) for skill in skills}
        for role, skills in SKILLS_OF.items()
    }


def _truth(random: Random, setting: Setting, logits: dict[str, float]) -> dict[str, float]:
    person = random.gauss(0, setting.spread_person)
    return {
        skill: _share(logit + person + random.gauss(0, setting.spread_pair))
        for skill, logit in logits.items()
    }


def _said(random: Random, setting: Setting, person: Person) -> Iterator[tuple[date, str, bool]]:
    """What patients say of a person in the year: the day, the skill, and whether it is negative."""
    drifts = {skill: random.gauss(0, setting.drift) for skill in person.truth}
    volume = setting.a_month * exp(
        random.gauss(-(setting.spread_volume**2) / 2, setting.spread_volume)
    )
    ago = random.expovariate(volume * 12 / DAYS)
    while ago < DAYS:
        (skill,) = random.choices(SKILLS_OF[person.role], SPOKEN_OF)
        then = _share(_logit(person.truth[skill]) - drifts[skill] * ago / DAYS)
        yield TODAY - timedelta(days=int(ago)), skill, random.random() < then
        ago += random.expovariate(volume * 12 / DAYS)


def _counted(random: Random, setting: Setting, true: Remark, skills: list[str]) -> Remark:
    """The remark as reading and reviewing leave it, which may be wrong in each respect."""
    staff, skill = true.staff, true.skill
    if random.random() < setting.attribution:
        first = staff - staff % setting.people_a_role  # a role's people stand together
        staff = first + random.randrange(setting.people_a_role)
    if random.random() < setting.tagging:
        skill = random.choice(skills)
    wrong_sign = random.random() < setting.sign
    sure = 1.0 if random.random() >= setting.uncertain else random.uniform(0.9, 1.0)
    return Remark(true.number, staff, skill, true.day, true.negative != wrong_sign, sure)


def _usual(people: list[Person]) -> dict[tuple[str, str], float]:
    return {
        (role, skill): fmean(one.truth[skill] for one in people if one.role == role)
        for role, skills in SKILLS_OF.items()
        for skill in skills
    }


def _share(logit: float) -> float:
    return 1 / (1 + exp(-logit))


def _logit(share: float) -> float:
    return log(share / (1 - share))
