"""Decide a remark as an honest reviewer would, from the truth about its comment.

    "Callum was lovely but the nurse was rushed."      truth: [0,17) H02 +   [22,43) H07 −
    decide(truth, question="general", start=18, end=43, sentiment="negative", matched=("H02",))
        ──► Decision("move", ("H07",))

The demo uses it for every comment that is no longer waiting.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from training.demo.data import Statement


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer does with a remark: the verb, and for confirm and move the staff it is of."""

    verb: Literal["confirm", "move", "reject", "system"]
    staff: tuple[str, ...] = ()


def decide(
    truth: Sequence[Statement],
    *,
    question: str,
    start: int,
    end: int,
    sentiment: str,
    matched: Sequence[str],
) -> Decision:
    """Return the decision on the remark at [start, end) of the answer to a question.

    `matched` holds the staff ids that the reading ties to the remark. A remark that was read with
    the wrong sign is rejected; one about no person is for the system; one about a person whom
    nobody can know is rejected too.
    """
    touched = [one for one in truth if one.question == question and _shares(one, start, end)]
    meant = [one for one in touched if one.sign == sentiment] or [
        one for one in touched if one.sign == "neutral" or sentiment in {"neutral", "mixed"}
    ]
    staff = tuple(dict.fromkeys(person for one in meant for person in one.staff))
    if staff:
        return Decision("confirm" if set(matched) == set(staff) else "move", staff)
    if not meant or any(one.cause == "person" for one in meant):
        return Decision("reject")
    return Decision("system")


def _shares(statement: Statement, start: int, end: int) -> bool:
    """Whether a third of the shorter of the two lies in the other."""
    common = min(statement.end, end) - max(statement.start, start)
    return common * 3 >= min(statement.end - statement.start, end - start) > 0
