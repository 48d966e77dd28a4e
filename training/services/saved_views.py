"""Trends pages kept under a name: the filters of an address, of one account alone.

    "Phones at Mill Lane"   ──►   /trends?topic=phone_system&site=Xb3…

Nothing but the filters is kept; what the page shows is counted anew each time, by what its owner
may see on that day.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from training.services import selection
from training.services.people import NotFound
from training.services.selection import Filters
from training.services.signing_in import Viewer
from training.store import saved_views
from training.store.tables import SavedView

LONGEST = 80
MOST = 30


class NotSaved(ValueError):
    """A view cannot be kept under this name; the words say why."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A view as a page lists it; `site` is a name. `reachable`: False once its site is out of scope."""

    public_id: str
    name: str
    filters: Filters
    site: str
    reachable: bool


def of_viewer(session: Session, *, viewer: Viewer, today: date) -> tuple[Kept, ...]:
    """Return what a viewer has kept, by name."""
    rows = saved_views.of_account(session, viewer.account_id)
    names = dict(selection.ground(session, viewer=viewer, today=today).site_names) if rows else {}
    return tuple(kept(row, names) for row in rows)


def kept(row: SavedView, sites: dict[str, str]) -> Kept:
    """Return a view as it is listed, given the names of the sites in scope."""
    filters = Filters(row.topic, row.site, row.team, row.stage)
    reachable = not row.site or row.site in sites
    return Kept(row.public_id, row.name, filters, sites.get(row.site, ""), reachable)


def save(
    session: Session,
    *,
    viewer: Viewer,
    name: str,
    filters: Filters,
    today: date,
    moment: datetime,
) -> str:
    """Keep filters under a name and return the view's public id.

    Raises `NotSaved`, or `NotFound` where the filters name nothing in scope.
    """
    name = " ".join(name.split())
    selection.view_of(filters, selection.ground(session, viewer=viewer, today=today))
    _check(session, viewer, name)
    row = SavedView(
        practice_id=viewer.practice_id, account_id=viewer.account_id, name=name,
        topic=filters.topic, site=filters.site, team=filters.team, stage=filters.stage,
        saved_at=moment,
    )  # fmt: skip
    session.add(row)
    session.commit()
    return row.public_id


def _check(session: Session, viewer: Viewer, name: str) -> None:
    if not name:
        raise NotSaved("Give the view a name.")
    if len(name) > LONGEST:
        raise NotSaved(f"Use at most {LONGEST} characters.")
    there = saved_views.of_account(session, viewer.account_id)
    if name.casefold() in {row.name.casefold() for row in there}:
        raise NotSaved("You have a view of this name. Choose another.")
    if len(there) >= MOST:
        raise NotSaved(f"You have {MOST} views. Delete one first.")


def remove(session: Session, *, viewer: Viewer, public_id: str, moment: datetime) -> None:
    """Delete a view of one's own; `restore` brings it back. Raises `NotFound`."""
    row = _own(session, viewer, public_id)
    row.removed_at = row.removed_at or moment
    session.commit()


def restore(session: Session, *, viewer: Viewer, public_id: str) -> None:
    """Bring back a view that was deleted. Raises `NotFound`, or `NotSaved` if its name is taken."""
    row = _own(session, viewer, public_id)
    if row.removed_at is not None:
        _check(session, viewer, row.name)
        row.removed_at = None
        session.commit()


def _own(session: Session, viewer: Viewer, public_id: str) -> SavedView:
    row = saved_views.one(session, viewer.account_id, public_id)
    if row is None:
        raise NotFound
    return row
