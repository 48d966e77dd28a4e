"""The library of conversations, and how far a person is with each: nobody else sees that.

for your role ─┐
               ├──► Conversation(scenario, an unfinished play, plays finished)
for others    ─┘
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from training import periods
from training.scenarios.catalogue import Catalogue, Scenario
from training.services import pinned
from training.services.people import NotFound
from training.services.pinned import Run
from training.services.playable import visible
from training.services.signing_in import Viewer
from training.store import people, plays


@dataclass(frozen=True, slots=True)
class Finished:
    """A play that was finished: how it ended, and the day."""

    public_id: str
    title: str
    day: date


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation and how far the person is with it.

    `unfinished` is the public id of a play to go on with ("" for none), at moment `number`.
    `finished` are the plays brought to an end, newest first.
    """

    scenario: Scenario
    unfinished: str
    number: int
    finished: tuple[Finished, ...]


@dataclass(frozen=True, slots=True)
class Library:
    """Every conversation: those of the person's own role first."""

    role: str
    own: tuple[Conversation, ...]
    others: tuple[Conversation, ...]


def library(session: Session, *, viewer: Viewer, catalogue: Catalogue) -> Library:
    """Return the conversations there are; raise `NotFound` for somebody who is on no roster."""
    role = _role(session, viewer)
    runs = _runs(session, viewer)
    zone = people.practice(session, viewer.practice_id).time_zone
    every = [_conversation(scenario, runs, zone) for scenario in catalogue]
    return Library(
        role,
        tuple(one for one in every if role in one.scenario.script.roles),
        tuple(one for one in every if role not in one.scenario.script.roles),
    )


def one(
    session: Session, *, viewer: Viewer, slug: str, catalogue: Catalogue, today: date
) -> Conversation:
    """Return one conversation; raise `NotFound`, also for a transfer check that is not open."""
    _role(session, viewer)
    scenario = visible(session, viewer=viewer, slug=slug, catalogue=catalogue, today=today)
    zone = people.practice(session, viewer.practice_id).time_zone
    return _conversation(scenario, _runs(session, viewer), zone)


def _role(session: Session, viewer: Viewer) -> str:
    if viewer.staff_id is None:
        raise NotFound
    return plays.person(session, viewer.practice_id, viewer.staff_id).role


def _runs(session: Session, viewer: Viewer) -> list[Run]:
    assert viewer.staff_id is not None
    rows = plays.of_person(session, viewer.practice_id, viewer.staff_id)
    return pinned.runs(session, rows=rows)


def _conversation(scenario: Scenario, runs: list[Run], zone: str) -> Conversation:
    own = [run for run in runs if run.row.slug in scenario.slugs]
    unfinished = next((run for run in own if run.row.finished_at is None), None)
    return Conversation(
        scenario=scenario,
        unfinished=unfinished.row.public_id if unfinished else "",
        number=unfinished.position.number if unfinished else 0,
        finished=tuple(
            Finished(
                run.row.public_id,
                run.position.title,
                periods.local_day(run.row.finished_at, zone),
            )
            for run in reversed(own)
            if run.row.finished_at is not None
        ),
    )
