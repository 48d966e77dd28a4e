"""Conversations to rehearse: the library, the player and the debrief, each the person's own.

    GET /conversations ─► GET /conversations/<slug> ─► POST …/start ─► GET /plays/<id>
    POST /plays/<id>/move · hint · back ─► 303 ─► GET /plays/<id> ─► GET /plays/<id>/debrief

The same with and without JavaScript: a post leads to a page that shows how things stand.
"""

from collections.abc import Callable

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response
from wtforms import TextAreaField

from training import clock
from training.extensions import db
from training.scenarios import catalogue
from training.services import conversations as library_of
from training.services import debriefs, plays, replaying
from training.services.debriefs import NotFinished, Page
from training.services.people import NotFound
from training.services.plays import LONGEST_NOTE, TooLong, WentOn
from training.web import charts
from training.web.forms import PostForm
from training.web.guard import Right
from training.web.local import today_of
from training.web.staff import shown, staff
from training.web.viewer import viewer

TOO_LONG = f"Use at most {LONGEST_NOTE:,} characters."


class NoteForm(PostForm):
    """What a person writes for themselves on a debrief."""

    reflection = TextAreaField("Reflection")
    intention = TextAreaField("My plan")


@staff.page("/conversations", allow=Right.PERSON)
def conversations() -> str:
    """Show every conversation, those for the person's own role first."""
    found = library_of.library(db.session(), viewer=viewer(), catalogue=catalogue.load())
    return render_template("staff/conversations.html", library=found, portrait=shown.opening)


@staff.page("/conversations/<slug>", allow=Right.PERSON)
def scenario(slug: str) -> str:
    """Show one conversation before it begins: who, what is going on, the aim."""
    try:
        found = library_of.one(
            db.session(), viewer=viewer(), slug=slug, catalogue=catalogue.load(),
            today=today_of(viewer()),
        )  # fmt: skip
    except NotFound:
        abort(404)
    return render_template(
        "staff/scenario.html", one=found, portrait=shown.opening,
        remark=request.args.get("remark", ""), suggestion=request.args.get("suggestion", ""),
    )  # fmt: skip


@staff.page("/conversations/<slug>/start", allow=Right.PERSON, methods=("POST",))
def begin(slug: str) -> Response:
    """Begin a conversation, or go on with the one begun."""
    try:
        public_id = plays.start(
            db.session(), viewer=viewer(), slug=slug, catalogue=catalogue.load(), moment=clock.now(),
            remark=request.form.get("remark", ""), suggestion=request.form.get("suggestion", ""),
        )  # fmt: skip
    except NotFound:
        abort(404)
    return redirect(url_for("staff.play", public_id=public_id), 303)


@staff.page("/plays/<public_id>", allow=Right.PERSON, endpoint="play")
def player(public_id: str) -> str:
    """Show where a play stands."""
    try:
        look = plays.look(db.session(), viewer=viewer(), public_id=public_id)
    except NotFound:
        abort(404)
    return render_template(
        "staff/player.html", look=look, stage=shown.Stage(look),
        went_on="went_on" in request.args,
    )  # fmt: skip


@staff.page("/plays/<public_id>/move", allow=Right.PERSON, methods=("POST",))
def move(public_id: str) -> Response:
    """Make a move."""
    scene, choice = request.form.get("scene", ""), request.form.get("choice", "")
    return _and_look(
        public_id,
        lambda number: plays.choose(
            db.session(), viewer=viewer(), public_id=public_id, number=number,
            scene=scene, choice=choice, moment=clock.now(),
        ),
    )  # fmt: skip


@staff.page("/plays/<public_id>/hint", allow=Right.PERSON, methods=("POST",))
def hint(public_id: str) -> Response:
    """Open the hint of the moment that a play is at."""
    return _and_look(
        public_id,
        lambda number: plays.hint(
            db.session(), viewer=viewer(), public_id=public_id, number=number
        ),
    )  # fmt: skip


@staff.page("/plays/<public_id>/back", allow=Right.PERSON, methods=("POST",))
def back(public_id: str) -> Response:
    """Take back the last line."""
    return _and_look(
        public_id,
        lambda number: plays.step_back(
            db.session(), viewer=viewer(), public_id=public_id, number=number, moment=clock.now()
        ),
    )  # fmt: skip


def _and_look(public_id: str, act: Callable[[int], None]) -> Response:
    """Do something at the moment that the page showed, then show where the play stands."""
    went_on = None
    try:
        act(request.form.get("number", 0, type=int))  # no moment has the number 0
    except NotFound:
        abort(404)
    except WentOn:
        went_on = 1
    return redirect(url_for("staff.play", public_id=public_id, went_on=went_on, _anchor="now"), 303)


@staff.page("/plays/<public_id>/debrief", allow=Right.PERSON)
def debrief(public_id: str) -> ResponseReturnValue:
    """Look back on a finished play."""
    try:
        page = _debrief(public_id)
    except NotFinished:
        return redirect(url_for("staff.play", public_id=public_id), 303)
    form = NoteForm(data={"reflection": page.reflection, "intention": page.intention})
    return _debrief_page(page, form)


@staff.page("/plays/<public_id>/again", allow=Right.PERSON, methods=("POST",))
def again(public_id: str) -> Response:
    """Go on anew from a moment of a finished play."""
    try:
        new = replaying.again_from(
            db.session(), viewer=viewer(), public_id=public_id,
            number=request.form.get("number", 0, type=int), moment=clock.now(),
        )  # fmt: skip
    except NotFound:
        abort(404)
    return redirect(url_for("staff.play", public_id=new, _anchor="now"), 303)


@staff.page("/plays/<public_id>/note", allow=Right.PERSON, methods=("POST",))
def note(public_id: str) -> ResponseReturnValue:
    """Keep what a person writes for themselves."""
    form = NoteForm.of_request()
    try:
        plays.note(
            db.session(), viewer=viewer(), public_id=public_id,
            reflection=form.said("reflection"), intention=form.said("intention"),
        )  # fmt: skip
    except NotFound:
        abort(404)
    except TooLong as fault:
        form[fault.field].errors = [TOO_LONG]
        return _debrief_page(_debrief(public_id), form), 400
    return redirect(url_for("staff.debrief", public_id=public_id, saved=1, _anchor="note"), 303)


def _debrief(public_id: str) -> Page:
    """Return a debrief; raise `NotFinished`, or answer 404."""
    who = viewer()
    try:
        return debriefs.page(
            db.session(),
            viewer=who,
            public_id=public_id,
            catalogue=catalogue.load(),
            today=today_of(who),
        )
    except NotFound:
        abort(404)


def _debrief_page(page: Page, form: NoteForm) -> str:
    return render_template(
        "staff/debrief.html", page=page, form=form, charts=charts, portrait=shown.opening,
        figure=shown.trust_figure(page), mastery=shown.mastery_words(page.mastery),
        practise={}, saved="saved" in request.args,
    )  # fmt: skip
