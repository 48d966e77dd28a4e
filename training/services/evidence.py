"""Person-level evidence: what counts about each person and skill, and what is usual among others.

    comments in order of their day   ● ● ● ● ○ ● ● …       ○ the first that waits for a reviewer
    counted                          └─────┘               up to the day before it, both signs alike

So deciding in any order, or late, changes nobody's numbers: what is undecided is not half counted.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from training import periods
from training.feedback.suggestion import Others
from training.skills import group_of
from training.store import people
from training.store import suggestions as store
from training.store.suggestions import Word

MONTHS = 12
EVERYONE = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """The evidence of a practice by (staff id, skill), and the half-open days it was counted over."""

    window: periods.Period
    full_months_end: date
    words: Mapping[tuple[int, str], Sequence[Word]]
    groups: Mapping[int, str]
    totals: Mapping[tuple[str, str], Others]  # by role group (or EVERYONE) and skill

    def about(self, staff_id: int) -> int:
        """Return how many distinct comments about a person the last full months hold."""
        mine = (words for (who, _), words in self.words.items() if who == staff_id)
        return len({w.comment_id for words in mine for w in words if w.day < self.full_months_end})

    def others(self, staff_id: int, skill: str, group: str = EVERYONE) -> Others:
        """Return the counts of a role group, or of everyone, on a skill, one person left out."""
        total = self.totals.get((group, skill), Others(0, 0, 0))
        own = _tally(self.words.get((staff_id, skill), ()))
        if not own.comments or group not in (EVERYONE, self.groups[staff_id]):
            return total
        return Others(
            total.people - 1, total.comments - own.comments, total.negatives - own.negatives
        )


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
    return Counted(window, months[-1].end, dict(words), groups, _totals(words, groups))


def _totals(
    words: Mapping[tuple[int, str], Sequence[Word]], groups: Mapping[int, str]
) -> dict[tuple[str, str], Others]:
    people_on, comments, negatives = (
        Counter[tuple[str, str]](),
        Counter[tuple[str, str]](),
        Counter[tuple[str, str]](),
    )
    for (who, skill), found in words.items():
        tally = _tally(found)
        for key in ((groups[who], skill), (EVERYONE, skill)):
            people_on[key] += 1
            comments[key] += tally.comments
            negatives[key] += tally.negatives
    return {key: Others(people_on[key], comments[key], negatives[key]) for key in people_on}


def _tally(words: Sequence[Word]) -> Others:
    comments = {word.comment_id for word in words}
    return Others(1, len(comments), len({word.comment_id for word in words if word.negative}))
