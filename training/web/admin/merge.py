"""Two rows of the roster that are one person: found by name, shown side by side, made one."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.extensions import db
from training.services import roster_merge
from training.services.people import NotFound
from training.services.roster_merge import BothSignIn, RosterRow, SameRow
from training.web.admin import admin
from training.web.guard import Right
from training.web.viewer import viewer

CHOOSE = "Choose one row to keep and another one to remove."
BOTH = "Both sign in to Bedside. Disable one of the two accounts under Roster first."
GONE = "One of the two rows is not there any more. Somebody may have merged them a moment ago."


@admin.page("/admin/people/merge", allow=Right.ADMIN)
def merge() -> ResponseReturnValue:
    """Find rows by name; with two chosen, show both and ask."""
    if "keep" not in request.args and "remove" not in request.args:
        return _search("")
    try:
        pair = roster_merge.pair(
            db.session(), viewer=viewer(), keep=request.args.get("keep", ""),
            remove=request.args.get("remove", ""),
        )  # fmt: skip
    except (SameRow, NotFound):
        return _search(CHOOSE), 400
    except BothSignIn:
        return _search(BOTH), 400
    return render_template("admin/merge_ask.html", keep=pair[0], remove=pair[1])


def _search(problem: str) -> str:
    words = request.args.get("q", "").strip()
    return render_template(
        "admin/merge.html",
        words=words,
        rows=_found(words),
        problem=problem,
        keep=request.args.get("keep", ""),
        remove=request.args.get("remove", ""),
    )


def _found(words: str) -> list[RosterRow]:
    return roster_merge.find(db.session(), viewer=viewer(), words=words)


@admin.page("/admin/people/merge", allow=Right.ADMIN, methods=("POST",))
def merged() -> ResponseReturnValue:
    """Make one row of two."""
    keep, remove = request.form.get("keep", ""), request.form.get("remove", "")
    if not keep or not remove:
        return _search(CHOOSE), 400
    try:
        roster_merge.merge(
            db.session(), viewer=viewer(), keep=keep, remove=remove, moment=clock.now()
        )
    except SameRow:
        return _search(CHOOSE), 400
    except BothSignIn:
        return _search(BOTH), 400
    except NotFound:
        return _search(GONE), 409
    return redirect(url_for("admin.people", done="merged"), 303)
