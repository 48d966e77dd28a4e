"""Dated notes on the charts: what happened that may explain a change.

    12 Jan 2026   Training   Plain explanation   Elder Row   "Teach-back session"   Dana
                       │
                       └──►  a mark on each chart of that topic and site, and a line of its table

A note names no cause: charts say "after", never "because of". Whoever sees one site alone writes
for that site alone.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from training import skills
from training.periods import last_full_months
from training.services.people import NotFound
from training.services.signing_in import Viewer
from training.store import annotations, audit, people
from training.store.tables import Annotation

LONGEST = 120
YEARS_BACK = 2
KINDS = {"training": "Training", "staffing": "Staffing", "other": "Something else"}


class NotWritten(ValueError):
    """A note cannot be made of this; `field` is what is wrong, the words say why."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wants to note; `topic` "" is every chart, `site` "" the whole practice."""

    on_day: date
    kind: str
    words: str
    topic: str = ""
    site: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A note as a page lists it; `site` is a name. `mine_to_remove`: it lies within one's sites."""

    public_id: str
    on_day: date
    kind: str
    topic: str
    site: str
    words: str
    by: str
    mine_to_remove: bool


@dataclass(frozen=True, slots=True)
class Board:
    """The notes of a practice, the newest day first, and what a new one can be about.

    sites: public ids and names; whole: whether one may be written for the whole practice.
    """

    notes: tuple[Note, ...]
    sites: tuple[tuple[str, str], ...]
    whole: bool


def board(session: Session, *, viewer: Viewer) -> Board:
    """Return the notes that concern a viewer's sites."""
    found = annotations.of_practice(session, viewer.practice_id, viewer.site_ids or None)
    sites = tuple((public_id, name) for public_id, (_, name) in _sites(session, viewer).items())
    notes = tuple(
        Note(
            public_id=row.public_id,
            on_day=row.on_day,
            kind=row.kind,
            topic=row.topic or "",
            site=site or "",
            words=row.text,
            by=by or "Bedside",
            mine_to_remove=_within(viewer, row.site_id),
        )
        for row, site, by in found
    )
    return Board(notes, sites, not viewer.site_ids)


def first_day(today: date) -> date:
    """Return the first day that a note can stand on: the oldest that a chart shows."""
    return last_full_months(12 * YEARS_BACK, today)[0].start


def write(session: Session, *, viewer: Viewer, draft: Draft, today: date, moment: datetime) -> str:
    """Put a note on the charts and return its public id.

    Raises `NotWritten`, or `NotFound` for a site or a topic that is not there or out of scope.
    """
    words = " ".join(draft.words.split())
    _check(draft, words, today)
    site_id = _site_id(session, viewer, draft.site)
    if draft.topic and draft.topic not in {**skills.SKILLS, **skills.THEMES}:
        raise NotFound
    row = Annotation(
        practice_id=viewer.practice_id, site_id=site_id, account_id=viewer.account_id,
        on_day=draft.on_day, kind=draft.kind, topic=draft.topic or None, text=words,
    )  # fmt: skip
    session.add(row)
    session.flush()
    _note(session, viewer, "annotate", row, moment)
    return row.public_id


def _check(draft: Draft, words: str, today: date) -> None:
    if draft.kind not in KINDS:
        raise NotWritten("kind", "Choose what kind of change it was.")
    if not first_day(today) <= draft.on_day <= today:
        first = first_day(today)
        raise NotWritten(
            "on_day", f"Choose a day from {first.day} {first:%B} {first.year} to today."
        )
    if not words:
        raise NotWritten("words", "Say in a few words what happened.")
    if len(words) > LONGEST:
        raise NotWritten("words", f"Use at most {LONGEST} characters.")


def _sites(session: Session, viewer: Viewer) -> dict[str, tuple[int, str]]:
    return {
        row.public_id: (row.id, row.name)
        for row in people.sites(session, viewer.practice_id)
        if not viewer.site_ids or row.id in viewer.site_ids
    }


def _site_id(session: Session, viewer: Viewer, site: str) -> int | None:
    if not site and not viewer.site_ids:
        return None
    if not site:
        raise NotWritten("site", "Choose one of your sites.")
    found = _sites(session, viewer).get(site)
    if found is None:
        raise NotFound
    return found[0]


def _within(viewer: Viewer, site_id: int | None) -> bool:
    return not viewer.site_ids or site_id in viewer.site_ids


def remove(session: Session, *, viewer: Viewer, public_id: str, moment: datetime) -> None:
    """Take a note off the charts; `restore` puts it back. Raises `NotFound`."""
    row = _own(session, viewer, public_id)
    if row.removed_at is None:
        row.removed_at = moment
        _note(session, viewer, "remove_annotation", row, moment)


def restore(session: Session, *, viewer: Viewer, public_id: str, moment: datetime) -> None:
    """Put a note that was removed back on the charts. Raises `NotFound`."""
    row = _own(session, viewer, public_id)
    if row.removed_at is not None:
        row.removed_at = None
        _note(session, viewer, "restore_annotation", row, moment)


def _own(session: Session, viewer: Viewer, public_id: str) -> Annotation:
    row = annotations.one(session, viewer.practice_id, public_id)
    if row is None or not _within(viewer, row.site_id):
        raise NotFound
    return row


def _note(session: Session, viewer: Viewer, verb: str, row: Annotation, moment: datetime) -> None:
    audit.note(
        session, practice_id=viewer.practice_id, account_id=viewer.account_id, moment=moment,
        verb=verb, noun="annotation", noun_id=row.id,
    )  # fmt: skip
    session.commit()
