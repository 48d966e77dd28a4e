"""Named queries about disputes and corrections: what people said about what was read."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from training.store import matches
from training.store.matches import Reach
from training.store.tables import Answer, Comment, Correction, Decision, Dispute, Match, Remark
from training.store.tables.review import HURTFUL

Row = tuple[Dispute, Remark, Comment]


def open_in_reach(session: Session, reach: Reach) -> list[Row]:
    """Return the open disputes that a reviewer may come across, the first due first."""
    query = (
        select(Dispute, Remark, Comment)
        .join(Remark, Remark.id == Dispute.remark_id)
        .join(Comment, Comment.id == Remark.comment_id)
        .where(*matches.ordinary(reach), Dispute.closed_at.is_(None))
        .order_by(Dispute.due_on, Dispute.id)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(query)]


def one_open(session: Session, reach: Reach, public_id: str) -> Row | None:
    """Return an open dispute within reach, or None."""
    found = (row for row in open_in_reach(session, reach) if row[0].public_id == public_id)
    return next(found, None)


def of_person(session: Session, practice_id: int, staff_id: int) -> list[Row]:
    """Return a person's disputes, open and closed, newest first."""
    query = (
        select(Dispute, Remark, Comment)
        .join(Remark, Remark.id == Dispute.remark_id)
        .join(Comment, Comment.id == Remark.comment_id)
        .where(Dispute.practice_id == practice_id, Dispute.staff_id == staff_id)
        .order_by(Dispute.id.desc())
    )
    return [(row[0], row[1], row[2]) for row in session.execute(query)]


def own_open(
    session: Session, practice_id: int, staff_id: int, public_id: str
) -> tuple[Dispute, Remark] | None:
    """Return a person's open dispute and its remark, or None."""
    for made, remark, _ in of_person(session, practice_id, staff_id):
        if made.public_id == public_id and made.closed_at is None:
            return made, remark
    return None


def kept_before(session: Session, staff_id: int, remark_id: int) -> bool:
    """Return whether a second person has already kept a remark that this person disputed."""
    query = select(Dispute.id).where(
        Dispute.staff_id == staff_id, Dispute.remark_id == remark_id, Dispute.outcome == "kept"
    )
    return session.scalar(query) is not None


def deciders(session: Session, remark_ids: Sequence[int]) -> dict[int, set[int]]:
    """Return by remark the accounts whose decision on whom it is about stands."""
    query = select(Decision.remark_id, Decision.account_id).where(
        Decision.remark_id.in_(remark_ids),
        Decision.verb.in_(("confirm", "move")),
        Decision.undone_at.is_(None),
    )
    tied = select(Match.remark_id, Match.decided_by).where(
        Match.remark_id.in_(remark_ids), Match.decided_by.is_not(None)
    )
    found: dict[int, set[int]] = {}
    for remark_id, account_id in (*session.execute(query), *session.execute(tied)):
        found.setdefault(remark_id, set()).add(account_id)
    return found


def reopen(session: Session, remark_id: int, closed_at: datetime) -> None:
    """Open again the dispute that was decided at a moment."""
    session.execute(
        update(Dispute)
        .where(Dispute.remark_id == remark_id, Dispute.closed_at == closed_at)
        .values(outcome=None, closed_at=None, closed_by=None)
    )


def forget_correction(session: Session, decision_id: int, moment: datetime) -> None:
    """Mark as undone the correction that was made with a decision."""
    session.execute(
        update(Correction).where(Correction.decision_id == decision_id).values(undone_at=moment)
    )


def is_corrected(session: Session, remark_id: int) -> bool:
    """Return whether a correction of a remark stands."""
    query = select(Correction.id).where(
        Correction.remark_id == remark_id, Correction.undone_at.is_(None)
    )
    return session.scalar(query.limit(1)) is not None


def corrected_remarks(session: Session, practice_id: int) -> int:
    """Return how many corrections of a practice stand."""
    query = select(func.count()).where(
        Correction.practice_id == practice_id, Correction.undone_at.is_(None)
    )
    return session.scalar(query) or 0


def as_read(
    session: Session, practice_id: int, limit: int
) -> Iterator[tuple[Remark, str, Correction | None]]:
    """Yield the newest remarks of comments that are not held, their answer, each correction.

    A remark with several corrections comes several times, the first correction last.
    """
    query = (
        select(Remark, Answer.text, Correction)
        .join(Answer, Answer.id == Remark.answer_id)
        .join(Comment, Comment.id == Remark.comment_id)
        .outerjoin(Correction, (Correction.remark_id == Remark.id) & Correction.undone_at.is_(None))
        .where(
            Remark.practice_id == practice_id, Remark.state != "rejected", Comment.hold == "none"
        )
        .order_by(Remark.id.desc(), Correction.id.desc())
        .limit(limit)
    )
    for row in session.execute(query):
        yield row[0], row[1], row[2]


def made_between(session: Session, practice_id: int, start: date, end: date) -> int:
    """Return how many disputes were made from `start` up to but not including `end`.

    Those that their person took back are left out.
    """
    query = select(func.count()).where(
        Dispute.practice_id == practice_id,
        Dispute.made_on >= start,
        Dispute.made_on < end,
        Dispute.outcome.is_distinct_from("withdrawn"),
    )
    return session.scalar(query) or 0


def shown_between(session: Session, practice_id: int, start: date, end: date) -> int:
    """Return how many ties of remarks to people were shown, or disputed, of a run of days."""
    query = (
        select(func.count(Match.id.distinct()))
        .join(Remark, Remark.id == Match.remark_id)
        .join(Comment, Comment.id == Remark.comment_id)
        .outerjoin(
            Dispute,
            (Dispute.remark_id == Match.remark_id) & (Dispute.staff_id == Match.staff_id),
        )
        .where(
            Match.practice_id == practice_id,
            Comment.local_day >= start,
            Comment.local_day < end,
            Match.shown_at.is_not(None) | Dispute.id.is_not(None),
        )
    )
    return session.scalar(query) or 0


def answers(session: Session, answer_ids: Sequence[int]) -> dict[int, str]:
    """Return the texts of some answers, by answer."""
    query = select(Answer.id, Answer.text).where(Answer.id.in_(answer_ids))
    return {row[0]: row[1] for row in session.execute(query)}


def hurtful(session: Session, answer_ids: Iterable[int]) -> list[tuple[int, int, int]]:
    """Return (answer, start, stop) of remarks disputed as abusive or discriminatory.

    An open dispute counts, and one that was upheld; none that was kept or taken back.
    """
    query = (
        select(Remark.answer_id, Remark.start, Remark.stop)
        .join(Dispute, Dispute.remark_id == Remark.id)
        .where(
            Remark.answer_id.in_(answer_ids),
            Dispute.ground.in_(HURTFUL),
            Dispute.outcome.is_(None) | (Dispute.outcome == "upheld"),
        )
        .distinct()
    )
    return [(row[0], row[1], row[2]) for row in session.execute(query)]
