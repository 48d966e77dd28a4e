"""A person's own data: the file with all of it, and how much of it a manager sees."""

import json

from flask import Response, abort, render_template

from training import clock
from training.extensions import bedside, db
from training.integrations import xapi
from training.services import learning_records, own_data, person_page
from training.services.people import NotFound
from training.web.files import csv_answer
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


@staff.page("/my-data/records.csv", allow=Right.PERSON)
def records_csv() -> Response:
    """Give a person their learning records as a table."""
    found = learning_records.collect(db.session(), viewer=viewer())
    return csv_answer(learning_records.rows(found), name="bedside-my-records")


@staff.page("/my-data/records.jsonl", allow=Right.PERSON)
def records_xapi_file() -> Response:
    """Give a person their learning records as xAPI statements, one a line."""
    found = learning_records.collect(db.session(), viewer=viewer())
    lines = xapi.lines(found, home_page=bedside().config.base_url)
    answer = Response("".join(f"{line}\n" for line in lines), mimetype="application/x-ndjson")
    answer.headers["Content-Disposition"] = 'attachment; filename="bedside-my-records.jsonl"'
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
