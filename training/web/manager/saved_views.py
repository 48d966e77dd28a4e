"""Trends pages that somebody keeps under a name: a list, a form, and a way to delete and undo."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.extensions import db
from training.services import saved_views
from training.services.people import NotFound
from training.services.saved_views import NotSaved
from training.services.selection import Filters
from training.web.forms import typed
from training.web.guard import Right
from training.web.local import today_of
from training.web.manager import filters, manager
from training.web.viewer import viewer


@manager.page("/trends/views", allow=Right.MANAGER, endpoint="saved_views")
def show_saved_views() -> str:
    """List what the viewer has kept."""
    return _page()


@manager.page("/trends/views", allow=Right.MANAGER, methods=("POST",))
def save_view() -> ResponseReturnValue:
    """Keep the filters that were sent under a name, and lead back to the page they are of."""
    who = viewer()
    chosen = Filters(*(typed(name) for name in ("topic", "site", "team", "stage")))
    try:
        saved_views.save(
            db.session(), viewer=who, name=typed("name"), filters=chosen, today=today_of(who),
            moment=clock.now(),
        )  # fmt: skip
    except NotSaved as problem:
        return _page(problem=str(problem), name=typed("name"), chosen=chosen), 400
    except NotFound:
        abort(404)
    return redirect(filters.address("manager.trends", chosen, saved=1), 303)


def _page(*, problem: str = "", name: str = "", chosen: Filters | None = None) -> str:
    who = viewer()
    views = saved_views.of_viewer(db.session(), viewer=who, today=today_of(who))
    return render_template(
        "manager/saved_views.html", views=views, filters=filters, problem=problem, name=name,
        chosen=chosen, removed=request.args.get("removed", ""), taken="taken" in request.args,
    )  # fmt: skip


@manager.page("/trends/views/<public_id>/remove", allow=Right.MANAGER, methods=("POST",))
def remove_view(public_id: str) -> ResponseReturnValue:
    """Delete a view; the page that follows offers to undo it."""
    try:
        saved_views.remove(db.session(), viewer=viewer(), public_id=public_id, moment=clock.now())
    except NotFound:
        abort(404)
    return redirect(url_for("manager.saved_views", removed=public_id), 303)


@manager.page("/trends/views/<public_id>/restore", allow=Right.MANAGER, methods=("POST",))
def restore_view(public_id: str) -> ResponseReturnValue:
    """Bring back a view that was deleted."""
    try:
        saved_views.restore(db.session(), viewer=viewer(), public_id=public_id)
    except NotFound:
        abort(404)
    except NotSaved:
        return redirect(url_for("manager.saved_views", taken=1), 303)
    return redirect(url_for("manager.saved_views"), 303)
