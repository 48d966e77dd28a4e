"""The comments behind a number, as far as a manager may read them; reading them is audited."""

from flask import abort, render_template, request

from training import clock
from training.extensions import db
from training.services import comment_list as comments
from training.services.people import NotFound
from training.web.guard import Right
from training.web.local import today_of
from training.web.manager import filters, manager
from training.web.viewer import viewer


@manager.page("/comments", allow=Right.MANAGER, writes=True)
def comment_list() -> str:
    """List comments, a page of 25 at a time."""
    who = viewer()
    try:
        found = comments.read(
            db.session(), viewer=who, filters=filters.filters_of_request(),
            page=request.args.get("page", 1, type=int), today=today_of(who), moment=clock.now(),
        )  # fmt: skip
    except NotFound:
        abort(404)
    return render_template("manager/comment_list.html", found=found, filters=filters)
