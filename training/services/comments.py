"""A comment's way in: left by a patient, kept first, read second.

    leave ──► comment, answers, copy of who was there ──COMMIT──► read ──► remarks, matches ──COMMIT
                      the words are safe from here         a fault: `failed`, held, told, read again

`anonymous` means that no row leads back: neither the visit nor the invitation stands on the comment,
only a copy of what reading needs. An invitation takes one comment, a post makes one, and whoever
comes second gets the thank-you of the first.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from training import faults, periods
from training.feedback.comment import tidy
from training.services import alerts, doors, readings
from training.services.doors import CodeGone, Door
from training.store import comments, visits
from training.store.engine import WriterBusy
from training.store.tables import Answer, Comment, CommentStaff

log = logging.getLogger("bedside.comments")

LONGEST = 5_000
LONGEST_CONTACT = 254
CONTACT_KEPT = timedelta(days=14)
BATCH = 100


class BadWords(ValueError):
    """The words cannot be kept: there are none, or more than `LONGEST` under one question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a patient sent, as the form names it.

    `about` holds public ids of staff, `someone_else` or `not_a_person`; `asks` holds `complaint` and
    `safety`; `openness` is anonymous, contact or known. `post_key` was made with the page. `general`
    answers no question in particular: the form does not ask for it, older cards do.
    """

    post_key: str
    went_well: str = ""
    could_be_better: str = ""
    general: str = ""
    rating: str | None = None
    about: tuple[str, ...] = ()
    stage: str | None = None
    writer: str | None = None
    openness: str = "anonymous"
    contact: str = ""
    may_learn: bool = False
    may_publish: bool = False
    asks: tuple[str, ...] = ()

    def texts(self) -> dict[str, str]:
        """Return the tidied text under each question that has one."""
        typed = {
            "went_well": self.went_well,
            "could_be_better": self.could_be_better,
            "general": self.general,
        }
        tidied = {question: tidy(text) for question, text in typed.items()}
        return {question: text for question, text in tidied.items() if text}


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a post: the new comment's id, or None where it had arrived before."""

    comment_id: int | None


ALREADY = Receipt(None)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many comments were read, how many failed, and how many are held for a person."""

    read: int = 0
    failed: int = 0
    held: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        """Return the sums."""
        return Counts(self.read + other.read, self.failed + other.failed, self.held + other.held)


def leave(session: Session, *, code: str, key: bytes, words: Words, moment: datetime) -> Receipt:
    """Keep what a patient sent; it is committed when this returns. Reading it comes after.

    Raises `BadWords`, or `CodeGone` where the code takes no comment.
    """
    texts = words.texts()
    if not (texts or words.rating) or max(map(len, texts.values()), default=0) > LONGEST:
        raise BadWords
    door = doors.redeem(session, code=code, key=key, moment=moment)
    if door.closed:
        raise CodeGone
    if door.used:
        return ALREADY
    try:
        comment = _keep(session, door, words, texts, moment)
    except IntegrityError:
        session.rollback()
        if not comments.has_post(session, door.practice_id, words.post_key):
            raise
        return ALREADY
    if comment is None:
        session.rollback()
        return ALREADY
    session.commit()
    return Receipt(comment.id)


def _keep(
    session: Session, door: Door, words: Words, texts: dict[str, str], moment: datetime
) -> Comment | None:
    today = periods.local_day(moment, door.time_zone)
    if door.invitation_id is not None and not visits.spend(session, door.invitation_id, today):
        return None
    row = _comment(door, words, moment, today)
    session.add(row)
    session.flush()
    session.add_all(
        Answer(practice_id=row.practice_id, comment_id=row.id, question=question, text=text)
        for question, text in texts.items()
    )
    session.add_all(
        CommentStaff(
            practice_id=row.practice_id,
            comment_id=row.id,
            staff_id=person.staff_id,
            on_visit=True,
            tapped=person.public_id in words.about,
        )
        for person in door.people
    )
    if row.hold != "none":
        alerts.owe(session, comment=row, moment=moment)
    return row


def _comment(door: Door, words: Words, moment: datetime, today: date) -> Comment:
    anonymous = words.openness == "anonymous"
    asked_for = next((it for it in ("safety", "complaint") if it in words.asks), None)
    return Comment(
        practice_id=door.practice_id,
        post_key=words.post_key,
        source="site_code" if door.invitation_id is None else "code",
        openness=words.openness,
        writer=words.writer,
        visit_id=None if anonymous else door.visit_id,
        invitation_id=None if anonymous else door.invitation_id,
        site_id=door.site_id,
        stage=words.stage or door.stage,
        channel=door.channel,
        rating=words.rating,
        about=_about(door, words),
        had_visit=door.visit_id is not None,
        contact=_contact(words),
        may_learn=words.may_learn,
        may_publish=words.may_publish,
        asked_for=asked_for,
        received_at=moment,
        local_day=today,
        flags=sorted({"complaint", "safety"} & set(words.asks)),
        hold="safety" if asked_for else "none",
    )


def _contact(words: Words) -> str | None:
    return tidy(words.contact)[:LONGEST_CONTACT] or None if words.openness == "contact" else None


def _about(door: Door, words: Words) -> str:
    if any(person.public_id in words.about for person in door.people):
        return "staff"
    return next((it for it in ("someone_else", "not_a_person") if it in words.about), "unsaid")


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
        p: readings.desk(session, practice_id=p) for p in {it.comment.practice_id for it in unread}
    }
    found = [
        readings.read(it, desks[it.comment.practice_id])
        for it in unread
        if desks[it.comment.practice_id].reading_on
    ]
    stored = readings.keep(session, found=found, moment=moment)
    held = [it.comment for it in stored if it.hold != "none"]
    left = [it.comment for it in unread if not desks[it.comment.practice_id].reading_on]
    for comment in left:
        comments.hold(session, comment.id, "unread")
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


def forget_contacts(session: Session, *, moment: datetime) -> int:
    """Delete contact details that are older than 14 days, as the form promises; return how many."""
    gone = comments.forget_contacts(session, moment - CONTACT_KEPT)
    session.commit()
    return gone
