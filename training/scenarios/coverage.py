"""What a library covers, and who is in it: skills, roles and stages; ages, skin and first moods.

    fifty-minutes-late  empathy, keeping_informed  receptionist  Mr Okafor, 62, brown, tense
      ──▸ empathy: 1 conversation, 4 decisions        brown: 1, of them 0 upset or angry at first

The balance is printed for a person to judge: nobody should be the difficult one because of age or
skin. An age is the first number of what is said about the patient.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from training.scenarios.play import start
from training.scenarios.script import Mood, Script
from training.skills import ROLES, SKILLS, STAGES

_AGE = re.compile(r"\b(\d{1,3})\b")
_HARD = frozenset({Mood.ANGRY, Mood.UPSET})
_AGES = ((18, "under 18"), (40, "18 to 39"), (65, "40 to 64"), (999, "65 and over"))
NO_AGE = "no age given"


@dataclass(frozen=True, slots=True)
class Covered:
    """How much of a library is about one thing."""

    name: str
    conversations: int
    decisions: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is covered, every skill, role and stage there is among them, also with nothing."""

    skills: tuple[Covered, ...]
    roles: tuple[Covered, ...]
    stages: tuple[Covered, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """Patients who have something in common; `hard` of them are angry or upset at first."""

    group: str
    patients: int
    hard: int


def coverage(scripts: Iterable[Script]) -> Coverage:
    """What the rehearsals of a library cover; transfer checks are left out."""
    rehearsals = [one for one in scripts if one.kind == "rehearsal"]
    return Coverage(
        skills=tuple(_skill(rehearsals, slug) for slug in SKILLS),
        roles=tuple(
            _covered(slug, [one for one in rehearsals if slug in one.roles]) for slug in ROLES
        ),
        stages=tuple(
            _covered(slug, [one for one in rehearsals if slug == one.stage]) for slug in STAGES
        ),
    )


def balance(scripts: Iterable[Script]) -> Mapping[str, Sequence[Share]]:
    """The patients of a library by skin, hair and age, with how many are hard at first."""
    every = list(scripts)
    return {
        "skin": _shares(every, [one.patient.portrait.skin for one in every]),
        "hair": _shares(every, [one.patient.portrait.hair for one in every]),
        "age": _shares(every, [age_group(one.patient.about) for one in every]),
    }


def balance_lines(scripts: Iterable[Script]) -> list[str]:
    """The balance in plain text, a line a group of patients."""
    lines = []
    for what, shares in balance(scripts).items():
        told = (f"{one.group} {one.patients} ({one.hard} hard)" for one in shares)
        lines.append(f"{what}: {', '.join(told)}")
    return lines


def coverage_lines(scripts: Iterable[Script]) -> list[str]:
    """The coverage in plain text, a line a skill, role and stage."""
    found = coverage(scripts)
    named = (("skill", found.skills), ("role", found.roles), ("stage", found.stages))
    return [
        f"{what} {one.name}: conversations {one.conversations}, decisions {one.decisions}"
        for what, covered in named
        for one in covered
    ]


def age_group(about: str) -> str:
    """The group of ages of somebody of whom this is said: `age_group("62, due at work")`."""
    found = _AGE.search(about)
    if found is None:
        return NO_AGE
    return next(name for below, name in _AGES if int(found[1]) < below)


def _skill(scripts: Sequence[Script], slug: str) -> Covered:
    about = [one for one in scripts if slug in one.skills]
    met = sum(slug in scene.skills for one in about for scene in one.decisions.values())
    return Covered(slug, len(about), met)


def _covered(name: str, scripts: Sequence[Script]) -> Covered:
    return Covered(name, len(scripts), sum(len(one.decisions) for one in scripts))


def _shares(scripts: Sequence[Script], groups: Sequence[str]) -> Sequence[Share]:
    hard = [start(one, seed=0).mood in _HARD for one in scripts]
    difficult = Counter(group for group, is_hard in zip(groups, hard, strict=True) if is_hard)
    return [
        Share(group, count, difficult[group]) for group, count in sorted(Counter(groups).items())
    ]
