"""The first screen of an admin, and the practice's own words ever after."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from training import clock
from training.extensions import db
from training.services import directory, practices
from training.services.practices import BadSetting, PracticeWords, Settings, SiteName
from training.web.admin import admin
from training.web.forms import PostForm, option
from training.web.guard import Right
from training.web.local import today_of
from training.web.viewer import viewer

LONGEST = 4000
TOO_LONG = f"Use at most {LONGEST:,} characters."
SHORT = [Length(max=LONGEST, message=TOO_LONG)]


class SettingsForm(PostForm):
    """What a practice says of itself; sites that are there have fields of their own."""

    name = StringField("Name of the practice", [InputRequired("Give the practice its name.")])
    time_zone = SelectField(
        "Time zone",
        choices=[option(zone, zone.replace("_", " ")) for zone in practices.time_zones()],
    )
    sites = TextAreaField("More sites", SHORT)
    emergency_wording = TextAreaField(
        "In an emergency", [DataRequired(practices.EMERGENCY), *SHORT]
    )
    crisis_wording = TextAreaField("In a crisis", [DataRequired(practices.CRISIS), *SHORT])
    complaints_contact = TextAreaField("Complaints", SHORT)
    privacy_notice = TextAreaField("Privacy notice", SHORT)
    reading_on = BooleanField("Read comments automatically")


@admin.page("/admin/settings", allow=Right.ADMIN, methods=("GET", "POST"))
def settings() -> ResponseReturnValue:
    """Show and store what a practice says of itself."""
    words = practices.words(db.session(), practice_id=viewer().practice_id)
    sites = practices.sites(db.session(), viewer=viewer())
    if request.method == "GET":
        return _page(SettingsForm(data=_shown(words)), sites)
    form = SettingsForm.of_request()
    named = tuple((s.public_id, request.form.get(f"site-{s.public_id}", s.name)) for s in sites)
    if form.validate() and _stored(form, named):
        return redirect(url_for("admin.settings", saved=1), 303)
    shown = [SiteName(s.id, s.public_id, n) for s, (_, n) in zip(sites, named, strict=True)]
    return _page(form, shown), 400


def _shown(words: PracticeWords) -> dict[str, Any]:
    names = ("name", "time_zone", "emergency_wording", "crisis_wording", "complaints_contact")
    kept = {name: getattr(words, name) for name in (*names, "privacy_notice", "reading_on")}
    return kept if words.set_up else kept | {"name": ""}


def _stored(form: SettingsForm, named: tuple[tuple[str, str], ...]) -> bool:
    given = {name: value for name, value in form.data.items() if name != "sites"}
    wanted = Settings(sites=tuple((form.sites.data or "").splitlines()), renamed=named, **given)
    try:
        practices.change(db.session(), viewer=viewer(), settings=wanted, moment=clock.now())
    except BadSetting as problem:
        form[problem.field].errors = [str(problem)]
        return False
    return True


def _page(form: SettingsForm, sites: list[SiteName]) -> str:
    rows = directory.everyone(db.session(), viewer=viewer(), today=today_of(viewer()))
    if not sites:
        form.sites.label.text = "Sites"
    able = [row for row in rows if row.state in {"active", "invited"}]
    return render_template(
        "admin/settings.html",
        form=form,
        sites=sites,
        saved="saved" in request.args,
        on_roster=any(row.staff_public_id for row in rows),
        reviewers=[row.name for row in able if row.rights.may_review],
        safeguarders=[row.name for row in able if row.rights.may_safeguard],
    )
