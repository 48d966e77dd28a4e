"""Going on from the middle of a conversation that was finished: the same up to there, then anew.

    finished   1 seen  2 straight  3 soon          from moment 3   1 seen  2 straight  3 …

What was said before is carried over; it was first answered in the earlier play, and counts there.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from training.services import pinned
from training.services.people import NotFound
from training.services.signing_in import Viewer
from training.store import plays
from training.store.tables import Move, Play


def again_from(
    session: Session, *, viewer: Viewer, public_id: str, number: int, moment: datetime
) -> str:
    """Begin a play that stands at moment `number` of a finished one; return its public id.

    Where a play of the conversation is unfinished it is taken up instead. Raises `NotFound`, also
    for a transfer check and for a moment that there was not.
    """
    if viewer.staff_id is None:
        raise NotFound
    plays.lock(session, viewer.practice_id, viewer.staff_id)
    old = plays.own(session, viewer.practice_id, viewer.staff_id, public_id)
    if old is None or old.finished_at is None:
        raise NotFound
    run = pinned.runs(session, rows=[old])[0]
    if run.scenario.script.kind == "transfer" or not 1 <= number <= len(run.kept):
        raise NotFound
    slugs = {old.slug, *run.scenario.slugs}
    row = plays.unfinished(session, viewer.practice_id, viewer.staff_id, slugs)
    if row is None:
        row = _carried(session, run, number, moment)
    session.commit()
    return row.public_id


def _carried(session: Session, run: pinned.Run, number: int, moment: datetime) -> Play:
    old, kept = run.row, run.kept[: number - 1]
    row = Play(
        practice_id=old.practice_id,
        staff_id=old.staff_id,
        slug=old.slug,
        digest=old.digest,
        seed=old.seed,
        hints=[move.scene for move in kept if move.hinted],
        started_at=moment,
    )
    session.add(row)
    session.flush()
    session.add_all(
        Move(
            practice_id=old.practice_id,
            play_id=row.id,
            number=at,
            scene=move.scene,
            choice=move.choice,
            hinted=move.hinted,
            carried=True,
            at=moment,
        )
        for at, move in enumerate(kept, start=1)
    )
    session.flush()
    return row
