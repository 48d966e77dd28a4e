"""What a person was asked to rehearse: the card on their home, the day for their calendar, done or not.

    assigned ──► begun ──► finished         only the person sees that it was begun

The sweep notes what was finished; whoever asked then sees that it is done.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from training.scenarios.catalogue import Catalogue, Scenario, UnknownScenarioError
from training.services.people import NotFound
from training.services.signing_in import Viewer
from training.store import assigned_plays, plays
from training.store import assignments as store


@dataclass(frozen=True, slots=True)
class Asked:
    """A conversation that the viewer is asked to rehearse; `by` is who asks."""

    public_id: str
    scenario: Scenario
    note: str
    due_on: date
    by: str
    begun: bool
    overdue: bool


def mine(
    session: Session, *, viewer: Viewer, catalogue: Catalogue, today: date
) -> tuple[Asked, ...]:
    """Return what the viewer is asked to rehearse and has not finished, the earliest day first.

    Raises `NotFound` off the roster.
    """
    if viewer.staff_id is None:
        raise NotFound
    rows = plays.of_person(session, viewer.practice_id, viewer.staff_id)
    found = []
    for row, by in store.of_person(session, viewer.practice_id, viewer.staff_id):
        try:
            scenario = catalogue.get(row.scenario)
        except UnknownScenarioError:
            continue  # the conversation was taken out of the library since
        own = [play for play in rows if play.slug in scenario.slugs]
        after = [play for play in own if (play.finished_at or row.assigned_at) >= row.assigned_at]
        done = row.finished_at or any(play.finished_at for play in after)
        if row.withdrawn_at is None and not done:
            asked = Asked(
                public_id=row.public_id,
                scenario=scenario,
                note=row.note,
                due_on=row.due_on,
                by=by,
                begun=bool(after),
                overdue=row.due_on < today,
            )
            found.append(asked)
    return tuple(found)


def one(
    session: Session, *, viewer: Viewer, public_id: str, catalogue: Catalogue, today: date
) -> Asked:
    """Return one of what the viewer is asked to rehearse; raise `NotFound`."""
    for asked in mine(session, viewer=viewer, catalogue=catalogue, today=today):
        if asked.public_id == public_id:
            return asked
    raise NotFound


def note_finished(session: Session, *, practice_id: int) -> int:
    """Note what was finished since it was assigned; return how many. Commits."""
    done = assigned_plays.finish(session, practice_id)
    session.commit()
    return done


def record(session: Session, *, viewer: Viewer) -> list[dict[str, str | None]]:
    """Return every assignment of the viewer as plain data, for them to take along."""
    if viewer.staff_id is None:
        raise NotFound
    return [
        {
            "scenario": row.scenario,
            "note": row.note,
            "by": by,
            "due_on": str(row.due_on),
            "assigned_at": _text(row.assigned_at),
            "finished_at": _text(row.finished_at),
            "withdrawn_at": _text(row.withdrawn_at),
        }
        for row, by in store.of_person(session, viewer.practice_id, viewer.staff_id)
    ]


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
