"""Comments that a patient may not have sent: a look, then let in or set aside."""

from flask import abort, redirect, render_template, request, url_for
from werkzeug import Response as Redirect

from training import clock
from training.extensions import db
from training.services import doubts
from training.web.guard import Right
from training.web.manager import manager
from training.web.viewer import viewer


@manager.page("/review/doubtful", allow=Right.REVIEWER, writes=True)
def doubtful() -> str:
    """List what was set apart, with its words; that they were read is audited."""
    found = doubts.page(db.session(), viewer=viewer(), moment=clock.now())
    return render_template(
        "manager/queue_doubtful.html", found=found, said=request.args.get("said", ""),
        number=request.args.get("number", 0, type=int),
    )  # fmt: skip


@manager.page("/review/doubtful/settle", allow=Right.REVIEWER, methods=("POST",))
def settle_doubtful() -> Redirect:
    """Let in what was ticked, or set it aside."""
    pressed = request.form.get("press", "")
    if pressed not in {"let_in", "set_aside"}:
        abort(400)
    picks = [pick.replace("\0", "") for pick in request.form.getlist("pick")]
    if not picks:
        return redirect(url_for("manager.doubtful", said="none"), 303)
    number = doubts.settle(
        db.session(), viewer=viewer(), public_ids=picks, let_in=pressed == "let_in",
        moment=clock.now(),
    )  # fmt: skip
    return redirect(url_for("manager.doubtful", said=pressed, number=number), 303)
