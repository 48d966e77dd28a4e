"""What a person's home offers besides suggestions: what to keep doing, the team's need, the core.

something is suggested     nothing more, but what to keep doing
nothing is                 the team's need, said to be the team's; else the core curriculum,
                           said to be what everybody of the role starts with; two at most
"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from training.feedback import suggestion_words
from training.feedback.suggestion import Reasons
from training.feedback.team_need import FEWEST_PEOPLE
from training.scenarios import curriculum
from training.scenarios.catalogue import Catalogue, Scenario
from training.services.fitting import fitting
from training.services.people import NotFound
from training.services.signing_in import Viewer
from training.skills import group_of
from training.store import plays, priors, team_needs
from training.store.tables import Staff

MOST = 2


@dataclass(frozen=True, slots=True)
class Kept:
    """A skill to keep doing as it is done, with the numbers."""

    skill: str
    sentence: str


@dataclass(frozen=True, slots=True)
class TeamStep:
    """A conversation for what the person's team needs; numbers of the whole team."""

    skill: str
    scenario: Scenario
    comments: int
    negatives: int


@dataclass(frozen=True, slots=True)
class NextSteps:
    """What to keep doing, what the team needs, and else where to start."""

    keep_doing: Kept | None
    team: TeamStep | None
    core: tuple[Scenario, ...]


def of_person(
    session: Session, *, viewer: Viewer, catalogue: Catalogue, has_suggestions: bool
) -> NextSteps:
    """Return what a person's home offers besides suggestions; raise `NotFound` off the roster."""
    if viewer.staff_id is None:
        raise NotFound
    staff = plays.person(session, viewer.practice_id, viewer.staff_id)
    kept = _kept(session, viewer.practice_id, viewer.staff_id)
    if has_suggestions:
        return NextSteps(kept, None, ())
    last = plays.last_finished(session, viewer.practice_id, viewer.staff_id)
    rehearsed = {catalogue.current(slug): moment for slug, moment in last.items()}
    team = _team(session, staff, catalogue)
    if team is not None and team.scenario.slug not in rehearsed:
        return NextSteps(kept, team, ())
    core = curriculum.next_for(catalogue, role=staff.role, finished=rehearsed, most=MOST)
    return NextSteps(kept, None, core)


def _kept(session: Session, practice_id: int, staff_id: int) -> Kept | None:
    row = priors.keep_doing_of(session, practice_id, staff_id)
    if row is None:
        return None
    return Kept(row.skill, suggestion_words.sentence(Reasons.from_data(row.reasons)))


def _team(session: Session, staff: Staff, catalogue: Catalogue) -> TeamStep | None:
    group = group_of(staff.role).slug
    row = team_needs.of_team(session, staff.practice_id, group, staff.site_id)
    if row is None or row.people < FEWEST_PEOPLE:
        return None
    scenario = fitting(catalogue, skill=row.skill, role=staff.role)
    if scenario is None:
        return None
    reasons = Reasons.from_data(row.reasons)
    return TeamStep(row.skill, scenario, reasons.comments, reasons.negatives)
