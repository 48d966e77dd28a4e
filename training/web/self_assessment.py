"""Taking part in the self-assessment: one form each half-year, for everybody who signs in."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training import clock, skills
from training.extensions import db
from training.services import self_assessment as services
from training.services.self_assessment import AlreadyAnswered, NothingAnswered
from training.trends.instrument import ANSWERS, STATEMENTS, half_of
from training.web.account import account
from training.web.forms import typed
from training.web.guard import Right
from training.web.local import today_of
from training.web.viewer import viewer


@account.page("/self-assessment/answer", allow=Right.SIGNED_IN, methods=("GET",))
def self_assessment() -> str:
    """Show the form, or that it was filled in."""
    who = viewer()
    return _page(open_now=services.may_answer(db.session(), viewer=who, today=today_of(who)))


@account.page("/self-assessment/answer", allow=Right.SIGNED_IN, methods=("POST",))
def answer_self_assessment() -> ResponseReturnValue:
    """Count the answers."""
    who = viewer()
    answers = {one.slug: typed(one.slug) for one in STATEMENTS}
    try:
        services.answer(
            db.session(), viewer=who, answers=answers, today=today_of(who), moment=clock.now()
        )
    except NothingAnswered:
        first = STATEMENTS[0].slug
        return _page(open_now=True, errors={first: "Answer one statement at least."}), 400
    except AlreadyAnswered:
        db.session.rollback()
    return redirect(url_for("account.self_assessment"), 303)


def _page(*, open_now: bool, errors: dict[str, str] | None = None) -> str:
    who = viewer()
    return render_template(
        "account/self_assessment.html",
        open_now=open_now,
        side=services.side_of(viewer=who),
        half=half_of(today_of(who)).label,
        stages=[
            (stage.for_staff, [one for one in STATEMENTS if one.stage == stage.slug])
            for stage in skills.STAGES.values()
        ],
        answers=list(ANSWERS.items()),
        errors=errors or {},
    )
