"""Sheets of paper: for a team's huddle of ten minutes, with what may be shown of the team alone.

thanks ─► one thing that patients write about ─► a conversation to play ─► what we said we would do
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from training import skills
from training.scenarios.catalogue import Catalogue
from training.services import plans, teams
from training.services.plans import PlanLine, State
from training.services.signing_in import Viewer
from training.services.teams import TeamPage
from training.services.topics import TopicLine


@dataclass(frozen=True, slots=True)
class Huddle:
    """A team's sheet; `talk` is the skill that is written about most, None where none may be shown.

    thanks: the skill with the most praise of those that are shown often enough. conversation: the
    title of one that trains the skill to talk about, "" where there is none for the team's roles.
    """

    page: TeamPage
    thanks: TopicLine | None
    talk: TopicLine | None
    conversation: str
    plans: tuple[PlanLine, ...]


def huddle(
    session: Session,
    *,
    viewer: Viewer,
    role_group: str,
    site: str,
    catalogue: Catalogue,
    today: date,
) -> Huddle:
    """Return the sheet of a team; raise `NotFound` where there is none in scope."""
    page = teams.page(session, viewer=viewer, role_group=role_group, site=site, today=today)
    counted = [line for line in page.skills if line.comments is not None]
    praised = [line for line in counted if line.praise is not None]
    talk = next((line for line in counted if line.criticism), None)
    return Huddle(
        page=page,
        thanks=max(praised, key=lambda line: line.praise or 0, default=None),
        talk=talk,
        conversation=_conversation(catalogue, role_group, talk) if talk else "",
        plans=tuple(
            line
            for line in plans.everyone(session, viewer=viewer, today=today)
            if line.state is State.UNDER_WAY and line.site_public_id in {"", site}
        ),
    )


def _conversation(catalogue: Catalogue, role_group: str, talk: TopicLine) -> str:
    roles = [role.slug for role in skills.ROLES.values() if role.group == role_group]
    titles = (one.script.title for role in roles for one in catalogue.for_skill(talk.topic, role))
    return next(titles, "")
