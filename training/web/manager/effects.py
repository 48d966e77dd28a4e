"""The effect panel: did training help? A fixed sentence, how sure it is, or why nobody can tell."""

from flask import Response, abort, render_template, request

from training.extensions import db
from training.services import effect_file, effects
from training.services.effects import Panel
from training.services.people import NotFound
from training.web.files import csv_answer
from training.web.guard import Right
from training.web.local import today_of
from training.web.manager import filters, manager
from training.web.viewer import viewer


@manager.page("/effect", allow=Right.MANAGER)
def effect() -> str:
    """Show what is known of whether a skill's conversations helped."""
    return render_template("manager/effect.html", panel=_panel(), filters=filters)


@manager.page("/effect.csv", allow=Right.MANAGER)
def effect_csv() -> Response:
    """Give the panel as a file: the same words and numbers, hidden alike."""
    made_on = today_of(viewer())
    rows = effect_file.rows(panel=_panel(), made_on=made_on)
    return csv_answer(rows, name=f"bedside-effect-{made_on}")


def _panel() -> Panel:
    who = viewer()
    try:
        return effects.read(
            db.session(), viewer=who, skill=request.args.get("skill", ""), today=today_of(who)
        )
    except NotFound:
        abort(404)
