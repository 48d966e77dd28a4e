"""A person's own data: what it holds, and the file with all of it."""

import json

from flask import Response, render_template

from training import clock
from training.extensions import db
from training.services import own_data
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
