"""Named queries for two ways through the queue: the certain together, and what ten minutes help most."""

from datetime import datetime

from sqlalchemy import ScalarSelect, and_, case, exists, func, select
from sqlalchemy.orm import Session, aliased

from training.store.matches import CRITICAL, Reach, in_queue
from training.store.tables import Answer, Comment, Decision, Match, Remark, Staff

SERIOUS = 2
CertainRow = tuple[Remark, Match, Staff, Comment, Answer]


def certain(
    session: Session, reach: Reach, *, limit: int, public_id: str | None = None
) -> list[CertainRow]:
    """Return the waiting remarks that are tied to one person only, and surely, oldest first.

    A serious comment is never among them. `public_id` asks for one remark.
    """
    only = [Remark.public_id == public_id] if public_id is not None else []
    query = (
        select(Remark, Match, Staff, Comment, Answer)
        .join(Comment, Comment.id == Remark.comment_id)
        .join(Match, Match.remark_id == Remark.id)
        .join(Staff, Staff.id == Match.staff_id)
        .join(Answer, Answer.id == Remark.answer_id)
        .where(
            *in_queue(reach),
            Remark.state == "waiting",
            func.coalesce(Comment.severity, 0) < SERIOUS,
            Match.certain.is_(True),
            _ties() == 1,
            *only,
        )
        .order_by(Comment.received_at, Comment.id, Remark.id)
        .limit(limit)
    )
    return [(row[0], row[1], row[2], row[3], row[4]) for row in session.execute(query)]


def _ties() -> ScalarSelect[int]:
    every = aliased(Match)
    inner = select(func.count()).select_from(every).where(every.remark_id == Remark.id)
    return inner.correlate(Remark).scalar_subquery()


def batch(session: Session, account_id: int, name: str) -> list[Decision]:
    """Return what an account confirmed together and what of it stands, in the order decided."""
    query = select(Decision).where(
        Decision.account_id == account_id, Decision.batch == name, Decision.undone_at.is_(None)
    )
    return list(session.scalars(query.order_by(Decision.id)))


def most_helpful(session: Session, reach: Reach, *, before: datetime, limit: int) -> list[str]:
    """Return the public ids of comments to review in the order that helps most.

    Serious ones; criticism that arrived before `before`, oldest first; then the quickest to decide.
    """
    criticism = exists().where(
        Remark.comment_id == Comment.id,
        Remark.state == "waiting",
        Remark.sentiment.in_(CRITICAL),
    )
    serious = func.coalesce(Comment.severity, 0) >= SERIOUS
    old = and_(criticism, Comment.received_at < before)
    query = (
        select(Comment.public_id)
        .where(*in_queue(reach))
        .order_by(
            case((serious, 0), (old, 1), else_=2),
            case((serious | old, Comment.received_at)),
            _undecided(),
            _candidates(),
            Comment.received_at,
            Comment.id,
        )
        .limit(limit)
    )
    return list(session.scalars(query))


def _undecided() -> ScalarSelect[int]:
    inner = (
        select(func.count())
        .select_from(Remark)
        .where(Remark.comment_id == Comment.id, Remark.state == "waiting")
    )
    return inner.correlate(Comment).scalar_subquery()


def _candidates() -> ScalarSelect[int]:
    inner = (
        select(func.count())
        .select_from(Match)
        .join(Remark, Remark.id == Match.remark_id)
        .where(Remark.comment_id == Comment.id, Remark.state == "waiting", Match.certain.is_(False))
    )
    return inner.correlate(Comment).scalar_subquery()
