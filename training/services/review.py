"""Review: what waits for a person to decide, safety first.

    held (safety, another language, not read)   ──►  those who safeguard, oldest first
    a remark waits                              ──►  reviewers, by severity and then by age
    any match is to the reviewer                ──►  neither seen nor counted by that reviewer

There is no filter, sort, search or count by person. The list holds no patient's words: reading
those is opening a comment (opening.py), and that is audited; deciding is decisions.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from training import periods
from training.services import remarks
from training.services.people import NotFound
from training.services.signing_in import Viewer
from training.store import audit, matches, people
from training.store.matches import Reach
from training.store.tables import Comment, Remark

PAGE = 25


@dataclass(frozen=True, slots=True)
class Waiting:
    """One comment of the queue, without the patient's words."""

    public_id: str
    days: int
    severity: int
    topics: tuple[str, ...]
    undecided: int
    site: str
    stage: str


@dataclass(frozen=True, slots=True)
class Held:
    """One comment that waits for those who safeguard; `flags` and `unread` say why."""

    public_id: str
    days: int
    late: bool
    flags: tuple[str, ...]
    unread: bool
    language: str
    site: str


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits for a viewer; `held` stays empty for whoever does not safeguard."""

    held: tuple[Held, ...]
    waiting: tuple[Waiting, ...]
    total: int
    page: int
    pages: int


def overdue(session: Session, *, viewer: Viewer, moment: datetime) -> int:
    """Return how many held comments in a viewer's scope have waited for over one working day.

    Reading one is not enough: it counts until somebody who safeguards has dealt with it.
    """
    zone = people.practice(session, viewer.practice_id).time_zone
    due = a_working_day_before(moment, zone)
    return matches.held_before(session, viewer.practice_id, viewer.site_ids, due)


def a_working_day_before(moment: datetime, zone: str) -> datetime:
    """Return the moment since which one working day (24 hours, weekends left out) has passed.

    Monday 15:00 → Friday 15:00; Saturday 10:00 → the beginning of Friday.
    """
    local = moment.astimezone(ZoneInfo(zone))
    day = local.date() - timedelta(days=1)
    while not periods.is_working_day(day):
        day -= timedelta(days=1)
    at = local.time() if periods.is_working_day(local.date()) else time.min
    return datetime.combine(day, at, local.tzinfo)


def reach_of(viewer: Viewer) -> Reach:
    """Return what a viewer may come across in the queue."""
    return Reach(viewer.practice_id, viewer.site_ids, viewer.staff_id)


def queue(session: Session, *, viewer: Viewer, moment: datetime, page: int = 1) -> Queue:
    """Return what waits for a viewer; a page that does not exist is the nearest that does."""
    reach = reach_of(viewer)
    total = matches.waiting_count(session, reach) if viewer.may_review else 0
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 1), pages)
    rows = matches.waiting(session, reach, offset=(page - 1) * PAGE, limit=PAGE) if total else []
    held = matches.held(session, reach) if viewer.may_safeguard else []
    return Queue(
        held=tuple(_held_items(session, viewer, held, moment)),
        waiting=tuple(_waiting_items(session, viewer, rows, moment)),
        total=total,
        page=page,
        pages=pages,
    )


def _waiting_items(
    session: Session, viewer: Viewer, rows: Sequence[Comment], moment: datetime
) -> list[Waiting]:
    sites = site_names(session, viewer=viewer)
    undecided: dict[int, list[Remark]] = {row.id: [] for row in rows}
    for remark in matches.remarks(session, undecided):
        if remark.state == "waiting":
            undecided[remark.comment_id].append(remark)
    skills = matches.skills(session, [r.id for some in undecided.values() for r in some])
    return [
        Waiting(
            public_id=row.public_id,
            days=(moment - row.received_at).days,
            severity=row.severity or 0,
            topics=_topics(undecided[row.id], skills),
            undecided=len(undecided[row.id]),
            site=sites.get(row.site_id, ""),
            stage=row.stage or "",
        )
        for row in rows
    ]


def _topics(rows: Sequence[Remark], skills: dict[int, list[str]]) -> tuple[str, ...]:
    found = [t for row in rows for t in (*skills.get(row.id, ()), row.theme) if t]
    return tuple(dict.fromkeys(found))


def _held_items(
    session: Session, viewer: Viewer, rows: Sequence[Comment], moment: datetime
) -> list[Held]:
    sites = site_names(session, viewer=viewer)
    zone = people.practice(session, viewer.practice_id).time_zone
    due = a_working_day_before(moment, zone)
    return [
        Held(
            public_id=row.public_id,
            days=(moment - row.received_at).days,
            late=row.received_at < due,
            flags=tuple(row.flags),
            unread=row.hold == "unread",
            language=row.language or "",
            site=sites.get(row.site_id, ""),
        )
        for row in rows
    ]


def comment_id(session: Session, *, viewer: Viewer, public_id: str) -> int:
    """Return the number of a comment that the viewer may open; raise `NotFound` for any other."""
    reach = reach_of(viewer)
    row = matches.comment(session, reach, public_id) if viewer.may_review else None
    if row is None and viewer.may_safeguard:
        row = matches.held_comment(session, reach, public_id)
    if row is None:
        raise NotFound
    return row.id


def site_names(session: Session, *, viewer: Viewer) -> dict[int | None, str]:
    """Return the names of the practice's sites by number."""
    return {site.id: site.name for site in people.sites(session, viewer.practice_id)}


def close_hold(
    session: Session, *, viewer: Viewer, public_id: str, outcome: str, moment: datetime
) -> None:
    """Say that a held comment was dealt with, or release it to ordinary review.

    `outcome` is dealt_with or released. A released comment counts, and its remarks wait like any
    other; one that was never read holds none, so it can only be dealt with. Raises `NotFound` for
    whoever does not safeguard and for what is not held.
    """
    row = matches.held_comment(session, reach_of(viewer), public_id)
    if row is None or not viewer.may_safeguard or (outcome == "released" and row.hold == "unread"):
        raise NotFound
    row.hold_outcome = outcome
    row.hold_closed_at = moment
    row.hold_closed_by = viewer.account_id
    if outcome == "released":
        row.hold = "none"
    audit.note(
        session, practice_id=viewer.practice_id, account_id=viewer.account_id, moment=moment,
        verb=outcome, noun="comment", noun_id=row.id,
    )  # fmt: skip
    session.flush()
    remarks.release(session, practice_id=viewer.practice_id, moment=moment)
