"""The notes on the charts: a list, a form, and a way to take one off and put it back."""

from datetime import date

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import DateField, SelectField, StringField
from wtforms.validators import InputRequired

from training import clock
from training.extensions import db
from training.services import annotations
from training.services.annotations import Board, Draft, NotWritten
from training.services.people import NotFound
from training.web.forms import PostForm, option
from training.web.guard import Right
from training.web.local import today_of
from training.web.manager import filters, manager
from training.web.viewer import viewer

NO_DAY = "Write the day as day, month and year."


class NoteForm(PostForm):
    """What happened, when, and on which charts it stands."""

    on_day = DateField("Day", [InputRequired(NO_DAY)])
    kind = SelectField("Kind", choices=[option(*one) for one in annotations.KINDS.items()])
    words = StringField("What happened")
    topic = SelectField("On the charts of")
    site = SelectField("Site")

    def offer(self, board: Board) -> None:
        """Fill in what may be chosen."""
        every = [("", "Every topic"), *filters.topic_options()[1:]]
        self.topic.choices = [option(*one) for one in every]
        places = [("", "The whole practice")] if board.whole else [("", "Choose a site")]
        self.site.choices = [option(*one) for one in (*places, *board.sites)]


@manager.page("/trends/notes", allow=Right.MANAGER, methods=("GET", "POST"))
def chart_notes() -> ResponseReturnValue:
    """List the notes on the charts, and take a new one."""
    board = annotations.board(db.session(), viewer=viewer())
    if request.method == "GET":
        asked = filters.filters_of_request()
        form = NoteForm(data={"topic": asked.topic, "site": asked.site, "on_day": None})
        form.offer(board)
        return _page(form, board)
    form = NoteForm.of_request()
    form.offer(board)
    if form.validate() and form.on_day.data and _written(form, form.on_day.data):
        return redirect(url_for("manager.chart_notes", saved=1), 303)
    _say_plainly(form)
    return _page(form, board), 400


def _written(form: NoteForm, on_day: date) -> bool:
    who = viewer()
    draft = Draft(
        on_day=on_day, kind=form.said("kind"), words=form.said("words"),
        topic=form.said("topic"), site=form.said("site"),
    )  # fmt: skip
    try:
        annotations.write(
            db.session(), viewer=who, draft=draft, today=today_of(who), moment=clock.now()
        )
    except NotWritten as problem:
        form[problem.field].errors = [str(problem)]
        return False
    return True


def _say_plainly(form: NoteForm) -> None:
    if form.on_day.data is None:
        form.on_day.errors = [NO_DAY]


def _page(form: NoteForm, board: Board) -> str:
    return render_template(
        "manager/chart_notes.html", form=form, board=board, kinds=annotations.KINDS,
        longest=annotations.LONGEST, saved="saved" in request.args,
        removed=request.args.get("removed", ""),
    )  # fmt: skip


@manager.page("/trends/notes/<public_id>/remove", allow=Right.MANAGER, methods=("POST",))
def remove_chart_note(public_id: str) -> ResponseReturnValue:
    """Take a note off the charts; the page that follows offers to undo it."""
    try:
        annotations.remove(db.session(), viewer=viewer(), public_id=public_id, moment=clock.now())
    except NotFound:
        abort(404)
    return redirect(url_for("manager.chart_notes", removed=public_id), 303)


@manager.page("/trends/notes/<public_id>/restore", allow=Right.MANAGER, methods=("POST",))
def restore_chart_note(public_id: str) -> ResponseReturnValue:
    """Put a note back on the charts."""
    try:
        annotations.restore(db.session(), viewer=viewer(), public_id=public_id, moment=clock.now())
    except NotFound:
        abort(404)
    return redirect(url_for("manager.chart_notes"), 303)
