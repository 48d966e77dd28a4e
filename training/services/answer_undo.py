"""Taking back an answer to a suggestion that was given by mistake.

    later · not useful · already did · not about me ──within a day──► offered (accepted, if rehearsal began)
                                                      refused where another suggestion has its place

An answer freezes nothing: remarks are disputed one by one, each with an undo of its own. Neither an
answer nor its undoing leaves a row in the audit, because a suggestion is seen by its person alone.
"""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from training.feedback.suggestion import MOST_SUGGESTIONS
from training.services.people import NotFound
from training.services.signing_in import Viewer
from training.store import plays
from training.store import suggestions as store
from training.store.suggestions import DECLINED
from training.store.tables import Suggestion

UNDO_FOR = timedelta(days=1)
UNDOABLE = ("later", *DECLINED)


class AnswerStands(Exception):
    """The answer cannot be taken back; `why` is day_over, place_taken or went_on."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def undoable(session: Session, *, viewer: Viewer, public_id: str, moment: datetime) -> bool:
    """Return whether the viewer can still take back what they said to a suggestion of theirs."""
    try:
        row = _own(session, viewer, public_id)
    except NotFound:
        return False
    return _obstacle(session, row, moment) == ""


def undo(session: Session, *, viewer: Viewer, public_id: str, moment: datetime) -> None:
    """Take back one's answer, so that the suggestion is open again; pressed twice, nothing more happens.

    Raises `NotFound` for anybody else's suggestion, and `AnswerStands` where it is too late.
    """
    row = _own(session, viewer, public_id)
    if row.state == "offered":
        return
    why = _obstacle(session, row, moment)
    if why:
        raise AnswerStands(why)
    began = plays.began_from(session, row.id)
    state = "accepted" if began else "offered"
    if not store.reopen(session, row, state=state, answered_at=began):
        session.rollback()
        raise AnswerStands("went_on")
    session.commit()


def _own(session: Session, viewer: Viewer, public_id: str) -> Suggestion:
    if viewer.staff_id is None:
        raise NotFound
    row = store.own(session, viewer.practice_id, viewer.staff_id, public_id)
    if row is None:
        raise NotFound
    return row


def _obstacle(session: Session, row: Suggestion, moment: datetime) -> str:
    """Return why an answer can no longer be taken back, "" where it can."""
    if row.state not in UNDOABLE or row.answered_at is None:
        return "went_on"
    if moment - row.answered_at > UNDO_FOR:
        return "day_over"
    others = [
        other.skill
        for other in store.holding(session, row.practice_id, row.staff_id)
        if other.id != row.id
    ]
    return "place_taken" if row.skill in others or len(others) >= MOST_SUGGESTIONS else ""
