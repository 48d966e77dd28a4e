"""How many minutes were practised, skill by skill.

    9:00 begun   9:01 empathy   9:03 empathy, keeping_informed   9:40 (lunch) empathy
         └─ 1 min ─┘ └──────────── 2 min, shared by two ────────┘ └ counted as 3 min
                                                          ──▸ empathy 1 + 1 + 3, keeping_informed 1

The time of a decision is shared evenly by the skills it is about, so that the minutes of all skills
add up to the time spent. A pause counts as `LONGEST` at most: nobody thinks about a reply for longer.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

LONGEST = timedelta(minutes=3)

Answered = tuple[datetime, Sequence[str]]


def minutes(plays: Iterable[tuple[datetime, Iterable[Answered]]]) -> Mapping[str, float]:
    """Minutes by skill, from when each play began and when each decision, with its skills, was made."""
    found: dict[str, float] = defaultdict(float)
    for began, answers in plays:
        before = began
        for at, skills in answers:
            spent = max(timedelta(), min(at - before, LONGEST)).total_seconds() / 60
            for skill in skills:
                found[skill] += spent / len(skills)
            before = at
    return dict(found)
