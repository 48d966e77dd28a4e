"""Ten minutes of reviewing: the comments in the order in which deciding them helps most.

    held for safety ──► serious ──► criticism that has waited three weeks, oldest first ──► the quickest

After four weeks criticism says little that a person can still use. Nobody's pace is counted.
"""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from training.services.review import reach_of
from training.services.signing_in import Viewer
from training.store import holds, queue_orders

SOON_LATE = timedelta(days=21)
MOST = 100


def order(session: Session, *, viewer: Viewer, moment: datetime) -> list[str]:
    """Return the public ids of the comments to open, first the one that helps most."""
    reach = reach_of(viewer)
    first = [row.public_id for row in holds.untaken(session, reach)] if viewer.may_safeguard else []
    if not viewer.may_review:
        return first
    before = moment - SOON_LATE
    return first + queue_orders.most_helpful(session, reach, before=before, limit=MOST)


def following(session: Session, *, viewer: Viewer, moment: datetime, after: str = "") -> str | None:
    """Return the comment to go on with, or None; `after` leaves one, and those before it, for later."""
    found = order(session, viewer=viewer, moment=moment)
    start = found.index(after) + 1 if after in found else 0
    return next(iter(found[start:]), None)
