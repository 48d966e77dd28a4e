"""Transfer checks: a short unseen conversation, some days after the one it belongs to.

    finished "One more thing" ──7 days──► "one-more-thing-2" is offered ──finished──► never again

Without a hint and without taking anything back, for it shows what one does unprepared; once,
because afterwards the answers are known.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from training import periods
from training.scenarios.catalogue import Catalogue, Scenario, UnknownScenarioError
from training.services.people import NotFound
from training.services.signing_in import Viewer
from training.store import people, plays

AFTER = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Check:
    """A transfer check that belongs to a conversation the person finished; offered from a day on."""

    scenario: Scenario
    parent: Scenario
    from_day: date


def waiting(session: Session, *, viewer: Viewer, catalogue: Catalogue) -> tuple[Check, ...]:
    """Return the viewer's checks not finished yet, also those of a later day, earliest first.

    Raises `NotFound` for somebody who is on no roster.
    """
    if viewer.staff_id is None:
        raise NotFound
    first = plays.first_finished(session, viewer.practice_id, viewer.staff_id)
    finished = _by_current(first, catalogue)
    zone = people.practice(session, viewer.practice_id).time_zone
    found = []
    for parent in catalogue:
        if parent.slug not in finished:
            continue
        check = _of(parent, catalogue)
        if check is not None and check.slug not in finished:
            day = periods.local_day(finished[parent.slug], zone) + AFTER
            found.append(Check(check, parent, day))
    return tuple(sorted(found, key=lambda one: (one.from_day, one.scenario.slug)))


def open_to(
    session: Session, *, viewer: Viewer, catalogue: Catalogue, today: date
) -> tuple[Check, ...]:
    """Return the checks that the viewer may begin today; raise `NotFound` off the roster."""
    found = waiting(session, viewer=viewer, catalogue=catalogue)
    return tuple(one for one in found if one.from_day <= today)


def _of(parent: Scenario, catalogue: Catalogue) -> Scenario | None:
    slug = parent.script.debrief.transfer
    try:
        return catalogue.get(slug) if slug else None
    except UnknownScenarioError:
        return None


def _by_current(first: Mapping[str, datetime], catalogue: Catalogue) -> dict[str, datetime]:
    """Return by the slugs of today when each was first finished."""
    found: dict[str, datetime] = {}
    for slug, moment in first.items():
        now = catalogue.current(slug)
        found[now] = min(moment, found.get(now, moment))
    return found
