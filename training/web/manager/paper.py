"""Cards that patients filled in on paper, typed in by somebody of the practice, word for word."""

from datetime import date

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectField, StringField
from wtforms.validators import ValidationError

from training import clock, skills
from training.extensions import db, wake
from training.services import comments, practices
from training.services import paper as cards
from training.services.comments import LONGEST
from training.services.paper import BadDay, Card
from training.services.people import NotFound
from training.web.comment_form import CommentForm, fit_key
from training.web.forms import option
from training.web.guard import Right
from training.web.local import today_of
from training.web.manager import manager
from training.web.viewer import viewer


class PaperForm(CommentForm):
    """What stands on a card: where and when it was written, and the answers of the patient's form."""

    site = SelectField("Site")
    day = StringField("Day it was written")

    def validate_day(self, field: StringField) -> None:
        """Refuse what is no day."""
        try:
            date.fromisoformat(field.data or "")
        except ValueError:
            raise ValidationError("Write the day as 2026-03-16.") from None

    def card(self) -> Card:
        """Return the card, for the service."""
        return Card(self.said("site"), date.fromisoformat(self.said("day")), self.words())


@manager.page("/paper", allow=Right.PAPER, methods=("GET", "POST"))
def paper() -> ResponseReturnValue:
    """Take one card after another."""
    form = PaperForm.of_request()
    sites = practices.sites(db.session(), viewer=viewer())
    form.site.choices = [option(site.public_id, site.name) for site in sites]
    if request.method == "GET":
        form.day.data = today_of(viewer()).isoformat()
        form.site.data = request.args.get("site", "")
        return _page(form)
    if not (form.validate() and _entered(form)):
        return _page(form), 400
    return redirect(url_for("manager.paper", done=1, site=form.said("site")), 303)


def _entered(form: PaperForm) -> bool:
    moment = clock.now()
    try:
        receipt = cards.enter(db.session(), viewer=viewer(), card=form.card(), moment=moment)
    except NotFound:
        abort(404)
    except BadDay:
        form.day.errors = ["The day is to come, or more than three months ago."]
        return False
    if receipt.comment_id is not None:
        read = comments.read(db.session(), comment_id=receipt.comment_id, moment=moment)
        wake("alerts" if read.held else "comments", receipt.comment_id)
    return True


def _page(form: PaperForm) -> str:
    return render_template(
        "manager/paper.html",
        form=form,
        done="done" in request.args and request.method == "GET",
        stages=[(stage.slug, stage.for_patients) for stage in skills.STAGES.values()],
        post_key=fit_key(form.post_key.data),
        limit=LONGEST,
        kept=form.data,
        errors=dict(form.faults()),
    )
