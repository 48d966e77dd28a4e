"""What type of case a comment opens, by when it is due, and what may become of it.

    flags safety, self_harm             ──►  self_harm      the most pressing of them
    severity 3 without a flag           ──►  safety
    sent as a formal complaint          ──►  complaint

    safety, opened on Friday 13 March     ──►  due on Monday 16 March      one working day
    complaint, opened on Friday 13 March  ──►  due on Wednesday 18 March   three working days

A real concern for somebody's safety is never a training matter: its comment goes to ordinary review
only where the case closes as no such concern.
"""

from collections.abc import Collection
from datetime import date

from training import periods

SAFETY_KINDS = ("self_harm", "safeguarding", "abuse", "safety")
KINDS = (*SAFETY_KINDS, "discrimination", "privacy", "complaint", "other")
OUTCOMES = ("acted_on", "passed_on", "answered", "no_concern")
WORKING_DAYS = {kind: 1 if kind in SAFETY_KINDS else 3 for kind in KINDS}


def kind_of(flags: Collection[str], severity: int) -> str:
    """Return the type of case of a held comment: its most pressing flag.

    Severity 3 is about safety even where no flag, or a lesser one, says so.
    """
    found = next((kind for kind in KINDS if kind in flags), "other")
    return more_pressing(found, "safety") if severity >= 3 else found


def more_pressing(one: str, other: str) -> str:
    """Return whichever of two types is the more pressing."""
    return min(one, other, key=KINDS.index)


def due_on(kind: str, opened_on: date) -> date:
    """Return the day by which a case of a type should be closed; holidays are not known here."""
    return periods.working_days_after(opened_on, WORKING_DAYS[kind])


def may_count(kind: str, outcome: str) -> bool:
    """Return whether the comment of a case that closes so may go to ordinary review, and count."""
    return outcome == "no_concern" or kind not in SAFETY_KINDS
