"""Which points of a chart stand out, taken together as the rule saw them that flags them.

    ●  ●  ●  ■  ●  ▲  ▲  ▲       ■ Apr      higher than chance explains
    Jan         May               ▲ Jun–Aug  seven or more below average in a row

    >>> months = last_full_months(8, date(2026, 9, 1))
    >>> counts = [MonthCount(month, 100, x) for month, x in zip(months, [20, 30, 20, 30, 20, 30, 20, 50])]
    >>> [(run.period.label, run.words) for run in runs(share_trend(counts, topic="").months)]
    [('Aug 2026', 'Higher than chance explains')]

A list of them under a chart says in words what colours and shapes say in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from training.periods import Period
from training.trends import wording
from training.trends.control import Kind
from training.trends.shares import Month
from training.trends.signals import Cause


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring points that one rule flags, and what it says of them; `last` is the newest."""

    period: Period
    kind: Kind
    cause: Cause
    words: str
    last: Month


def runs(months: Sequence[Month]) -> tuple[Run, ...]:
    """Return the runs of points that stand out, the oldest first; points not drawn break none."""
    drawn = [month for month in months if month.point]
    found = []
    for (cause, kind, _), part in groupby(drawn, key=_flag):
        if cause is not Cause.NONE:
            run = list(part)
            period = Period(run[0].period.start, run[-1].period.end)
            found.append(Run(period, kind, cause, wording.run(cause, kind), run[-1]))
    return tuple(found)


def _flag(month: Month) -> tuple[Cause, Kind, int]:
    if month.point is None:
        raise ValueError("a month without a point has no flag")
    return month.point.special_cause, month.point.kind, month.point.group
