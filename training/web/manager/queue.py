"""The review queue: safety first, then one comment at a time until nothing waits."""

from functools import partial

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response as Redirect

from training import clock
from training.extensions import db
from training.services import (
    cases,
    corrections,
    decisions,
    dispute_decisions,
    doubts,
    opening,
    review,
    splitting,
    ten_minutes,
    undoing,
)
from training.services.people import NotFound
from training.web.guard import Right
from training.web.local import today_of
from training.web.manager import comment_page, manager
from training.web.viewer import viewer


@manager.page("/review", allow=Right.REVIEWER, endpoint="queue")
def show_queue() -> str:
    """Show what waits for the viewer, without any patient's words."""
    page = request.args.get("page", 1, type=int)
    found = review.queue(db.session(), viewer=viewer(), moment=clock.now(), page=page)
    return render_template(
        "manager/queue.html", queue=found, undo=comment_page.undoable(),
        said=comment_page.said(), disputes=dispute_decisions.counts(db.session(), viewer=viewer()),
        doubtful=doubts.waiting_count(db.session(), viewer=viewer()),
        cases=cases.count(db.session(), viewer=viewer(), today=today_of(viewer())),
    )  # fmt: skip


@manager.page("/review/<public_id>", allow=Right.REVIEWER, writes=True)
def comment(public_id: str) -> ResponseReturnValue:
    """Show one comment in full; that it was read is audited."""
    try:
        return comment_page.draw(public_id)
    except review.HandedOver as over:
        return redirect(url_for("manager.case", public_id=over.case), 303)
    except opening.NothingToDecide:
        return to_queue(said=request.args.get("said") or "gone")


@manager.page("/review/ten-minutes", allow=Right.REVIEWER, endpoint="ten_minutes")
def start_ten_minutes() -> Redirect:
    """Lead to the comment that helps most; `after` leaves one for later."""
    after = request.args.get("after", "")
    found = ten_minutes.following(db.session(), viewer=viewer(), moment=clock.now(), after=after)
    if found is None:
        return to_queue(said="nothing")
    at = url_for("manager.comment", public_id=found, order=comment_page.TEN_MINUTES)
    return redirect(at, 303)


@manager.page("/review/<public_id>/<remark_id>", allow=Right.REVIEWER, methods=("POST",))
def decide(public_id: str, remark_id: str) -> ResponseReturnValue:
    """Decide one remark and go on to the next; whoever comes second is told what stands."""
    try:
        made = _decided(remark_id)
    except NotFound:
        abort(404)
    except decisions.AlreadyDecided:
        return comment_page.draw(public_id, 409, lost=remark_id)
    except decisions.NotChosen as choice:
        return comment_page.draw(public_id, 400, missing=(remark_id, choice.field))
    except splitting.NotSplit as refusal:
        return comment_page.draw(public_id, 409, missing=(remark_id, f"border_{refusal.why}"))
    return _go_on(public_id, made)


def _decided(remark_id: str) -> decisions.Decided:
    """Make the decision that the pressed button names: `confirm`, `confirm:<match>`, `move` …"""
    form = request.form
    verb, _, match = form.get("decision", "").partition(":")
    verbs = {
        "confirm": partial(decisions.confirm, match_public_id=match),
        "move": partial(decisions.move, staff_public_id=form.get("to", "")),
        "reject": partial(decisions.reject),
        "unplaced": partial(decisions.leave_unplaced),
        "system": partial(decisions.put_down_to_system, theme=form.get("theme", "")),
        "correct": partial(
            corrections.correct, sentiment=form.get("sentiment", ""), topic=form.get("topic", "")
        ),
        "split": partial(splitting.split, border=form.get("border", type=int)),
        "not_a_remark": partial(corrections.not_a_remark),
    }
    if verb not in verbs:
        abort(400)
    return verbs[verb](
        db.session(), viewer=viewer(), remark_public_id=remark_id,
        version=form.get("version", -1, type=int), moment=clock.now(),
    )  # fmt: skip


def _go_on(public_id: str, made: decisions.Decided) -> Redirect:
    """Lead to what follows a decision: the rest of the comment, else the next in the order taken."""
    order, following = request.form.get("order"), made.next_comment
    more = following == public_id
    if order == comment_page.TEN_MINUTES and not more:
        following = ten_minutes.following(db.session(), viewer=viewer(), moment=clock.now())
    if following is None:
        return to_queue(decided=made.public_id)
    at = url_for(
        "manager.comment", public_id=following, decided=made.public_id, order=order,
        _anchor="next" if more else None,
    )  # fmt: skip
    return redirect(at, 303)


@manager.page("/review/undo", allow=Right.REVIEWER, methods=("POST",))
def undo() -> Redirect:
    """Undo one's own last decision on a remark, and go back to its comment."""
    made = request.form.get("decision", "").replace("\0", "")  # PostgreSQL takes no NUL
    try:
        back = undoing.undo(db.session(), viewer=viewer(), public_id=made, moment=clock.now())
    except undoing.TooLate:
        return to_queue(said="late")
    return redirect(url_for("manager.comment", public_id=back, said="undone"), 303)


@manager.page("/review/<public_id>/hold", allow=Right.SAFEGUARDER, methods=("POST",))
def close_hold(public_id: str) -> Redirect:
    """Say that a comment which was not read was dealt with."""
    try:
        review.close_hold(db.session(), viewer=viewer(), public_id=public_id, moment=clock.now())
    except NotFound:
        abort(404)
    return to_queue(said="dealt_with")


def to_queue(*, said: str | None = None, decided: str | None = None) -> Redirect:
    """Lead back to the list, with what was just done."""
    return redirect(url_for("manager.queue", said=said, decided=decided), 303)
