"""Storing the rows of a checked file; the caller commits, so a file is kept whole or not at all.

    roster row, role changed on 16 March         membership nursing … 15 March
        nurse ──► nurse practitioner     ──►     membership clinicians 16 March …

A comment keeps copies of what was on its visit and no way back to it; without a visit, the site and
the stage that the file names.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from training import skills
from training.services import invitations
from training.services.import_cells import plain
from training.services.import_rows import Row
from training.services.import_trail import Trail
from training.store import imports, people
from training.store.base import Numbered
from training.store.tables import (
    Answer,
    Comment,
    CommentStaff,
    Membership,
    Site,
    Staff,
    Visit,
    VisitStaff,
)

# Somebody whose first day is not on the roster was there before anything that is recorded.
BEFORE_ALL = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when rows are stored."""

    practice_id: int
    zone: str
    today: date
    moment: datetime


def new_sites(rows: Iterable[Row], known: Collection[str]) -> list[str]:
    """Return the sites that a roster names and the practice does not have, each once."""
    here = {plain(name) for name in known}
    found: dict[str, str] = {}
    for row in rows:
        name = str(row.values.get("site") or "")
        if name and plain(name) not in here:
            found.setdefault(plain(name), name)
    return list(found.values())


def pair(row: Row) -> tuple[int, int]:
    """Return the numbers of the visit and the staff member of a row about who was on a visit."""
    visit, staff = row.values["visit_id"], row.values["staff_id"]
    assert isinstance(visit, int)
    assert isinstance(staff, int)
    return visit, staff


def _save_roster(
    session: Session, place: Place, new: list[Row], changed: list[Row], trail: Trail
) -> list[int]:
    """Store roster rows with their sites and dated teams; nothing of it is to be read."""
    sites = _sites(session, place.practice_id, [*new, *changed], trail)
    known = people.staff_by_roster_id(session, place.practice_id)
    trail.remember(known[row.key] for row in changed)
    touched = []
    for row in (*new, *changed):
        person = known.get(row.key) or Staff(practice_id=place.practice_id, roster_id=row.key)
        for column, value in _staff_values(row, sites).items():
            setattr(person, column, value)
        touched.append(person)
    session.add_all(touched)
    session.flush()
    _settle_all(session, touched, place.today, trail)
    trail.compare(touched)
    return []


def _settle_all(session: Session, touched: list[Staff], today: date, trail: Trail) -> None:
    numbers = [person.id for person in touched]
    teams = imports.memberships(session, numbers)
    trail.remember(chain.from_iterable(teams.values()))
    for person in touched:
        _settle(session, person, teams.get(person.id, []), today)
    session.flush()
    trail.compare(chain.from_iterable(imports.memberships(session, numbers).values()))


def _sites(session: Session, practice_id: int, rows: list[Row], trail: Trail) -> dict[str, int]:
    here = {site.name: site.id for site in people.sites(session, practice_id)}
    added = [Site(practice_id=practice_id, name=name) for name in new_sites(rows, here)]
    session.add_all(added)
    session.flush()
    trail.compare(added)
    return {plain(name): number for name, number in here.items()} | {
        plain(site.name): site.id for site in added
    }


def _staff_values(row: Row, sites: Mapping[str, int]) -> dict[str, Any]:
    values: dict[str, Any] = dict(row.values)
    if "site" in values:
        values["site_id"] = sites.get(plain(values.pop("site")))
    return values


def _settle(session: Session, person: Staff, teams: list[Membership], today: date) -> None:
    """Bring the dated memberships of a person in line with their row of the roster."""
    team = (skills.group_of(person.role).slug, person.site_id)
    began = person.active_from or BEFORE_ALL
    last = teams[-1] if teams else None
    if last is None or (last.ends_on is not None and last.ends_on < began):
        session.add(_membership(person, team, began))
    elif team == (last.role_group, last.site_id) or (person.active_to or today) < today:
        last.ends_on = person.active_to
        if len(teams) == 1:
            last.starts_on = began
    elif last.starts_on >= today:
        last.role_group, last.site_id = team
    else:
        last.ends_on = today - timedelta(days=1)
        session.add(_membership(person, team, today))


def _membership(person: Staff, team: tuple[str, int | None], starts_on: date) -> Membership:
    return Membership(
        practice_id=person.practice_id,
        staff_id=person.id,
        role_group=team[0],
        site_id=team[1],
        starts_on=starts_on,
        ends_on=person.active_to,
    )


def _save_visits(
    session: Session, place: Place, new: list[Row], changed: list[Row], trail: Trail
) -> list[int]:
    """Store visits; nothing of them is to be read."""
    rows = imports.visit_rows(session, place.practice_id, [row.key for row in changed])
    _change(session, [(rows[row.key], _of_visit(row)) for row in changed], trail)
    added = [{"practice_id": place.practice_id, "visit_ref": r.key, **_of_visit(r)} for r in new]
    numbers = imports.add_numbered(session, Visit, added)
    trail.added(Visit, numbers)
    asked = [*zip(numbers, new, strict=True), *((rows[row.key].id, row) for row in changed)]
    _keep_addresses(session, place, asked)
    return []


def _of_visit(row: Row) -> dict[str, Any]:
    """Return what a visit itself keeps of a row: an address is no part of it, nor of its trail."""
    return {column: value for column, value in row.values.items() if column != "email"}


def _keep_addresses(session: Session, place: Place, asked: list[tuple[int, Row]]) -> None:
    wanted = {
        number: str(row.values.get("email", ""))
        for number, row in asked
        if "email" in row.values or row.values.get("sensitive")
    }
    invitations.keep(session, practice_id=place.practice_id, wanted=wanted, moment=place.moment)


def _change(
    session: Session, pairs: Sequence[tuple[Numbered, Mapping[str, Any]]], trail: Trail
) -> None:
    trail.remember(row for row, _ in pairs)
    for row, values in pairs:
        for column, value in values.items():
            setattr(row, column, value)
    session.flush()
    trail.compare(row for row, _ in pairs)


def _save_visit_staff(
    session: Session, place: Place, new: list[Row], changed: list[Row], trail: Trail
) -> list[int]:
    """Store who was on visits; nothing of it is to be read."""
    rows = imports.part_rows(session, {pair(row)[0] for row in changed})
    _change(session, [(rows[pair(row)], {"part": row.values["part"]}) for row in changed], trail)
    added = [{"practice_id": place.practice_id, **row.values} for row in new]
    trail.added(VisitStaff, imports.add_numbered(session, VisitStaff, added))
    return []


def _save_comments(
    session: Session, place: Place, new: list[Row], _changed: list[Row], trail: Trail
) -> list[int]:
    """Store comments; return their numbers, in order of the file, for them to be read."""
    visit_ids = {number for row in new if (number := _visit_id(row)) is not None}
    about = imports.visits_numbered(session, visit_ids)
    numbers = imports.add_numbered(
        session, Comment, [_comment(place, row, about.get(_visit_id(row) or 0)) for row in new]
    )
    trail.added(Comment, numbers)
    there = _staff_on(session, visit_ids)
    answers, staff = [], []
    for row, number in zip(new, numbers, strict=True):
        of = {"practice_id": place.practice_id, "comment_id": number}
        if words := row.values["text"]:
            answers.append({**of, "question": row.values["question"], "text": words})
        for staff_id in there.get(_visit_id(row) or 0, ()):
            staff.append({**of, "staff_id": staff_id, "on_visit": True})
    imports.add(session, Answer, answers)
    imports.add(session, CommentStaff, staff)
    return numbers


def _visit_id(row: Row) -> int | None:
    number = row.values["visit_id"]
    assert number is None or isinstance(number, int)
    return number


def _staff_on(session: Session, visit_ids: set[int]) -> dict[int, list[int]]:
    there: dict[int, list[int]] = {}
    for visit_id, staff_id in imports.parts(session, visit_ids):
        there.setdefault(visit_id, []).append(staff_id)
    return there


def _comment(place: Place, row: Row, visit: imports.VisitFacts | None) -> dict[str, Any]:
    day = row.values["left_on"]
    assert isinstance(day, date)
    noon = datetime.combine(day, time(12), ZoneInfo(place.zone))
    return {
        "practice_id": place.practice_id,
        "import_ref": row.key,
        "source": "import",
        "openness": "anonymous",
        "had_visit": visit is not None,
        "site_id": (visit and visit.site_id) or row.values["site_id"],
        "stage": visit.stage if visit else row.values["stage"],
        "channel": visit.channel if visit else None,
        "rating": row.values["rating"],
        "may_learn": True,
        "received_at": min(noon, place.moment),
        "local_day": day,
    }


Saver = Callable[[Session, Place, list[Row], list[Row], Trail], list[int]]
SAVERS: Mapping[str, Saver] = {
    "roster": _save_roster,
    "visits": _save_visits,
    "visit_staff": _save_visit_staff,
    "comments": _save_comments,
}


def save(
    session: Session, *, kind: str, place: Place, new: list[Row], changed: list[Row], trail: Trail
) -> list[int]:
    """Store the rows of a file, without committing; return the numbers of comments to be read.

    What is added and changed is noted in `trail`.
    """
    return SAVERS[kind](session, place, new, changed, trail)
