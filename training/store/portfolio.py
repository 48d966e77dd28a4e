"""Named queries about what a person may put into their portfolio."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from training.store.tables import Answer, Reflection, Remark

Written = tuple[Reflection, str, Answer]


def reflections(session: Session, practice_id: int, staff_id: int) -> list[Written]:
    """Return a person's reflections with their remarks' public ids and their answers, oldest first."""
    query = (
        select(Reflection, Remark.public_id, Answer)
        .join(Remark, Remark.id == Reflection.remark_id)
        .join(Answer, Answer.id == Remark.answer_id)
        .where(Reflection.practice_id == practice_id, Reflection.staff_id == staff_id)
        .order_by(Reflection.id)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(query)]
