"""Comments that a patient may not have sent: kept, thanked for, and set apart until somebody has looked.

    many by one code or from one network        ─► flood ┐
    the hidden field filled in, or sent at once ─► robot ┼─► held as `doubtful` ─► let in: counts
    from a browser in which staff are signed in ─► staff ┘   counts nowhere     ─► set aside: never counts

Nobody is refused: an honest patient may stand in a crowd behind one address, or be helped at the desk.
Of who was signed in nothing is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from training.services import remarks
from training.services.doors import Door
from training.services.opening import name_of
from training.services.review import reach_of, site_names
from training.services.signing_in import Viewer
from training.store import alike as alike_store
from training.store import audit, doubts
from training.store.tables import Comment

WINDOW = timedelta(minutes=10)
MOST_PER_CODE = 30
PAGE = 25


@dataclass(frozen=True, slots=True)
class Signs:
    """What the request itself said: `robot`, and `crowded` (many from one network lately).

    `staff`: it came from a browser in which somebody of the practice is signed in.
    """

    robot: bool = False
    crowded: bool = False
    staff: bool = False


NO_SIGNS = Signs()


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A comment set apart: why, its words under each question, and where and how long ago it came.

    `about` names whom it may be about, where that is the reason.
    """

    public_id: str
    reason: str
    about: tuple[str, ...]
    site: str
    days: int
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Doubts:
    """What waits for a look, oldest first and at most `PAGE`, of `total`; and what was set aside last.

    `alike` are those that hardly differ and are about one person: each is looked at by itself.
    """

    waiting: tuple[Doubtful, ...]
    total: int
    alike: tuple[Doubtful, ...]
    aside: tuple[Doubtful, ...]


def doubt(session: Session, *, door: Door, signs: Signs, moment: datetime) -> str | None:
    """Return why what comes through a door may not be a patient's, or None."""
    if signs.staff:
        return "staff"
    if signs.robot:
        return "robot"
    if signs.crowded or _flooded(session, door, moment):
        return "flood"
    return None


def _flooded(session: Session, door: Door, moment: datetime) -> bool:
    if door.invitation_id is not None:  # it takes one comment
        return False
    since = moment - WINDOW
    return doubts.through(session, door.practice_id, door.site_id, since) >= MOST_PER_CODE


def waiting_count(session: Session, *, viewer: Viewer) -> int:
    """Return how many comments set apart wait for a viewer's look."""
    if not viewer.may_review:
        return 0
    reach = reach_of(viewer)
    return sum(doubts.count(session, reach, alike=it) for it in (True, False))


def page(session: Session, *, viewer: Viewer, moment: datetime) -> Doubts:
    """Return what was set apart in a viewer's scope; that its words were read is audited."""
    reach = reach_of(viewer)
    if not viewer.may_review:
        return Doubts((), 0, (), ())
    waiting = doubts.waiting(session, reach, alike=False, limit=PAGE)
    alike = doubts.waiting(session, reach, alike=True, limit=PAGE)
    aside = doubts.aside(session, reach, limit=PAGE)
    audit.note_read(
        session, practice_id=viewer.practice_id, account_id=viewer.account_id, moment=moment,
        comment_ids=[row.id for row in (*waiting, *alike, *aside)], page="doubtful",
    )  # fmt: skip
    found = Doubts(
        _shown(session, viewer, waiting, moment),
        doubts.count(session, reach, alike=False),
        _shown(session, viewer, alike, moment),
        _shown(session, viewer, aside, moment),
    )
    session.commit()
    return found


def _shown(
    session: Session, viewer: Viewer, rows: Sequence[Comment], moment: datetime
) -> tuple[Doubtful, ...]:
    sites = site_names(session, viewer=viewer)
    texts = doubts.texts(session, [row.id for row in rows])
    about = alike_store.names(session, [row.id for row in rows if row.doubt == "alike"])
    return tuple(
        Doubtful(
            public_id=row.public_id,
            reason=row.doubt or "",
            about=tuple(name_of(staff) for staff in about.get(row.id, ())),
            site=sites.get(row.site_id, ""),
            days=(moment - row.received_at).days,
            texts=tuple(texts.get(row.id, ())),
        )
        for row in rows
    )


def settle(
    session: Session, *, viewer: Viewer, public_ids: Sequence[str], let_in: bool, moment: datetime
) -> int:
    """Let comments in, or set them aside; return how many changed.

    What was let in counts, and its remarks wait like any other. What was set aside can still be let
    in; what was let in stays. Anything out of the viewer's reach is left as it is, and so is, among
    several, what is alike: it is looked at one by one.
    """
    if not viewer.may_review:
        return 0
    rows = doubts.those(session, reach_of(viewer), public_ids[:PAGE])
    if len(public_ids) > 1:
        rows = [row for row in rows if row.doubt != "alike"]
    changed = [row for row in rows if let_in or row.hold_closed_at is None]
    for row in changed:
        row.hold = "none" if let_in else "doubtful"
        row.hold_outcome = "released" if let_in else "dealt_with"
        row.hold_closed_at = moment
        row.hold_closed_by = viewer.account_id
        audit.note(
            session, practice_id=viewer.practice_id, account_id=viewer.account_id, moment=moment,
            verb="let_in" if let_in else "set_aside", noun="comment", noun_id=row.id,
        )  # fmt: skip
    session.flush()
    remarks.release(session, practice_id=viewer.practice_id, moment=moment)
    session.commit()
    return len(changed)
