"""Named queries about what people were shown of what was said about them, and when."""

from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from training.store.matches import CRITICAL, stands
from training.store.tables import Comment, Match, Remark


def first_news(
    session: Session, practice_id: int, start: date, before: datetime
) -> dict[int, date]:
    """Return by person the day of the oldest comment with praise or criticism that is news to them.

    News is what they were not shown before a moment. Comments before `start` are left out, and so
    is whom nothing is news to.
    """
    query = (
        select(Match.staff_id, func.min(Comment.local_day))
        .select_from(Match)
        .join(Remark, Remark.id == Match.remark_id)
        .join(Comment, Comment.id == Remark.comment_id)
        .where(
            Match.practice_id == practice_id,
            stands(),
            or_(Match.shown_at.is_(None), Match.shown_at >= before),
            Remark.state.in_(("settled", "confirmed")),
            Remark.sentiment.in_(("positive", *CRITICAL)),
            Comment.local_day >= start,
            Comment.reading_state == "read",
            Comment.hold == "none",
            Comment.may_learn.is_(True),
        )
        .group_by(Match.staff_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}
