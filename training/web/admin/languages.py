"""The languages of patients' pages, and the practice's own words in each of them."""

from collections.abc import Sequence
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectMultipleField, TextAreaField
from wtforms.validators import Length

from training import clock
from training.extensions import db
from training.services import practices
from training.services.practices import WORDINGS, WRITTEN_IN, PracticeWords
from training.web.admin import admin
from training.web.admin.settings import LONGEST, TOO_LONG, SettingsForm
from training.web.forms import PostForm, option
from training.web.guard import Right
from training.web.languages import Language, known
from training.web.viewer import viewer


@admin.page("/admin/languages", allow=Right.ADMIN, methods=("GET", "POST"))
def languages() -> ResponseReturnValue:
    """Show and store which languages patients may choose, and the practice's words in them."""
    others = [one for one in known().values() if one.code != WRITTEN_IN]
    words = practices.words(db.session(), practice_id=viewer().practice_id)
    kind = _form_for(others)
    if request.method == "GET":
        return _page(kind(data=_shown(words, others)), others, words)
    form = kind.of_request()
    if not form.validate():
        return _page(form, others, words), 400
    practices.offer_languages(
        db.session(), viewer=viewer(), languages=form.data["languages"],
        wordings=_written(form, others), moment=clock.now(),
    )  # fmt: skip
    return redirect(url_for("admin.languages", saved=1), 303)


def _form_for(others: Sequence[Language]) -> type[PostForm]:
    """Return a form with a tick for each language and a box for each of the practice's wordings."""
    labels = {name: str(SettingsForm()[name].label.text) for name in WORDINGS}
    boxes: dict[str, Any] = {
        box(one.code, name): TextAreaField(label, [Length(max=LONGEST, message=TOO_LONG)])
        for one in others
        for name, label in labels.items()
    }
    choices = [option(one.code, f"{one.english_name} ({one.name})") for one in others]
    ticks = SelectMultipleField("Also offer", choices=choices)
    return type("LanguagesForm", (PostForm,), {"languages": ticks, **boxes})


def box(code: str, name: str) -> str:
    """Return the name of the box for one wording in one language."""
    return f"{code}-{name}"


def _shown(words: PracticeWords, others: Sequence[Language]) -> dict[str, Any]:
    boxes = {
        box(one.code, name): words.wordings.get(one.code, {}).get(name, "")
        for one in others
        for name in WORDINGS
    }
    return {"languages": list(words.languages), **boxes}


def _written(form: PostForm, others: Sequence[Language]) -> dict[str, dict[str, str]]:
    return {one.code: {name: form.said(box(one.code, name)) for name in WORDINGS} for one in others}


def _page(form: PostForm, others: Sequence[Language], words: PracticeWords) -> str:
    return render_template(
        "admin/languages.html",
        form=form,
        others=others,
        english={name: getattr(words, name) for name in WORDINGS},
        box=box,
        saved="saved" in request.args,
    )
