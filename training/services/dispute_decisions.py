"""Deciding a dispute: a second person, neither who confirmed the remark nor the person it is about.

    disputed ──uphold──► rejected, or system           the person is no longer tied to it
             ──keep────► as it was before the dispute
             ◄──undo──── by who decided, while nothing was decided since (undoing.py)

The list holds no patient's words; opening one is audited like any comment.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from training.services import decisions, opening, undoing
from training.services.decisions import Decided
from training.services.opening import OpenComment
from training.services.people import NotFound
from training.services.review import reach_of, site_names
from training.services.signing_in import Viewer
from training.store import disputes as store
from training.store.disputes import Row
from training.store.tables import Decision, Dispute, Match, Remark, Staff

ONE_PERSON = frozenset({"not_about_me", "not_that_visit"})


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open dispute in the list of those who decide, without the patient's words."""

    public_id: str
    ground: str
    site: str
    due_on: date
    late: bool


@dataclass(frozen=True, slots=True)
class List:
    """The disputes that a viewer may decide, and how many wait for somebody else."""

    waiting: tuple[Waiting, ...]
    for_others: int


@dataclass(frozen=True, slots=True)
class Case:
    """One dispute with the comment it is about, as who decides reads them."""

    public_id: str
    remark: str
    version: int
    name: str
    ground: str
    words: str
    due_on: date
    late: bool
    comment: OpenComment


def waiting(session: Session, *, viewer: Viewer, today: date) -> List:
    """Return the disputes that wait for the viewer, the first due first."""
    rows = store.open_in_reach(session, reach_of(viewer)) if viewer.may_review else []
    confirmed = store.deciders(session, [remark.id for _, remark, _ in rows])
    mine = [row for row in rows if viewer.account_id not in confirmed.get(row[1].id, set())]
    sites = site_names(session, viewer=viewer)
    return List(
        tuple(
            Waiting(
                made.public_id, made.ground, sites.get(comment.site_id, ""), made.due_on,
                today > made.due_on,
            )
            for made, _, comment in mine
        ),
        len(rows) - len(mine),
    )  # fmt: skip


def open_case(
    session: Session, *, viewer: Viewer, public_id: str, today: date, moment: datetime
) -> Case:
    """Return a dispute with its comment in full, which is audited; raise `NotFound`.

    That is also the answer for who confirmed the remark, and for who it is about.
    """
    made, remark, comment = _found(session, viewer, public_id)
    staff = session.get_one(Staff, made.staff_id)
    opened = opening.open_comment(
        session, viewer=viewer, public_id=comment.public_id, moment=moment, decided_too=True
    )
    return Case(
        public_id=made.public_id,
        remark=remark.public_id,
        version=remark.version,
        name=opening.name_of(staff),
        ground=made.ground,
        words=made.words,
        due_on=made.due_on,
        late=today > made.due_on,
        comment=opened,
    )


def _found(session: Session, viewer: Viewer, public_id: str) -> Row:
    row = store.one_open(session, reach_of(viewer), public_id) if viewer.may_review else None
    if row is None:
        raise NotFound
    remark = row[1]
    if viewer.account_id in store.deciders(session, [remark.id]).get(remark.id, set()):
        raise NotFound
    return row


def uphold(
    session: Session,
    *,
    viewer: Viewer,
    public_id: str,
    version: int,
    system: bool,
    moment: datetime,
) -> Decided:
    """Say that the person is right: the remark leaves them, and every sum, or goes to the `system`.

    Where others are surely tied to it too and it is only not this person's, it stays with them.
    Raises `NotFound` or `AlreadyDecided`.
    """
    made, _, _ = _found(session, viewer, public_id)

    def change(remark: Remark, found: list[Match]) -> None:
        others = [match for match in found if match.staff_id != made.staff_id]
        stays = not system and made.ground in ONE_PERSON and _stand(made, others)
        for match in found:
            if match.staff_id == made.staff_id or not stays:
                decisions.settle(match, "rejected", viewer, moment)
        remark.state = made.before["state"] if stays else "system" if system else "rejected"
        if system:
            remark.cause = "system"

    return _decide(session, viewer, made, version, "uphold", change, moment)


def _stand(made: Dispute, others: list[Match]) -> bool:
    settled = made.before["state"] == "settled"
    return any(m.state == "confirmed" or (settled and m.certain) for m in others)


def keep(
    session: Session, *, viewer: Viewer, public_id: str, version: int, moment: datetime
) -> Decided:
    """Say that the remark stands: it comes back as it was; raise `NotFound` or `AlreadyDecided`."""
    made, _, _ = _found(session, viewer, public_id)

    def change(remark: Remark, _found: list[Match]) -> None:
        undoing.put_back(session, remark=remark, before=made.before)

    return _decide(session, viewer, made, version, "keep", change, moment)


def _decide(
    session: Session,
    viewer: Viewer,
    made: Dispute,
    version: int,
    verb: str,
    change: decisions.Change,
    moment: datetime,
) -> Decided:
    def beside(_decision: Decision) -> None:
        made.outcome = "upheld" if verb == "uphold" else "kept"
        made.closed_at, made.closed_by = moment, viewer.account_id

    remark = session.get_one(Remark, made.remark_id)
    return decisions.decide(
        session, viewer=viewer, remark_public_id=remark.public_id, version=version, verb=verb,
        change=change, beside=beside, allowed=("disputed",), moment=moment,
    )  # fmt: skip


def counts(session: Session, *, viewer: Viewer) -> int:
    """Return how many open disputes the viewer may decide."""
    if not viewer.may_review:
        return 0
    rows = store.open_in_reach(session, reach_of(viewer))
    confirmed = store.deciders(session, [remark.id for _, remark, _ in rows])
    return sum(viewer.account_id not in confirmed.get(row[1].id, set()) for row in rows)
