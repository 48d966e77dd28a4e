"""What staff may read of an answer: never the raw text, always what the masks leave of it.

    hidden = hidden_spans(session, answer_ids=[7])
    staff_words(text=…, start=0, stop=42, answer_id=7, hidden=hidden)  ──►  "My sister ▇ (somebody’s name) …"

Every page, file and message outside the queue takes patients' words from here.
"""

from collections.abc import Iterable, Mapping

from sqlalchemy.orm import Session

from training.feedback.masking import Span, staff_view
from training.store import disputes, masks

Hidden = Mapping[int, tuple[Span, ...]]


def hidden_spans(session: Session, *, answer_ids: Iterable[int]) -> Hidden:
    """Return by answer the spans that no rendering outside the queue may show.

    Those are what a reviewer masked, and remarks that a person disputes as hurtful.
    """
    ids = set(answer_ids)
    found = {
        answer_id: [Span(row.start, row.stop, row.reason) for row in rows]
        for answer_id, rows in masks.of_answers(session, ids).items()
    }
    for answer_id, start, stop in disputes.hurtful(session, ids):
        found.setdefault(answer_id, []).append(Span(start, stop, "abuse"))
    return {answer_id: tuple(sorted(marked)) for answer_id, marked in found.items()}


def staff_words(*, text: str, start: int, stop: int, answer_id: int, hidden: Hidden) -> str:
    """Return a stretch of an answer as staff may see it, given what `hidden_spans` returned."""
    return staff_view(text, start, stop, hidden.get(answer_id, ()))
