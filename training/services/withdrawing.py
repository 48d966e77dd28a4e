"""Withdrawing a comment because the patient asks the practice to: by its reference, for good.

    reference ──find──► Found(day, site, how it came)    no words: nobody need read them to erase them
              ──withdraw──► words, remarks, matches gone; the row stays: erased, by whom, when

Every sum is worked out from what is left, so the next page is right. There is no undo.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from training.services.people import NotFound
from training.services.review import site_names
from training.services.signing_in import Viewer
from training.store import audit, erasing
from training.store.tables import Comment


@dataclass(frozen=True, slots=True)
class Found:
    """What an admin is shown of a comment before it is erased."""

    reference: str
    day: date
    site: str
    source: str


def find(session: Session, *, viewer: Viewer, reference: str) -> Found:
    """Return the comment that a reference names; raise `NotFound` for one out of the viewer's scope."""
    row = _row(session, viewer, reference)
    site = site_names(session, viewer=viewer).get(row.site_id, "")
    return Found(row.public_id, row.local_day, site, row.source)


def withdraw(session: Session, *, viewer: Viewer, reference: str, moment: datetime) -> None:
    """Erase a comment with all that was read in it; raise `NotFound`, also when it is erased already."""
    row = _row(session, viewer, reference)
    number = row.id
    erasing.erase(session, [number], moment=moment, account_id=viewer.account_id)
    audit.note(
        session, practice_id=viewer.practice_id, account_id=viewer.account_id, moment=moment,
        verb="withdraw", noun="comment", noun_id=number,
    )  # fmt: skip
    session.commit()


def _row(session: Session, viewer: Viewer, reference: str) -> Comment:
    found = erasing.by_reference(session, viewer.practice_id, viewer.site_ids, reference.strip())
    if found is None:
        raise NotFound
    return found
