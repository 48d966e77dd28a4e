"""Review: what waits for a person to decide."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from training import periods
from training.services.signing_in import Viewer
from training.store import matches, people


def overdue(session: Session, *, viewer: Viewer, moment: datetime) -> int:
    """Return how many held comments in a viewer's scope have waited for over one working day."""
    zone = people.practice(session, viewer.practice_id).time_zone
    return matches.held_before(
        session, viewer.practice_id, viewer.site_ids, a_working_day_before(moment, zone)
    )


def a_working_day_before(moment: datetime, zone: str) -> datetime:
    """Return the moment from which one working day (24 hours, weekends left out) has passed.

    Monday 15:00 → Friday 15:00; Saturday 10:00 → the beginning of Friday.
    """
    local = moment.astimezone(ZoneInfo(zone))
    day = local.date() - timedelta(days=1)
    while not periods.is_working_day(day):
        day -= timedelta(days=1)
    at = local.time() if periods.is_working_day(local.date()) else time.min
    return datetime.combine(day, at, local.tzinfo)
