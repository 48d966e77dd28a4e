"""Named queries about cases, as far as somebody who safeguards may come across them.

Their reach is that of the queue: the practice, their sites, what came from no known site, and never
a case of a comment that is about themselves.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, func, or_, select, update
from sqlalchemy.orm import Session

from training.store.chunks import chunks
from training.store.matches import Reach, not_about
from training.store.references import drop as drop_rows
from training.store.references import table_of
from training.store.tables import (
    Account,
    AccountSite,
    Case,
    CaseEntry,
    Comment,
    CommentStaff,
    Match,
    Remark,
)

_OF = Comment.id == Case.comment_id
OPEN, OVERDUE, CLOSED = "open", "overdue", "closed"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cases are open, how many of those are overdue, and how many are closed."""

    open: int
    overdue: int
    closed: int


def counts(session: Session, reach: Reach, today: date) -> Counts:
    """Count the cases within reach."""
    shown = (OPEN, OVERDUE, CLOSED)
    numbers = (func.count().filter(*_shown(name, today)) for name in shown)
    query = select(*numbers).select_from(Case).outerjoin(Comment, _OF).where(*within(reach))
    return Counts(*(int(n) for n in session.execute(query).one()))


def run(
    session: Session, reach: Reach, *, show: str, today: date, offset: int, limit: int
) -> list[Case]:
    """Return a run of the open or overdue cases, first due first, or of the closed, newest first."""
    order = (Case.closed_at.desc(),) if show == CLOSED else (Case.due_on, Case.opened_at)
    query = select(Case).outerjoin(Comment, _OF).where(*within(reach), *_shown(show, today))
    return list(session.scalars(query.order_by(*order, Case.id).offset(offset).limit(limit)))


def one(session: Session, reach: Reach, public_id: str) -> Case | None:
    """Return a case within reach, open or closed, or None."""
    query = select(Case).outerjoin(Comment, _OF)
    return session.scalar(query.where(*within(reach), Case.public_id == public_id))


def of_comments(session: Session, comment_ids: Iterable[int]) -> dict[int, Case]:
    """Return the cases of some comments, by comment."""
    query = select(Case).where(Case.comment_id.in_(list(comment_ids)))
    return {row.comment_id: row for row in session.scalars(query) if row.comment_id is not None}


def visible(reach: Reach) -> Select[int]:
    """Return a query for the numbers of the cases within reach."""
    return select(Case.id).outerjoin(Comment, _OF).where(*within(reach))


def within(reach: Reach) -> list[ColumnElement[bool]]:
    """Say that a case is of the practice and sites of who is looking, and not about them."""
    found = [Case.practice_id == reach.practice_id, *not_about(reach)]
    if reach.site_ids:
        found.append(or_(Case.site_id.in_(reach.site_ids), Case.site_id.is_(None)))
    return found


def _shown(show: str, today: date) -> list[ColumnElement[bool]]:
    if show == CLOSED:
        return [Case.closed_at.is_not(None)]
    late = [Case.due_on < today] if show == OVERDUE else []
    return [Case.closed_at.is_(None), *late]


def claim(session: Session, case_id: int, version: int) -> bool:
    """Raise a case's version if it is still `version`; return whether it was (one wins)."""
    won = session.execute(
        update(Case)
        .where(Case.id == case_id, Case.version == version)
        .values(version=version + 1)
        .returning(Case.id)
    )
    return won.scalar() is not None


def entries(session: Session, case_id: int) -> list[CaseEntry]:
    """Return the log of a case, oldest first."""
    query = select(CaseEntry).where(CaseEntry.case_id == case_id).order_by(CaseEntry.id)
    return list(session.scalars(query))


def concerned(session: Session, comment_ids: Sequence[int]) -> set[int]:
    """Return the staff that comments may be about: tied to a remark in any state, or tapped."""
    tied = (
        select(Match.staff_id)
        .join(Remark, Remark.id == Match.remark_id)
        .where(Remark.comment_id.in_(comment_ids))
    )
    tapped = select(CommentStaff.staff_id).where(
        CommentStaff.comment_id.in_(comment_ids), CommentStaff.tapped.is_(True)
    )
    return set(session.scalars(tied.union(tapped)))


def owners(session: Session, case: Case) -> list[Account]:
    """Return who may own a case, by name: they safeguard, reach its site, and it is not about them."""
    here = select(AccountSite.account_id)
    query = select(Account).where(
        Account.practice_id == case.practice_id,
        Account.may_safeguard.is_(True),
        Account.disabled_at.is_(None),
    )
    if case.site_id is not None:
        there = here.where(AccountSite.site_id == case.site_id)
        query = query.where(or_(Account.id.not_in(here), Account.id.in_(there)))
    about = concerned(session, [case.comment_id]) if case.comment_id is not None else set()
    rows = session.scalars(query.order_by(Account.name, Account.id))
    return [row for row in rows if row.staff_id is None or row.staff_id not in about]


def hold(session: Session, comment_id: int) -> bool:
    """Hold a comment for those who safeguard if nobody holds it; return whether that was so."""
    won = session.execute(
        update(Comment)
        .where(Comment.id == comment_id, Comment.hold == "none")
        .values(hold="safety", hold_closed_at=None, hold_closed_by=None, hold_outcome=None)
        .returning(Comment.id)
    )
    return won.scalar() is not None


def forget(session: Session, comment_ids: Sequence[int]) -> None:
    """Take out of cases what erased comments said: closed ones go, of open ones only the words.

    Does not commit.
    """
    for chunk in chunks(comment_ids):
        found = session.execute(select(Case.id, Case.closed_at).where(Case.comment_id.in_(chunk)))
        rows = found.all()
        drop_rows(session, table_of(Case), [row.id for row in rows if row.closed_at is not None])
        of_them = CaseEntry.case_id.in_([row.id for row in rows])
        session.execute(update(CaseEntry).where(of_them).values(words=""))


def drop(session: Session, comment_ids: Sequence[int]) -> None:
    """Delete the cases of comments that are about to be deleted whole; does not commit."""
    for chunk in chunks(comment_ids):
        found = session.scalars(select(Case.id).where(Case.comment_id.in_(chunk)))
        drop_rows(session, table_of(Case), list(found))
