"""Working on a case: a note, an owner and a day, closing with a reason, opening it again.

    case v0 open ──close──► v1 closed ──reopen──► v2 open
                 ──close──► Changed            (somebody else held v0 too: one wins)

Each is one transaction: the case, its log, the audit row, and what becomes of the comment.
"""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from training.feedback import cases as rules
from training.services import remarks
from training.services.case_opening import LONGEST, NotSaid, reopen, write
from training.services.cases import case_id
from training.services.signing_in import Viewer
from training.store import cases as store
from training.store.tables import Case, Comment

LATEST = timedelta(days=366)


class Changed(Exception):
    """Somebody else changed the case since it was shown; nothing of this was done."""


def note(session: Session, *, viewer: Viewer, public_id: str, words: str, moment: datetime) -> None:
    """Add a line to the log of a case, open or closed; raise `NotFound`, or `NotSaid`."""
    case = _found(session, viewer, public_id)
    words = _said(words, "note")
    write(
        session, case=case, account_id=viewer.account_id, verb="noted", words=words, moment=moment
    )  # fmt: skip
    session.commit()


def assign(
    session: Session,
    *,
    viewer: Viewer,
    public_id: str,
    version: int,
    owner: str,
    due_on: date | None,
    moment: datetime,
) -> None:
    """Say who owns an open case, by their public id, and by when it is due.

    Raises `NotFound`, `Changed`, or `NotSaid` for somebody who may not own it, or no such day.
    """
    case = _found(session, viewer, public_id)
    who = next((one for one in store.owners(session, case) if one.public_id == owner), None)
    if who is None:
        raise NotSaid("owner")
    if due_on is None or not case.opened_on <= due_on <= case.opened_on + LATEST:
        raise NotSaid("due")
    _claim(session, case, version, closed=False)
    if who.id != case.owner_id:
        case.owner_id = who.id
        write(
            session, case=case, account_id=viewer.account_id, verb="assigned", fact=who.name,
            moment=moment,
        )  # fmt: skip
    if due_on != case.due_on:
        case.due_on = due_on
        write(
            session, case=case, account_id=viewer.account_id, verb="due",
            fact=due_on.isoformat(), moment=moment,
        )  # fmt: skip
    session.commit()


def close(
    session: Session,
    *,
    viewer: Viewer,
    public_id: str,
    version: int,
    outcome: str,
    words: str,
    may_count: bool,
    moment: datetime,
) -> None:
    """Close a case with a reason.

    Its comment stays out of every sum, or with `may_count` goes to ordinary review, where it
    counts and its remarks wait like any other. Raises `NotFound`, `Changed`, or `NotSaid`.
    """
    case = _found(session, viewer, public_id)
    if outcome not in rules.OUTCOMES:
        raise NotSaid("outcome")
    words = _said(words, "reason")
    if may_count and not rules.may_count(case.kind, outcome):
        raise NotSaid("may_count")
    _claim(session, case, version, closed=False)
    case.closed_at, case.closed_by, case.outcome = moment, viewer.account_id, outcome
    case.owner_id = case.owner_id or viewer.account_id
    if case.comment_id is not None:
        _settle(session.get_one(Comment, case.comment_id), viewer, may_count, moment)
    write(
        session, case=case, account_id=viewer.account_id, verb="closed", fact=outcome,
        words=words, moment=moment,
    )  # fmt: skip
    session.flush()
    remarks.release(session, practice_id=viewer.practice_id, moment=moment)
    session.commit()


def _settle(comment: Comment, viewer: Viewer, may_count: bool, moment: datetime) -> None:
    comment.hold_outcome = "released" if may_count else "dealt_with"
    comment.hold_closed_at, comment.hold_closed_by = moment, viewer.account_id
    if may_count:
        comment.hold = "none"


def open_again(
    session: Session,
    *,
    viewer: Viewer,
    public_id: str,
    version: int,
    words: str,
    moment: datetime,
) -> None:
    """Open a closed case again: its comment is held once more, and leaves every sum and page.

    Raises `NotFound`, `Changed`, or `NotSaid`.
    """
    case = _found(session, viewer, public_id)
    words = _said(words, "again")
    _claim(session, case, version, closed=True)
    reopen(case=case)
    if case.comment_id is not None:
        comment = session.get_one(Comment, case.comment_id)
        comment.hold = "safety"
        comment.hold_outcome = comment.hold_closed_at = comment.hold_closed_by = None
    write(
        session, case=case, account_id=viewer.account_id, verb="reopened", words=words,
        moment=moment,
    )  # fmt: skip
    session.commit()


def _found(session: Session, viewer: Viewer, public_id: str) -> Case:
    return session.get_one(Case, case_id(session, viewer=viewer, public_id=public_id))


def _said(words: str, field: str) -> str:
    words = words.strip()
    if not words or len(words) > LONGEST:
        raise NotSaid(field)
    return words


def _claim(session: Session, case: Case, version: int, *, closed: bool) -> None:
    """Make this the one change of a version, of a case that is closed or that is open."""
    if (case.closed_at is not None) != closed or not store.claim(session, case.id, version):
        session.rollback()
        raise Changed
    session.refresh(case)
