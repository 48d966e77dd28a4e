"""Files of the roster, visits and comments: sent, checked, then imported or thrown away."""

import csv
import io

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage
from wtforms.fields import RadioField

from training import clock
from training.extensions import bedside, db, wake
from training.services import import_undo
from training.services import imports as files
from training.services.cells import defuse
from training.services.imports import BadRows, Kept, Unreadable
from training.services.people import NotFound
from training.web.admin import admin
from training.web.forms import PostForm, option
from training.web.guard import Right
from training.web.viewer import viewer

MANY_FAULTS = 100
READ_AT_ONCE = 200  # about a second; the background reads what is left
KINDS = [
    ("roster", "Roster", "Who works here. Import this first: it also adds the sites."),
    ("visits", "Visits", "When, where and on which channel; nothing about the patient."),
    ("visit_staff", "Who was on the visits", "Ties visits to the people on the roster."),
    ("comments", "Comments", "What patients wrote before Bedside, as CSV or JSON lines."),
]
KIND_NAMES = {slug: name for slug, name, _ in KINDS}


class KindForm(PostForm):
    """Which kind of file it is."""

    kind = RadioField(
        "What is in the file?", choices=[option(*kind) for kind in KIND_NAMES.items()]
    )


@admin.page("/admin/import", allow=Right.ADMIN, methods=("GET", "POST"))
def imports() -> ResponseReturnValue:
    """Take a file and check it; nothing is imported yet."""
    request.max_content_length = bedside().config.max_upload_mb * 1024 * 1024
    if request.method == "GET":
        return _send_page(KindForm())
    form = KindForm.of_request()
    sent = request.files.get("file")
    if not form.validate() or sent is None or not sent.filename:
        missing = "" if sent and sent.filename else "Choose a file."
        return _send_page(form, file_error=missing), 400
    try:
        public_id = _keep(form.kind.data, sent)
    except Unreadable as problem:
        return _send_page(form, problem=problem), 400
    return redirect(url_for("admin.import_file", public_id=public_id), 303)


def _keep(kind: str, sent: FileStorage) -> str:
    return files.keep(
        db.session(), viewer=viewer(), kind=kind, name=sent.filename or "",
        body=sent.read(), moment=clock.now(),
    )  # fmt: skip


def _send_page(form: KindForm, file_error: str = "", problem: Unreadable | None = None) -> str:
    return render_template(
        "admin/imports.html",
        form=form,
        kinds=KINDS,
        columns=files.KINDS,
        file_error=file_error,
        faults=problem.faults[:MANY_FAULTS] if problem else (),
        cancelled="cancelled" in request.args,
        max_mb=bedside().config.max_upload_mb,
        runs=import_undo.recent(db.session(), viewer=viewer(), moment=clock.now()),
        names=KIND_NAMES,
    )


@admin.page("/admin/import/<public_id>", allow=Right.ADMIN, methods=("GET", "POST"))
def import_file(public_id: str) -> ResponseReturnValue:
    """Show what a file would do, or has done; a POST imports it."""
    if request.method == "GET":
        return _report_page(_kept(public_id))
    try:
        files.run_kept(
            db.session(), viewer=viewer(), public_id=public_id, moment=clock.now(),
            good_rows="good_rows" in request.form, read_at_once=READ_AT_ONCE,
        )  # fmt: skip
    except NotFound:
        abort(404)
    except BadRows as problem:
        return _report_page(Kept(public_id, problem.report), refused=True), 400
    wake("comments", viewer().practice_id)
    return redirect(url_for("admin.import_file", public_id=public_id), 303)


def _kept(public_id: str) -> Kept:
    try:
        return files.kept(db.session(), viewer=viewer(), public_id=public_id, moment=clock.now())
    except NotFound:
        abort(404)


def _report_page(kept: Kept, *, refused: bool = False) -> str:
    return render_template(
        "admin/import_file.html",
        public_id=kept.public_id,
        report=kept.report,
        kind=KIND_NAMES[kept.report.kind],
        faults=kept.report.faults[:MANY_FAULTS],
        refused=refused,
    )


@admin.page("/admin/import/<public_id>/faults.csv", allow=Right.ADMIN)
def import_faults(public_id: str) -> Response:
    """Answer with every line that needs fixing, as a table for a spreadsheet."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(("line", "id", "problem"))
    for fault in _kept(public_id).report.faults:
        table.writerow((fault.line, defuse(fault.row), defuse(fault.text)))
    answer = Response("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename="lines-to-fix.csv")
    return answer


@admin.page("/admin/import/<public_id>/cancel", allow=Right.ADMIN, methods=("POST",))
def cancel_import(public_id: str) -> ResponseReturnValue:
    """Throw a file away unimported."""
    try:
        files.cancel(db.session(), viewer=viewer(), public_id=public_id)
    except NotFound:
        abort(404)
    return redirect(url_for("admin.imports", cancelled=1), 303)
