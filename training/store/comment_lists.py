"""Named queries for the comments whose words a manager may read."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from training.store.counts import Said, Scope, counted, holding
from training.store.tables import Answer, Comment


def run(
    session: Session,
    scope: Scope,
    said: Said,
    *,
    site_id: int | None,
    stage: str,
    offset: int,
    limit: int,
) -> list[int]:
    """Return a run of the ids of counted comments that staff may learn from.

    site_id None and stage "" are any. The order is that of the random public ids: it tells neither
    the day nor anything about what was said.
    """
    query = select(Comment.id).where(*counted(scope), *holding(said), Comment.may_learn.is_(True))
    if site_id is not None:
        query = query.where(Comment.site_id == site_id)
    if stage:
        query = query.where(Comment.stage == stage)
    query = query.order_by(Comment.public_id).offset(offset).limit(limit)
    return list(session.scalars(query))


def answers(session: Session, comment_ids: Sequence[int]) -> dict[int, list[Answer]]:
    """Return the answers of some comments in the order of the form, by comment, in their order."""
    query = select(Answer).where(Answer.comment_id.in_(comment_ids)).order_by(Answer.id)
    found: dict[int, list[Answer]] = {number: [] for number in comment_ids}
    for row in session.scalars(query):
        found[row.comment_id].append(row)
    return found
