"""The form on a tablet at the practice: one question a screen, and nothing of one patient for the next.

    GET  /c/AB7K-92QX-MW/kiosk          the first screen, empty
    POST /c/AB7K-92QX-MW/kiosk          rating ─► went well ─► could be better ─► answer ─► send
    GET  /c/AB7K-92QX-MW/kiosk/thanks   thank you, then the first screen

What was said travels in hidden fields from screen to screen: never in an address, a cookie or the
database. With JavaScript no screen enters the browser's history; without it, a screen that is sent
again after the comment arrived, or half an hour later, leads to an empty first screen.
"""

from dataclasses import dataclass
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.extensions import db
from training.services import comments
from training.services.comments import LONGEST
from training.services.doors import CodeGone, Door
from training.web import languages
from training.web.comment_form import CommentForm, fit_key
from training.web.guard import Right
from training.web.patient import gone, open_door, page, patient, take, typed_texts

STALE_SECONDS = 1800
# Each screen with the answers it asks for.
SCREENS = {
    "rating": ("rating",),
    "went_well": ("went_well",),
    "could_be_better": ("could_be_better",),
    "answer": ("openness", "contact"),
    "send": ("learn", "publish", "flags"),
}
NAMES = tuple(SCREENS)
ANSWERS = tuple(name for names in SCREENS.values() for name in names)


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen: its name and number, and the answers of the others, kept in hidden fields."""

    name: str
    number: int
    count: int
    hidden: tuple[tuple[str, str], ...]


@patient.page("/c/<code>/kiosk", allow=Right.ANYONE, methods=("GET", "POST"), cross_site=True)
def kiosk(code: str) -> ResponseReturnValue:
    """Show the screen that follows, and keep the comment after the last."""
    sent = CommentForm(request.form)
    try:
        door = open_door(code)
        if door.closed:
            return page("closed", door, kept=typed_texts(sent)), 404
        if door.invitation_id is not None:  # a visit's code belongs on the patient's own phone
            return redirect(url_for("patient.form", code=code), 303)
        if request.method == "GET" or _over(door, sent):
            return _screen(door, CommentForm(), NAMES[0])
        return _answered(code, door, sent)
    except CodeGone:
        return gone(typed_texts(sent))


@patient.page("/c/<code>/kiosk/thanks", allow=Right.ANYONE, cross_site=True)
def kiosk_thanks(code: str) -> ResponseReturnValue:
    """Say thank you, then make room for the next person."""
    try:
        door = open_door(code)
    except CodeGone:
        return gone({})
    return page("kiosk_thanks", door, start=_start(code))


def _start(code: str) -> str:
    return url_for("patient.kiosk", code=code, lang=languages.asked())


def _over(door: Door, sent: CommentForm) -> bool:
    """Return whether what is sent is not of the person who stands here: it has arrived, or is old."""
    shown_at = request.form.get("shown_at", 0.0, type=float)
    if not 0 <= clock.now().timestamp() - shown_at <= STALE_SECONDS:
        return True
    key = fit_key(sent.post_key.data)
    return comments.arrived(db.session(), practice_id=door.practice_id, post_key=key)


def _answered(code: str, door: Door, sent: CommentForm) -> ResponseReturnValue:
    here = request.form.get("screen", NAMES[0])
    at = NAMES.index(here) if here in NAMES else 0
    pressed = request.form.get("go", "next")
    if pressed == "back":
        return _screen(door, sent, NAMES[max(at - 1, 0)])
    wrong = () if sent.validate() else _screens_of([name for name, _ in sent.faults()])
    if pressed == "send":
        if wrong:
            return _screen(door, sent, wrong[0], errors=sent.faults()), 400
        take(code, sent.words())
        return redirect(url_for("patient.kiosk_thanks", code=code, lang=languages.asked()), 303)
    # Nothing need be said on the first screen, so that alone is no fault before the last.
    if NAMES[at] in wrong and at > 0:
        return _screen(door, sent, NAMES[at], errors=sent.faults()), 400
    return _screen(door, sent, NAMES[min(at + 1, len(NAMES) - 1)])


def _screens_of(fields: list[str]) -> tuple[str, ...]:
    return tuple(name for name, own in SCREENS.items() if set(own) & set(fields))


def _screen(door: Door, sent: CommentForm, name: str, errors: Any = ()) -> str:
    own = SCREENS[name]
    kept = {key: value for key, value in sent.data.items() if key in ANSWERS}
    hidden = tuple(
        (key, value)
        for key, value in request.form.items(multi=True)
        if key in ANSWERS and key not in own
    )
    blank = sent.post_key.data is None
    return page(
        "kiosk",
        door,
        screen=Screen(name, NAMES.index(name) + 1, len(NAMES), () if blank else hidden),
        start=url_for("patient.kiosk", **(request.view_args or {}), lang=languages.asked()),
        post_key=fit_key(sent.post_key.data),
        shown_at=int(clock.now().timestamp()),
        limit=LONGEST,
        kept=kept,
        errors=[(key, text) for key, text in errors if key in own],
    )
