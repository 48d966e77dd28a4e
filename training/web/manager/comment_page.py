"""The page of one comment, which several posts lead back to when something is missing or lost."""

from flask import Response, abort, make_response, render_template, request

from training import clock, skills
from training.extensions import db
from training.feedback.cases import KINDS
from training.feedback.halves import around
from training.feedback.masking import REASONS
from training.services import case_opening, notes, opening, review, undoing
from training.services.people import NotFound
from training.web.viewer import viewer

TEN_MINUTES = "ten"

SAID = {
    "gone": "That comment is decided. Nothing was changed.",
    "dealt_with": "Marked as dealt with. It stays out of every sum.",
    "handed_over": "Handed to those who safeguard. You see it no more.",
    "undone": "Undone. The remark waits again.",
    "late": "That can no longer be undone: something was decided since.",
    "masked": "Hidden from staff, here and wherever the comment is shown.",
    "unmasked": "Shown again.",
    "noted": "Your note is kept. Only those who review see it.",
    "note_gone": "Your note is gone.",
    "nothing": "Nothing waits. There is nothing to do in ten minutes or in one.",
    "batch_undone": "Undone. The remarks wait again.",
    "batch_late": "Undone, except what was decided again since.",
}
MISSING = {
    "to": "Choose whom the remark is about.",
    "match": "Choose which of them the remark is about.",
    "theme": "Choose a matter from the list.",
    "correction": "Choose what the remark is instead.",
    "border": "Choose where the second thought begins.",
    "border_shown": "Somebody is shown this remark already: it cannot be split under their eyes.",
    "border_disputed": "The remark is disputed and frozen until a second person decides.",
    "border_corrected": "The remark was corrected by hand: what was said counts for all of it.",
    "border_about_you": "A half may be about you: leave the remark to another reviewer.",
    "border_off": "Reading is switched off: the halves cannot be read.",
    "words": "Copy the words to hide exactly as they stand in the comment.",
    "kind": "Choose what it may be.",
    "why": f"Say why, in at most {case_opening.LONGEST:,} characters.",
    "note": f"Write a note of at most {notes.LONGEST:,} characters.",
}


def draw(
    public_id: str,
    status: int = 200,
    *,
    lost: str = "",
    missing: tuple[str, str] | None = None,
    typed: str = "",
) -> Response:
    """Draw a comment; `lost` and `missing` name the remark that could not be decided.

    `missing` is (remark or "", field); `typed` is what was written into that field.
    """
    who, moment = viewer(), clock.now()
    try:
        found = opening.open_comment(
            db.session(), viewer=who, public_id=public_id, moment=moment,
            decided_too=bool(lost or missing),
        )  # fmt: skip
        beside = notes.beside(db.session(), viewer=who, public_id=public_id)
    except review.HandedOver:
        raise
    except NotFound:
        abort(404)
    page = request.args.get("page", 1, type=int)
    queue = review.queue(db.session(), viewer=who, moment=moment, page=page)
    drawn = render_template(
        "manager/comment.html", comment=found, beside=beside, queue=queue, undo=undoable(),
        said=said(), themes=skills.THEMES.values(), topics=_topics(), reasons=REASONS.items(),
        kinds=KINDS,
        borders=around, lost=lost, missing=missing, missing_words=MISSING, typed=typed,
        ten=request.values.get("order") == TEN_MINUTES,
    )  # fmt: skip
    return make_response(drawn, status)


def _topics() -> list[tuple[str, str]]:
    named = [(slug, skills.topic_name(slug)) for slug in (*skills.SKILLS, *skills.THEMES)]
    return sorted(named, key=lambda pair: pair[1])


def undoable() -> undoing.Undoable | None:
    """Return the decision that the address names, while the viewer can undo it."""
    made = request.args.get("decided", "")
    return undoing.undoable(db.session(), viewer=viewer(), public_id=made) if made else None


def said() -> str:
    """Return the sentence that the address names."""
    return SAID.get(request.args.get("said", ""), "")
