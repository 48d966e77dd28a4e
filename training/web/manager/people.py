"""The roster by family name, and the little that a manager sees of one person."""

from flask import abort, render_template

from training import clock
from training.extensions import db
from training.services import person_page
from training.services.people import NotFound
from training.web.guard import Right
from training.web.local import today_of
from training.web.manager import manager
from training.web.viewer import viewer


@manager.page("/people", allow=Right.MANAGER, endpoint="people")
def show_people() -> str:
    """List who works here by family name; no measure stands beside a name."""
    who = viewer()
    rows = person_page.everyone(db.session(), viewer=who, today=today_of(who))
    return render_template("manager/people.html", rows=rows)


@manager.page("/people/<public_id>", allow=Right.MANAGER, writes=True)
def person(public_id: str) -> str:
    """Show what a manager may see of one person; opening it is audited."""
    return render_template("manager/person.html", page=opened(public_id))


def opened(public_id: str) -> person_page.PersonPage:
    """Open a person's page, which is audited; 404 for nobody whom the viewer may see."""
    who = viewer()
    try:
        return person_page.open_person(
            db.session(), viewer=who, staff_public_id=public_id, today=today_of(who),
            moment=clock.now(),
        )  # fmt: skip
    except NotFound:
        abort(404)
