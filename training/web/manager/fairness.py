"""Rates by role, for whoever asks whether everybody is treated alike."""

from flask import render_template

from training.extensions import db
from training.services import role_rates
from training.skills import ROLE_GROUPS
from training.web.guard import Right
from training.web.local import today_of
from training.web.manager import manager
from training.web.viewer import viewer


@manager.page("/trends/fairness", allow=Right.MANAGER)
def fairness() -> str:
    """Show the rates of matching, disputes and suggestions by role group, without counts."""
    who = viewer()
    found = role_rates.page(db.session(), viewer=who, today=today_of(who))
    names = {slug: group.name for slug, group in ROLE_GROUPS.items()}
    return render_template("manager/fairness.html", found=found, names=names)
