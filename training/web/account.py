"""Signing in and out, one-time links, the first admin, and a person's own page."""

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from training import clock
from training.extensions import bedside, db
from training.integrations import mail
from training.services import people, practices, signing_in
from training.services.signing_in import Viewer
from training.web import viewer as viewers
from training.web.forms import PostForm, tidy_next
from training.web.guard import Audience, Right
from training.web.links import post_link

account = Audience("account", __name__)

BOTH = ("GET", "POST")


class SignInForm(PostForm):
    """Name and password."""

    email = StringField(
        "E-mail address", [InputRequired("Enter your e-mail address."), Length(max=254)]
    )
    password = PasswordField("Password", [InputRequired("Enter your password.")])
    next = HiddenField()


class EmailForm(PostForm):
    """An e-mail address."""

    email = StringField(
        "E-mail address", [InputRequired("Enter your e-mail address."), Length(max=254)]
    )


class PasswordForm(PostForm):
    """A new password, typed once: it can be shown, and a link can always be asked for again."""

    password = PasswordField("New password", [InputRequired("Choose a password.")])


class FirstAdminForm(PostForm):
    """The first admin, by the code from the console."""

    code = StringField("Code from the console", [InputRequired("Enter the code.")])
    name = StringField("Your name", [InputRequired("Enter your name."), Length(max=120)])
    email = StringField(
        "E-mail address", [InputRequired("Enter your e-mail address."), Length(max=254)]
    )


@account.page("/", allow=Right.ANYONE)
def start() -> ResponseReturnValue:
    """Send people where their day begins; before set-up, to set-up."""
    who = viewers.viewer_or_none()
    if who is not None:
        return redirect(url_for(first_page(who)), 303)
    return redirect(url_for("account.sign_in"), 303)


def first_page(who: Viewer) -> str:
    """Return the endpoint where a person's day begins."""
    if (
        who.role == "admin"
        and not practices.words(db.session(), practice_id=who.practice_id).set_up
    ):
        return "admin.settings"
    if who.has_staff_pages and who.role == "staff":
        return "staff.home"
    return "manager.trends" if who.role in {"manager", "admin"} else "account.mine"


@account.page("/ping", allow=Right.ANYONE)
def ping() -> Response:
    """Answer that the process lives."""
    return Response("ok\n", content_type="text/plain; charset=utf-8")


@account.page("/ping/signed-in", allow=Right.SIGNED_IN)
def ping_signed_in() -> str:
    """Answer with the shell of a signed-in page and nothing in it: the measure of every other page."""
    return render_template("account/ping.html")


@account.page("/sign-in", allow=Right.ANYONE, methods=BOTH)
def sign_in() -> ResponseReturnValue:
    """Sign a person in."""
    form = SignInForm.of_request()
    if request.method == "GET":
        form.next.data = tidy_next(request.args.get("next", "/"))
        return render_template("account/sign_in.html", form=form, problem="")
    if not form.validate():
        return render_template("account/sign_in.html", form=form, problem=""), 400
    try:
        token = signing_in.sign_in(
            db.session(), email=form.said("email"), password=form.said("password"),
            hasher=bedside().hasher, moment=clock.now(),
        )  # fmt: skip
    except signing_in.TooManyTries:
        return render_template("account/sign_in.html", form=form, problem="wait"), 429
    except signing_in.WrongPassword:
        return render_template("account/sign_in.html", form=form, problem="wrong"), 401
    answer = make_response(redirect(tidy_next(form.next.data or "/"), 303))
    return viewers.give_cookie(answer, token)


@account.page("/sign-out", allow=Right.ANYONE, methods=("POST",))
def sign_out() -> ResponseReturnValue:
    """End this sign-in."""
    signing_in.sign_out(db.session(), token=request.cookies.get(viewers.cookie_name(), ""))
    return viewers.take_cookie(make_response(redirect(url_for("account.sign_in"), 303)))


@account.page("/forgotten", allow=Right.ANYONE, methods=BOTH)
def forgotten() -> ResponseReturnValue:
    """Send a link for a new password; say the same whether or not there is such an account."""
    form = EmailForm.of_request()
    if request.method == "GET":
        return render_template("account/forgotten.html", form=form, sent=False)
    if not form.validate():
        return render_template("account/forgotten.html", form=form, sent=False), 400
    found = signing_in.forgotten(db.session(), email=form.said("email"), moment=clock.now())
    if found:
        post_link(*found, subject="A new password for Bedside")
    return render_template("account/forgotten.html", form=form, sent=True)


@account.page("/link/<token>", allow=Right.ANYONE, methods=BOTH)
def link(token: str) -> ResponseReturnValue:
    """Let the owner of a one-time link choose a password; opening the page spends nothing."""
    try:
        name = signing_in.link_owner(db.session(), token=token, moment=clock.now())
    except signing_in.LinkGone:
        return render_template("account/link_gone.html"), 404
    form = PasswordForm.of_request()
    if request.method == "GET":
        return render_template("account/link.html", form=form, name=name)
    if not form.validate():
        return render_template("account/link.html", form=form, name=name), 400
    try:
        opened = signing_in.choose_password(
            db.session(), token=token, password=form.said("password"),
            hasher=bedside().hasher, moment=clock.now(),
        )  # fmt: skip
    except signing_in.BadPassword as problem:
        form.password.errors = [str(problem)]
        return render_template("account/link.html", form=form, name=name), 400
    return viewers.give_cookie(make_response(redirect(url_for("account.start"), 303)), opened)


@account.page("/set-up", allow=Right.ANYONE, methods=BOTH)
def set_up() -> ResponseReturnValue:
    """Make the first admin with the code from the console; afterwards there is no such page."""
    if not people.open_for_set_up(db.session()):
        return render_template("errors/404.html", kept={}), 404
    form = FirstAdminForm.of_request()
    if request.method == "GET":
        return render_template("account/set_up.html", form=form)
    if not form.validate():
        return render_template("account/set_up.html", form=form), 400
    if not mail.is_address(form.said("email")):
        form.email.errors = ["This e-mail address is not complete."]
        return render_template("account/set_up.html", form=form), 400
    try:
        token = people.use_set_up_code(
            db.session(), code=form.said("code").strip(), name=form.said("name"),
            email=form.said("email"), moment=clock.now(),
        )  # fmt: skip
    except people.SetUpOver:
        form.code.errors = [
            "This code is wrong or was used. The console shows a new one at each start."
        ]
        return render_template("account/set_up.html", form=form), 400
    except people.EmailTaken:
        form.email.errors = ["Somebody already signs in with this address."]
        return render_template("account/set_up.html", form=form), 400
    return redirect(url_for("account.link", token=token), 303)


@account.page("/me", allow=Right.SIGNED_IN)
def mine() -> str:
    """Show a person what they may see and do, and how to change their password."""
    return render_template("account/mine.html")
