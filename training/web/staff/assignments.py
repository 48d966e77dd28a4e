"""The day of what a person was asked to rehearse, for their own calendar."""

from flask import Response, abort, url_for

from training import clock
from training.extensions import bedside, db
from training.scenarios import catalogue
from training.services import own_assignments
from training.services.people import NotFound
from training.web.calendars import Event, event_answer
from training.web.guard import Right
from training.web.local import today_of
from training.web.staff import staff
from training.web.viewer import viewer


@staff.page("/asked/<public_id>/day.ics", allow=Right.PERSON)
def assignment_file(public_id: str) -> Response:
    """Give the day of an assignment as a calendar file."""
    who = viewer()
    try:
        asked = own_assignments.one(
            db.session(), viewer=who, public_id=public_id, catalogue=catalogue.load(),
            today=today_of(who),
        )  # fmt: skip
    except NotFound:
        abort(404)
    event = Event(
        uid=asked.public_id, day=asked.due_on, title=f"Rehearse: {asked.scenario.script.title}",
        words=asked.note,
        address=bedside().config.base_url + url_for("staff.scenario", slug=asked.scenario.slug),
    )  # fmt: skip
    return event_answer(event, made_at=clock.now(), name=f"bedside-{asked.scenario.slug}")
