"""Which conversation trains a skill for somebody: one of their own role, else any that trains it."""

from collections.abc import Iterable
from functools import lru_cache

from sqlalchemy.orm import Session

from training.scenarios.catalogue import Catalogue, Scenario
from training.services.remarks import Shown
from training.services.signing_in import Viewer
from training.store.tables import Staff


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


def for_remarks(
    session: Session, *, viewer: Viewer, shown: Iterable[Shown], catalogue: Catalogue
) -> dict[str, str]:
    """Return, by remark, the slug of the conversation that trains its skill for a viewer on the roster."""
    role = session.get_one(Staff, viewer.staff_id).role
    found = {one.public_id: fitting_any(catalogue, skills=one.skills, role=role) for one in shown}
    return {public_id: scenario.slug for public_id, scenario in found.items() if scenario}
