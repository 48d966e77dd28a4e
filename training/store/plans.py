"""Named queries about improvement plans and what patients are told of them."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from training.store.tables import (
    Account,
    Answer,
    BoardNote,
    Comment,
    Plan,
    PlanNote,
    PlanReview,
    PlanStep,
    Site,
)


def of_practice(session: Session, practice_id: int, site_ids: Sequence[int]) -> list[Plan]:
    """Return the plans of a practice, or of some of its sites, the newest start first."""
    query = _in_scope(select(Plan), practice_id, site_ids)
    return list(session.scalars(query.order_by(Plan.started_on.desc(), Plan.id.desc())))


def one(session: Session, practice_id: int, site_ids: Sequence[int], public_id: str) -> Plan | None:
    """Return a plan, or None where it is not this practice's or out of these sites."""
    query = _in_scope(select(Plan), practice_id, site_ids)
    return session.scalar(query.where(Plan.public_id == public_id))


def _in_scope(query: Select[Plan], practice_id: int, site_ids: Sequence[int]) -> Select[Plan]:
    query = query.where(Plan.practice_id == practice_id)
    return query.where(Plan.site_id.in_(site_ids)) if site_ids else query


def starts(
    session: Session, practice_id: int, site_ids: Sequence[int], topic: str
) -> list[tuple[date, str]]:
    """Return the first day and the name of each plan about a topic, oldest first.

    site_ids: plans of these sites and of the whole practice; none is every site.
    """
    query = select(Plan.started_on, Plan.name).where(
        Plan.practice_id == practice_id, Plan.topic == topic
    )
    if site_ids:
        query = query.where(or_(Plan.site_id.is_(None), Plan.site_id.in_(site_ids)))
    found = session.execute(query.order_by(Plan.started_on, Plan.id))
    return [(row[0], row[1]) for row in found]


def owned(session: Session, account_id: int) -> list[str]:
    """Return the names of the plans that somebody owns, oldest first."""
    return list(
        session.scalars(select(Plan.name).where(Plan.owner_id == account_id).order_by(Plan.id))
    )


def owners(session: Session, practice_id: int) -> list[Account]:
    """Return who may own a plan: everybody who can sign in, by name."""
    query = select(Account).where(Account.practice_id == practice_id, Account.disabled_at.is_(None))
    return list(session.scalars(query.order_by(Account.name, Account.id)))


def steps(session: Session, plan_id: int) -> list[PlanStep]:
    """Return the steps of a plan in the order they were written, removed ones left out."""
    query = select(PlanStep).where(PlanStep.plan_id == plan_id, PlanStep.removed_on.is_(None))
    return list(session.scalars(query.order_by(PlanStep.id)))


def step(session: Session, plan_id: int, public_id: str) -> PlanStep | None:
    """Return one step of a plan, removed or not."""
    return session.scalar(
        select(PlanStep).where(PlanStep.plan_id == plan_id, PlanStep.public_id == public_id)
    )


def steps_due(session: Session, plan_ids: Sequence[int], before: date) -> list[PlanStep]:
    """Return the steps of some plans that are not done and due before a day, soonest first."""
    query = select(PlanStep).where(
        PlanStep.plan_id.in_(plan_ids),
        PlanStep.removed_on.is_(None),
        PlanStep.done_on.is_(None),
        PlanStep.due_on < before,
    )
    return list(session.scalars(query.order_by(PlanStep.due_on, PlanStep.id)))


def reviews(session: Session, plan_id: int) -> list[PlanReview]:
    """Return the reviews of a plan by day."""
    query = select(PlanReview).where(PlanReview.plan_id == plan_id)
    return list(session.scalars(query.order_by(PlanReview.on_day)))


def review(session: Session, plan_id: int, public_id: str) -> PlanReview | None:
    """Return one review of a plan."""
    return session.scalar(
        select(PlanReview).where(PlanReview.plan_id == plan_id, PlanReview.public_id == public_id)
    )


def next_reviews(session: Session, plan_ids: Sequence[int]) -> dict[int, date]:
    """Return by plan the day of the first review that was not held."""
    query = (
        select(PlanReview.plan_id, func.min(PlanReview.on_day))
        .where(PlanReview.plan_id.in_(plan_ids), PlanReview.held_on.is_(None))
        .group_by(PlanReview.plan_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def notes(session: Session, plan_id: int) -> list[tuple[PlanNote, str]]:
    """Return the notes on a plan with who wrote them, oldest first."""
    query = (
        select(PlanNote, Account.name)
        .join(Account, Account.id == PlanNote.account_id)
        .where(PlanNote.plan_id == plan_id)
        .order_by(PlanNote.id)
    )
    return [(row, name) for row, name in session.execute(query)]


def told(session: Session, plan_id: int) -> BoardNote | None:
    """Return what patients were told last of a plan, whether it is still up or not."""
    query = select(BoardNote).where(BoardNote.plan_id == plan_id)
    return session.scalar(query.order_by(BoardNote.id.desc()).limit(1))


def site_of_board(session: Session, public_id: str) -> Site | None:
    """Return the site of a public board, of whichever practice."""
    return session.scalar(select(Site).where(Site.public_id == public_id))


def board(session: Session, site: Site) -> list[tuple[BoardNote, Plan]]:
    """Return what is up at a site: of its own plans and of the whole practice's, newest first."""
    query = (
        select(BoardNote, Plan)
        .join(Plan, Plan.id == BoardNote.plan_id)
        .where(
            BoardNote.practice_id == site.practice_id,
            BoardNote.taken_down_at.is_(None),
            or_(Plan.site_id.is_(None), Plan.site_id == site.id),
        )
        .order_by(BoardNote.published_at.desc(), BoardNote.id.desc())
    )
    return [(note, plan) for note, plan in session.execute(query)]


def kept_back(session: Session, practice_id: int, since: date) -> list[str]:
    """Return the answers, left from a day on, of patients who did not allow that they be published."""
    query = (
        select(Answer.text)
        .join(Comment, Comment.id == Answer.comment_id)
        .where(
            Comment.practice_id == practice_id,
            Comment.local_day >= since,
            Comment.may_publish.is_(False),
        )
    )
    return list(session.scalars(query))
