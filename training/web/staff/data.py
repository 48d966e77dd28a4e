"""A person's own data: the file with all of it, and how much of it a manager sees."""

import json

from flask import Response, abort, render_template

from training import clock
from training.extensions import db
from training.services import own_data, person_page
from training.services.people import NotFound
from training.web.guard import Right
from training.web.local import today_of
from training.web.staff import staff
from training.web.viewer import viewer


@staff.page("/my-data", allow=Right.PERSON)
def my_data() -> str:
    """Say what the file holds and what it leaves out."""
    return render_template("staff/my_data.html")


@staff.page("/my-data/bedside.json", allow=Right.PERSON)
def my_data_file() -> Response:
    """Give a person everything Bedside holds about them, as one JSON file."""
    who = viewer()
    found = own_data.collect(db.session(), viewer=who, today=today_of(who), moment=clock.now())
    answer = Response(json.dumps(found, ensure_ascii=False, indent=1), mimetype="application/json")
    answer.headers["Content-Disposition"] = 'attachment; filename="bedside-my-data.json"'
    return answer


@staff.page("/what-my-manager-sees", allow=Right.PERSON)
def manager_sees() -> str:
    """Show a person exactly what a manager's page about them holds."""
    who = viewer()
    try:
        page = person_page.own_page(db.session(), viewer=who, today=today_of(who))
    except NotFound:
        abort(404)
    return render_template("staff/manager_sees.html", page=page)
