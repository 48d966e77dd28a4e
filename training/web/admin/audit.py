"""The audit page: who did what and when, with its filters in the address."""

from datetime import date
from typing import Any

from flask import Response, abort, render_template, request, url_for

from training.extensions import db
from training.services import audit_log
from training.services.audit_log import AuditFilters, AuditLine
from training.services.people import NotFound
from training.web.admin import admin
from training.web.files import csv_answer
from training.web.guard import Right
from training.web.local import today_of
from training.web.viewer import viewer


@admin.page("/admin/audit", allow=Right.ADMIN)
def audit() -> str:
    """Show a page of the audit, newest first."""
    chosen, wrong = _filters()
    number = request.args.get("page", 1, type=int)
    try:
        page = audit_log.page(db.session(), viewer=viewer(), filters=chosen, page=number)
    except NotFound:
        abort(404)
    return render_template(
        "admin/audit.html", found=page, wrong=wrong, given=request.args, address=_address
    )


@admin.page("/admin/audit.csv", allow=Right.ADMIN)
def audit_csv() -> Response:
    """Give all that the filters find as a file."""
    chosen, _ = _filters()
    try:
        lines = audit_log.everything(db.session(), viewer=viewer(), filters=chosen)
    except NotFound:
        abort(404)
    head = ("When (UTC)", "Who", "Verb", "What", "Number", "Facts")
    return csv_answer([head, *map(_row, lines)], name=f"bedside-audit-{today_of(viewer())}")


def _row(line: AuditLine) -> tuple[str, ...]:
    facts = "; ".join(f"{name} {fact}" for name, fact in line.facts)
    when = f"{line.at:%Y-%m-%d %H:%M:%S}"
    return when, line.who, line.verb, line.noun, str(line.number or ""), facts


def _filters() -> tuple[AuditFilters, dict[str, str]]:
    """Return the filters of the address, and a sentence for each day that is none."""
    wrong: dict[str, str] = {}
    days: dict[str, date | None] = {}
    for name in ("from", "to"):
        try:
            days[name] = _day(request.args.get(name, ""))
        except ValueError:
            days[name], wrong[name] = None, "Write the day as 2026-03-16."
    who, verb = request.args.get("who", ""), request.args.get("verb", "")
    return AuditFilters(who, verb, days["from"], days["to"]), wrong


def _day(text: str) -> date | None:
    return date.fromisoformat(text.strip()) if text.strip() else None


def _address(endpoint: str, **more: Any) -> str:
    """Return the address of a page of the audit with the filters that are set."""
    names = ("who", "verb", "from", "to")
    chosen = {name: request.args.get(name) or None for name in names}
    return url_for(endpoint, **{**chosen, **more})
