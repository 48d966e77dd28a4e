"""Undoing an import: what it would do is said first, then it is asked."""

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.extensions import db
from training.services import import_undo
from training.services.import_undo import Run, TooLate, Undoing
from training.services.people import NotFound
from training.web.admin import admin
from training.web.admin.imports import KIND_NAMES
from training.web.guard import Right
from training.web.viewer import viewer


@admin.page("/admin/import/undo/<public_id>", allow=Right.ADMIN)
def undo_import(public_id: str) -> str:
    """Say what undoing an import would do, and what it cannot, or what it has done."""
    return _page(*_preview(public_id))


@admin.page("/admin/import/undo/<public_id>", allow=Right.ADMIN, methods=("POST",))
def import_undone(public_id: str) -> ResponseReturnValue:
    """Undo an import."""
    try:
        import_undo.undo(db.session(), viewer=viewer(), public_id=public_id, moment=clock.now())
    except NotFound:
        abort(404)
    except TooLate:
        return _page(*_preview(public_id)), 409
    return redirect(url_for("admin.undo_import", public_id=public_id), 303)


def _preview(public_id: str) -> tuple[Run, Undoing]:
    try:
        return import_undo.preview(
            db.session(), viewer=viewer(), public_id=public_id, moment=clock.now()
        )
    except NotFound:
        abort(404)


def _page(run: Run, undoing: Undoing) -> str:
    return render_template(
        "admin/undo_import.html", run=run, undoing=undoing, kind=KIND_NAMES[run.kind]
    )
