"""Who works here and who signs in: invitations from the roster, rights, one-time links, leavers."""

from dataclasses import replace
from typing import Any, TypeVar

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, SelectMultipleField, StringField
from wtforms.fields import RadioField
from wtforms.validators import InputRequired, Length, ValidationError

from training import clock
from training.extensions import bedside, db
from training.integrations import mail
from training.services import directory, practices
from training.services import people as accounts
from training.services.directory import PersonRow
from training.services.people import LastAdmin, NotFound, Rights
from training.services.practices import SiteName
from training.web.admin import admin
from training.web.forms import PostForm, option
from training.web.guard import Right
from training.web.links import post_invitation, post_link
from training.web.local import today_of
from training.web.viewer import viewer

LAST_ADMIN = "This is the last admin. Make somebody else an admin first."


class RightsForm(PostForm):
    """What an account may see and do; no site ticked means the whole practice."""

    role = RadioField(
        "Role",
        choices=[option(role, role.title()) for role in accounts.ROLES],
        default="staff",
    )
    may_review = BooleanField("May review")
    may_safeguard = BooleanField("May safeguard")
    sites = SelectMultipleField("Only these sites")

    def rights(self) -> Rights:
        """Return what was ticked."""
        return Rights(
            self.role.data,
            bool(self.may_review.data),
            bool(self.may_safeguard.data),
            tuple(self.sites.data or ()),
        )


class InviteForm(RightsForm):
    """An e-mail address, and what the new account may see and do."""

    email = StringField(
        "Work e-mail address", [InputRequired("Enter an e-mail address."), Length(max=254)]
    )

    def validate_email(self, field: StringField) -> None:
        """Refuse what is not an address."""
        if not mail.is_address((field.data or "").strip()):
            raise ValidationError("This e-mail address is not complete.")


@admin.page("/admin/people", allow=Right.ADMIN)
def people() -> str:
    """List the roster and the accounts."""
    rows = directory.everyone(db.session(), viewer=viewer(), today=today_of(viewer()))
    return render_template(
        "admin/people.html",
        rows=rows,
        sites={site.public_id: site.name for site in _sites_everywhere()},
        done=request.args.get("done", ""),
    )


@admin.page("/admin/people/<public_id>/invite", allow=Right.ADMIN, methods=("GET", "POST"))
def invite(public_id: str) -> ResponseReturnValue:
    """Make an account for a row of the roster, and show its link once."""
    row = _person(public_id)
    if row.account_public_id:
        return redirect(url_for("admin.person", public_id=row.account_public_id), 303)
    if row.state == "left":
        abort(404)
    if request.method == "GET":
        form = _with_sites(InviteForm(data={"email": row.roster_email}))
        return render_template("admin/invite.html", form=form, row=row)
    form = _with_sites(InviteForm.of_request())
    link = _invited(row, form) if form.validate() else None
    if link is None:
        return render_template("admin/invite.html", form=form, row=row), 400
    return _link_page(row, form.said("email"), link)


def _invited(row: PersonRow, form: InviteForm) -> str | None:
    try:
        address, token = accounts.invite(
            db.session(), viewer=viewer(), staff_public_id=row.staff_public_id or "",
            email=form.email.data or "", rights=form.rights(), moment=clock.now(),
        )  # fmt: skip
    except accounts.EmailTaken:
        form.email.errors = ["Somebody signs in with this address already."]
        return None
    return post_invitation(address, token, by=viewer())


@admin.page("/admin/people/<public_id>", allow=Right.ADMIN, methods=("GET", "POST"))
def person(public_id: str) -> ResponseReturnValue:
    """Show and change what an account may see and do."""
    row = _account(public_id)
    if request.method == "GET":
        return _person_page(row, _with_sites(RightsForm(data=_given(row.rights))))
    form = _with_sites(RightsForm.of_request())
    if form.validate() and _changed(public_id, form):
        return redirect(url_for("admin.people", done="changed"), 303)
    return _person_page(row, form), 400


def _changed(public_id: str, form: RightsForm) -> bool:
    try:
        accounts.change_rights(
            db.session(), viewer=viewer(), account_public_id=public_id,
            rights=form.rights(), moment=clock.now(),
        )  # fmt: skip
    except LastAdmin:
        form.role.errors = [LAST_ADMIN]
        return False
    return True


def _person_page(row: PersonRow, form: RightsForm) -> str:
    return render_template("admin/person.html", row=row, form=form)


def _given(rights: Rights) -> dict[str, object]:
    return {
        "role": rights.role,
        "may_review": rights.may_review,
        "may_safeguard": rights.may_safeguard,
        "sites": list(rights.site_public_ids),
    }


@admin.page("/admin/people/<public_id>/link", allow=Right.ADMIN, methods=("POST",))
def new_link(public_id: str) -> str:
    """Make a fresh one-time link for somebody who lost theirs, and show it once."""
    row = _account(public_id)
    try:
        address, token = accounts.new_link(
            db.session(), viewer=viewer(), account_public_id=public_id, moment=clock.now()
        )
    except NotFound:
        abort(404)
    if row.state == "invited":
        link = post_invitation(address, token, by=viewer())
    else:
        link = post_link(address, token, subject="A new link for Bedside")
    return _link_page(row, address, link)


def _link_page(row: PersonRow, address: str, link: str) -> str:
    only_here = bedside().config.only_here
    return render_template(
        "admin/link.html", row=row, address=address, link=link, only_here=only_here
    )


@admin.page("/admin/people/<public_id>/disable", allow=Right.ADMIN, methods=("GET", "POST"))
def disable(public_id: str) -> ResponseReturnValue:
    """Ask, then stop an account from signing in."""
    row = _account(public_id)
    if request.method == "GET":
        return render_template("admin/disable.html", row=row, problem="")
    try:
        accounts.disable(
            db.session(), viewer=viewer(), account_public_id=public_id, moment=clock.now()
        )
    except LastAdmin:
        return render_template("admin/disable.html", row=row, problem=LAST_ADMIN), 400
    return redirect(url_for("admin.people", done="disabled"), 303)


@admin.page("/admin/people/<public_id>/enable", allow=Right.ADMIN, methods=("POST",))
def enable(public_id: str) -> ResponseReturnValue:
    """Let a disabled account sign in again."""
    try:
        accounts.enable(
            db.session(), viewer=viewer(), account_public_id=public_id, moment=clock.now()
        )
    except NotFound:
        abort(404)
    return redirect(url_for("admin.people", done="enabled"), 303)


def _person(public_id: str) -> PersonRow:
    try:
        return directory.one(
            db.session(), viewer=viewer(), public_id=public_id, today=today_of(viewer())
        )
    except NotFound:
        abort(404)


def _account(public_id: str) -> PersonRow:
    row = _person(public_id)
    if row.account_public_id != public_id:
        abort(404)
    return row


Rightful = TypeVar("Rightful", bound=RightsForm)


def _sites_everywhere() -> list[SiteName]:
    return practices.sites(db.session(), viewer=replace(viewer(), site_ids=()))


def _every_site() -> list[Any]:
    return [option(site.public_id, site.name) for site in _sites_everywhere()]


def _with_sites(form: Rightful) -> Rightful:
    form.sites.choices = _every_site()
    return form
