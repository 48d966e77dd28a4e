"""Disputes in the queue: the list without words, one at a time, and how many a practice has."""

from collections.abc import Callable
from functools import partial

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response

from training import clock
from training.extensions import db
from training.services import dispute_decisions, disputes, undoing
from training.services.decisions import AlreadyDecided, Decided
from training.services.people import NotFound
from training.web.guard import Right
from training.web.local import today_of
from training.web.manager import comment_page, manager
from training.web.viewer import viewer

SAID = {
    "decided_before": "Somebody else decided that dispute first. Nothing was changed.",
    "reopened": "Undone. The dispute is open again.",
    "late": "That can no longer be undone: something was decided since.",
}


@manager.page("/review/disputes", allow=Right.REVIEWER, endpoint="disputes")
def show_disputes() -> str:
    """List the disputes that the viewer may decide, without any patient's words."""
    who = viewer()
    return render_template(
        "manager/queue_disputes.html", undo=comment_page.undoable(),
        said=SAID.get(request.args.get("said", ""), ""),
        found=dispute_decisions.waiting(db.session(), viewer=who, today=today_of(who)),
    )  # fmt: skip


@manager.page("/review/disputes/<public_id>", allow=Right.REVIEWER, writes=True)
def dispute(public_id: str) -> str:
    """Show one dispute with its comment; that it was read is audited."""
    who = viewer()
    try:
        case = dispute_decisions.open_case(
            db.session(), viewer=who, public_id=public_id, today=today_of(who), moment=clock.now()
        )
    except NotFound:
        abort(404)
    return render_template("manager/queue_dispute.html", case=case)


@manager.page("/review/disputes/<public_id>/decide", allow=Right.REVIEWER, methods=("POST",))
def decide_dispute(public_id: str) -> ResponseReturnValue:
    """Keep the remark, or uphold the dispute: it leaves every sum, or goes to the system."""
    verbs: dict[str, Callable[..., Decided]] = {
        "keep": dispute_decisions.keep,
        "uphold": partial(dispute_decisions.uphold, system=False),
        "system": partial(dispute_decisions.uphold, system=True),
    }
    verb = verbs.get(request.form.get("decision", ""))
    if verb is None:
        abort(400)
    try:
        made = verb(
            db.session(), viewer=viewer(), public_id=public_id, moment=clock.now(),
            version=request.form.get("version", -1, type=int),
        )  # fmt: skip
    except NotFound:
        abort(404)
    except AlreadyDecided:
        return _to_list(said="decided_before")
    return _to_list(decided=made.public_id)


@manager.page("/review/disputes/undo", allow=Right.REVIEWER, methods=("POST",))
def undo_dispute() -> Response:
    """Undo one's own decision on a dispute: it is open again."""
    made = request.form.get("decision", "").replace("\0", "")
    try:
        undoing.undo(db.session(), viewer=viewer(), public_id=made, moment=clock.now())
    except undoing.TooLate:
        return _to_list(said="late")
    return _to_list(said="reopened")


@manager.page("/trends/disputes", allow=Right.MANAGER)
def dispute_rate() -> str:
    """Say how many remarks of the practice were disputed, where there are enough to say so."""
    found = disputes.rate(db.session(), viewer=viewer(), today=today_of(viewer()))
    return render_template("manager/queue_rate.html", rate=found, fewest=disputes.FEWEST)


def _to_list(*, said: str | None = None, decided: str | None = None) -> Response:
    return redirect(url_for("manager.disputes", said=said, decided=decided), 303)
