"""Named queries about remarks, the matches that tie them to staff, and what was decided of them.

A reviewer's reach: their practice, the sites of their scope, and never a comment about themselves.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, not_, or_, select, update
from sqlalchemy.orm import Session, aliased

from training.store.tables import (
    Answer,
    Comment,
    CommentStaff,
    Decision,
    Match,
    Remark,
    RemarkSkill,
    RemarkTheme,
    Staff,
)

CRITICAL = ("negative", "mixed")
# under names of their own: a query about one remark must still ask about all of its comment's
_any, _tie = aliased(Remark), aliased(Match)


@dataclass(frozen=True, slots=True)
class Reach:
    """What a reviewer may come across; `site_ids` empty means the whole practice."""

    practice_id: int
    site_ids: tuple[int, ...]
    staff_id: int | None


# --- The queue ---------------------------------------------------------------------------------


def out_of_reach(session: Session, practice_id: int, reaches: Iterable[Reach]) -> int:
    """Return how many comments wait for a decision and come before none of some reviewers."""
    everybody = Reach(practice_id, (), None)
    query = select(func.count()).select_from(Comment).where(*in_queue(everybody))
    for reach in reaches:
        query = query.where(not_(and_(*within(reach))))
    return session.scalar(query) or 0


def waiting_count(session: Session, reach: Reach) -> int:
    """Return how many comments hold a remark that a reviewer should decide."""
    return session.scalar(select(func.count()).where(*in_queue(reach))) or 0


def waiting(session: Session, reach: Reach, *, offset: int, limit: int) -> list[Comment]:
    """Return a run of the comments to review, by severity and then by age."""
    return list(session.scalars(_in_order(reach).offset(offset).limit(limit)))


def waiting_after(session: Session, reach: Reach, comment: Comment) -> Comment | None:
    """Return the comment that follows another in the queue, or the queue's first, or None."""
    severity = comment.severity or 0
    same = and_(_severity() == severity, Comment.received_at == comment.received_at)
    later = or_(
        _severity() < severity,
        and_(_severity() == severity, Comment.received_at > comment.received_at),
        and_(same, Comment.id > comment.id),
    )
    others = _in_order(reach).where(Comment.id != comment.id).limit(1)
    return session.scalar(others.where(later)) or session.scalar(others)


def _in_order(reach: Reach) -> Select[Comment]:
    order = (_severity().desc(), Comment.received_at, Comment.id)
    return select(Comment).where(*in_queue(reach)).order_by(*order)


def _severity() -> ColumnElement[int]:
    return func.coalesce(Comment.severity, 0)


def in_queue(reach: Reach) -> list[ColumnElement[bool]]:
    """Say that a comment within reach holds a remark that a reviewer should decide."""
    undecided = exists().where(_any.comment_id == Comment.id, _any.state == "waiting")
    return [*ordinary(reach), undecided]


def ordinary(reach: Reach) -> list[ColumnElement[bool]]:
    """Say that a comment is within reach, held by nobody, and not about who is looking."""
    return [*within(reach), Comment.hold == "none"]


def within(reach: Reach) -> list[ColumnElement[bool]]:
    """Say that a comment is of the practice and sites of who is looking, and not about them."""
    found = [Comment.practice_id == reach.practice_id]
    if reach.site_ids:
        found.append(Comment.site_id.in_(reach.site_ids))
    return [*found, *not_about(reach)]


def not_about(reach: Reach) -> list[ColumnElement[bool]]:
    """Say that a comment is neither tied to who is looking nor was their name tapped."""
    if reach.staff_id is None:
        return []
    about = exists().where(
        _any.comment_id == Comment.id, _tie.remark_id == _any.id, _tie.staff_id == reach.staff_id
    )
    tapped = exists().where(
        CommentStaff.comment_id == Comment.id,
        CommentStaff.staff_id == reach.staff_id,
        CommentStaff.tapped.is_(True),
    )
    return [~about, ~tapped]


# --- One comment -------------------------------------------------------------------------------


def comment(session: Session, reach: Reach, public_id: str) -> Comment | None:
    """Return an ordinary comment within reach, decided or not, or None."""
    own = [*ordinary(reach), Comment.public_id == public_id]
    return session.scalar(select(Comment).where(*own))


def remark(session: Session, reach: Reach, public_id: str) -> tuple[Remark, Comment] | None:
    """Return a remark of an ordinary comment within reach, and its comment, or None."""
    query = (
        select(Remark, Comment)
        .join(Comment, Comment.id == Remark.comment_id)
        .where(*ordinary(reach), Remark.public_id == public_id)
    )
    row = session.execute(query).first()
    return (row[0], row[1]) if row else None


def answers(session: Session, comment_id: int) -> list[Answer]:
    """Return the answers of a comment in the order of the form."""
    query = select(Answer).where(Answer.comment_id == comment_id).order_by(Answer.id)
    return list(session.scalars(query))


def remarks(session: Session, comment_ids: Iterable[int]) -> list[Remark]:
    """Return the remarks of some comments, each comment's in the order of its text."""
    query = select(Remark).where(Remark.comment_id.in_(list(comment_ids)))
    return list(session.scalars(query.order_by(Remark.comment_id, Remark.answer_id, Remark.start)))


def matches(session: Session, remark_ids: Iterable[int]) -> list[tuple[Match, Staff]]:
    """Return the matches of some remarks with whom they are to, the likeliest first."""
    query = (
        select(Match, Staff)
        .join(Staff, Staff.id == Match.staff_id)
        .where(Match.remark_id.in_(list(remark_ids)))
        .order_by(Match.remark_id, Match.confidence.desc(), Match.id)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def matches_of(session: Session, remark_id: int) -> list[Match]:
    """Return the matches of one remark, the likeliest first."""
    return [match for match, _ in matches(session, [remark_id])]


# --- Decisions ---------------------------------------------------------------------------------


def claim(session: Session, remark_id: int, version: int) -> bool:
    """Raise a remark's version if it is still `version`; return whether it was (one wins)."""
    won = session.execute(
        update(Remark)
        .where(Remark.id == remark_id, Remark.version == version)
        .values(version=version + 1)
        .returning(Remark.id)
    )
    return won.scalar() is not None


def decision(session: Session, account_id: int, public_id: str) -> Decision | None:
    """Return a decision that an account made, or None."""
    return session.scalar(
        select(Decision).where(
            Decision.account_id == account_id,
            Decision.public_id == public_id,
            Decision.undone_at.is_(None),
        )
    )


def last_decision(session: Session, remark_id: int) -> Decision | None:
    """Return what was decided last of a remark and stands, or None."""
    query = select(Decision).where(Decision.remark_id == remark_id, Decision.undone_at.is_(None))
    return session.scalar(query.order_by(Decision.id.desc()).limit(1))


def forget_matches(session: Session, remark_id: int, kept: Sequence[int]) -> None:
    """Delete the matches of a remark that were not there before a decision."""
    session.execute(delete(Match).where(Match.remark_id == remark_id, Match.id.not_in(kept)))


def forget_remark(session: Session, remark_id: int) -> None:
    """Delete a remark that nobody decided, with its topics and its matches."""
    for table in (RemarkSkill, RemarkTheme, Match):
        session.execute(delete(table).where(table.remark_id == remark_id))
    session.execute(delete(Remark).where(Remark.id == remark_id))


# --- What a person is shown --------------------------------------------------------------------


def _showable() -> list[ColumnElement[bool]]:
    """Say what may reach a person at all: consent, no hold, not rejected."""
    return [
        Comment.may_learn.is_(True),
        Comment.hold == "none",
        Comment.reading_state == "read",
        Remark.state.in_(("settled", "confirmed")),
    ]


def stands() -> ColumnElement[bool]:
    """Say that a match stands: confirmed, or certain on a remark with nothing to decide."""
    return or_(
        Match.state == "confirmed",
        and_(Match.state == "proposed", Match.certain.is_(True), Remark.state == "settled"),
    )


def _ready(practice_id: int) -> Select[Match]:
    return (
        select(Match)
        .join(Remark, Remark.id == Match.remark_id)
        .join(Comment, Comment.id == Remark.comment_id)
        .where(Match.practice_id == practice_id, Match.shown_at.is_(None), *_showable())
    )


def praise_to_show(session: Session, practice_id: int) -> list[Match]:
    """Return the matches of praise that is certain or confirmed and not yet shown."""
    query = _ready(practice_id).where(Remark.sentiment == "positive", stands())
    return list(session.scalars(query))


def criticism_to_show(session: Session, practice_id: int) -> list[Match]:
    """Return the matches of criticism that a reviewer confirmed and that is not yet shown."""
    query = _ready(practice_id).where(
        Remark.sentiment.in_(CRITICAL),
        Remark.state == "confirmed",
        Match.state == "confirmed",
        Match.decided_at.is_not(None),
    )
    return list(session.scalars(query))


def shown_to(
    session: Session,
    practice_id: int,
    staff_id: int,
    *,
    remark_ids: Collection[int] | None = None,
    public_id: str | None = None,
) -> list[tuple[Match, Remark, Comment, Answer]]:
    """Return what a person is shown, in no order that matters; all of it, some, or one remark."""
    query = (
        select(Match, Remark, Comment, Answer)
        .join(Remark, Remark.id == Match.remark_id)
        .join(Comment, Comment.id == Remark.comment_id)
        .join(Answer, Answer.id == Remark.answer_id)
        .where(*_shown_to(practice_id, staff_id))
    )
    if remark_ids is not None:
        query = query.where(Remark.id.in_(remark_ids))
    if public_id is not None:
        query = query.where(Remark.public_id == public_id)
    return [(row[0], row[1], row[2], row[3]) for row in session.execute(query)]


def shown_lines(
    session: Session, practice_id: int, staff_id: int
) -> list[tuple[int, str, str, date]]:
    """Return (remark, its public id, sentiment, day) of all that a person is shown, no words."""
    query = (
        select(Remark.id, Remark.public_id, Remark.sentiment, Comment.local_day)
        .select_from(Match)
        .join(Remark, Remark.id == Match.remark_id)
        .join(Comment, Comment.id == Remark.comment_id)
        .where(*_shown_to(practice_id, staff_id))
    )
    return [(row[0], row[1], row[2], row[3]) for row in session.execute(query)]


def _shown_to(practice_id: int, staff_id: int) -> list[ColumnElement[bool]]:
    return [
        Match.practice_id == practice_id,
        Match.staff_id == staff_id,
        Match.shown_at.is_not(None),
        *_showable(),
        stands(),
    ]
