"""Reflections and plans: what a person writes for themselves; nobody else ever reads them.

Only the person's own pages and their own download import this module.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from training.services import remarks
from training.services.people import NotFound
from training.services.signing_in import Viewer
from training.store import notes, plays
from training.store.tables import Reflection

LONGEST = 2000


PLAN_SHOWN = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a person meant to try, and the play they wrote it on, by its public id."""

    words: str
    play: str


class TooLong(ValueError):
    """The reflection is longer than `LONGEST` characters."""


def plan(session: Session, *, viewer: Viewer, moment: datetime) -> Plan | None:
    """Return the viewer's newest plan, to be reminded of for four weeks, or None."""
    if viewer.staff_id is None:
        raise NotFound
    row = plays.newest_intention(session, viewer.practice_id, viewer.staff_id, moment - PLAN_SHOWN)
    return Plan(row.intention, row.public_id) if row else None


def of(session: Session, *, viewer: Viewer, remark_public_id: str) -> str:
    """Return what the viewer wrote about a remark, or ""."""
    if viewer.staff_id is None:
        raise NotFound
    row = notes.reflection(session, viewer.practice_id, viewer.staff_id, remark_public_id)
    return row.words if row else ""


def write(
    session: Session, *, viewer: Viewer, remark_public_id: str, words: str, moment: datetime
) -> None:
    """Keep what the viewer writes about a remark they are shown; nothing written takes it away.

    Raises `NotFound` for any other remark, and `TooLong`.
    """
    remarks.remark_of(session, viewer=viewer, public_id=remark_public_id)
    if viewer.staff_id is None:
        raise NotFound
    words = words.strip()
    if len(words) > LONGEST:
        raise TooLong
    row = notes.reflection(session, viewer.practice_id, viewer.staff_id, remark_public_id)
    if row is None and words:
        number = notes.remark_id(session, viewer.practice_id, remark_public_id)
        row = Reflection(practice_id=viewer.practice_id, staff_id=viewer.staff_id, remark_id=number)
        session.add(row)
    if row is not None and words:
        row.words, row.written_at = words, moment
    elif row is not None:
        session.delete(row)
    session.commit()
