"""What a patient sees: the form behind a code, and the thank-you page. No cookie, no account.

    GET  /c/AB7K-92QX-MW           the form, or the thank-you page where the comment has arrived
    POST /c/AB7K-92QX-MW           kept ─► read ─► 303 to …/thanks; what was wrong: 400, every word kept
    GET  /c/AB7K-92QX-MW/thanks    the same page whatever was said, without a word of it

An unknown and an expired code get one and the same page. A comment is kept before it is read, so a
fault in reading never reaches the patient.
"""

import re
from dataclasses import replace
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training import clock, skills
from training.extensions import bedside, db, wake
from training.services import comments, doors, practices
from training.services.comments import LONGEST, Words
from training.services.doors import CodeGone, Door
from training.services.doubts import NO_SIGNS, Signs
from training.services.practices import PracticeWords
from training.web import languages
from training.web.comment_form import CommentForm, fit_key
from training.web.context import role_name
from training.web.guard import Audience, Right
from training.web.languages import gettext
from training.web.viewer import works_here

patient = Audience("patient", __name__)

REFERENCE = re.compile(r"[A-Za-z0-9_-]{12}")


@patient.page("/c/<code>", allow=Right.ANYONE, methods=("GET", "POST"), cross_site=True)
def form(code: str) -> ResponseReturnValue:
    """Show the form behind a code, and keep what is sent."""
    sent, reference = CommentForm(request.form), ""
    try:
        door = open_door(code)
        if door.closed:
            return page("closed", door, kept=typed_texts(sent)), 404
        if request.method == "GET" or "other_language" in request.form:
            return page("thanks", door, reference="") if door.used else _form(door, sent)
        if not door.used:
            if not sent.validate():
                return _form(door, sent), 400
            reference = take(code, sent.words(), _signs(door))
    except CodeGone:
        return gone(typed_texts(sent))
    thanks_at = url_for("patient.thanks", code=code, lang=languages.asked(), ref=reference or None)
    return redirect(thanks_at, 303)


@patient.page("/c/<code>/thanks", allow=Right.ANYONE, cross_site=True)
def thanks(code: str) -> ResponseReturnValue:
    """Say thank you, with the practice's own crisis wording and without a word of the comment."""
    try:
        door = open_door(code)
    except CodeGone:
        return gone({})
    if door.invitation_id is not None and not door.used:
        return redirect(url_for("patient.form", code=code, lang=languages.asked()), 303)
    return page("thanks", door, reference=_reference())


def _reference() -> str:
    """Return the comment's reference of the address, "" for anything that could not be one."""
    given = request.args.get("ref", "")
    return given if REFERENCE.fullmatch(given) else ""


def open_door(code: str) -> Door:
    """Return what a code opens now, and choose the language of its pages; raise `CodeGone`."""
    languages.choose()  # for the page of a code that does not work
    door = doors.redeem(db.session(), code=code, key=bedside().code_key, moment=clock.now())
    languages.choose(door.languages)
    return door


def _signs(door: Door) -> Signs:
    """Return what the request says of who sent it: a field no person sees, haste, a crowd, staff."""
    now, shown_at = clock.now(), request.form.get("shown_at", type=int)
    quickest = bedside().config.quickest_seconds
    hasty = shown_at is not None and 0 <= now.timestamp() - shown_at < quickest
    return Signs(
        robot=hasty or bool(request.form.get("website")),
        crowded=bedside().crowds.crowded(request.remote_addr or "", now),
        staff=works_here(door.practice_id),
    )


def take(code: str, words: Words, signs: Signs = NO_SIGNS) -> str:
    """Keep what was sent, then read it, and have those told who safeguard where it is held.

    Return the comment's reference; "" where it had arrived before.
    """
    moment = clock.now()
    words = replace(words, form_language=languages.current().code)
    receipt = comments.leave(
        db.session(), code=code, key=bedside().code_key, words=words, moment=moment, signs=signs
    )
    if receipt.comment_id is None:
        return ""
    if comments.read(db.session(), comment_id=receipt.comment_id, moment=moment).held:
        wake("alerts", receipt.comment_id)
    return receipt.reference


def page(name: str, door: Door, **more: Any) -> str:
    """Draw a patient's page for what a code opens."""
    return render_template(
        f"patient/{name}.html", practice=_wording(door.practice_id), site=door.site, **more
    )


def _form(door: Door, sent: CommentForm) -> str:
    return page(
        "form",
        door,
        people=[(p.public_id, f"{p.first_name}, {_role(p.role)}") for p in door.people],
        stages=[(stage.slug, gettext(stage.for_patients)) for stage in skills.STAGES.values()],
        post_key=fit_key(sent.post_key.data),
        shown_at=request.form.get("shown_at", type=int) or int(clock.now().timestamp()),
        limit=LONGEST,
        kept=sent.data,
        errors=sent.faults(),
    )


def _role(slug: str) -> str:
    return gettext(role_name(slug)).lower()


def typed_texts(sent: CommentForm) -> dict[str, str]:
    """Return what was typed, by question: it must not be lost with a link that no longer works."""
    typed = {
        gettext(field.label.text): field.data for field in (sent.went_well, sent.could_be_better)
    }
    return {question: text for question, text in typed.items() if text}


def gone(kept: dict[str, str]) -> ResponseReturnValue:
    """Draw the one page of a code that does not work, with what was typed still on it."""
    return render_template("patient/gone.html", practice=None, kept=kept), 404


def _wording(practice_id: int) -> PracticeWords:
    words = practices.words(db.session(), practice_id=practice_id)
    words = words.in_language(languages.current().code)
    return replace(
        words,
        emergency_wording=words.emergency_wording or _emergency(),
        crisis_wording=words.crisis_wording or _crisis(),
    )


def _emergency() -> str:
    return gettext(
        "If someone is in danger now, call your emergency number: "
        "999 in the UK, 112 in the European Union, 911 in the United States."
    )


def _crisis() -> str:
    return gettext(
        "If you are thinking of harming yourself, tell somebody now: a person you trust, any member "
        "of staff, or a crisis line (in the UK Samaritans on 116 123, in the United States 988)."
    )
