"""Codes for visits and for posters: made, shown once on a sheet to print, never shown again."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from training import clock, periods
from training.extensions import bedside, db
from training.integrations import qr
from training.services import codes as patient_codes
from training.services import practices
from training.services.codes import CodeUsed
from training.services.people import NotFound
from training.services.practices import SiteName
from training.services.signing_in import Viewer
from training.web.admin import admin
from training.web.guard import Right
from training.web.local import today_of
from training.web.viewer import viewer

DAYS = {
    1: "Today",
    7: "The last 7 days",
    14: "The last 14 days",
    28: "The last 28 days",
}
MANY_VISITS = 200


@dataclass(frozen=True, slots=True)
class Choice:
    """Which visits a page of codes is about: the last so many days, at one site or all."""

    days: int
    site: str
    first: date
    last: date
    viewer: Viewer


@dataclass(frozen=True, slots=True)
class Slip:
    """One code on paper: what it is for, its address, the code to read aloud, and all of it as QR."""

    title: str
    details: str
    address: str
    code: str
    qr: Markup


@admin.page("/admin/codes", allow=Right.ADMIN)
def codes() -> str:
    """List recent visits and posters, and how their codes stand."""
    choice = _choice(request.args)
    rows = patient_codes.of_days(
        db.session(), viewer=choice.viewer, first=choice.first, last=choice.last,
        moment=clock.now(),
    )  # fmt: skip
    return render_template(
        "admin/codes.html",
        rows=rows[:MANY_VISITS],
        hidden=len(rows[MANY_VISITS:]),
        without=sum(row.state == "none" for row in rows),
        choice=choice,
        days=[(str(days), words) for days, words in DAYS.items()],
        sites=[("", "Every site"), *((site.public_id, site.name) for site in _sites())],
        posters=patient_codes.posters(db.session(), viewer=viewer()),
    )


def _sites() -> list[SiteName]:
    return practices.sites(db.session(), viewer=viewer())


def _choice(given: MultiDict[str, str]) -> Choice:
    """Read days and site; what is not among the choices is the first of them, a foreign site 404."""
    days = given.get("days", type=int)
    days = days if days in DAYS else 7
    site = given.get("site", "")
    last = today_of(viewer())
    who = viewer()
    if site:
        found = [s.id for s in _sites() if s.public_id == site]
        if not found:
            abort(404)
        who = replace(who, site_ids=(found[0],))
    return Choice(days, site, last - timedelta(days=days - 1), last, who)


@admin.page("/admin/codes/visits", allow=Right.ADMIN, methods=("POST",))
def visit_codes() -> str:
    """Make a code for each chosen visit that has none, and show them once."""
    choice = _choice(request.form)
    made = patient_codes.issue_for_days(
        db.session(), viewer=choice.viewer, first=choice.first, last=choice.last,
        key=bedside().code_key, moment=clock.now(),
    )  # fmt: skip
    return _sheet([_visit_slip(row, code) for row, code in made])


def _visit_slip(row: patient_codes.VisitCode, code: str) -> Slip:
    where = f", {row.site}" if row.site else ""
    return _slip(f"Visit {row.visit_ref}", f"{periods.day_label(row.day)}{where}", code)


@admin.page("/admin/codes/visits/<public_id>", allow=Right.ADMIN, methods=("POST",))
def visit_code(public_id: str) -> ResponseReturnValue:
    """Make a fresh code for one visit; the one before stops working."""
    try:
        code = patient_codes.issue(
            db.session(), viewer=viewer(), visit_public_id=public_id,
            key=bedside().code_key, moment=clock.now(),
        )  # fmt: skip
    except NotFound:
        abort(404)
    except CodeUsed:
        return render_template("admin/code_used.html"), 409
    return _sheet([_slip("A new code for one visit", "The code before it no longer works.", code)])


@admin.page("/admin/codes/posters/<public_id>", allow=Right.ADMIN, methods=("POST",))
def poster_code(public_id: str) -> str:
    """Make a fresh code for a site and show its poster once; the one before stops working."""
    try:
        code = patient_codes.issue_poster(
            db.session(), viewer=viewer(), site_public_id=public_id,
            key=bedside().code_key, moment=clock.now(),
        )  # fmt: skip
    except NotFound:
        abort(404)
    name = next(site.name for site in _sites() if site.public_id == public_id)
    only_here = bedside().config.only_here
    return render_template("admin/poster.html", slip=_slip(name, "", code), only_here=only_here)


def _slip(title: str, details: str, code: str) -> Slip:
    address = bedside().config.base_url + url_for("patient.form", code=code)
    drawing = Markup(qr.svg(address))  # noqa: S704 - our own drawing, it holds no words
    return Slip(title, details, address, code, drawing)


def _sheet(slips: list[Slip]) -> str:
    only_here = bedside().config.only_here
    return render_template("admin/code_sheet.html", slips=slips, only_here=only_here)
