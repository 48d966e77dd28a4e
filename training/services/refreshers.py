"""Refreshers: when a skill's day has come, one decision of it that was not met before.

    mastery.refresh_on 18 March ──► due ──ask──► Refresher(one-more-thing, door) ──answer──► Result
                                                                   and the next day it comes back

Nobody is reminded, and nothing is lost by leaving one out. A decision is shown with what led to it.
Where every decision was met already, the one met longest ago comes again.
"""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from training import periods
from training.scenarios.catalogue import Catalogue, Scenario
from training.scenarios.debrief import Moment, moments_of
from training.scenarios.key import decision
from training.scenarios.play import Position
from training.services import mastery, pinned
from training.services.people import NotFound
from training.services.pinned import Recall
from training.services.signing_in import Viewer
from training.store import people, plays, refreshers
from training.store.tables import Refresher

MOST_OFFERED = 2
_SEEDS = 2**31


@dataclass(frozen=True, slots=True)
class Due:
    """A skill whose day has come."""

    skill: str
    since: date


@dataclass(frozen=True, slots=True)
class Look:
    """A refresher as it is shown: the question, or once answered what it showed.

    `next_on` is the day on which the skill comes back, once answered.
    """

    public_id: str
    skill: str
    scenario: Scenario
    position: Position
    moment: Moment | None
    next_on: date | None


def due(session: Session, *, viewer: Viewer, today: date) -> tuple[Due, ...]:
    """Return the skills to refresh, those that wait longest first, `MOST_OFFERED` at most.

    Raises `NotFound` for somebody who is on no roster.
    """
    rows = plays.mastery(session, viewer.practice_id, _on_roster(viewer)).values()
    found = [
        Due(row.skill, row.refresh_on) for row in rows if row.refresh_on and row.refresh_on <= today
    ]
    return tuple(sorted(found, key=lambda one: (one.since, one.skill))[:MOST_OFFERED])


def ask(
    session: Session, *, viewer: Viewer, skill: str, catalogue: Catalogue, moment: datetime
) -> str:
    """Return the public id of the question for a skill that is due, the one begun if there is one.

    Raises `NotFound` where the skill's day has not come or no conversation has a decision of it.
    """
    staff_id = _on_roster(viewer)
    plays.lock(session, viewer.practice_id, staff_id)
    row = refreshers.unanswered(session, viewer.practice_id, staff_id, skill)
    if row is None:
        today = periods.local_day(moment, people.practice(session, viewer.practice_id).time_zone)
        kept = plays.mastery(session, viewer.practice_id, staff_id).get(skill)
        if kept is None or kept.refresh_on is None or kept.refresh_on > today:
            raise NotFound
        row = _begin(session, viewer, skill, catalogue, moment)
    session.commit()
    return row.public_id


def look(session: Session, *, viewer: Viewer, public_id: str) -> Look:
    """Return a refresher of the viewer's own; raise `NotFound`."""
    one = _own(session, viewer, public_id)
    if one.row.choice is None:
        return Look(public_id, one.row.skill, one.scenario, one.position, None, None)
    kept = plays.mastery(session, viewer.practice_id, _on_roster(viewer)).get(one.row.skill)
    moments = moments_of(one.scenario.script, one.position)
    next_on = kept.refresh_on if kept else None
    return Look(public_id, one.row.skill, one.scenario, one.position, moments[-1], next_on)


def answer(
    session: Session, *, viewer: Viewer, public_id: str, choice: str, moment: datetime
) -> None:
    """Keep an answer, once: a second one changes nothing. Raises `NotFound`."""
    staff_id = _on_roster(viewer)
    plays.lock(session, viewer.practice_id, staff_id)
    one = _own(session, viewer, public_id)
    if one.row.choice is not None:
        return
    if choice not in {reply.id for reply in one.position.replies}:
        raise NotFound
    one.row.choice, one.row.answered_at = choice, moment
    mastery.recompute(session, practice_id=viewer.practice_id, staff_id=staff_id, moment=moment)
    session.commit()


def _begin(
    session: Session, viewer: Viewer, skill: str, catalogue: Catalogue, moment: datetime
) -> Refresher:
    staff_id = _on_roster(viewer)
    role = plays.person(session, viewer.practice_id, staff_id).role
    met = _last_met(session, viewer, catalogue)
    found = _pick(catalogue, skill, role, met)
    if found is None:
        raise NotFound
    scenario, scene = found
    plays.keep_copy(session, digest=scenario.digest, slug=scenario.slug, body=scenario.text)
    row = Refresher(
        practice_id=viewer.practice_id,
        staff_id=staff_id,
        skill=skill,
        slug=scenario.slug,
        digest=scenario.digest,
        scene=scene,
        seed=secrets.randbelow(_SEEDS),
        begun_at=moment,
    )
    session.add(row)
    session.flush()
    return row


def _pick(
    catalogue: Iterable[Scenario], skill: str, role: str, met: Mapping[tuple[str, str], datetime]
) -> tuple[Scenario, str] | None:
    """Return a decision not met, of the own role first and with little before it, else the oldest."""
    played = {slug for slug, _ in met}
    found = [
        (scenario, scene)
        for scenario in catalogue
        if not scenario.script.content_note or scenario.slug in played  # hard ones come unasked
        for scene in scenario.lead_ins
        if skill in decision(scenario.script, scene).skills
        and decision(scenario.script, scene).scored
    ]

    def order(one: tuple[Scenario, str]) -> tuple[bool, float, bool, int, str]:
        scenario, scene = one
        last = met.get((scenario.slug, scene))
        other_role = role not in scenario.script.roles
        before = len(scenario.lead_ins[scene])
        return (
            last is not None,
            last.timestamp() if last else 0.0,
            other_role,
            before,
            scenario.slug,
        )

    return min(found, key=order, default=None)


def _last_met(
    session: Session, viewer: Viewer, catalogue: Catalogue
) -> dict[tuple[str, str], datetime]:
    """Return when each decision was last answered, in plays that go on too, by slug and scene."""
    staff_id = _on_roster(viewer)
    rows = plays.of_person(session, viewer.practice_id, staff_id)
    moves = plays.moves(session, [row.id for row in rows])
    met = [
        (row.slug, move.scene, move.at) for row in rows for move in moves[row.id]
    ] + [
        (row.slug, row.scene, row.answered_at)
        for row in refreshers.of_person(session, viewer.practice_id, staff_id)
        if row.answered_at
    ]  # fmt: skip
    found: dict[tuple[str, str], datetime] = {}
    for slug, scene, at in met:
        key = (catalogue.current(slug), scene)
        found[key] = max(at, found.get(key, at))
    return found


def _own(session: Session, viewer: Viewer, public_id: str) -> Recall:
    row = refreshers.own(session, viewer.practice_id, _on_roster(viewer), public_id)
    if row is None:
        raise NotFound
    return pinned.recalls(session, rows=[row])[0]


def _on_roster(viewer: Viewer) -> int:
    if viewer.staff_id is None:
        raise NotFound
    return viewer.staff_id
