"""Reviewers' notes to one another on a comment: never shown to staff, no patient's words needed.

"Same family as last week's letter; ask Jo before deciding."
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from training import periods
from training.services import masks
from training.services.masks import Hidden
from training.services.people import NotFound
from training.services.review import comment_id
from training.services.signing_in import Viewer
from training.store import audit, notes, people
from training.store.tables import ReviewNote

LONGEST = 1000


class NotWritten(ValueError):
    """The note is empty or too long."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note on a comment; `mine` says whether the viewer wrote it and may take it away."""

    public_id: str
    words: str
    name: str
    day: date
    mine: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a comment for those who review it."""

    notes: tuple[Note, ...]
    hidden: tuple[Hidden, ...]
    suggested: tuple[Hidden, ...]


def beside(session: Session, *, viewer: Viewer, public_id: str) -> Beside:
    """Return the notes and masks of a comment that the viewer may open; raise `NotFound`."""
    number = comment_id(session, viewer=viewer, public_id=public_id)
    zone = people.practice(session, viewer.practice_id).time_zone
    written = tuple(
        Note(
            public_id=row.public_id,
            words=row.words,
            name=name,
            day=periods.local_day(row.at, zone),
            mine=row.account_id == viewer.account_id,
        )
        for row, name in notes.of_comment(session, number)
    )
    hidden = masks.of_comment(session, number=number)
    return Beside(written, hidden, masks.suggested(session, number=number))


def write(
    session: Session, *, viewer: Viewer, comment_public_id: str, words: str, moment: datetime
) -> None:
    """Leave a note on a comment; raise `NotFound`, or `NotWritten` with nothing or too much said."""
    number = comment_id(session, viewer=viewer, public_id=comment_public_id)
    words = words.strip()
    if not words or len(words) > LONGEST:
        raise NotWritten
    session.add(
        ReviewNote(
            practice_id=viewer.practice_id, comment_id=number, account_id=viewer.account_id,
            words=words, at=moment,
        )
    )  # fmt: skip
    _note(session, viewer, "write_note", number, moment)


def remove(
    session: Session, *, viewer: Viewer, comment_public_id: str, public_id: str, moment: datetime
) -> None:
    """Take away a note of one's own; raise `NotFound`."""
    number = comment_id(session, viewer=viewer, public_id=comment_public_id)
    row = notes.own(session, number, viewer.account_id, public_id)
    if row is None:
        raise NotFound
    session.delete(row)
    _note(session, viewer, "remove_note", number, moment)


def _note(session: Session, viewer: Viewer, verb: str, number: int, moment: datetime) -> None:
    audit.note(
        session, practice_id=viewer.practice_id, account_id=viewer.account_id, moment=moment,
        verb=verb, noun="comment", noun_id=number,
    )  # fmt: skip
    session.commit()
