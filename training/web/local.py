"""What day it is where a viewer's practice is."""

from datetime import date

from training import clock, periods
from training.extensions import db
from training.services import practices
from training.services.signing_in import Viewer


def today_of(viewer: Viewer) -> date:
    """Return the day it is in the time zone of a viewer's practice."""
    words = practices.words(db.session(), practice_id=viewer.practice_id)
    return periods.local_day(clock.now(), words.time_zone)
