"""Assignments: a conversation that a manager asks somebody to rehearse, with a note, by a day.

    "Fifty minutes late"   Callum Reid   by 20 March   "Before the flu clinic, please"     not done yet

Any conversation may be chosen, and nothing helps to choose: whoever assigns sees no suggestion, and
afterwards whether it is done, never when, how often or how it went.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from training import periods
from training.scenarios.catalogue import Catalogue, UnknownScenarioError
from training.services.people import NotFound, display_name
from training.services.signing_in import Viewer
from training.store import assignments as store
from training.store import audit, people
from training.store.tables import Assignment, Staff

LONGEST = 500
FURTHEST = timedelta(days=366)


class NotAssigned(ValueError):
    """An assignment cannot be made of this; `field` is what is wrong, the words say why."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


class State(StrEnum):
    """All that whoever assigns learns of an assignment."""

    OPEN = "open"
    DONE = "done"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody asks of somebody: public id of the person, slug of the conversation."""

    person: str
    scenario: str
    note: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Line:
    """An assignment as the list of managers shows it; `by` is who made it."""

    public_id: str
    person: str
    title: str
    note: str
    due_on: date
    assigned_on: date
    by: str
    state: State


@dataclass(frozen=True, slots=True)
class Choices:
    """Whom and what may be chosen: (public id, name) by family name, (slug, title) of the library."""

    people: tuple[tuple[str, str], ...]
    scenarios: tuple[tuple[str, str], ...]


def choices(session: Session, *, viewer: Viewer, catalogue: Catalogue, today: date) -> Choices:
    """Return everybody of the viewer's scope who works today, and every conversation."""
    staff = people.working_on(session, viewer.practice_id, today)
    return Choices(
        tuple((one.public_id, _name(one)) for one in staff if _in_scope(viewer, one)),
        tuple((one.slug, one.script.title) for one in catalogue),
    )


def assign(
    session: Session,
    *,
    viewer: Viewer,
    draft: Draft,
    catalogue: Catalogue,
    today: date,
    moment: datetime,
) -> str:
    """Ask somebody to rehearse a conversation; return the assignment's public id.

    Raises `NotAssigned` for what can be put right, `NotFound` for somebody out of scope or left.
    """
    staff = people.staff_member(session, viewer.practice_id, draft.person)
    working = {one.id for one in people.working_on(session, viewer.practice_id, today)}
    if staff is None or staff.id not in working or not _in_scope(viewer, staff):
        raise NotFound
    slug, note = _slug(catalogue, draft.scenario), " ".join(draft.note.split())
    _check(session, staff, slug, note, draft.due_on, today)
    row = Assignment(
        practice_id=viewer.practice_id, staff_id=staff.id, scenario=slug, note=note,
        due_on=draft.due_on, assigned_by=viewer.account_id, assigned_at=moment,
    )  # fmt: skip
    session.add(row)
    try:
        session.flush()
    except IntegrityError as error:  # another manager was faster
        session.rollback()
        raise _twice() from error
    _note(session, viewer, "assign", row, moment)
    session.commit()
    return row.public_id


def _slug(catalogue: Catalogue, slug: str) -> str:
    known = {one.slug for one in catalogue}
    if slug not in known:
        raise NotAssigned("scenario", "Choose a conversation.")
    return slug


def _check(session: Session, staff: Staff, slug: str, note: str, due_on: date, today: date) -> None:
    if len(note) > LONGEST:
        raise NotAssigned("note", f"Shorten the note to {LONGEST} characters or fewer.")
    if not today <= due_on <= today + FURTHEST:
        raise NotAssigned("due_on", "Choose a day from today on, within a year.")
    if store.open_one(session, staff.id, slug) is not None:
        raise _twice()


def _twice() -> NotAssigned:
    return NotAssigned("scenario", "They are asked to rehearse this one already.")


def listing(
    session: Session, *, viewer: Viewer, catalogue: Catalogue
) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Return the open assignments of the viewer's scope, and those that are done or withdrawn."""
    zone = people.practice(session, viewer.practice_id).time_zone
    lines = [
        _line(row, staff, by, catalogue, zone)
        for row, staff, by in store.of_practice(session, viewer.practice_id, viewer.site_ids)
    ]
    return (
        tuple(line for line in lines if line.state is State.OPEN),
        tuple(line for line in reversed(lines) if line.state is not State.OPEN),
    )


def one(session: Session, *, viewer: Viewer, public_id: str, catalogue: Catalogue) -> Line:
    """Return one assignment; raise `NotFound` out of the viewer's scope."""
    for part in listing(session, viewer=viewer, catalogue=catalogue):
        for line in part:
            if line.public_id == public_id:
                return line
    raise NotFound


def _line(row: Assignment, staff: Staff, by: str, catalogue: Catalogue, zone: str) -> Line:
    return Line(
        public_id=row.public_id,
        person=_name(staff),
        title=title_of(catalogue, row.scenario),
        note=row.note,
        due_on=row.due_on,
        assigned_on=periods.local_day(row.assigned_at, zone),
        by=by,
        state=_state(row),
    )


def _state(row: Assignment) -> State:
    if row.withdrawn_at is not None:
        return State.WITHDRAWN
    return State.DONE if row.finished_at is not None else State.OPEN


def title_of(catalogue: Catalogue, slug: str) -> str:
    """Return the title of a conversation, or its slug in words once it has left the library."""
    try:
        return catalogue.get(slug).script.title
    except UnknownScenarioError:
        return slug.replace("-", " ").capitalize()


def withdraw(session: Session, *, viewer: Viewer, public_id: str, moment: datetime) -> None:
    """Take an open assignment back; one that is done or withdrawn stays. Raises `NotFound`."""
    found = store.of_practice(session, viewer.practice_id, viewer.site_ids)
    row = next((row for row, _, _ in found if row.public_id == public_id), None)
    if row is None:
        raise NotFound
    if _state(row) is State.OPEN:
        row.withdrawn_at, row.withdrawn_by = moment, viewer.account_id
        _note(session, viewer, "withdraw_assignment", row, moment)
    session.commit()


def _note(session: Session, viewer: Viewer, verb: str, row: Assignment, moment: datetime) -> None:
    audit.note(
        session, practice_id=viewer.practice_id, account_id=viewer.account_id, moment=moment,
        verb=verb, noun="assignment", noun_id=row.id, facts={"scenario": row.scenario},
    )  # fmt: skip


def _name(staff: Staff) -> str:
    return display_name(staff.given_name, staff.family_name, staff.preferred_name, staff.title)


def _in_scope(viewer: Viewer, staff: Staff) -> bool:
    return not viewer.site_ids or staff.site_id in viewer.site_ids
