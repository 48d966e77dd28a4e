"""Masks: spans of an answer that must not be shown outside the queue, each with its reason.

    "My sister Rosa says he was kind."
     ──mask "Rosa", a third party──►  staff see "My sister ▇ (somebody’s name) says he was kind."

Nothing is deleted: those who review still read the whole. Every later rendering asks renderings.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from training.feedback.masking import REASONS, spans
from training.services.people import NotFound
from training.services.review import comment_id
from training.services.signing_in import Viewer
from training.store import audit, masks, matches
from training.store.tables import Mask

LONGEST = 200


class NoSuchWords(ValueError):
    """The words to hide do not stand in the comment, or no reason was given."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """A span that is hidden from staff (`public_id`), or one that perhaps should be (no id)."""

    public_id: str
    text: str
    reason: str


def mask(
    session: Session,
    *,
    viewer: Viewer,
    comment_public_id: str,
    words: str,
    reason: str,
    moment: datetime,
) -> int:
    """Hide some words wherever they stand in a comment, exactly as written; return how often.

    Raises `NotFound` for a comment out of reach, `NoSuchWords` for words that do not stand there.
    """
    number = comment_id(session, viewer=viewer, public_id=comment_public_id)
    words = words.strip()
    if not words or len(words) > LONGEST or reason not in REASONS:
        raise NoSuchWords
    taken = {(row.answer_id, row.start, row.stop) for row in masks.of_comment(session, number)}
    fresh = [
        Mask(
            practice_id=viewer.practice_id, comment_id=number, answer_id=answer.id, start=start,
            stop=start + len(words), reason=reason, account_id=viewer.account_id, at=moment,
        )
        for answer in matches.answers(session, number)
        for start in _places(answer.text, words)
        if (answer.id, start, start + len(words)) not in taken
    ]  # fmt: skip
    if not fresh:
        raise NoSuchWords
    session.add_all(fresh)
    _note(session, viewer, "mask", number, reason, moment)
    return len(fresh)


def _places(text: str, words: str) -> Iterable[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + len(words))


def unmask(
    session: Session, *, viewer: Viewer, comment_public_id: str, public_id: str, moment: datetime
) -> None:
    """Show a span again; raise `NotFound`."""
    number = comment_id(session, viewer=viewer, public_id=comment_public_id)
    row = masks.one(session, number, public_id)
    if row is None:
        raise NotFound
    session.delete(row)
    _note(session, viewer, "unmask", number, row.reason, moment)


def _note(
    session: Session, viewer: Viewer, verb: str, number: int, reason: str, moment: datetime
) -> None:
    audit.note(
        session, practice_id=viewer.practice_id, account_id=viewer.account_id, moment=moment,
        verb=verb, noun="comment", noun_id=number, facts={"reason": reason},
    )  # fmt: skip
    session.commit()


def of_comment(session: Session, *, number: int) -> tuple[Hidden, ...]:
    """Return what is hidden of a comment, given by its number, in the order of its text."""
    texts = {answer.id: answer.text for answer in matches.answers(session, number)}
    return tuple(
        Hidden(row.public_id, texts[row.answer_id][row.start : row.stop], row.reason)
        for row in masks.of_comment(session, number)
    )


def suggested(session: Session, *, number: int) -> tuple[Hidden, ...]:
    """Return what perhaps should be hidden of a comment and is not yet, each text once."""
    taken = {one.text for one in of_comment(session, number=number)}
    found = [
        Hidden("", answer.text[span.start : span.stop], span.reason)
        for answer in matches.answers(session, number)
        for span in spans(answer.text)
    ]
    fresh = {one.text: one for one in found if one.text not in taken}
    return tuple(fresh.values())
