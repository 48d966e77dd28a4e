"""What a practice's own corrections teach the reader, asked for anew whenever comments are read.

    two remarks with "gradely" corrected to positive      ──►  gradely +0.6, in this practice only
    one of the corrections undone                         ──►  nothing

Nothing is stored: what is undone, withdrawn or held is not learned from any more.
"""

from sqlalchemy.orm import Session

from training.feedback.adjusting import FEWEST, Adjustment, Checked, learned
from training.store import disputes

MOST_REMARKS = 2_000  # the newest: a practice's words of years ago need not be heard


def adjustment(session: Session, *, practice_id: int) -> Adjustment:
    """Return what the standing corrections of a practice teach; empty for fewer than two."""
    if disputes.corrected_remarks(session, practice_id) < FEWEST:
        return Adjustment()
    checked: dict[int, Checked] = {}
    for remark, text, correction in disputes.as_read(session, practice_id, MOST_REMARKS):
        read = str(correction.read["sentiment"]) if correction else remark.sentiment
        checked[remark.id] = Checked(text[remark.start : remark.stop], read, remark.sentiment)
    return learned(checked.values())
