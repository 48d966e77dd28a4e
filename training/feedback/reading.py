"""Read one answer (being written: the types stand)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from training.feedback.comment import Answer, Person, Visit

READER = "rules/1"
CERTAIN = 0.9


@dataclass(frozen=True, slots=True)
class Match:
    """The tie from a remark to a staff member."""

    staff_id: str
    confidence: float
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """A stretch of a comment that says one thing about one subject."""

    start: int
    end: int
    text: str
    sentiment: str
    score: float
    why: tuple[str, ...] = ()
    cause: str = "other"
    skills: tuple[str, ...] = ()
    theme: str | None = None
    staff: tuple[Match, ...] = ()
    candidates: tuple[Match, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one answer."""

    sentiment: str
    score: float
    severity: int
    flags: tuple[str, ...] = ()
    language: str = "en"
    remarks: tuple[Remark, ...] = field(default=())


class Roster:
    """The people of a practice with an index of their names."""

    def __init__(self, people: Iterable[Person]) -> None:
        self.people = tuple(people)


def read(answer: Answer, roster: Roster, visit: Visit) -> Reading:
    """Read an answer."""
    return Reading("neutral", 0.0, 0)


def overall(readings: Sequence[Reading]) -> Reading:
    """Sum up the answers of one comment."""
    return Reading("neutral", 0.0, 0)
