"""Reading the comments that were kept: at once, or by the sweep, a hundred to a transaction.

    waiting ──read──► read        a fault ──► failed, held, told of; read again, three times at most

What a patient wrote is safe before any of this begins, so nothing that goes wrong here can lose it.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from training import faults
from training.services import adjustments, alerts, alike, case_opening, readings
from training.store import comments
from training.store.engine import WriterBusy
from training.store.tables.comments import SAFEGUARDED

log = logging.getLogger("bedside.comments")

BATCH = 100


@dataclass(frozen=True, slots=True)
class Counts:
    """How many comments were read, how many failed, and how many are held for a person."""

    read: int = 0
    failed: int = 0
    held: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        """Return the sums."""
        return Counts(self.read + other.read, self.failed + other.failed, self.held + other.held)


def read(session: Session, *, comment_id: int, moment: datetime) -> Counts:
    """Read one comment that was just kept; whatever goes wrong, the words stay and are read later."""
    try:
        return read_many(session, comment_ids=[comment_id], moment=moment)
    except Exception as fault:
        session.rollback()
        log.error("not read: %s", faults.describe(fault))
        return Counts()


def open_waiting(session: Session, *, limit: int | None = None) -> list[int]:
    """Return the ids of comments that wait to be read, oldest first; three failures end it."""
    return comments.ids_waiting(session, limit)


def read_waiting(
    session: Session,
    *,
    moment: datetime,
    limit: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> Counts:
    """Read the comments that wait; see `read_many`."""
    waiting = open_waiting(session, limit=limit)
    return read_many(session, comment_ids=waiting, moment=moment, progress=progress)


def read_many(
    session: Session,
    *,
    comment_ids: Sequence[int],
    moment: datetime,
    progress: Callable[[int], None] | None = None,
) -> Counts:
    """Read those of some comments that are unread, a hundred to a transaction.

    `progress` is called with the number done since the last call. A comment that cannot be read is
    held and told of; only a database that is out of reach raises. Safe to run twice and at once.
    """
    total = Counts()
    for start in range(0, len(comment_ids), BATCH):
        batch = comment_ids[start : start + BATCH]
        total += _read_batch(session, batch, moment)
        if progress is not None:
            progress(len(batch))
    return total


def _read_batch(session: Session, ids: Sequence[int], moment: datetime) -> Counts:
    try:
        counts = _read_whole_batch(session, ids, moment)
        session.commit()
    except (OperationalError, WriterBusy):
        raise
    except Exception as fault:
        session.rollback()
        if len(ids) > 1:  # one bad comment must not hold up the rest
            return sum((_read_batch(session, [one], moment) for one in ids), Counts())
        log.error("reading failed: %s", faults.describe(fault))
        return _give_up(session, ids[0], moment)
    return counts


def _read_whole_batch(session: Session, ids: Sequence[int], moment: datetime) -> Counts:
    unread = comments.unread(session, ids)
    desks = {
        p: replace(
            readings.desk(session, practice_id=p),
            adjustment=adjustments.adjustment(session, practice_id=p),
        )
        for p in {it.comment.practice_id for it in unread}
    }
    found = [
        readings.read(it, desks[it.comment.practice_id])
        for it in unread
        if desks[it.comment.practice_id].reading_on
    ]
    stored = readings.keep(session, found=found, moment=moment)
    alike.hold_spikes(session, comment_ids=[it.comment.id for it in stored])
    held = [it.comment for it in stored if it.hold in SAFEGUARDED]
    left = [it.comment for it in unread if not desks[it.comment.practice_id].reading_on]
    for comment in left:
        comments.hold(session, comment.id, "unread")
    for it in stored:
        if it.hold == "safety":
            case_opening.ensure(session, comment=it.comment, moment=moment)
    for comment in held + left:
        alerts.owe(session, comment=comment, moment=moment)
    return Counts(read=len(stored), held=len(held) + len(left))


def _give_up(session: Session, comment_id: int, moment: datetime) -> Counts:
    if not comments.note_failed(session, comment_id):
        session.rollback()
        return Counts()
    comments.hold(session, comment_id, "unread")
    alerts.owe(session, comment=comments.get(session, comment_id), moment=moment)
    session.commit()
    return Counts(failed=1, held=1)
