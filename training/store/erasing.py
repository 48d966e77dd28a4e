"""Erasing comments: the words, what was read in them and who they were tied to go; a tombstone stays.

comment 7 "She was rude."  ──erase──►  comment 7, erased on 16 March, by nobody or by an admin
    answer, remark, match, decision          gone, in whatever table they stand
    suggestion [remark 9, remark 12]         [remark 12]
    an open case                             stays, without a word of what was said
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select, update
from sqlalchemy.orm import Session

from training.store import cases
from training.store.chunks import chunks
from training.store.references import drop_parts, table_of
from training.store.tables import Comment, Remark, Suggestion
from training.store.tables.comments import SAFEGUARDED

# What stays: that there was a comment, how it came and when, and the keys by which a repeated post or
# a file imported again would make it anew. A column that is added later is erased unless it is named.
TOMBSTONE = frozenset(
    {
        "id", "public_id", "practice_id", "post_key", "import_ref", "source", "site_id",
        "received_at", "local_day", "reading_state", "attempts", "erased_at", "erased_by",
    }
)  # fmt: skip
EMPTY: dict[str, Any] = {
    "openness": "anonymous",
    "about": "unsaid",
    "hold": "none",
    "flags": [],
    "had_visit": False,
    "may_learn": False,
    "may_publish": False,
}


def older(session: Session, practice_id: int, before: date, limit: int) -> list[int]:
    """Return the ids of comments left before a day that may be erased, oldest first."""
    query = (
        select(Comment.id)
        .where(*_older(practice_id, before), ~_open_hold())
        .order_by(Comment.local_day, Comment.id)
        .limit(limit)
    )
    return list(session.scalars(query))


def count_older(session: Session, practice_id: int, before: date) -> int:
    """Return how many comments left before a day may be erased."""
    query = select(func.count()).where(*_older(practice_id, before), ~_open_hold())
    return session.scalar(query) or 0


def count_held_older(session: Session, practice_id: int, before: date) -> int:
    """Return how many comments left before a day wait until those who safeguard dealt with them."""
    query = select(func.count()).where(*_older(practice_id, before), _open_hold())
    return session.scalar(query) or 0


def _older(practice_id: int, before: date) -> list[ColumnElement[bool]]:
    return [
        Comment.practice_id == practice_id,
        Comment.local_day < before,
        Comment.reading_state != "erased",
    ]


def _open_hold() -> ColumnElement[bool]:
    return and_(Comment.hold.in_(SAFEGUARDED), Comment.hold_closed_at.is_(None))


def erase(
    session: Session,
    comment_ids: Sequence[int],
    *,
    moment: datetime,
    account_id: int | None = None,
) -> None:
    """Erase comments with every row that hangs on them; does not commit.

    `account_id` is whoever asked for it; None where the time to keep them was over.
    """
    forget_in_suggestions(session, comment_ids)
    cases.forget(session, comment_ids)
    blank = {column.name: EMPTY.get(column.name) for column in table_of(Comment).columns}
    blank = {name: value for name, value in blank.items() if name not in TOMBSTONE}
    for chunk in chunks(comment_ids):
        drop_parts(session, table_of(Comment), chunk)
        session.execute(
            update(Comment)
            .where(Comment.id.in_(chunk))
            .values(**blank, reading_state="erased", erased_at=moment, erased_by=account_id)
        )
    session.expire_all()


def back_again(session: Session, public_ids: Sequence[str]) -> dict[int, list[int]]:
    """Return by practice the ids of comments that were erased and stand here with their words."""
    found: dict[int, list[int]] = {}
    for chunk in chunks(public_ids):
        query = select(Comment.practice_id, Comment.id).where(
            Comment.public_id.in_(chunk), Comment.erased_at.is_(None)
        )
        for practice_id, number in session.execute(query):
            found.setdefault(practice_id, []).append(number)
    return found


def forget_in_suggestions(session: Session, comment_ids: Sequence[int]) -> None:
    """Take the remarks of comments out of the suggestions they gave a reason for; does not commit."""
    for chunk in chunks(comment_ids):
        query = select(Remark.id, Remark.practice_id).where(Remark.comment_id.in_(chunk))
        rows = session.execute(query).all()
        gone, practices = {row.id for row in rows}, {row.practice_id for row in rows}
        for row in session.scalars(select(Suggestion).where(Suggestion.practice_id.in_(practices))):
            if gone & set(row.remark_ids):
                row.remark_ids = [number for number in row.remark_ids if number not in gone]
    session.flush()


def by_reference(
    session: Session, practice_id: int, site_ids: Sequence[int], public_id: str
) -> Comment | None:
    """Return a comment that is not erased, by its reference; `site_ids` empty means every site."""
    query = select(Comment).where(
        Comment.practice_id == practice_id,
        Comment.public_id == public_id,
        Comment.reading_state != "erased",
    )
    if site_ids:
        query = query.where(Comment.site_id.in_(site_ids))
    return session.scalar(query)
