"""Cases as those who safeguard read them: what is open, overdue and closed, and one with its log.

    overdue ─ open ─ closed     first due first; nobody else learns that any of them exists
    one case ──open──► the comment's words, its remarks, the log          audited, although it is a GET

Whoever a comment may be about never meets its case, whatever they may do. case_work.py changes it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil

from sqlalchemy.orm import Session

from training import periods
from training.services import opening
from training.services.opening import OpenComment
from training.services.people import NotFound
from training.services.review import reach_of, site_names
from training.services.signing_in import Viewer
from training.store import audit, people
from training.store import cases as store
from training.store.cases import Counts
from training.store.tables import Case, CaseEntry

PAGE = 25
SHOWN = (store.OPEN, store.OVERDUE, store.CLOSED)
BEDSIDE = "Bedside"


@dataclass(frozen=True, slots=True)
class Line:
    """One case of the list, without the patient's words; `owner` is "" where nobody has taken it."""

    public_id: str
    kind: str
    site: str
    owner: str
    mine: bool
    opened_on: date
    due_on: date
    overdue: bool
    closed_on: date | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Cases:
    """A page of the list; `show` is one of `SHOWN`."""

    show: str
    lines: tuple[Line, ...]
    counts: Counts
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the log: who did what, `fact` or `due` saying what it became, and their words."""

    name: str
    day: date
    verb: str
    fact: str
    due: date | None
    words: str


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case as it stands; `comment` is None once its comment is erased.

    `owners` are (public id, name) of who may own it; `owner_gone` says that its owner no longer may.
    """

    line: Line
    version: int
    owner_id: str
    owner_gone: bool
    owners: tuple[tuple[str, str], ...]
    comment: OpenComment | None
    entries: tuple[Entry, ...]

    @property
    def counts_again(self) -> bool:
        """Return whether the comment went to ordinary review when the case closed."""
        return self.comment is not None and self.comment.hold == "none"


def count(session: Session, *, viewer: Viewer, today: date) -> Counts:
    """Return how many cases a viewer may see; none for whoever does not safeguard."""
    if not viewer.may_safeguard:
        return Counts(0, 0, 0)
    return store.counts(session, reach_of(viewer), today)


def page(session: Session, *, viewer: Viewer, show: str, page: int, today: date) -> Cases:
    """Return a page of the cases within reach; raise `NotFound` for whoever does not safeguard."""
    if not viewer.may_safeguard:
        raise NotFound
    reach, show = reach_of(viewer), show if show in SHOWN else store.OPEN
    counts = store.counts(session, reach, today)
    pages = max(1, ceil(getattr(counts, show) / PAGE))
    page = min(max(page, 1), pages)
    rows = store.run(
        session, reach, show=show, today=today, offset=(page - 1) * PAGE, limit=PAGE
    )  # fmt: skip
    return Cases(show, tuple(_lines(session, viewer, rows, today)), counts, page, pages)


def open_case(
    session: Session, *, viewer: Viewer, public_id: str, today: date, moment: datetime
) -> OpenCase:
    """Return a case with its comment in full, which is audited; raise `NotFound`."""
    row = session.get_one(Case, case_id(session, viewer=viewer, public_id=public_id))
    comment = None
    if row.comment_id is not None:
        comment = opening.whole(
            session, viewer=viewer, comment_id=row.comment_id, moment=moment
        )  # fmt: skip
    audit.note(
        session, practice_id=viewer.practice_id, account_id=viewer.account_id, moment=moment,
        verb="case_read", noun="case", noun_id=row.id,
    )  # fmt: skip
    shown = _shown(session, viewer, row, comment, today)
    session.commit()
    return shown


def case_id(session: Session, *, viewer: Viewer, public_id: str) -> int:
    """Return the number of a case that the viewer may open; raise `NotFound` for any other."""
    row = store.one(session, reach_of(viewer), public_id) if viewer.may_safeguard else None
    if row is None:
        raise NotFound
    return row.id


def _shown(
    session: Session, viewer: Viewer, row: Case, comment: OpenComment | None, today: date
) -> OpenCase:
    owners = store.owners(session, row)
    owner = next((who for who in owners if who.id == row.owner_id), None)
    [line] = _lines(session, viewer, [row], today)
    return OpenCase(
        line=line,
        version=row.version,
        owner_id=owner.public_id if owner else "",
        owner_gone=row.owner_id is not None and owner is None,
        owners=tuple((who.public_id, who.name) for who in owners),
        comment=comment,
        entries=tuple(_entries(session, row)),
    )


def _lines(session: Session, viewer: Viewer, rows: Sequence[Case], today: date) -> list[Line]:
    sites, names = site_names(session, viewer=viewer), _names(session, viewer.practice_id)
    zone = people.practice(session, viewer.practice_id).time_zone
    return [
        Line(
            public_id=row.public_id,
            kind=row.kind,
            site=sites.get(row.site_id, ""),
            owner=names.get(row.owner_id, ""),
            mine=row.owner_id == viewer.account_id,
            opened_on=row.opened_on,
            due_on=row.due_on,
            overdue=row.closed_at is None and today > row.due_on,
            closed_on=periods.local_day(row.closed_at, zone) if row.closed_at else None,
            outcome=row.outcome or "",
        )
        for row in rows
    ]


def _entries(session: Session, row: Case) -> list[Entry]:
    names = _names(session, row.practice_id)
    zone = people.practice(session, row.practice_id).time_zone
    return [_entry(entry, names, zone) for entry in store.entries(session, row.id)]


def _entry(row: CaseEntry, names: dict[int | None, str], zone: str) -> Entry:
    return Entry(
        name=names.get(row.account_id, BEDSIDE),
        day=periods.local_day(row.at, zone),
        verb=row.verb,
        fact="" if row.verb == "due" else row.fact,
        due=date.fromisoformat(row.fact) if row.verb == "due" else None,
        words=row.words,
    )


def _names(session: Session, practice_id: int) -> dict[int | None, str]:
    return {who.id: who.name for who in people.accounts(session, practice_id)}
