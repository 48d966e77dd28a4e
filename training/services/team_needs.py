"""What a team needs together, and how many of it were offered something; never who.

    Front desk, Elder Row    "Keeping people informed"     9 of 40 … negative, whoever is left out
    fewer than five people   nothing, and no number

The comments are those that people's own suggestions are made of: every remark decided.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from training.feedback.priors import Learnt, Tally
from training.feedback.suggestion import Basis, Evidence, Reasons
from training.feedback.team_need import FEWEST_PEOPLE, team_need
from training.services import priors
from training.services.evidence import Counted, count
from training.services.people import NotFound
from training.services.signing_in import Viewer
from training.services.suggestions import evidence_of
from training.skills import SKILLS, group_of
from training.store import people
from training.store import team_needs as store
from training.store.tables import Staff, TeamNeed
from training.trends.suppress import FEWEST_SHOWN

A_YEAR = timedelta(days=365)
Team = tuple[str, int]  # role group and site


@dataclass(frozen=True, slots=True)
class TeamHelp:
    """What a team's page says of learning: the skill ("" for none), and how many were offered something.

    hidden: the team has fewer than five people, so nothing is said. offered is None where the
    number is below five or everybody's, either of which would tell about one of them.
    """

    hidden: bool
    skill: str = ""
    offered: int | None = None


def learn(session: Session, *, practice_id: int, today: date, moment: datetime) -> int:
    """Work out anew what each team needs; return how many need something. Commits."""
    counted = count(session, practice_id=practice_id, today=today)
    learnt = priors.in_use(session, practice_id=practice_id).learnt
    rows = []
    for team, members in _teams(people.working_on(session, practice_id, today)).items():
        reasons = _greatest(counted, learnt, [one.id for one in members], today)
        if reasons is not None:
            rows.append(_row(practice_id, team, reasons, len(members), counted, moment))
    store.replace(session, practice_id, rows)
    session.commit()
    return len(rows)


def _teams(staff: Iterable[Staff]) -> Mapping[Team, list[Staff]]:
    found: dict[Team, list[Staff]] = defaultdict(list)
    for one in staff:
        if one.site_id is not None:
            found[group_of(one.role).slug, one.site_id].append(one)
    return found


def _greatest(counted: Counted, learnt: Learnt, members: list[int], today: date) -> Reasons | None:
    """Return the reasons of the skill that a team needs most, if it needs any."""
    found = []
    for skill in SKILLS:
        rows = {who: _rows(counted, who, skill) for who in members}
        own = _tally(skill, rows.values())
        usual = learnt.usual("", skill, own)
        if usual.basis is Basis.DEFAULT:
            continue  # of a whole team nothing is said from an assumption
        reasons = team_need(skill, rows, usual, today=today)
        if reasons is not None:
            found.append(reasons)
    return max(found, key=lambda one: (one.score, one.skill), default=None)


def _rows(counted: Counted, staff_id: int, skill: str) -> list[Evidence]:
    return [evidence_of(word, None) for word in counted.words.get((staff_id, skill), ())]


def _tally(skill: str, rows: Iterable[list[Evidence]]) -> Tally:
    # a comment about two of them counts for each of them among the practice's counts too
    signs = [
        {one.comment_id: one.negative or False for one in sorted(some, key=lambda it: it.negative)}
        for some in rows
    ]
    comments = sum(len(own) for own in signs)
    return Tally(0, "", skill, comments, sum(sum(own.values()) for own in signs))


def _row(
    practice_id: int, team: Team, reasons: Reasons, members: int, counted: Counted, moment: datetime
) -> TeamNeed:
    return TeamNeed(
        practice_id=practice_id,
        role_group=team[0],
        site_id=team[1],
        skill=reasons.skill,
        people=members,
        formula=reasons.formula,
        reasons=reasons.as_data(),
        window_start=counted.window.start,
        window_end=counted.window.end,
        selected_at=moment,
    )


def of_team(
    session: Session, *, viewer: Viewer, role_group: str, site: str, today: date, moment: datetime
) -> TeamHelp:
    """Return what a team's page says of learning; raise `NotFound` out of the viewer's scope."""
    place = next(
        (row for row in people.sites(session, viewer.practice_id) if row.public_id == site), None
    )
    if place is None or (viewer.site_ids and place.id not in viewer.site_ids):
        raise NotFound
    members = _teams(people.working_on(session, viewer.practice_id, today)).get(
        (role_group, place.id), []
    )
    if len(members) < FEWEST_PEOPLE:
        return TeamHelp(hidden=True)
    row = store.of_team(session, viewer.practice_id, role_group, place.id)
    offered = store.offered_since(
        session, viewer.practice_id, [one.id for one in members], moment - A_YEAR
    )
    shown = FEWEST_SHOWN <= offered < len(members)
    return TeamHelp(False, row.skill if row else "", offered if shown else None)
