"""Confirming the certain together: a list with ticks, the same asked once more, and what became of it."""

from flask import abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response

from training import clock
from training.extensions import db
from training.services import certain as services
from training.web.guard import Right
from training.web.manager import manager
from training.web.manager.queue import to_queue
from training.web.viewer import viewer

Picks = list[tuple[str, int]]


@manager.page("/review/certain", allow=Right.REVIEWER, writes=True, methods=("GET", "POST"))
def certain() -> ResponseReturnValue:
    """List the certain remarks, all ticked; what was ticked is asked once more."""
    found = services.certain(db.session(), viewer=viewer(), moment=clock.now())
    if request.method == "GET":
        return render_template("manager/queue_certain.html", found=found, missing=False)
    picks = set(_picks())
    asked = [one for one in found if (one.public_id, one.version) in picks]
    if not asked:
        page = render_template("manager/queue_certain.html", found=found, missing=True)
        return make_response(page, 400)
    return render_template("manager/queue_ask.html", asked=asked)


@manager.page("/review/certain/confirm", allow=Right.REVIEWER, methods=("POST",))
def confirm_certain() -> Response:
    """Confirm what was asked about, one by one."""
    picks = _picks()
    if not picks:
        abort(400)
    made = services.confirm(db.session(), viewer=viewer(), picks=picks, moment=clock.now())
    lost = list(made.lost) or None
    return redirect(url_for("manager.certain_done", batch=made.public_id or None, lost=lost), 303)


@manager.page("/review/certain/done", allow=Right.REVIEWER)
def certain_done() -> str:
    """Say how many were confirmed and what became of the others."""
    batch, lost = request.args.get("batch", ""), request.args.getlist("lost")
    return render_template(
        "manager/queue_done.html", batch=batch,
        confirmed=services.standing_batch(db.session(), viewer=viewer(), batch=batch),
        lost=services.standing(db.session(), viewer=viewer(), public_ids=lost),
    )  # fmt: skip


@manager.page("/review/certain/undo", allow=Right.REVIEWER, methods=("POST",))
def undo_certain() -> Response:
    """Undo what was confirmed together."""
    batch = request.form.get("batch", "").replace("\0", "")
    undone, late = services.undo(db.session(), viewer=viewer(), batch=batch, moment=clock.now())
    if not undone:
        return to_queue(said="late")
    return to_queue(said="batch_late" if late else "batch_undone")


def _picks() -> Picks:
    """Return (remark, version) of every `pick` that is well formed: `<public id>:<version>`."""
    pairs = (text.replace("\0", "").rpartition(":") for text in request.form.getlist("pick"))
    return [(remark, int(version)) for remark, _, version in pairs if _is_number(version)]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 9
