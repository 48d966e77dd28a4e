"""Named queries about comments that may be one text sent many times about one person."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from training.store.tables import Answer, Comment, Decision, Match, Remark, Staff

ORDINARY = (Comment.reading_state == "read", Comment.hold.in_(("none", "doubtful")))


@dataclass(frozen=True, slots=True)
class Near:
    """A comment about a person: its number, its day, and its words."""

    number: int
    day: date
    text: str


def people_of(session: Session, comment_ids: Sequence[int]) -> dict[int, list[tuple[int, date]]]:
    """Return by staff member the (number, day) of those of some comments that may be about them."""
    query = (
        select(Match.staff_id, Comment.id, Comment.local_day)
        .join(Remark, Remark.id == Match.remark_id)
        .join(Comment, Comment.id == Remark.comment_id)
        .where(Comment.id.in_(comment_ids), Match.state != "rejected", Comment.hold == "none")
        .distinct()
        .order_by(Match.staff_id, Comment.id)
    )
    found: dict[int, list[tuple[int, date]]] = {}
    for staff_id, number, day in session.execute(query):
        found.setdefault(staff_id, []).append((number, day))
    return found


def about(session: Session, staff_id: int, first: date, last: date) -> list[Near]:
    """Return the comments that may be about somebody, left between two days, both included."""
    tied = (
        select(Remark.comment_id)
        .join(Match, Match.remark_id == Remark.id)
        .where(Match.staff_id == staff_id, Match.state != "rejected")
    )
    practice_id = select(Staff.practice_id).where(Staff.id == staff_id).scalar_subquery()
    query = (
        select(Comment.id, Comment.local_day, Answer.text)
        .join(Answer, Answer.comment_id == Comment.id)
        .where(
            *ORDINARY,
            Comment.practice_id == practice_id,
            Comment.local_day.between(first, last),
            Comment.id.in_(tied),
        )
        .order_by(Comment.id, Answer.id)
    )
    texts: dict[tuple[int, date], list[str]] = {}
    for number, day, text in session.execute(query):
        texts.setdefault((number, day), []).append(text)
    return [Near(number, day, " ".join(parts)) for (number, day), parts in texts.items()]


def hold(session: Session, comment_ids: Collection[int]) -> int:
    """Set comments apart as alike, unless somebody has looked at them or decided a remark of them."""
    decided = exists().where(Remark.comment_id == Comment.id, Decision.remark_id == Remark.id)
    query = (
        update(Comment)
        .where(
            Comment.id.in_(comment_ids),
            Comment.hold == "none",
            Comment.hold_closed_at.is_(None),
            ~decided,
        )
        .values(hold="doubtful", doubt="alike")
        .returning(Comment.id)
        .execution_options(synchronize_session="fetch")
    )
    return len(session.scalars(query).all())


def names(session: Session, comment_ids: Sequence[int]) -> dict[int, list[Staff]]:
    """Return whom each of some comments may be about, by family name."""
    query = (
        select(Remark.comment_id, Staff)
        .join(Match, Match.remark_id == Remark.id)
        .join(Staff, Staff.id == Match.staff_id)
        .where(Remark.comment_id.in_(comment_ids), Match.state != "rejected")
        .order_by(Staff.family_name, Staff.id)
    )
    found: dict[int, list[Staff]] = {}
    for number, staff in session.execute(query):
        if staff not in found.setdefault(number, []):
            found[number].append(staff)
    return found
