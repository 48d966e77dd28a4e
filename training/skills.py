"""The words every part shares: skills, themes, roles, stages and channels.

    >>> SKILLS["explaining"].name
    'Plain explanation and teach-back'
    >>> group_of("phlebotomist").name
    'Nursing'

Skills and themes are read once, from content/skills.yaml and content/themes.yaml, so a practice
can reword them without touching code; roles, stages and channels are fixed by the file formats
and the database, and stand here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

# The safe loader in C, where PyYAML was built with it, is eight times as fast.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
CONTENT = Path(__file__).resolve().parent.parent / "content"


class Strength(StrEnum):
    """How far the evidence for training a skill can be relied on."""

    STRONG = "strong"
    MODERATE = "moderate"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known about training a skill, and where it was found; source is "" when not given."""

    strength: Strength
    finding: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Skill:
    """Something a person can practise: what a colleague would see, what a patient would say."""

    slug: str
    name: str
    behaviour: str
    patients_say: tuple[str, ...]
    also_known_as: tuple[str, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Theme:
    """A matter of the system: it goes to managers, never to a person.

    `skill` is the skill that shows in how staff handled it, "" where none does.
    """

    slug: str
    name: str
    about: str
    patients_say: tuple[str, ...]
    skill: str = ""


@dataclass(frozen=True, slots=True)
class RoleGroup:
    """The roles that are compared with one another, and that make a team at a site."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody is employed as, and the slug of its role group."""

    slug: str
    name: str
    group: str


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of the patient's journey, as patients and as staff would call it."""

    slug: str
    for_patients: str
    for_staff: str


@dataclass(frozen=True, slots=True)
class Channel:
    """How a patient and the practice met."""

    slug: str
    name: str


ROLE_GROUPS: Mapping[str, RoleGroup] = {
    group.slug: group
    for group in (
        RoleGroup("front_desk", "Front desk"),
        RoleGroup("phone", "Phone"),
        RoleGroup("nursing", "Nursing"),
        RoleGroup("clinicians", "Clinicians"),
        RoleGroup("billing", "Billing"),
        RoleGroup("managers", "Managers"),
        RoleGroup("support", "Support"),
    )
}

ROLES: Mapping[str, Role] = {
    role.slug: role
    for role in (
        Role("receptionist", "Receptionist", "front_desk"),
        Role("call_handler", "Call handler", "phone"),
        Role("nurse", "Nurse", "nursing"),
        Role("healthcare_assistant", "Healthcare assistant", "nursing"),
        Role("phlebotomist", "Phlebotomist", "nursing"),
        Role("physician", "Physician", "clinicians"),
        Role("nurse_practitioner", "Nurse practitioner", "clinicians"),
        Role("physiotherapist", "Physiotherapist", "clinicians"),
        Role("pharmacist", "Pharmacist", "clinicians"),
        Role("billing_clerk", "Billing clerk", "billing"),
        Role("practice_manager", "Practice manager", "managers"),
        Role("interpreter", "Interpreter", "support"),
        Role("social_prescriber", "Social prescriber", "support"),
    )
}

STAGES: Mapping[str, Stage] = {
    stage.slug: stage
    for stage in (
        Stage("awareness", "Finding out about us", "First contact"),
        Stage("request", "Asking for help or booking", "Request"),
        Stage("assessment", "Being seen", "Assessment"),
        Stage("treatment", "Treatment or a procedure", "Treatment"),
        Stage("ongoing", "Afterwards: results, repeats, bills", "Ongoing care"),
    )
}

CHANNELS: Mapping[str, Channel] = {
    channel.slug: channel
    for channel in (
        Channel("in_person", "In person"),
        Channel("phone", "Phone"),
        Channel("video", "Video"),
        Channel("portal", "Online message"),
        Channel("letter", "Letter"),
    )
}


def group_of(role: str) -> RoleGroup:
    """The role group a role belongs to; raises KeyError for an unknown role."""
    return ROLE_GROUPS[ROLES[role].group]


def topic_name(slug: str) -> str:
    """The name of a topic, a skill or a theme; the slug itself where content/ no longer has it."""
    found = SKILLS.get(slug) or THEMES.get(slug)
    return found.name if found else slug


def read_skills(path: Path) -> Mapping[str, Skill]:
    """The skills of a YAML file, in its order; raises ValueError naming the entry that is wrong."""
    return {slug: _skill(slug, entry, path) for slug, entry in _entries(path)}


def read_themes(path: Path) -> Mapping[str, Theme]:
    """The themes of a YAML file, in its order; raises ValueError naming the entry that is wrong."""
    return {slug: _theme(slug, entry, path) for slug, entry in _entries(path)}


def _entries(path: Path) -> list[tuple[str, dict[str, Any]]]:
    listed = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506
    slugs = [entry["slug"] for entry in listed]
    twice = {slug for slug in slugs if slugs.count(slug) > 1}
    if twice:
        raise ValueError(f"{path.name}: {', '.join(sorted(twice))} is listed twice")
    return list(zip(slugs, listed, strict=True))


def _skill(slug: str, entry: dict[str, Any], path: Path) -> Skill:
    try:
        known = entry["evidence"]
        evidence = Evidence(Strength(known["strength"]), known["finding"], known.get("source", ""))
        return Skill(
            slug=slug,
            name=entry["name"],
            behaviour=entry["behaviour"],
            patients_say=tuple(entry["patients_say"]),
            also_known_as=tuple(entry["also_known_as"]),
            evidence=evidence,
        )
    except (KeyError, ValueError) as error:
        raise ValueError(f"{path.name}: skill {slug}: {error}") from error


def _theme(slug: str, entry: dict[str, Any], path: Path) -> Theme:
    try:
        return Theme(
            slug=slug,
            name=entry["name"],
            about=entry["about"],
            patients_say=tuple(entry["patients_say"]),
            skill=entry.get("skill", ""),
        )
    except KeyError as error:
        raise ValueError(f"{path.name}: theme {slug}: {error} is missing") from error


SKILLS: Mapping[str, Skill] = read_skills(CONTENT / "skills.yaml")
THEMES: Mapping[str, Theme] = read_themes(CONTENT / "themes.yaml")
