"""A person's home and what patients said about them: thanks first, each remark with a conversation."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask import abort, redirect, render_template, request, url_for
from werkzeug import Response

from training import clock
from training.extensions import db
from training.scenarios import catalogue
from training.scenarios.catalogue import Scenario, UnknownScenarioError
from training.services import (
    answer_undo,
    evidence,
    next_steps,
    own_assignments,
    practices,
    remarks,
    suggestions,
)
from training.services.answer_undo import AnswerStands
from training.services.fitting import Fit
from training.services.people import NotFound
from training.services.practising import for_remarks
from training.services.remarks import Said
from training.services.suggestions import Card
from training.web.guard import Right
from training.web.staff import shown, staff
from training.web.staff.skills import comes_back
from training.web.viewer import viewer

ON_HOME = 4


@dataclass(frozen=True, slots=True)
class Offer:
    """A suggestion and the conversation it leads to."""

    card: Card
    scenario: Scenario


@staff.page("/home", allow=Right.PERSON)
def home() -> str:
    """Greet a person: thanks, what is suggested, then what is worth another look."""
    said = remarks.newest(db.session(), viewer=viewer(), most=ON_HOME)
    now, offers = _local_now(), _offers()
    more = next_steps.of_person(
        db.session(), viewer=viewer(), catalogue=catalogue.load(), has_suggestions=bool(offers)
    )
    asked = own_assignments.mine(
        db.session(), viewer=viewer(), catalogue=catalogue.load(), today=now.date()
    )
    return render_template(
        "staff/home.html", greeting=_greeting(now), today=now.date(), offers=offers, said=said,
        practise=_practise(said), portrait=shown.opening, answered=request.args.get("answered", ""),
        back=comes_back(now.date()), more=more, asked=asked, undo=_undoable(),
    )  # fmt: skip


@staff.page("/what-patients-say", allow=Right.PERSON, endpoint="remarks")
def show_remarks() -> str:
    """Show a person the remarks they may see, by skill, praise first, a page at a time."""
    who, number = viewer(), request.args.get("page", 1, type=int)
    page = remarks.page_of(db.session(), viewer=who, number=number)
    until = evidence.counted_until(
        db.session(), practice_id=who.practice_id, today=_local_now().date()
    )
    return render_template(
        "staff/remarks.html", groups=remarks.by_skill(page.said), page=page,
        practise=_practise(page.said), until=until - timedelta(days=1),
    )  # fmt: skip


@staff.page("/suggestions/<public_id>", allow=Right.PERSON, methods=("POST",))
def answer(public_id: str) -> Response:
    """Keep what a person says to a suggestion; accepting it leads to the conversation."""
    reply = request.form.get("reply", "")
    try:
        slug = suggestions.answer(
            db.session(), viewer=viewer(), public_id=public_id, reply=reply, moment=clock.now()
        )
    except NotFound:
        abort(404)
    if reply == "accepted":
        return redirect(url_for("staff.scenario", slug=slug), 303)
    return redirect(url_for("staff.home", answered=reply, suggestion=public_id), 303)


@staff.page("/suggestions/<public_id>/undo", allow=Right.PERSON, methods=("POST",))
def undo_answer(public_id: str) -> Response:
    """Take back what a person said to a suggestion, or say why it stands."""
    said = "undone"
    try:
        answer_undo.undo(db.session(), viewer=viewer(), public_id=public_id, moment=clock.now())
    except NotFound:
        abort(404)
    except AnswerStands as stands:
        said = stands.why
    return redirect(url_for("staff.home", answered=said), 303)


def _undoable() -> str:
    """Return the suggestion whose answer was just given and can be taken back, "" where none."""
    public_id = request.args.get("suggestion", "")
    can = public_id and answer_undo.undoable(
        db.session(), viewer=viewer(), public_id=public_id, moment=clock.now()
    )
    return public_id if can else ""


def _offers() -> list[Offer]:
    found = []
    for card in suggestions.mine(db.session(), viewer=viewer()):
        try:
            found.append(Offer(card, catalogue.load().get(card.scenario)))
        except UnknownScenarioError:
            continue  # the conversation was taken out of the library since
    return found


def _practise(said: Said) -> dict[str, Fit]:
    """Return by remark the conversation that trains it."""
    every = (*said.praise, *said.criticism)
    return for_remarks(db.session(), viewer=viewer(), shown=every, catalogue=catalogue.load())


def _local_now() -> datetime:
    practice = practices.words(db.session(), practice_id=viewer().practice_id)
    return clock.now().astimezone(ZoneInfo(practice.time_zone))


def _greeting(now: datetime) -> str:
    if now.hour < 12:
        return "Good morning"
    return "Good afternoon" if now.hour < 18 else "Good evening"
