"""Telling patients of a plan: nothing is public before somebody presses the button here."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.extensions import db
from training.services import board, plans
from training.services.people import NotFound
from training.services.plans import BadPlan
from training.web.forms import typed
from training.web.guard import Right
from training.web.local import today_of
from training.web.manager import manager
from training.web.viewer import viewer


@manager.page("/plans/<public_id>/patients", allow=Right.MANAGER, methods=("GET", "POST"))
def tell_patients(public_id: str) -> ResponseReturnValue:
    """Show what patients are told of a plan; publish it."""
    who, errors = viewer(), {}
    try:
        if request.method == "POST":
            board.publish(
                db.session(), viewer=who, public_id=public_id, said=typed("said"),
                did=typed("did"), today=today_of(who), moment=clock.now(),
            )  # fmt: skip
            return redirect(url_for("manager.tell_patients", public_id=public_id, done="up"), 303)
    except NotFound:
        abort(404)
    except BadPlan as bad:
        db.session.rollback()
        errors = {bad.field: str(bad)}
    return _page(public_id, errors), 400 if errors else 200


@manager.page("/plans/<public_id>/patients/down", allow=Right.MANAGER, methods=("POST",))
def take_down(public_id: str) -> ResponseReturnValue:
    """Take a plan off the board."""
    try:
        board.take_down(db.session(), viewer=viewer(), public_id=public_id, moment=clock.now())
    except NotFound:
        abort(404)
    return redirect(url_for("manager.tell_patients", public_id=public_id, done="down"), 303)


def _page(public_id: str, errors: dict[str, str]) -> str:
    who = viewer()
    try:
        found = plans.read(db.session(), viewer=who, public_id=public_id, today=today_of(who))
        told = board.told(db.session(), viewer=who, public_id=public_id)
        boards = board.boards(db.session(), viewer=who, public_id=public_id)
    except NotFound:
        abort(404)
    kept = request.form if errors else {"said": told.said, "did": told.did}
    return render_template(
        "manager/plan_board.html", plan=found, told=told, boards=boards, kept=kept, errors=errors,
        limit=board.LONGEST,
    )  # fmt: skip
