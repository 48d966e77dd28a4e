"""Which conversation trains a skill for somebody: one of their own role, else any that trains it."""

from collections.abc import Iterable
from functools import lru_cache

from training.scenarios.catalogue import Catalogue, Scenario


@lru_cache(maxsize=1)
def library() -> Catalogue:
    """Return the conversations of content/scenarios, read once; raise `ScenarioError`."""
    return Catalogue.of()


def fitting(catalogue: Catalogue, *, skill: str, role: str) -> Scenario | None:
    """Return the conversation that trains a skill best for a role, or None."""
    own = catalogue.for_skill(skill, role)
    others = [one for one in catalogue if skill in one.script.skills]
    return next(iter((*own, *others)), None)


def fitting_any(catalogue: Catalogue, *, skills: Iterable[str], role: str) -> Scenario | None:
    """Return the conversation for the first of several skills that has one, or None."""
    found = (fitting(catalogue, skill=skill, role=role) for skill in skills)
    return next((one for one in found if one), None)
