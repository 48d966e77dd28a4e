"""Review: what waits for a person to decide, safety first.

    held (safety, another language, not read)   ──►  those who safeguard, oldest first, until taken
    a remark waits                              ──►  reviewers, by severity and then by age
    any match is to the reviewer                ──►  neither seen nor counted by that reviewer

There is no filter, sort, search or count by person. The list holds no patient's words: reading
those is opening a comment (opening.py), and that is audited; deciding is decisions.py.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from training import periods
from training.services.people import NotFound
from training.services.signing_in import Viewer
from training.store import audit, cases, holds, matches, people, topics
from training.store.matches import Reach
from training.store.tables import Comment, Remark
from training.store.topics import Topics

PAGE = 25


class HandedOver(NotFound):
    """The comment is with those who safeguard, of whom the viewer is one; `case` is its case."""

    def __init__(self, case: str) -> None:
        super().__init__(case)
        self.case = case


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
    """One comment that waits for those who safeguard; `flags` and `unread` say why.

    `case` is the public id of its case, "" for one that was not read.
    """

    public_id: str
    case: str
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
    return holds.before(session, viewer.practice_id, viewer.site_ids, due)


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
    held = holds.untaken(session, reach) if viewer.may_safeguard else []
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
    about = topics.of(session, [r.id for some in undecided.values() for r in some])
    return [
        Waiting(
            public_id=row.public_id,
            days=(moment - row.received_at).days,
            severity=row.severity or 0,
            topics=_topics(undecided[row.id], about),
            undecided=len(undecided[row.id]),
            site=sites.get(row.site_id, ""),
            stage=row.stage or "",
        )
        for row in rows
    ]


def _topics(rows: Sequence[Remark], about: Mapping[int, Topics]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(topic for row in rows for topic in about[row.id].all))


def _held_items(
    session: Session, viewer: Viewer, rows: Sequence[Comment], moment: datetime
) -> list[Held]:
    sites = site_names(session, viewer=viewer)
    zone = people.practice(session, viewer.practice_id).time_zone
    due = a_working_day_before(moment, zone)
    opened = cases.of_comments(session, [row.id for row in rows])
    return [
        Held(
            public_id=row.public_id,
            case=opened[row.id].public_id if row.id in opened else "",
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
    """Return the number of a comment that the viewer may open; raise `NotFound` for any other.

    For whoever safeguards that is `HandedOver` where the comment has become a case.
    """
    reach = reach_of(viewer)
    row = matches.comment(session, reach, public_id) if viewer.may_review else None
    if row is None and viewer.may_safeguard:
        row = holds.comment(session, reach, public_id)
    if row is None:
        raise NotFound
    if row.hold == "safety":
        raise HandedOver(cases.of_comments(session, [row.id])[row.id].public_id)
    return row.id


def site_names(session: Session, *, viewer: Viewer) -> dict[int | None, str]:
    """Return the names of the practice's sites by number."""
    return {site.id: site.name for site in people.sites(session, viewer.practice_id)}


def close_hold(session: Session, *, viewer: Viewer, public_id: str, moment: datetime) -> None:
    """Say that a comment which was not read was dealt with; it stays out of every sum.

    Raises `NotFound` for whoever does not safeguard, for what is not held, and for a case, which is
    closed with its reason.
    """
    row = holds.comment(session, reach_of(viewer), public_id)
    if row is None or not viewer.may_safeguard or row.hold != "unread":
        raise NotFound
    row.hold_outcome = "dealt_with"
    row.hold_closed_at = moment
    row.hold_closed_by = viewer.account_id
    audit.note(
        session, practice_id=viewer.practice_id, account_id=viewer.account_id, moment=moment,
        verb="dealt_with", noun="comment", noun_id=row.id,
    )  # fmt: skip
    session.commit()
