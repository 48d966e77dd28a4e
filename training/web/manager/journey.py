"""The journey map: where on a patient's way it goes well and where it hurts, at a glance."""

from flask import abort, render_template, request

from training.extensions import db
from training.scenarios import catalogue
from training.services import journey as services
from training.services.people import NotFound
from training.web import charts
from training.web.guard import Right
from training.web.local import today_of
from training.web.manager import filters, manager
from training.web.viewer import viewer


@manager.page("/journey", allow=Right.MANAGER)
def journey() -> str:
    """Show the five stages with what patients say, what was rehearsed and what is being changed."""
    who = viewer()
    try:
        found = services.journey(
            db.session(), viewer=who, site=request.args.get("site", ""),
            catalogue=catalogue.load(), today=today_of(who),
        )  # fmt: skip
    except NotFound:
        abort(404)
    return render_template("manager/journey.html", journey=found, charts=charts, filters=filters)
