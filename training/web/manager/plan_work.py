"""Working on a plan: steps, reviews (with a calendar file), notes, and what became of the change."""

from collections.abc import Callable
from datetime import date

from flask import Response, abort, redirect, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.extensions import bedside, db
from training.services import plan_work, plans
from training.services.people import NotFound
from training.services.plans import BadPlan
from training.web.calendars import Event, event_answer
from training.web.forms import typed
from training.web.guard import Right
from training.web.local import today_of
from training.web.manager import manager
from training.web.manager.plans import plan_page
from training.web.viewer import viewer


@manager.page("/plans/<public_id>/steps", allow=Right.MANAGER, methods=("POST",))
def add_step(public_id: str) -> ResponseReturnValue:
    """Add a step."""
    return _after(
        public_id,
        "step",
        lambda: plan_work.add_step(
            db.session(), viewer=viewer(), public_id=public_id, words=typed("words"),
            who=typed("who"), due_on=_day("due_on", needed=False), moment=clock.now(),
        ),
    )  # fmt: skip


@manager.page("/plans/<public_id>/steps/<step>", allow=Right.MANAGER, methods=("POST",))
def tick_step(public_id: str, step: str) -> ResponseReturnValue:
    """Say that a step is done, or not after all."""
    who = viewer()
    return _after(
        public_id,
        "",
        lambda: plan_work.tick(
            db.session(), viewer=who, public_id=public_id, step=step, done=typed("done") == "yes",
            today=today_of(who), moment=clock.now(),
        ),
    )  # fmt: skip


@manager.page("/plans/<public_id>/steps/<step>/remove", allow=Right.MANAGER, methods=("POST",))
def remove_step(public_id: str, step: str) -> ResponseReturnValue:
    """Take a step out; the page offers to put it back."""
    who = viewer()
    return _after(
        public_id,
        "",
        lambda: plan_work.remove_step(
            db.session(), viewer=who, public_id=public_id, step=step, today=today_of(who),
            moment=clock.now(),
        ),
        removed=step,
    )  # fmt: skip


@manager.page("/plans/<public_id>/steps/<step>/restore", allow=Right.MANAGER, methods=("POST",))
def restore_step(public_id: str, step: str) -> ResponseReturnValue:
    """Put a step back."""
    return _after(
        public_id,
        "",
        lambda: plan_work.restore_step(
            db.session(), viewer=viewer(), public_id=public_id, step=step, moment=clock.now()
        ),
    )


@manager.page("/plans/<public_id>/reviews", allow=Right.MANAGER, methods=("POST",))
def add_review(public_id: str) -> ResponseReturnValue:
    """Set a day for a review."""

    def act() -> None:
        day = _day("on_day", needed=True)
        assert day is not None
        plan_work.add_review(
            db.session(), viewer=viewer(), public_id=public_id, on_day=day, moment=clock.now()
        )

    return _after(public_id, "review", act)


@manager.page("/plans/<public_id>/reviews/<review>", allow=Right.MANAGER, methods=("POST",))
def hold_review(public_id: str, review: str) -> ResponseReturnValue:
    """Say that a review was held, or not after all."""
    who = viewer()
    return _after(
        public_id,
        "",
        lambda: plan_work.hold_review(
            db.session(), viewer=who, public_id=public_id, review=review,
            held=typed("held") == "yes", today=today_of(who), moment=clock.now(),
        ),
    )  # fmt: skip


@manager.page("/plans/<public_id>/reviews/<review>/day.ics", allow=Right.MANAGER)
def review_file(public_id: str, review: str) -> Response:
    """Give the day of a review as a calendar file."""
    who = viewer()
    try:
        found = plans.read(db.session(), viewer=who, public_id=public_id, today=today_of(who))
        work = plan_work.read(db.session(), viewer=who, public_id=public_id, today=today_of(who))
    except NotFound:
        abort(404)
    day = next((one.on_day for one in work.reviews if one.public_id == review), None)
    if day is None:
        abort(404)
    event = Event(
        uid=review, day=day, title=f"Review: {found.line.name}", words=found.aim,
        address=bedside().config.base_url + url_for("manager.plan", public_id=public_id),
    )  # fmt: skip
    return event_answer(event, made_at=clock.now(), name=f"bedside-review-{day}")


@manager.page("/plans/<public_id>/notes", allow=Right.MANAGER, methods=("POST",))
def write_plan_note(public_id: str) -> ResponseReturnValue:
    """Write something down under plan, do, study or act."""
    return _after(
        public_id,
        "note",
        lambda: plan_work.write_note(
            db.session(), viewer=viewer(), public_id=public_id, phase=typed("phase"),
            words=typed("note"), moment=clock.now(),
        ),
    )  # fmt: skip


@manager.page("/plans/<public_id>/end", allow=Right.MANAGER, methods=("POST",))
def end_plan(public_id: str) -> ResponseReturnValue:
    """Say what became of the change."""
    who = viewer()
    return _after(
        public_id,
        "ended",
        lambda: plans.end(
            db.session(), viewer=who, public_id=public_id, decision=typed("decision"),
            today=today_of(who), moment=clock.now(),
        ),
    )  # fmt: skip


@manager.page("/plans/<public_id>/reopen", allow=Right.MANAGER, methods=("POST",))
def reopen_plan(public_id: str) -> ResponseReturnValue:
    """Take back that the plan was ended."""
    return _after(
        public_id,
        "",
        lambda: plans.reopen(
            db.session(), viewer=viewer(), public_id=public_id, moment=clock.now()
        ),
    )


def _after(
    public_id: str, done: str, act: Callable[[], None], *, removed: str | None = None
) -> ResponseReturnValue:
    """Do something to a plan; go back to its page, or draw it with what was wrong."""
    try:
        act()
    except NotFound:
        abort(404)
    except BadPlan as bad:
        db.session.rollback()
        return plan_page(public_id, ((bad.field, str(bad)),)), 400
    return redirect(
        url_for("manager.plan", public_id=public_id, done=done or None, removed=removed), 303
    )


def _day(name: str, *, needed: bool) -> date | None:
    """Return the day in a field; None where it may be empty and is."""
    text = typed(name).strip()
    if not text and not needed:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadPlan(name, "Write the day as 2026-03-16.") from None
