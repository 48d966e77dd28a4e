"""Small numbers: what is not shown, so that nobody can be found out by counting.

One team has three comments. Hiding it is not enough while the practice's total stands beside it,
for 60 − 40 − 17 = 3; so the smallest other team is hidden with it:

    front desk  40        front desk  40
    nursing     17   →    nursing      –
    billing      3        billing      –
    practice    60        practice    60

    >>> sorted(hidden_groups({"front desk": 40, "nursing": 17, "billing": 3}))
    ['billing', 'nursing']

Never say which of the hidden groups is the small one: then the other would cover it no longer.
n is always the number of distinct counted comments. A group with no comments is shown as such:
there is nobody to protect, and it cannot hide another.
"""

from collections.abc import Hashable, Mapping, Sequence
from enum import IntEnum
from typing import TypeVar

FEWEST_SHOWN = 5  # of a person or a team
FEWEST_DRAWN = 10  # of one point of a chart
FEWEST_NAMED = 30  # of a person, for a place in a funnel

Group = TypeVar("Group", bound=Hashable)


class Sight(IntEnum):
    """What so many comments about a person allow to be shown; more comments allow all of the less.

    The value is the fewest comments. NOTHING: no number; the comment itself to the person alone.
    COUNTS: plain counts to the person. WORDS: words a skill to the person, "too few to compare" to
    a manager. INTERVAL: a share with its interval, and an unnamed dot. NAMED: a dot with a name.
    """

    NOTHING = 0
    COUNTS = 3
    WORDS = FEWEST_SHOWN
    INTERVAL = FEWEST_DRAWN
    NAMED = FEWEST_NAMED


def sight(comments: int) -> Sight:
    """What n distinct counted comments allow: `sight(12)` is INTERVAL. n is never negative."""
    return max(level for level in Sight if comments >= level)


def to_manager(comments: int) -> str:
    """What a manager is told instead of a person's numbers; "" where numbers are shown."""
    if comments < FEWEST_SHOWN:
        return f"fewer than {FEWEST_SHOWN} comments: not shown"
    if comments < FEWEST_DRAWN:
        return f"{FEWEST_SHOWN}–{FEWEST_DRAWN - 1} comments: too few to compare"
    return ""


def hidden_groups(counts: Mapping[Group, int], *, fewest: int = FEWEST_SHOWN) -> frozenset[Group]:
    """The groups of a table to hide when their total is shown beside it.

    Those of 1 to `fewest` − 1 comments, and the smallest others until at least two are hidden
    that have at least `fewest` comments together. A total below `fewest` must itself not be shown.
    """
    shown = sorted((g for g, n in counts.items() if n >= fewest), key=lambda g: (counts[g], str(g)))
    hidden = [group for group, n in counts.items() if 0 < n < fewest]
    while hidden and shown and not _cover_one_another(hidden, counts, fewest):
        hidden.append(shown.pop(0))
    return frozenset(hidden)


def _cover_one_another(hidden: Sequence[Group], counts: Mapping[Group, int], fewest: int) -> bool:
    return len(hidden) >= 2 and sum(counts[group] for group in hidden) >= fewest


def hidden_points(
    counts: Mapping[Group, Sequence[int]], *, fewest: int = FEWEST_SHOWN
) -> dict[Group, frozenset[int]]:
    """For each group, the positions of its series to hide, when all the series' sums are shown.

    `hidden_points({"a": [20, 20], "b": [20, 3]})` hides position 1 of both.
    """
    columns = [
        hidden_groups(dict(zip(counts, column, strict=True)), fewest=fewest)
        for column in zip(*counts.values(), strict=True)
    ]
    return {
        group: frozenset(i for i, hidden in enumerate(columns) if group in hidden)
        for group in counts
    }
