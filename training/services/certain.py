"""Confirming the certain together: remarks tied to one person only, and surely.

    7 listed, all ticked ──► asked once more, by showing them ──► 6 confirmed, 1 was decided meanwhile
                                                                  └─ undone together, one by one

Each is a decision of its own, in a transaction of its own: whoever else decides first keeps it. A
serious comment is never among them, nor is one about the reviewer.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from training.services import decisions, undoing
from training.services.opening import name_of
from training.services.review import reach_of
from training.services.signing_in import Viewer
from training.store import audit, matches, queue_orders, topics
from training.store.queue_orders import CertainRow

MOST = 25


@dataclass(frozen=True, slots=True)
class Certain:
    """A remark that is surely about one person, as it is asked about."""

    public_id: str
    version: int
    comment: str
    text: str
    sentiment: str
    topics: tuple[str, ...]
    name: str
    role: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lost:
    """A remark that could not be confirmed with the others: what stands of it, and about whom."""

    state: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of remarks confirmed together; `public_id` is "" where none was."""

    public_id: str
    confirmed: int
    lost: tuple[str, ...]


def certain(session: Session, *, viewer: Viewer, moment: datetime) -> tuple[Certain, ...]:
    """Return the certain remarks of the viewer's queue; that their words were read is audited."""
    if not viewer.may_review:
        return ()
    rows = queue_orders.certain(session, reach_of(viewer), limit=MOST)
    audit.note_read(
        session, practice_id=viewer.practice_id, account_id=viewer.account_id, moment=moment,
        comment_ids=dict.fromkeys(comment.id for _, _, _, comment, _ in rows), page="certain",
    )  # fmt: skip
    found = _listed(session, rows)
    session.commit()
    return found


def _listed(session: Session, rows: Sequence[CertainRow]) -> tuple[Certain, ...]:
    about = topics.of(session, [remark.id for remark, _, _, _, _ in rows])
    return tuple(
        Certain(
            public_id=remark.public_id,
            version=remark.version,
            comment=comment.public_id,
            text=answer.text[remark.start : remark.stop],
            sentiment=remark.sentiment,
            topics=about[remark.id].all,
            name=name_of(staff),
            role=staff.role,
            evidence=tuple(match.evidence),
        )
        for remark, match, staff, comment, answer in rows
    )


def confirm(
    session: Session, *, viewer: Viewer, picks: Sequence[tuple[str, int]], moment: datetime
) -> Batch:
    """Confirm remarks, given as (public id, version seen), one transaction each.

    What is not certain, was decided since or is out of reach is lost, and nothing of it changes.
    """
    name, won, lost = secrets.token_urlsafe(9), 0, []
    for public_id, version in dict(picks[:MOST]).items():
        if _confirmed(session, viewer, public_id, version, name, moment):
            won += 1
        else:
            lost.append(public_id)
    return Batch(name if won else "", won, tuple(lost))


def _confirmed(
    session: Session, viewer: Viewer, public_id: str, version: int, batch: str, moment: datetime
) -> bool:
    reach = reach_of(viewer)
    if not viewer.may_review or not queue_orders.certain(
        session, reach, limit=1, public_id=public_id
    ):
        session.rollback()
        return False
    try:
        decisions.confirm(
            session, viewer=viewer, remark_public_id=public_id, version=version, batch=batch,
            moment=moment,
        )  # fmt: skip
    except decisions.AlreadyDecided:
        return False
    return True


def standing(session: Session, *, viewer: Viewer, public_ids: Sequence[str]) -> tuple[Lost, ...]:
    """Return what stands of the remarks that were lost, those out of the viewer's reach left out."""
    found = (
        matches.remark(session, reach_of(viewer), public_id) for public_id in public_ids[:MOST]
    )
    remarks = [row[0] for row in found if row and viewer.may_review]
    ties = matches.matches(session, [remark.id for remark in remarks])
    return tuple(
        Lost(
            remark.state,
            tuple(
                name_of(staff)
                for match, staff in ties
                if match.remark_id == remark.id and match.state == "confirmed"
            ),
        )
        for remark in remarks
    )


def standing_batch(session: Session, *, viewer: Viewer, batch: str) -> int:
    """Return how many decisions of one's own batch stand and can still be undone."""
    made = queue_orders.batch(session, viewer.account_id, batch)
    found = (undoing.undoable(session, viewer=viewer, public_id=row.public_id) for row in made)
    return sum(one is not None for one in found)


def undo(session: Session, *, viewer: Viewer, batch: str, moment: datetime) -> tuple[int, int]:
    """Undo one's own batch, one by one; return (how many were, how many were too late)."""
    ids = [row.public_id for row in queue_orders.batch(session, viewer.account_id, batch)]
    undone = 0
    for public_id in ids:
        try:
            undoing.undo(session, viewer=viewer, public_id=public_id, moment=moment)
        except undoing.TooLate:
            continue
        undone += 1
    return undone, len(ids) - undone
