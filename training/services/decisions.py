"""Deciding whom a remark is about, once: confirm, move, reject, leave unplaced, put down to the system.

    remark v0 waiting ──confirm──► v1 confirmed ──undo──► v2 waiting   (undoing.py)
                      ──confirm──► AlreadyDecided      (somebody else held v0 too: one wins)

Each decision is one transaction: the remark, its matches, what stood before, the audit row, and
whatever the person may now be shown. Nobody decides about themselves.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from training.services import undoing
from training.services.people import NotFound
from training.services.review import reach_of
from training.services.signing_in import Viewer
from training.skills import THEMES
from training.store import matches, people, topics
from training.store.tables import Comment, Decision, Match, Remark, Staff

DECIDED = "decided"


class AlreadyDecided(Exception):
    """Somebody else decided this remark first; nothing was changed."""


class NotChosen(ValueError):
    """The form does not say who, or what, is meant; `field` names what is missing."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision just made, and the comment to go on with (None: the queue is empty)."""

    public_id: str
    next_comment: str | None


Change = Callable[[Remark, list[Match]], None]
Beside = Callable[[Decision], None]


def confirm(
    session: Session,
    *,
    viewer: Viewer,
    remark_public_id: str,
    version: int,
    match_public_id: str = "",
    batch: str | None = None,
    moment: datetime,
) -> Decided:
    """Say that a remark is about whom it was tied to: one match, or else every certain one.

    `batch` names what is confirmed together. Raises `NotFound`, `AlreadyDecided`, or
    `NotChosen("match")` where several people are proposed and none is certain.
    """

    def change(remark: Remark, found: list[Match]) -> None:
        meant = _meant(found, match_public_id)
        for match in found:
            settle(match, "confirmed" if match in meant else "rejected", viewer, moment)
        remark.state = "confirmed"

    return decide(
        session, viewer=viewer, remark_public_id=remark_public_id, version=version,
        verb="confirm", change=change, batch=batch, moment=moment,
    )  # fmt: skip


def _meant(found: list[Match], public_id: str) -> list[Match]:
    if public_id:
        meant = [match for match in found if match.public_id == public_id]
        if not meant:
            raise NotFound
        return meant
    meant = [match for match in found if match.certain] or found
    if not meant or (len(meant) > 1 and not meant[0].certain):
        raise NotChosen("match")
    return meant


def move(
    session: Session,
    *,
    viewer: Viewer,
    remark_public_id: str,
    version: int,
    staff_public_id: str,
    moment: datetime,
) -> Decided:
    """Say that a remark is about somebody else on the roster of that day.

    Raises `NotFound` (also for the reviewer's own name), `AlreadyDecided`, or `NotChosen("to")`.
    """
    if not staff_public_id:
        raise NotChosen("to")
    remark, comment = _found(session, viewer, remark_public_id)
    staff = _colleague(session, viewer, comment, staff_public_id)

    def change(remark: Remark, found: list[Match]) -> None:
        for match in found:
            settle(match, "rejected", viewer, moment)
        target = next((m for m in found if m.staff_id == staff.id), None)
        target = target or _new_match(session, remark, staff)
        target.evidence = [*target.evidence, DECIDED]
        settle(target, "confirmed", viewer, moment)
        remark.state, remark.cause = "confirmed", "person"

    return decide(
        session, viewer=viewer, remark_public_id=remark.public_id, version=version,
        verb="move", change=change, moment=moment,
    )  # fmt: skip


def _colleague(session: Session, viewer: Viewer, comment: Comment, public_id: str) -> Staff:
    for staff in people.working_on(session, viewer.practice_id, comment.local_day):
        if staff.public_id == public_id and staff.id != viewer.staff_id:
            return staff
    raise NotFound


def _new_match(session: Session, remark: Remark, staff: Staff) -> Match:
    match = Match(
        practice_id=remark.practice_id,
        remark_id=remark.id,
        staff_id=staff.id,
        confidence=1.0,
        certain=False,
        evidence=[],
        state="proposed",
    )
    session.add(match)
    return match


def reject(
    session: Session, *, viewer: Viewer, remark_public_id: str, version: int, moment: datetime
) -> Decided:
    """Say that a remark is not about the practice's staff; it leaves every sum.

    Raises `NotFound` or `AlreadyDecided`.
    """

    def change(remark: Remark, found: list[Match]) -> None:
        for match in found:
            settle(match, "rejected", viewer, moment)
        remark.state = "rejected"

    return decide(
        session, viewer=viewer, remark_public_id=remark_public_id, version=version,
        verb="reject", change=change, moment=moment,
    )  # fmt: skip


def leave_unplaced(
    session: Session, *, viewer: Viewer, remark_public_id: str, version: int, moment: datetime
) -> Decided:
    """Say that a remark is about somebody of the practice, and that nobody can tell whom.

    It counts for the practice and for nobody in it. Raises `NotFound` or `AlreadyDecided`.
    """

    def change(remark: Remark, found: list[Match]) -> None:
        for match in found:
            settle(match, "rejected", viewer, moment)
        remark.state, remark.cause = "settled", "team"

    return decide(
        session, viewer=viewer, remark_public_id=remark_public_id, version=version,
        verb="unplaced", change=change, moment=moment,
    )  # fmt: skip


def put_down_to_system(
    session: Session,
    *,
    viewer: Viewer,
    remark_public_id: str,
    version: int,
    theme: str = "",
    moment: datetime,
) -> Decided:
    """Say that a remark is about how things work, not about a person; name the theme if known.

    Raises `NotFound`, `AlreadyDecided`, or `NotChosen("theme")` for a theme that does not exist.
    """
    if theme and theme not in THEMES:
        raise NotChosen("theme")

    def change(remark: Remark, found: list[Match]) -> None:
        for match in found:
            settle(match, "rejected", viewer, moment)
        remark.state, remark.cause = "system", "system"
        if theme:
            topics.set_themes(session, remark, [theme])

    return decide(
        session, viewer=viewer, remark_public_id=remark_public_id, version=version,
        verb="system", change=change, moment=moment,
    )  # fmt: skip


def settle(match: Match, state: str, viewer: Viewer, moment: datetime) -> None:
    """Say what a match is now, by whom and when; one that is rejected is shown no more."""
    match.state = state
    match.decided_by, match.decided_at = viewer.account_id, moment
    if state == "rejected":
        match.shown_at = None


def _found(session: Session, viewer: Viewer, public_id: str) -> tuple[Remark, Comment]:
    found = matches.remark(session, reach_of(viewer), public_id) if viewer.may_review else None
    if found is None:
        raise NotFound
    return found


def decide(
    session: Session,
    *,
    viewer: Viewer,
    remark_public_id: str,
    version: int,
    verb: str,
    change: Change,
    moment: datetime,
    allowed: Collection[str] = ("waiting",),
    beside: Beside = lambda _made: None,
    batch: str | None = None,
    told: str = "",
) -> Decided:
    """Make one decision on a remark that stands in an `allowed` state, and commit all of it.

    `change` alters the remark and its matches, `beside` what else belongs to the decision; `told` is
    what the audit calls it where that is not the verb. Raises `NotFound`, or `AlreadyDecided` where
    anybody decided since `version`.
    """
    remark, comment = _found(session, viewer, remark_public_id)
    if remark.state not in allowed or not matches.claim(session, remark.id, version):
        session.rollback()
        raise AlreadyDecided
    found = matches.matches_of(session, remark.id)
    before = undoing.memory(remark, found, topics.of(session, [remark.id])[remark.id])
    change(remark, found)
    made = Decision(
        practice_id=viewer.practice_id, remark_id=remark.id, account_id=viewer.account_id,
        verb=verb, batch=batch, before=before, version_after=version + 1, at=moment,
    )  # fmt: skip
    session.add(made)
    session.flush()
    beside(made)
    undoing.close(session, viewer=viewer, verb=told or verb, remark=remark, moment=moment)
    following = _next(session, viewer, comment)
    return Decided(made.public_id, following.public_id if following else None)


def _next(session: Session, viewer: Viewer, comment: Comment) -> Comment | None:
    rest = matches.remarks(session, [comment.id])
    if any(remark.state == "waiting" for remark in rest):
        return comment
    return matches.waiting_after(session, reach_of(viewer), comment)
