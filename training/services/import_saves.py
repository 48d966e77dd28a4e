"""Storing the rows of a checked file; the caller commits, so a file is kept whole or not at all.

    roster row, role changed on 16 March         membership nursing … 15 March
        nurse ──► nurse practitioner     ──►     membership clinicians 16 March …

A comment keeps copies of what was on its visit and no way back to it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from training import skills
from training.services.import_rows import Row, plain
from training.store import imports, people
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


def save_roster(session: Session, place: Place, new: list[Row], changed: list[Row]) -> list[int]:
    """Store roster rows with their sites and dated teams; return the numbers of the new people."""
    sites = _sites(session, place.practice_id, [*new, *changed])
    known = people.staff_by_roster_id(session, place.practice_id)
    touched = []
    for row in (*new, *changed):
        person = known.get(row.key) or Staff(practice_id=place.practice_id, roster_id=row.key)
        for column, value in _staff_values(row, sites).items():
            setattr(person, column, value)
        touched.append(person)
    imports.add_in_chunks(session, touched)
    teams = imports.memberships(session, [person.id for person in touched])
    for person in touched:
        _settle(session, person, teams.get(person.id, []), place.today)
    return [person.id for person in touched[: len(new)]]


def _sites(session: Session, practice_id: int, rows: list[Row]) -> dict[str, int]:
    here = {site.name: site.id for site in people.sites(session, practice_id)}
    added = [Site(practice_id=practice_id, name=name) for name in new_sites(rows, here)]
    imports.add_in_chunks(session, added)
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


def save_visits(session: Session, place: Place, new: list[Row], changed: list[Row]) -> list[int]:
    """Store visits; return the numbers of the new ones."""
    known = imports.visits_by_ref(session, place.practice_id, [row.key for row in changed])
    for row in changed:
        for column, value in row.values.items():
            setattr(known[row.key], column, value)
    added = [
        Visit(practice_id=place.practice_id, visit_ref=row.key, **dict(row.values)) for row in new
    ]
    imports.add_in_chunks(session, added)
    return [visit.id for visit in added]


def save_visit_staff(
    session: Session, place: Place, new: list[Row], changed: list[Row]
) -> list[int]:
    """Store who was on visits; return the numbers of the new rows."""
    known = imports.visit_staff(session, {pair(row)[0] for row in changed})
    for row in changed:
        known[pair(row)].part = str(row.values["part"])
    added = [VisitStaff(practice_id=place.practice_id, **dict(row.values)) for row in new]
    imports.add_in_chunks(session, added)
    return [row.id for row in added]


def save_comments(session: Session, place: Place, new: list[Row], _changed: list[Row]) -> list[int]:
    """Store comments that wait to be read; return their numbers, in order of the file."""
    about = _visits_about(session, new)
    added = [_comment(place, row, about.get(row.values["visit_id"])) for row in new]
    imports.add_in_chunks(session, added)
    answers = [
        Answer(
            practice_id=place.practice_id,
            comment_id=comment.id,
            question=row.values["question"],
            text=row.values["text"],
        )
        for row, comment in zip(new, added, strict=True)
        if row.values["text"]
    ]
    imports.add_in_chunks(session, answers)
    imports.add_in_chunks(session, _staff_there(session, new, added))
    return [comment.id for comment in added]


def _visits_about(session: Session, rows: list[Row]) -> dict[object, Visit]:
    return {visit.id: visit for visit in imports.visits_by_number(session, _visit_ids(rows))}


def _visit_ids(rows: list[Row]) -> set[int]:
    return {number for row in rows if isinstance(number := row.values["visit_id"], int)}


def _comment(place: Place, row: Row, visit: Visit | None) -> Comment:
    day = row.values["left_on"]
    assert isinstance(day, date)
    noon = datetime.combine(day, time(12), ZoneInfo(place.zone))
    return Comment(
        practice_id=place.practice_id,
        import_ref=row.key,
        source="import",
        openness="anonymous",
        had_visit=visit is not None,
        site_id=visit.site_id if visit else None,
        stage=visit.stage if visit else None,
        channel=visit.channel if visit else None,
        rating=row.values["rating"],
        may_learn=True,
        received_at=min(noon, place.moment),
        local_day=day,
    )


def _staff_there(session: Session, rows: list[Row], added: list[Comment]) -> list[CommentStaff]:
    """Return the copies of who was on each comment's visit."""
    there: dict[object, list[int]] = {}
    for visit_id, staff_id in imports.visit_staff(session, _visit_ids(rows)):
        there.setdefault(visit_id, []).append(staff_id)
    return [
        CommentStaff(
            practice_id=comment.practice_id, comment_id=comment.id, staff_id=staff_id, on_visit=True
        )
        for row, comment in zip(rows, added, strict=True)
        for staff_id in there.get(row.values["visit_id"], ())
    ]


Saver = Callable[[Session, Place, list[Row], list[Row]], list[int]]
SAVERS: Mapping[str, Saver] = {
    "roster": save_roster,
    "visits": save_visits,
    "visit_staff": save_visit_staff,
    "comments": save_comments,
}
