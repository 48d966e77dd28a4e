"""What a patient sees: the form behind a code, and the thank-you page. No cookie, no account.

    GET  /c/AB7K-92QX-MW           the form, or the thank-you page where the comment has arrived
    POST /c/AB7K-92QX-MW           kept ─► read ─► 303 to …/thanks; what was wrong: 400, every word kept
    GET  /c/AB7K-92QX-MW/thanks    the same page whatever was said, without a word of it

An unknown and an expired code get one and the same page. A comment is kept before it is read, so a
fault in reading never reaches the patient.
"""

import re
import secrets
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)

from training import clock, skills
from training.extensions import bedside, db, wake
from training.feedback.comment import tidy
from training.services import comments, doors, practices
from training.services.comments import LONGEST, LONGEST_CONTACT, Words
from training.services.doors import CodeGone, Door
from training.services.practices import PracticeWords
from training.web.context import role_name
from training.web.forms import PostForm
from training.web.guard import Audience, Right

patient = Audience("patient", __name__)

RATINGS = ("very_good", "good", "neither", "poor", "very_poor", "dont_know")
WRITERS = ("patient", "carer", "helper")
OPENNESS = ("anonymous", "contact", "known")
EMERGENCY = (
    "If someone is in danger now, call your emergency number: "
    "999 in the UK, 112 in the European Union, 911 in the United States."
)
CRISIS = (
    "If you are thinking of harming yourself, tell somebody now: a person you trust, any member of "
    "staff, or a crisis line (in the UK Samaritans on 116 123, in the United States 988)."
)

_KEY = re.compile(r"[\w-]{20,64}", re.ASCII)


def _within_limit(_form: Any, field: Any) -> None:
    over = len(tidy(field.data or "")) - LONGEST
    if over > 0:
        raise ValidationError(
            f"This is {over:,} characters too long. Shorten it to {LONGEST:,}; nothing is lost yet."
        )


def _listed(_form: Any, field: Any) -> None:
    if field.data and field.data not in field.choices:
        raise ValidationError("Choose one of the answers.")


def _one_of(question: str, values: Iterable[Any]) -> RadioField:
    return RadioField(question, [_listed], choices=list(values), validate_choice=False)


class CommentForm(PostForm):
    """What a patient may say; one answer or a few words is enough."""

    post_key = HiddenField()
    rating = _one_of("Overall, how was your experience of our service?", RATINGS)
    went_well = TextAreaField("What went well?", [_within_limit])
    could_be_better = TextAreaField("What could have been better?", [_within_limit])
    about = SelectMultipleField("Who is this about?", validate_choice=False)
    stage = _one_of("Which part is it about?", skills.STAGES)
    writer = _one_of("Who are you?", WRITERS)
    openness = _one_of("Who may know it was you?", OPENNESS)
    contact = StringField("Email or phone number")
    learn = BooleanField("Staff may read them and learn from them")
    publish = BooleanField("The practice may publish them")
    flags = SelectMultipleField("Is it more than a comment?", validate_choice=False)

    def validate_rating(self, field: RadioField) -> None:
        """Refuse a form that says nothing at all."""
        typed = f"{self.went_well.data or ''}{self.could_be_better.data or ''}"
        if not field.data and not tidy(typed):
            raise ValidationError("Choose an answer here, or write a few words below.")

    def validate_contact(self, field: StringField) -> None:
        """Ask for a way to answer where an answer is wanted."""
        contact = tidy(field.data or "")
        if self.openness.data == "contact" and not contact:
            raise ValidationError("Write an email address or phone number, or choose “Nobody”.")
        if len(contact) > LONGEST_CONTACT:
            raise ValidationError(f"Use at most {LONGEST_CONTACT} characters.")

    def words(self) -> Words:
        """Return what was sent, for the service."""
        return Words(
            post_key=fit_key(self.post_key.data),
            went_well=self.went_well.data or "",
            could_be_better=self.could_be_better.data or "",
            rating=self.rating.data or None,
            about=tuple(self.about.data or ()),
            stage=self.stage.data or None,
            writer=self.writer.data or None,
            openness=self.openness.data or "anonymous",
            contact=self.contact.data or "",
            may_learn=self.learn.data,
            may_publish=self.publish.data,
            asks=tuple(self.flags.data or ()),
        )


def fit_key(sent: str | None) -> str:
    """Return the key that came with a post, or a fresh one where it is missing or misshapen."""
    return sent if sent and _KEY.fullmatch(sent) else secrets.token_urlsafe(24)


@patient.page("/c/<code>", allow=Right.ANYONE, methods=("GET", "POST"), cross_site=True)
def form(code: str) -> ResponseReturnValue:
    """Show the form behind a code, and keep what is sent."""
    sent = CommentForm(request.form)
    try:
        door = _open(code)
        if door.closed:
            return _page("closed", door, kept=_texts(sent)), 404
        if request.method == "GET":
            return _page("thanks", door) if door.used else _form(door, sent)
        if not door.used:
            if not sent.validate():
                return _form(door, sent), 400
            _take(code, sent.words())
    except CodeGone:
        return _gone(_texts(sent))
    return redirect(url_for("patient.thanks", code=code), 303)


@patient.page("/c/<code>/thanks", allow=Right.ANYONE, cross_site=True)
def thanks(code: str) -> ResponseReturnValue:
    """Say thank you, with the practice's own crisis wording and without a word of the comment."""
    try:
        door = _open(code)
    except CodeGone:
        return _gone({})
    if door.invitation_id is not None and not door.used:
        return redirect(url_for("patient.form", code=code), 303)
    return _page("thanks", door)


def _open(code: str) -> Door:
    return doors.redeem(db.session(), code=code, key=bedside().code_key, moment=clock.now())


def _take(code: str, words: Words) -> None:
    moment = clock.now()
    receipt = comments.leave(
        db.session(), code=code, key=bedside().code_key, words=words, moment=moment
    )
    if receipt.comment_id is None:
        return
    if comments.read(db.session(), comment_id=receipt.comment_id, moment=moment).held:
        wake("alerts", receipt.comment_id)


def _page(name: str, door: Door, **more: Any) -> str:
    return render_template(
        f"patient/{name}.html", practice=_wording(door.practice_id), site=door.site, **more
    )


def _form(door: Door, sent: CommentForm) -> str:
    return _page(
        "form",
        door,
        people=[(p.public_id, f"{p.first_name}, {role_name(p.role).lower()}") for p in door.people],
        stages=[(stage.slug, stage.for_patients) for stage in skills.STAGES.values()],
        post_key=fit_key(sent.post_key.data),
        limit=LONGEST,
        kept=sent.data,
        errors=sent.faults(),
    )


def _texts(sent: CommentForm) -> dict[str, str]:
    """Return what was typed, by question: it must not be lost with a link that no longer works."""
    typed = {field.label.text: field.data for field in (sent.went_well, sent.could_be_better)}
    return {question: text for question, text in typed.items() if text}


def _gone(kept: dict[str, str]) -> ResponseReturnValue:
    return render_template("patient/gone.html", practice=None, kept=kept), 404


def _wording(practice_id: int) -> PracticeWords:
    words = practices.words(db.session(), practice_id=practice_id)
    return replace(
        words,
        emergency_wording=words.emergency_wording or EMERGENCY,
        crisis_wording=words.crisis_wording or CRISIS,
    )
