"""Assignments: whom a manager asked to rehearse what by when, and whether it is done.

GET /assignments ── GET /assignments/new ─► POST ─► 303 ─► /assignments?asked=…
                 ── GET /assignments/<id>/withdraw (the question) ─► POST ─► 303 ─► /assignments
"""

from datetime import date, timedelta

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import DateField, SelectField, TextAreaField
from wtforms.validators import InputRequired

from training import clock
from training.extensions import db
from training.scenarios import catalogue
from training.services import assignments
from training.services.assignments import Draft, NotAssigned
from training.services.people import NotFound
from training.web.forms import PostForm, option
from training.web.guard import Right
from training.web.local import today_of
from training.web.manager import manager
from training.web.viewer import viewer

NO_DAY = "Write the day as day, month and year."
USUALLY = timedelta(days=14)


class AssignmentForm(PostForm):
    """Whom to ask, what, by when, and why."""

    person = SelectField("Who")
    scenario = SelectField("Which conversation")
    due_on = DateField("By which day", [InputRequired(NO_DAY)])
    note = TextAreaField("A note to them")

    def offer(self, today: date) -> None:
        """Fill in what may be chosen."""
        found = assignments.choices(
            db.session(), viewer=viewer(), catalogue=catalogue.load(), today=today
        )
        self.person.choices = [option(*one) for one in (("", "Choose"), *found.people)]
        self.scenario.choices = [option(*one) for one in (("", "Choose"), *found.scenarios)]


@manager.page("/assignments", allow=Right.MANAGER, endpoint="assignments")
def show_assignments() -> str:
    """List what is asked of people and not done yet, then what is done or withdrawn."""
    still, over = assignments.listing(db.session(), viewer=viewer(), catalogue=catalogue.load())
    return render_template(
        "manager/assignments.html", still=still, over=over, asked="asked" in request.args,
        withdrawn="withdrawn" in request.args,
    )  # fmt: skip


@manager.page("/assignments/new", allow=Right.MANAGER, methods=("GET", "POST"))
def assign() -> ResponseReturnValue:
    """Ask somebody to rehearse a conversation."""
    today = today_of(viewer())
    if request.method == "GET":
        chosen = {"person": request.args.get("person", ""), "due_on": today + USUALLY}
        form = AssignmentForm(data=chosen)
        form.offer(today)
        return _form(form)
    form = AssignmentForm.of_request()
    form.offer(today)
    if form.validate() and form.due_on.data and _assigned(form, form.due_on.data, today):
        return redirect(url_for("manager.assignments", asked=1), 303)
    if form.due_on.data is None:
        form.due_on.errors = [NO_DAY]
    return _form(form), 400


def _form(form: AssignmentForm) -> str:
    return render_template("manager/assign.html", form=form, longest=assignments.LONGEST)


def _assigned(form: AssignmentForm, due_on: date, today: date) -> bool:
    draft = Draft(form.said("person"), form.said("scenario"), form.said("note"), due_on)
    if not draft.person:
        form.person.errors = ["Choose a person."]
        return False
    try:
        assignments.assign(
            db.session(), viewer=viewer(), draft=draft, catalogue=catalogue.load(), today=today,
            moment=clock.now(),
        )  # fmt: skip
    except NotAssigned as problem:
        form[problem.field].errors = [str(problem)]
        return False
    except NotFound:
        abort(404)
    return True


@manager.page("/assignments/<public_id>/withdraw", allow=Right.MANAGER, methods=("GET", "POST"))
def withdraw_assignment(public_id: str) -> ResponseReturnValue:
    """Ask whether an assignment shall be taken back, then do so."""
    who = viewer()
    try:
        if request.method == "POST":
            assignments.withdraw(db.session(), viewer=who, public_id=public_id, moment=clock.now())
            return redirect(url_for("manager.assignments", withdrawn=1), 303)
        line = assignments.one(
            db.session(), viewer=who, public_id=public_id, catalogue=catalogue.load()
        )
    except NotFound:
        abort(404)
    return render_template("manager/withdraw_assignment.html", line=line)
