"""Withdrawing a comment at a patient's request: found by its reference, asked about, then erased."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.validators import InputRequired

from training import clock
from training.extensions import db, wake
from training.services import withdrawing
from training.services.people import NotFound
from training.web.admin import admin
from training.web.forms import PostForm
from training.web.guard import Right
from training.web.viewer import viewer


class ReferenceForm(PostForm):
    """The reference of a comment, as whoever read it in the queue has passed it on."""

    reference = StringField("Reference", [InputRequired("Enter the reference of the comment.")])


@admin.page("/admin/withdraw", allow=Right.ADMIN, methods=("GET", "POST"))
def withdraw() -> ResponseReturnValue:
    """Ask for the reference of a comment."""
    form = ReferenceForm.of_request()
    if request.method == "POST" and form.validate():
        try:
            found = withdrawing.find(
                db.session(), viewer=viewer(), reference=form.said("reference")
            )
        except NotFound:
            form.reference.errors = ["There is no comment with this reference, or it is erased."]
        else:
            return redirect(url_for("admin.withdraw_one", public_id=found.reference), 303)
    done = "done" in request.args and request.method == "GET"
    page = render_template("admin/withdraw.html", form=form, done=done)
    return page, 200 if request.method == "GET" else 400


@admin.page("/admin/withdraw/<public_id>", allow=Right.ADMIN, methods=("GET", "POST"))
def withdraw_one(public_id: str) -> ResponseReturnValue:
    """Ask whether to erase a comment; a POST erases it, which cannot be undone."""
    try:
        if request.method == "GET":
            found = withdrawing.find(db.session(), viewer=viewer(), reference=public_id)
            return render_template("admin/withdraw_one.html", comment=found)
        withdrawing.withdraw(db.session(), viewer=viewer(), reference=public_id, moment=clock.now())
    except NotFound:
        abort(404)
    wake("suggestions", viewer().practice_id)
    return redirect(url_for("admin.withdraw", done=1), 303)
