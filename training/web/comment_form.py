"""The form of a comment: what a patient may say, on their own page, at a kiosk, or on paper."""

import re
import secrets
from collections.abc import Iterable
from typing import Any

from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)

from training import skills
from training.feedback.comment import tidy
from training.services.comments import LONGEST, LONGEST_CONTACT, Words
from training.web.forms import PostForm
from training.web.languages import gettext, ngettext, number

RATINGS = ("very_good", "good", "neither", "poor", "very_poor", "dont_know")
WRITERS = ("patient", "carer", "helper")
OPENNESS = ("anonymous", "contact", "known")

_KEY = re.compile(r"[\w-]{20,64}", re.ASCII)


def _within_limit(_form: Any, field: Any) -> None:
    over = len(tidy(field.data or "")) - LONGEST
    if over > 0:
        told = ngettext(
            "This is %(over)s character too long. Shorten it to %(limit)s; nothing is lost yet.",
            "This is %(over)s characters too long. Shorten it to %(limit)s; nothing is lost yet.",
            over,
        )
        raise ValidationError(told % {"over": number(over), "limit": number(LONGEST)})


def _listed(_form: Any, field: Any) -> None:
    if field.data and field.data not in field.choices:
        raise ValidationError(gettext("Choose one of the answers."))


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
            raise ValidationError(gettext("Choose an answer here, or write a few words below."))

    def validate_contact(self, field: StringField) -> None:
        """Ask for a way to answer where an answer is wanted."""
        contact = tidy(field.data or "")
        if self.openness.data == "contact" and not contact:
            raise ValidationError(
                gettext("Write an email address or phone number, or choose “Nobody”.")
            )
        if len(contact) > LONGEST_CONTACT:
            told = gettext("Use at most %(limit)s characters.")
            raise ValidationError(told % {"limit": number(LONGEST_CONTACT)})

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
