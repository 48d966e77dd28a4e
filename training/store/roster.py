"""Named queries about rows of the roster that mean one person."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from training.store import joining
from training.store.base import Base
from training.store.joining import Rule
from training.store.tables import FormerRosterId, Membership, Remark, Staff, Suggestion

OPEN = ("offered", "accepted", "later")


def lock(session: Session, practice_id: int, public_ids: tuple[str, ...]) -> dict[str, Staff]:
    """Return rows of the roster by public id, held until the transaction ends."""
    query = select(Staff).where(Staff.practice_id == practice_id, Staff.public_id.in_(public_ids))
    held = query.order_by(Staff.id).with_for_update().execution_options(populate_existing=True)
    return {row.public_id: row for row in session.scalars(held)}


def former_ids(session: Session, practice_id: int) -> dict[str, int]:
    """Return the numbers of the people that merged rows became, by the ids these had."""
    query = select(FormerRosterId).where(FormerRosterId.practice_id == practice_id)
    return {row.roster_id: row.staff_id for row in session.scalars(query)}


def join(session: Session, keep: Staff, gone: Staff, rules: dict[str, Rule]) -> None:
    """Give everything of one row to another and delete it, its id remembered. Does not commit."""
    former = FormerRosterId(
        practice_id=keep.practice_id, roster_id=gone.roster_id, staff_id=keep.id
    )
    numbers = keep.id, gone.id
    session.flush()
    joining.join(
        session, Base.metadata.tables["staff"], keep=numbers[0], gone=numbers[1], rules=rules,
        single=frozenset({"play", "mastery"}),
    )  # fmt: skip
    session.expunge(gone)
    session.add(former)
    session.flush()


def remarks_of_both(session: Session, first: int, second: int) -> list[int]:
    """Return the numbers of the remarks that are tied to both of two people."""
    match = Base.metadata.tables["match"]
    query = select(match.c.remark_id).where(match.c.staff_id == first)
    other = select(match.c.remark_id).where(match.c.staff_id == second)
    return list(session.scalars(query.intersect(other)))


def raise_versions(session: Session, remark_ids: list[int]) -> None:
    """Let nobody decide, or undo, from a page on which these remarks still had two people."""
    session.execute(
        update(Remark).where(Remark.id.in_(remark_ids)).values(version=Remark.version + 1)
    )


def lapse_doubled(session: Session, keep: int, gone: int) -> None:
    """Close the open suggestions of one row for skills that the other has an open one for."""
    skills = select(Suggestion.skill).where(Suggestion.staff_id == keep, Suggestion.state.in_(OPEN))
    session.execute(
        update(Suggestion)
        .where(Suggestion.staff_id == gone, Suggestion.state.in_(OPEN))
        .where(Suggestion.skill.in_(skills.scalar_subquery()))
        .values(state="lapsed"),
        execution_options={"synchronize_session": False},
    )


def teams(session: Session, staff_id: int) -> list[Membership]:
    """Return a person's memberships, oldest first."""
    query = select(Membership).where(Membership.staff_id == staff_id)
    return list(session.scalars(query.order_by(Membership.starts_on, Membership.id)))
