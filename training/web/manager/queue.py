"""The review queue: safety first, then one comment at a time until nothing waits."""

from functools import partial

from flask import Response, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response as Redirect

from training import clock, skills
from training.extensions import db
from training.services import decisions, opening, review, undoing
from training.services.people import NotFound
from training.web.guard import Right
from training.web.manager import manager
from training.web.viewer import viewer

SAID = {
    "gone": "That comment is decided. Nothing was changed.",
    "dealt_with": "Marked as dealt with. It stays out of every sum.",
    "released": "Released: the comment counts now, and its remarks wait with the others.",
    "undone": "Undone. The remark waits again.",
    "late": "That can no longer be undone: something was decided since.",
}
MISSING = {
    "to": "Choose whom the remark is about.",
    "match": "Choose which of them the remark is about.",
    "theme": "Choose a matter from the list.",
}


@manager.page("/review", allow=Right.REVIEWER, endpoint="queue")
def show_queue() -> str:
    """Show what waits for the viewer, without any patient's words."""
    page = request.args.get("page", 1, type=int)
    found = review.queue(db.session(), viewer=viewer(), moment=clock.now(), page=page)
    return render_template("manager/queue.html", queue=found, undo=_undoable(), said=_said())


@manager.page("/review/<public_id>", allow=Right.REVIEWER, writes=True)
def comment(public_id: str) -> ResponseReturnValue:
    """Show one comment in full; that it was read is audited."""
    try:
        return _comment_page(public_id)
    except opening.NothingToDecide:
        return _to_queue(said="gone")


def _comment_page(
    public_id: str, status: int = 200, *, lost: str = "", missing: tuple[str, str] | None = None
) -> Response:
    """Draw a comment; `lost` and `missing` name the remark that could not be decided."""
    who, moment = viewer(), clock.now()
    try:
        found = opening.open_comment(
            db.session(), viewer=who, public_id=public_id, moment=moment, decided_too=bool(lost)
        )
    except NotFound:
        abort(404)
    page = request.args.get("page", 1, type=int)
    queue = review.queue(db.session(), viewer=who, moment=moment, page=page)
    drawn = render_template(
        "manager/comment.html", comment=found, queue=queue, undo=_undoable(), said=_said(),
        themes=skills.THEMES.values(), lost=lost, missing=missing, missing_words=MISSING,
    )  # fmt: skip
    return make_response(drawn, status)


@manager.page("/review/<public_id>/<remark_id>", allow=Right.REVIEWER, methods=("POST",))
def decide(public_id: str, remark_id: str) -> ResponseReturnValue:
    """Decide one remark and go on to the next; whoever comes second is told what stands."""
    try:
        made = _decided(remark_id)
    except NotFound:
        abort(404)
    except decisions.AlreadyDecided:
        return _comment_page(public_id, 409, lost=remark_id)
    except decisions.NotChosen as choice:
        return _comment_page(public_id, 400, missing=(remark_id, choice.field))
    if made.next_comment is None:
        return _to_queue(decided=made.public_id)
    more = made.next_comment == public_id
    at = url_for(
        "manager.comment", public_id=made.next_comment, decided=made.public_id,
        _anchor="next" if more else None,
    )  # fmt: skip
    return redirect(at, 303)


def _decided(remark_id: str) -> decisions.Decided:
    """Make the decision that the pressed button names: `confirm`, `confirm:<match>`, `move` …"""
    form = request.form
    verb, _, match = form.get("decision", "").partition(":")
    verbs = {
        "confirm": partial(decisions.confirm, match_public_id=match),
        "move": partial(decisions.move, staff_public_id=form.get("to", "")),
        "reject": partial(decisions.reject),
        "system": partial(decisions.put_down_to_system, theme=form.get("theme", "")),
    }
    if verb not in verbs:
        abort(400)
    return verbs[verb](
        db.session(), viewer=viewer(), remark_public_id=remark_id,
        version=form.get("version", -1, type=int), moment=clock.now(),
    )  # fmt: skip


@manager.page("/review/undo", allow=Right.REVIEWER, methods=("POST",))
def undo() -> Redirect:
    """Undo one's own last decision on a remark, and go back to its comment."""
    made = request.form.get("decision", "").replace("\0", "")  # PostgreSQL takes no NUL
    try:
        back = undoing.undo(db.session(), viewer=viewer(), public_id=made, moment=clock.now())
    except undoing.TooLate:
        return _to_queue(said="late")
    return redirect(url_for("manager.comment", public_id=back, said="undone"), 303)


@manager.page("/review/<public_id>/hold", allow=Right.SAFEGUARDER, methods=("POST",))
def close_hold(public_id: str) -> Redirect:
    """Say that a held comment was dealt with, or release it to ordinary review."""
    outcome = request.form.get("outcome", "")
    if outcome not in {"dealt_with", "released"}:
        abort(400)
    try:
        review.close_hold(
            db.session(), viewer=viewer(), public_id=public_id, outcome=outcome, moment=clock.now()
        )
    except NotFound:
        abort(404)
    return _to_queue(said=outcome)


def _to_queue(*, said: str | None = None, decided: str | None = None) -> Redirect:
    return redirect(url_for("manager.queue", said=said, decided=decided), 303)


def _undoable() -> undoing.Undoable | None:
    made = request.args.get("decided", "")
    return undoing.undoable(db.session(), viewer=viewer(), public_id=made) if made else None


def _said() -> str:
    return SAID.get(request.args.get("said", ""), "")
