"""Pages to print: the monthly report, a team's huddle, a talk of one to one."""

from flask import abort, render_template, request

from training import clock
from training.extensions import db
from training.scenarios import catalogue
from training.services import report as services
from training.services import sheets
from training.services.people import NotFound
from training.web.guard import Right
from training.web.local import today_of
from training.web.manager import filters, manager
from training.web.manager.people import opened
from training.web.viewer import viewer


@manager.page("/report", allow=Right.MANAGER, writes=True)
def report() -> str:
    """Show the monthly report; it holds patients' words, so that reading it is audited."""
    who = viewer()
    try:
        found = services.report(
            db.session(), viewer=who, site=request.args.get("site", ""),
            month=request.args.get("month", ""), today=today_of(who), moment=clock.now(),
        )  # fmt: skip
    except NotFound:
        abort(404)
    return render_template("manager/report.html", report=found, filters=filters)


@manager.page("/teams/<role_group>/<site>/huddle", allow=Right.MANAGER)
def huddle(role_group: str, site: str) -> str:
    """Show a team's sheet for a huddle."""
    who = viewer()
    try:
        found = sheets.huddle(
            db.session(), viewer=who, role_group=role_group, site=site,
            catalogue=catalogue.load(), today=today_of(who),
        )  # fmt: skip
    except NotFound:
        abort(404)
    return render_template("manager/huddle.html", sheet=found, filters=filters)


@manager.page("/people/<public_id>/one-to-one", allow=Right.MANAGER, writes=True)
def one_to_one(public_id: str) -> str:
    """Show a sheet for a talk of one to one; opening it is audited as the person's page is."""
    return render_template(
        "manager/one_to_one.html", page=opened(public_id), today=today_of(viewer())
    )
