"""What the self-assessment came to, beside what patients say: a gap can become a plan."""

from datetime import date

from flask import abort, render_template, request

from training.extensions import db
from training.services import self_assessment as services
from training.services.people import NotFound
from training.web import charts
from training.web.guard import Right
from training.web.local import today_of
from training.web.manager import filters, manager
from training.web.viewer import viewer


@manager.page("/self-assessment", allow=Right.MANAGER)
def self_assessment() -> str:
    """Show a half-year's answers by stage."""
    who = viewer()
    try:
        half = date.fromisoformat(request.args.get("half") or "0001-01-01")
        found = services.results(
            db.session(), viewer=who, half=half if half != date.min else None, today=today_of(who)
        )
    except (NotFound, ValueError):
        abort(404)
    return render_template(
        "manager/self_assessment.html", results=found, charts=charts, filters=filters
    )
