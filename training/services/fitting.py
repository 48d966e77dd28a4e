"""Which conversation trains a skill for somebody: one of their role group, sooner one they have not had.

empathy, a nurse                            ──►  "The voice in the waiting room"
the same nurse, who has rehearsed that      ──►  another of the nursing group, else the same again
explaining, a receptionist                  ──►  None: nothing is suggested that is not their work
explaining, a receptionist who asks for it  ──►  the nurses' conversation, with whom it is written for
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from training.scenarios.catalogue import Catalogue, Scenario
from training.skills import group_of

Rehearsed = Mapping[str, datetime]
NOTHING: Rehearsed = {}
NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Fit:
    """A conversation for a remark; `written_for` names its roles where none is of the person's group."""

    slug: str
    written_for: tuple[str, ...] = ()


def fitting(
    catalogue: Catalogue, *, skill: str, role: str, rehearsed: Rehearsed = NOTHING
) -> Scenario | None:
    """Return the conversation of a role's group that trains a skill best, or None.

    `rehearsed` is when a person last ended each conversation, by slug: what they never had comes
    first, then what they had longest ago; among equals their own role, then where the skill leads.
    """
    own = [one for one in _training(catalogue, skill) if is_for(one, role)]
    return _first(own, skill, role, rehearsed)


def nearest(
    catalogue: Catalogue, *, skills: Sequence[str], role: str, rehearsed: Rehearsed = NOTHING
) -> Fit | None:
    """Return the conversation for the first of several skills that the role's group has one for.

    Where it has none, one that was written for others, which names them; None without any.
    """
    for skill in skills:
        if own := fitting(catalogue, skill=skill, role=role, rehearsed=rehearsed):
            return Fit(own.slug)
    for skill in skills:
        if other := _first(_training(catalogue, skill), skill, role, rehearsed):
            return Fit(other.slug, tuple(other.script.roles))
    return None


def is_for(scenario: Scenario, role: str) -> bool:
    """Return whether a conversation was written for somebody of a role's group."""
    return group_of(role) in {group_of(one) for one in scenario.script.roles}


def _training(catalogue: Catalogue, skill: str) -> list[Scenario]:
    return [one for one in catalogue if skill in one.script.skills]


def _first(
    scenarios: Iterable[Scenario], skill: str, role: str, rehearsed: Rehearsed
) -> Scenario | None:
    def rank(one: Scenario) -> tuple[datetime, bool, int]:
        names = (one.slug, *one.script.renamed_from)
        last = max(rehearsed.get(name, NEVER) for name in names)
        return last, role not in one.script.roles, one.script.skills.index(skill)

    return min(scenarios, key=rank, default=None)
