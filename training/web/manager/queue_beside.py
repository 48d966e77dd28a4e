"""What reviewers leave beside a comment: spans that staff must not see, and notes to one another."""

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response

from training import clock
from training.extensions import db
from training.services import masks, notes
from training.services.people import NotFound
from training.web.forms import typed
from training.web.guard import Right
from training.web.manager import comment_page, manager
from training.web.viewer import viewer


@manager.page("/review/<public_id>/masks", allow=Right.REVIEWER, methods=("POST",))
def mask(public_id: str) -> ResponseReturnValue:
    """Hide some words of a comment from staff."""
    words = typed("words")
    try:
        masks.mask(
            db.session(), viewer=viewer(), comment_public_id=public_id, words=words,
            reason=request.form.get("reason", ""), moment=clock.now(),
        )  # fmt: skip
    except NotFound:
        abort(404)
    except masks.NoSuchWords:
        return comment_page.draw(public_id, 400, missing=("", "words"), typed=words)
    return _back(public_id, "masked")


@manager.page("/review/<public_id>/masks/<mask_id>", allow=Right.REVIEWER, methods=("POST",))
def unmask(public_id: str, mask_id: str) -> Response:
    """Show a span to staff again."""
    try:
        masks.unmask(
            db.session(), viewer=viewer(), comment_public_id=public_id, public_id=mask_id,
            moment=clock.now(),
        )  # fmt: skip
    except NotFound:
        abort(404)
    return _back(public_id, "unmasked")


@manager.page("/review/<public_id>/notes", allow=Right.REVIEWER, methods=("POST",))
def note(public_id: str) -> ResponseReturnValue:
    """Leave a note to the other reviewers."""
    words = typed("note")
    try:
        notes.write(
            db.session(), viewer=viewer(), comment_public_id=public_id, words=words,
            moment=clock.now(),
        )  # fmt: skip
    except NotFound:
        abort(404)
    except notes.NotWritten:
        return comment_page.draw(public_id, 400, missing=("", "note"), typed=words)
    return _back(public_id, "noted")


@manager.page("/review/<public_id>/notes/<note_id>", allow=Right.REVIEWER, methods=("POST",))
def remove_note(public_id: str, note_id: str) -> Response:
    """Take away a note of one's own."""
    try:
        notes.remove(
            db.session(), viewer=viewer(), comment_public_id=public_id, public_id=note_id,
            moment=clock.now(),
        )  # fmt: skip
    except NotFound:
        abort(404)
    return _back(public_id, "note_gone")


def _back(public_id: str, said: str) -> Response:
    order = request.form.get("order") or None
    return redirect(url_for("manager.comment", public_id=public_id, said=said, order=order), 303)
