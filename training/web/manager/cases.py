"""Cases: the list, one of them with its log, and what is done about it; for those who safeguard."""

from collections.abc import Callable
from datetime import date
from functools import partial

from flask import Response, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.extensions import db
from training.feedback import cases as rules
from training.services import case_opening, case_work
from training.services import cases as services
from training.services.case_opening import NotSaid
from training.services.people import NotFound
from training.web.forms import typed
from training.web.guard import Right
from training.web.local import today_of
from training.web.manager import comment_page, manager
from training.web.viewer import viewer

SAID = {
    "noted": "Your note is in the log.",
    "assigned": "Saved.",
    "closed": "Closed. The log keeps the reason.",
    "reopened": "Open again. Its comment is held, and leaves every page and sum.",
    "changed": "Somebody else changed this case first. It stands as below; nothing of yours was saved.",
}
WRONG = {
    "note": f"Write a note of at most {case_opening.LONGEST:,} characters.",
    "owner": "Choose who owns the case.",
    "due": "Choose a day from the day it was opened on, within a year.",
    "outcome": "Choose what became of it.",
    "reason": f"Say why it is closed, in at most {case_opening.LONGEST:,} characters.",
    "may_count": "Only a case without any concern for safety lets its comment go to ordinary review.",
    "again": f"Say why it is opened again, in at most {case_opening.LONGEST:,} characters.",
}


@manager.page("/cases", allow=Right.SAFEGUARDER, endpoint="cases")
def show_cases() -> str:
    """List the open, overdue or closed cases, without any patient's words."""
    who = viewer()
    found = services.page(
        db.session(), viewer=who, show=request.args.get("show", ""),
        page=request.args.get("page", 1, type=int), today=today_of(who),
    )  # fmt: skip
    return render_template("manager/cases.html", found=found, said=_said())


@manager.page("/cases/<public_id>", allow=Right.SAFEGUARDER, writes=True)
def case(public_id: str) -> Response:
    """Show one case with its comment in full; that it was read is audited."""
    return _draw(public_id)


@manager.page("/cases/<public_id>/log", allow=Right.SAFEGUARDER, methods=("POST",))
def note_case(public_id: str) -> ResponseReturnValue:
    """Add a line to the log."""
    return _done(public_id, "noted", partial(case_work.note, words=typed("note")))


@manager.page("/cases/<public_id>/owner", allow=Right.SAFEGUARDER, methods=("POST",))
def assign_case(public_id: str) -> ResponseReturnValue:
    """Say who owns the case, and by when it is due."""
    work = partial(case_work.assign, version=_version(), owner=typed("owner"), due_on=_day("due"))
    return _done(public_id, "assigned", work)


@manager.page("/cases/<public_id>/close", allow=Right.SAFEGUARDER, methods=("POST",))
def close_case(public_id: str) -> ResponseReturnValue:
    """Close the case with a reason."""
    work = partial(
        case_work.close, version=_version(), outcome=typed("outcome"), words=typed("reason"),
        may_count=bool(typed("may_count")),
    )  # fmt: skip
    return _done(public_id, "closed", work)


@manager.page("/cases/<public_id>/reopen", allow=Right.SAFEGUARDER, methods=("POST",))
def reopen_case(public_id: str) -> ResponseReturnValue:
    """Open a closed case again."""
    work = partial(case_work.open_again, version=_version(), words=typed("again"))
    return _done(public_id, "reopened", work)


@manager.page("/review/<public_id>/hand-over", allow=Right.REVIEWER, methods=("POST",))
def hand_over(public_id: str) -> ResponseReturnValue:
    """Give a comment to those who safeguard."""
    try:
        case_opening.hand_over(
            db.session(), viewer=viewer(), public_id=public_id, kind=typed("kind"),
            words=typed("why"), moment=clock.now(),
        )  # fmt: skip
    except NotFound:
        abort(404)
    except NotSaid as fault:
        return comment_page.draw(public_id, 400, missing=("", fault.field), typed=typed("why"))
    return redirect(url_for("manager.queue", said="handed_over"), 303)


def _done(public_id: str, said: str, work: Callable[..., None]) -> ResponseReturnValue:
    """Do a piece of work on a case and show it again; a fault is shown on the page it came from."""
    try:
        work(db.session(), viewer=viewer(), public_id=public_id, moment=clock.now())
    except NotFound:
        abort(404)
    except case_work.Changed:
        return _draw(public_id, 409, said="changed")
    except NotSaid as fault:
        return _draw(public_id, 400, wrong=fault.field)
    return redirect(url_for("manager.case", public_id=public_id, said=said), 303)


def _draw(public_id: str, status: int = 200, *, wrong: str = "", said: str = "") -> Response:
    who = viewer()
    try:
        found = services.open_case(
            db.session(), viewer=who, public_id=public_id, today=today_of(who), moment=clock.now()
        )
    except NotFound:
        abort(404)
    page = render_template(
        "manager/case.html", case=found, wrong=wrong, wrong_words=WRONG, typed=typed,
        said=SAID[said] if said else _said(), outcomes=rules.OUTCOMES, longest=case_opening.LONGEST,
        safety=found.line.kind in rules.SAFETY_KINDS,
    )  # fmt: skip
    return make_response(page, status)


def _said() -> str:
    return SAID.get(request.args.get("said", ""), "")


def _version() -> int:
    return request.form.get("version", -1, type=int)


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(typed(name))
    except ValueError:
        return None
