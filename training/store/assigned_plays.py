"""What plays say of assignments: that one was finished; apart from what managers' pages may read."""

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from training.store.tables import Assignment, Play


def finish(session: Session, practice_id: int) -> int:
    """Note what was finished since it was assigned; return how many. Does not commit."""
    done = (
        Play.staff_id == Assignment.staff_id,
        Play.slug == Assignment.scenario,
        Play.finished_at >= Assignment.assigned_at,
    )
    first = select(Play.finished_at).where(*done).order_by(Play.finished_at).limit(1)
    query = (
        update(Assignment)
        .where(
            Assignment.practice_id == practice_id,
            Assignment.finished_at.is_(None),
            Assignment.withdrawn_at.is_(None),
            exists().where(*done),
        )
        .values(finished_at=first.scalar_subquery())
        .returning(Assignment.id)
        .execution_options(synchronize_session=False)
    )
    return len(session.execute(query).all())
