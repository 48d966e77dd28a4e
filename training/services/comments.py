"""A comment's way in: left by a patient, kept first, read second.

    leave ──► comment, answers, copy of who was there ──COMMIT──► read ──► remarks, matches ──COMMIT
                      the words are safe from here         a fault: `failed`, held, told, read again

`anonymous` means that no row leads back: neither the visit nor the invitation stands on the comment,
only a copy of what reading needs. An invitation takes one comment, a post makes one, and whoever
comes second gets the thank-you of the first.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from training import periods
from training.feedback.comment import tidy
from training.services import alerts, case_opening, doors, doubts
from training.services.comment_reading import Counts, open_waiting, read, read_many, read_waiting
from training.services.doors import CodeGone, Door
from training.services.doubts import NO_SIGNS, Signs
from training.store import audit, comments, visits
from training.store.tables import Answer, Comment, CommentStaff

__all__ = [
    "ALREADY",
    "LONGEST",
    "LONGEST_CONTACT",
    "BadWords",
    "Counts",
    "Paper",
    "Receipt",
    "Words",
    "arrived",
    "forget_contacts",
    "keep",
    "leave",
    "open_waiting",
    "read",
    "read_many",
    "read_waiting",
]

LONGEST = 5_000
LONGEST_CONTACT = 254
CONTACT_KEPT = timedelta(days=14)


class BadWords(ValueError):
    """The words cannot be kept: there are none, or more than `LONGEST` under one question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a patient sent, as the form names it.

    `about` holds public ids of staff, `someone_else` or `not_a_person`; `asks` holds `complaint` and
    `safety`; `openness` is anonymous, contact or known. `post_key` was made with the page. `general`
    answers no question in particular: the form does not ask for it, older cards do. `form_language`
    is the language the form was shown in, not that of the words.
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
    form_language: str | None = None

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
    """What became of a post: the new comment's id, or None where it had arrived before.

    `reference` is what a patient gives the practice to have the comment erased.
    """

    comment_id: int | None
    reference: str = ""


ALREADY = Receipt(None)


@dataclass(frozen=True, slots=True)
class Paper:
    """A card on paper: the day it was written, and the account that types it in."""

    day: date
    account_id: int


def leave(
    session: Session,
    *,
    code: str,
    key: bytes,
    words: Words,
    moment: datetime,
    signs: Signs = NO_SIGNS,
) -> Receipt:
    """Keep what a patient sent; it is committed when this returns. Reading it comes after.

    `signs` say whether somebody else may have sent it: then it is set apart, see `doubts`. Raises
    `BadWords`, or `CodeGone` where the code takes no comment.
    """
    door = doors.redeem(session, code=code, key=key, moment=moment)
    if door.closed:
        raise CodeGone
    doubt = doubts.doubt(session, door=door, signs=signs, moment=moment)
    return keep(session, door=door, words=words, moment=moment, doubt=doubt)


def keep(
    session: Session,
    *,
    door: Door,
    words: Words,
    moment: datetime,
    paper: Paper | None = None,
    doubt: str | None = None,
) -> Receipt:
    """Keep what came through an open door; see `leave`. `paper` is a card that staff type in."""
    texts = words.texts()
    if not (texts or words.rating) or max(map(len, texts.values()), default=0) > LONGEST:
        raise BadWords
    if door.used:
        return ALREADY
    try:
        comment = _keep(session, door, words, texts, moment, paper, doubt)
    except IntegrityError:
        session.rollback()
        if not comments.has_post(session, door.practice_id, words.post_key):
            raise
        return ALREADY
    if comment is None:
        session.rollback()
        return ALREADY
    session.commit()
    return Receipt(comment.id, comment.public_id)


def arrived(session: Session, *, practice_id: int, post_key: str) -> bool:
    """Return whether what was sent with a key is kept already."""
    return comments.has_post(session, practice_id, post_key)


def _keep(
    session: Session,
    door: Door,
    words: Words,
    texts: dict[str, str],
    moment: datetime,
    paper: Paper | None,
    doubt: str | None,
) -> Comment | None:
    today = periods.local_day(moment, door.time_zone)
    if door.invitation_id is not None and not visits.spend(session, door.invitation_id, today):
        return None
    row = _comment(door, words, moment, paper.day if paper else today)
    if doubt is not None and row.hold == "none":
        row.hold, row.doubt = "doubtful", doubt
    session.add(row)
    session.flush()
    _add_parts(session, row, door, words, texts)
    if row.hold == "safety":
        case_opening.ensure(session, comment=row, moment=moment)
        alerts.owe(session, comment=row, moment=moment)
    if paper is not None:
        row.source = "paper"
        audit.note(
            session, practice_id=row.practice_id, account_id=paper.account_id, moment=moment,
            verb="enter_paper", noun="comment", noun_id=row.id,
        )  # fmt: skip
    return row


def _add_parts(
    session: Session, row: Comment, door: Door, words: Words, texts: dict[str, str]
) -> None:
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
        form_language=words.form_language,
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


def forget_contacts(session: Session, *, moment: datetime) -> int:
    """Delete contact details that are older than 14 days, as the form promises; return how many."""
    gone = comments.forget_contacts(session, moment - CONTACT_KEPT)
    session.commit()
    return gone
