"""One remark of a person's own: what they think of it, for themselves, and whether it is right at all."""

from flask import Response, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response as Redirect

from training import clock
from training.extensions import db
from training.scenarios import catalogue
from training.services import disputes as services
from training.services import reflections, remarks
from training.services.people import NotFound
from training.services.practising import for_remarks
from training.web.forms import typed
from training.web.guard import Right
from training.web.local import today_of
from training.web.staff import staff
from training.web.viewer import viewer

GROUNDS = (
    ("not_about_me", "It is not about me"),
    ("not_that_visit", "I was not on that visit"),
    ("system_cause", "It is about how things work, not about what I did"),
    ("factually_wrong", "What it says did not happen"),
    ("abusive", "It is abusive"),
    ("discriminatory", "It is discriminatory"),
)
ERRORS = {
    "ground": "Choose what is wrong with it.",
    "words": f"Use at most {services.LONGEST:,} characters.",
    "reflection": f"Use at most {reflections.LONGEST:,} characters.",
}


@staff.page("/what-patients-say/<public_id>", allow=Right.PERSON)
def one_remark(public_id: str) -> Response:
    """Show one remark with the person's own note on it, and the way to dispute it."""
    return _draw(public_id)


def _draw(public_id: str, status: int = 200, *, fault: str = "", typed: str = "") -> Response:
    who = viewer()
    try:
        shown = remarks.remark_of(db.session(), viewer=who, public_id=public_id)
    except NotFound:
        abort(404)
    kept = reflections.of(db.session(), viewer=who, remark_public_id=public_id)
    page = render_template(
        "staff/one_remark.html", one=shown, errors={fault: ERRORS[fault]} if fault else {},
        reflection=typed if fault == "reflection" else kept,
        words=typed if fault in ("ground", "words") else "",
        ground=request.form.get("ground", ""), grounds=GROUNDS,
        said=request.args.get("said", ""), days=services.DAYS,
        practise=for_remarks(db.session(), viewer=who, shown=[shown], catalogue=catalogue.load()),
        longest=reflections.LONGEST, longest_words=services.LONGEST,
    )  # fmt: skip
    return make_response(page, status)


@staff.page("/what-patients-say/<public_id>/reflection", allow=Right.PERSON, methods=("POST",))
def reflect(public_id: str) -> ResponseReturnValue:
    """Keep what a person writes for themselves about a remark."""
    words = typed("reflection")
    try:
        reflections.write(
            db.session(), viewer=viewer(), remark_public_id=public_id, words=words,
            moment=clock.now(),
        )  # fmt: skip
    except NotFound:
        abort(404)
    except reflections.TooLong:
        return _draw(public_id, 400, fault="reflection", typed=words)
    return redirect(url_for("staff.one_remark", public_id=public_id, said="kept"), 303)


@staff.page("/what-patients-say/<public_id>/dispute", allow=Right.PERSON, methods=("POST",))
def dispute(public_id: str) -> ResponseReturnValue:
    """Dispute a remark, which freezes it at once."""
    words = typed("words")
    try:
        services.dispute(
            db.session(), viewer=viewer(), remark_public_id=public_id, words=words,
            ground=request.form.get("ground", ""), moment=clock.now(),
        )  # fmt: skip
    except NotFound:
        abort(404)
    except services.NotSaid as fault:
        return _draw(public_id, 400, fault=fault.field, typed=words)
    except services.NotDisputable:
        return redirect(url_for("staff.disputes", said="settled"), 303)
    return redirect(url_for("staff.disputes", said="disputed"), 303)


@staff.page("/disputes", allow=Right.PERSON, endpoint="disputes")
def show_disputes() -> str:
    """Show what a person disputed, until when it is decided, and how it ended."""
    found = services.mine(db.session(), viewer=viewer(), today=today_of(viewer()))
    return render_template(
        "staff/disputes.html", found=found, grounds=dict(GROUNDS), days=services.DAYS,
        said=request.args.get("said", ""),
    )  # fmt: skip


@staff.page("/disputes/<public_id>/withdraw", allow=Right.PERSON, methods=("POST",))
def withdraw_dispute(public_id: str) -> Redirect:
    """Take back a dispute: the remark stands again as it did."""
    try:
        services.withdraw(db.session(), viewer=viewer(), public_id=public_id, moment=clock.now())
    except NotFound:
        abort(404)
    return redirect(url_for("staff.disputes", said="withdrawn"), 303)
