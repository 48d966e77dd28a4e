"""What staff may read of an answer: never the raw text, always what the masks leave of it.

    hidden = hidden_spans(session, answer_ids=[7])
    staff_words(text=…, start=0, stop=42, answer_id=7, hidden=hidden)  ──►  "My sister ▇ (somebody’s name) …"

Every page, file and message outside the queue takes patients' words from here.
"""

from collections.abc import Iterable, Mapping

from sqlalchemy.orm import Session

from training.feedback.masking import Span, staff_view
from training.store import masks

Hidden = Mapping[int, tuple[Span, ...]]


def hidden_spans(session: Session, *, answer_ids: Iterable[int]) -> Hidden:
    """Return by answer the spans that no rendering outside the queue may show."""
    found = masks.of_answers(session, answer_ids)
    return {
        answer_id: tuple(Span(row.start, row.stop, row.reason) for row in rows)
        for answer_id, rows in found.items()
    }


def staff_words(*, text: str, start: int, stop: int, answer_id: int, hidden: Hidden) -> str:
    """Return a stretch of an answer as staff may see it, given what `hidden_spans` returned."""
    return staff_view(text, start, stop, hidden.get(answer_id, ()))
