"""Person-level evidence: what counts about each person and skill, and what is usual among others.

    comments in order of their day   ● ● ● ● ○ ● ● …       ○ the first that waits for a reviewer
    counted                          └─────┘               up to the day before it, both signs alike

So deciding in any order, or late, changes nobody's numbers: what is undecided is not half counted.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from training import periods
from training.skills import group_of
from training.store import people
from training.store import suggestions as store
from training.store.suggestions import Word

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Counted:
    """The evidence of a practice by (staff id, skill), and the half-open days it was counted over."""

    window: periods.Period
    full_months_end: date
    words: Mapping[tuple[int, str], Sequence[Word]]
    groups: Mapping[int, str]

    def about(self, staff_id: int) -> int:
        """Return how many distinct comments about a person the last full months hold."""
        mine = (words for (who, _), words in self.words.items() if who == staff_id)
        return len({w.comment_id for words in mine for w in words if w.day < self.full_months_end})


def counted_until(session: Session, *, practice_id: int, today: date) -> date:
    """Return the first day that person-level numbers leave out: nothing before it is undecided."""
    undecided = store.first_undecided(session, practice_id)
    return min(undecided or today, today)


def count(session: Session, *, practice_id: int, today: date) -> Counted:
    """Return the person-level evidence of a practice over the last twelve full months and since."""
    months = periods.last_full_months(MONTHS, today)
    start = months[0].start
    end = max(start, counted_until(session, practice_id=practice_id, today=today))
    words: dict[tuple[int, str], list[Word]] = defaultdict(list)
    for word in store.evidence(session, practice_id, start, end):
        words[word.staff_id, word.skill].append(word)
    groups = {row.id: group_of(row.role).slug for row in people.roster(session, practice_id)}
    window = periods.Period(start, end)
    return Counted(window, months[-1].end, dict(words), groups)
