"""A person's skills as they see them: what first answers showed, minutes practised, what comes back.

    plays, refreshers ──► Skill(mastery, minutes, next refresher) …  and the transfer checks that wait

Nobody else is shown any of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from training.scenarios import practised
from training.scenarios.catalogue import Catalogue
from training.scenarios.mastery import Mastery, all_mastery
from training.services import mastery, pinned, transfer_checks
from training.services.people import NotFound
from training.services.signing_in import Viewer
from training.services.transfer_checks import Check
from training.skills import SKILLS
from training.store import plays, refreshers


@dataclass(frozen=True, slots=True)
class Practised:
    """One skill that was practised; `next_on` is the day it comes back."""

    slug: str
    mastery: Mastery
    minutes: int
    next_on: date | None


@dataclass(frozen=True, slots=True)
class Page:
    """Every skill practised, in the order of the list of skills, and the checks that wait."""

    skills: tuple[Practised, ...]
    untouched: tuple[str, ...]
    checks: tuple[Check, ...]
    minutes: int


def page(session: Session, *, viewer: Viewer, catalogue: Catalogue, today: date) -> Page:
    """Return the viewer's own skills on a day; raise `NotFound` off the roster."""
    if viewer.staff_id is None:
        raise NotFound
    found = mastery.evidence(session, practice_id=viewer.practice_id, staff_id=viewer.staff_id)
    levels = all_mastery(found.shown, today, found.passed)
    spent = practised.minutes(_answers(session, viewer.practice_id, viewer.staff_id))
    return Page(
        skills=tuple(
            Practised(slug, levels[slug], round(spent.get(slug, 0.0)), found.refresh_on(slug))
            for slug in SKILLS
            if slug in levels
        ),
        untouched=tuple(slug for slug in SKILLS if slug not in levels),
        checks=transfer_checks.waiting(session, viewer=viewer, catalogue=catalogue),
        minutes=round(sum(spent.values())),
    )


def _answers(
    session: Session, practice_id: int, staff_id: int
) -> Iterator[tuple[datetime, list[tuple[datetime, tuple[str, ...]]]]]:
    """Yield when each play and refresher began, and its answers with the skills they are about."""
    for run in pinned.runs(session, rows=plays.of_person(session, practice_id, staff_id)):
        scenes = run.scenario.script.scenes
        yield run.row.started_at, [(one.at, scenes[one.scene].skills) for one in run.moves]
    rows = refreshers.of_person(session, practice_id, staff_id)
    for recall in pinned.recalls(session, rows=rows):
        row = recall.row
        if row.answered_at is not None:
            skills = recall.scenario.script.scenes[row.scene].skills
            yield row.begun_at, [(row.answered_at, skills)]
