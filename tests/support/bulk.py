"""Many read comments at once: where a test needs hundreds, row by row would take seconds."""

from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from tests.support.world import NOW, World
from training.store.tables import (
    Answer,
    Comment,
    Match,
    Remark,
    RemarkSkill,
    RemarkTheme,
    Site,
    Staff,
)


def add_comments(
    session: Session,
    world: World,
    day: date,
    n: int,
    topic: str,
    sentiment: str,
    *,
    about: Staff | None = None,
    site: Site | None = None,
) -> list[Remark]:
    """Add n comments of a day, each with one remark about a theme (or a person's skill)."""
    practice = world.practice.id
    comments = [
        Comment(
            practice_id=practice, source="import", openness="anonymous", stage="assessment",
            site_id=(site or world.site_one).id, channel="phone", may_learn=True, local_day=day,
            received_at=datetime(day.year, day.month, day.day, 9, tzinfo=UTC), reader="test/1",
            reading_state="read", read_at=NOW, severity=0, language="en", sentiment=sentiment,
            score=0.0,
        )
        for _ in range(n)
    ]  # fmt: skip
    session.add_all(comments)
    session.flush()
    answers = [
        Answer(practice_id=practice, comment_id=one.id, question="general", text="Words.")
        for one in comments
    ]
    session.add_all(answers)
    session.flush()
    remarks = [
        Remark(
            practice_id=practice, comment_id=one.comment_id, answer_id=one.id, start=0, stop=6,
            sentiment=sentiment, score=0.0, why=[], cause="person" if about else "system",
            state="settled",
        )
        for one in answers
    ]  # fmt: skip
    session.add_all(remarks)
    session.flush()
    for remark in remarks:
        if about is None:
            session.add(RemarkTheme(practice_id=practice, remark_id=remark.id, theme=topic))
        else:
            session.add(RemarkSkill(practice_id=practice, remark_id=remark.id, skill=topic))
            session.add(
                Match(
                    practice_id=practice, remark_id=remark.id, staff_id=about.id, confidence=1.0,
                    certain=True, evidence=["named"], state="proposed",
                )
            )  # fmt: skip
    session.commit()
    return remarks
