"""A person's skills, and what comes back: refreshers and transfer checks; all of it theirs alone.

GET /skills ── POST /skills/<skill>/refresh ─► 303 ─► GET /refreshers/<id> ── POST …/answer ─► 303 ─► the same
"""

from dataclasses import dataclass
from datetime import date

from flask import abort, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug import Response

from training import clock
from training.extensions import db
from training.scenarios import catalogue
from training.services import own_skills, reflections, refreshers, transfer_checks
from training.services.people import NotFound
from training.services.reflections import Plan
from training.services.refreshers import Due, Look
from training.services.transfer_checks import Check
from training.skills import SKILLS
from training.web import charts
from training.web.guard import Right
from training.web.local import today_of
from training.web.staff import shown, staff
from training.web.viewer import viewer


@dataclass(frozen=True, slots=True)
class ComesBack:
    """What a person may do today if they like: refreshers, checks, and what they meant to try."""

    due: tuple[Due, ...]
    checks: tuple[Check, ...]
    plan: Plan | None


def comes_back(today: date) -> ComesBack:
    """Return what comes back to the viewer today."""
    who = viewer()
    return ComesBack(
        refreshers.due(db.session(), viewer=who, today=today),
        transfer_checks.open_to(
            db.session(), viewer=who, catalogue=catalogue.load(), today=today
        ),
        reflections.plan(db.session(), viewer=who, moment=clock.now()),
    )  # fmt: skip


@staff.page("/skills", allow=Right.PERSON)
def skills() -> str:
    """Show a person what their first answers have shown, skill by skill, and what comes back."""
    who = viewer()
    today = today_of(who)
    page = own_skills.page(db.session(), viewer=who, catalogue=catalogue.load(), today=today)
    return render_template(
        "staff/skills.html", page=page, today=today, back=comes_back(today), charts=charts,
        words=shown.mastery_words({one.slug: one.mastery for one in page.skills}), known=SKILLS,
    )  # fmt: skip


@staff.page("/skills/<skill>/refresh", allow=Right.PERSON, methods=("POST",))
def ask(skill: str) -> Response:
    """Begin the refresher of a skill, or go on with the one begun."""
    try:
        public_id = refreshers.ask(
            db.session(), viewer=viewer(), skill=skill,
            catalogue=catalogue.load(), moment=clock.now(),
        )  # fmt: skip
    except NotFound:
        abort(404)
    return redirect(url_for("staff.refresher", public_id=public_id), 303)


@staff.page("/refreshers/<public_id>", allow=Right.PERSON)
def refresher(public_id: str) -> str:
    """Show one decision, or once it was answered what the answer did and why."""
    try:
        look = refreshers.look(db.session(), viewer=viewer(), public_id=public_id)
    except NotFound:
        abort(404)
    return render_template("staff/refresher.html", look=look, portrait=_portrait(look))


@staff.page("/refreshers/<public_id>/answer", allow=Right.PERSON, methods=("POST",))
def answer_refresher(public_id: str) -> Response:
    """Keep the answer to a refresher."""
    try:
        refreshers.answer(
            db.session(), viewer=viewer(), public_id=public_id,
            choice=request.form.get("choice", ""), moment=clock.now(),
        )  # fmt: skip
    except NotFound:
        abort(404)
    return redirect(url_for("staff.refresher", public_id=public_id, _anchor="answer"), 303)


def _portrait(look: Look) -> Markup:
    return shown.portrait(look.scenario, look.position.mood)
