"""The share of comments with a negative remark about a topic, month by month.

Half a year before and after a change at the front desk, 40 comments a month:

    %      ●───●───●   ●───●───●  |           before  60 of 240
    25  ──────────────────────────|────────   since   24 of 240
    10                            |●───●─ …

    >>> months = last_full_months(12, date(2026, 7, 1))
    >>> counts = [MonthCount(month, 40, 10) for month in months[:6]]
    >>> counts += [MonthCount(month, 40, 4) for month in months[6:]]
    >>> trend = share_trend(counts, topic="waiting", marks=[Mark(date(2026, 1, 1), "Text updates")])
    >>> trend.headline
    'Negative comments about waiting fell after “Text updates”: from about 1 in 4 to about 1 in 10.'

n is the number of distinct counted comments; a comment is negative about the topic when it holds
at least one such remark, however many. A month of fewer than 10 comments is neither drawn nor
added up, so that it cannot be found by subtraction; fewer than 5 in all show nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from training.periods import Period
from training.rates import Interval, about, difference, percent
from training.trends import wording
from training.trends.choice import ChartKind, Choice, Length, MonthCount, choose
from training.trends.control import Chart, Point
from training.trends.suppress import FEWEST_DRAWN, FEWEST_SHOWN

# points since the newest drawn one, the running one among them, from which it speaks for the past
_LONG_AGO = {Length.MONTH: 4, Length.QUARTER: 2}


@dataclass(frozen=True, slots=True)
class Mark:
    """A dated note on a chart: a training, a change of staffing, of the questions, of the reader.

    `rebase` says that comments before and since are not counted alike: limits start afresh and
    nothing is compared across the day.
    """

    day: date
    label: str
    rebase: bool = False


@dataclass(frozen=True, slots=True)
class Month:
    """A month as it may be shown; counts and point are None where it has too few comments."""

    period: Period
    comments: int | None = None
    negatives: int | None = None
    point: Point | None = None

    @property
    def words(self) -> str:
        """What the month shows, in numbers: "12 of 60 comments, 20%"."""
        if self.point is None:
            return f"fewer than {FEWEST_DRAWN} comments: not drawn"
        return f"{self.negatives} of {self.comments} comments, {percent(self.point.value)}"

    @property
    def meaning(self) -> str:
        """What the rules say of the month, for the table under the chart."""
        return wording.meaning(self.point) if self.point else "Too few to say"


@dataclass(frozen=True, slots=True)
class Responses:
    """How many invitations were sent in the months shown, and how many were answered."""

    invitations: int
    answers: int

    @property
    def words(self) -> str:
        """Whom the comments speak for: "Of 1,000 invitations 240 were answered (24%)."."""
        if not self.invitations:
            return "No invitations were sent, so it is not known whom these comments speak for."
        if self.answers > self.invitations:
            return f"{self.answers:,} answers came to {self.invitations:,} invitations."
        share = percent(self.answers / self.invitations)
        return f"Of {self.invitations:,} invitations {self.answers:,} were answered ({share})."


@dataclass(frozen=True, slots=True)
class Side:
    """The drawn months on one side of a mark, added up."""

    comments: int
    negatives: int

    @property
    def share(self) -> float:
        """Negative comments as a part of all, 0–1."""
        return self.negatives / self.comments


@dataclass(frozen=True, slots=True)
class Change:
    """Before and since a mark, and the 95 % interval of the difference of the two shares."""

    mark: Mark
    before: Side
    since: Side
    interval: Interval

    @property
    def sure(self) -> bool:
        """Whether the interval leaves out no difference at all."""
        return self.interval.low > 0 or self.interval.high < 0

    @property
    def words(self) -> str:
        """The comparison in numbers, with its interval in percentage points, and its limit."""
        counted = (
            f"Before: {self.before.negatives} of {self.before.comments} comments. "
            f"Since: {self.since.negatives} of {self.since.comments}. "
        )
        return counted + wording.interval(self.since.share - self.before.share, self.interval)


@dataclass(frozen=True, slots=True)
class ShareTrend:
    """All that the page shows: months in order, chart, marks, and the finding in words.

    `chart` holds the drawn months only, and is None when there are none; `kind` is which chart it is,
    `unit` what one of the points is, a month or a quarter, and `why` says why these.
    """

    topic: str
    unit: Length
    kind: ChartKind
    why: str
    months: tuple[Month, ...]
    chart: Chart | None
    marks: tuple[Mark, ...]
    change: Change | None
    responses: Responses | None
    headline: str
    subtitle: str


def share_trend(
    counts: Sequence[MonthCount],
    *,
    topic: str,
    marks: Sequence[Mark] = (),
    responses: Responses | None = None,
) -> ShareTrend:
    """Draw the months of one topic, oldest first, and say soberly what they show.

    topic: as it reads after "about", or "" for any negative remark. The last month is still running.
    """
    total = sum(count.comments for count in counts)
    marks = tuple(sorted(marks, key=lambda mark: mark.day))
    chosen = choose(counts, rebase=[mark.day for mark in marks if mark.rebase])
    drawn = [count for count in chosen.counts if count.drawn]
    change = _latest_change(drawn, marks)
    return ShareTrend(
        topic=topic,
        unit=chosen.length,
        kind=chosen.kind,
        why=chosen.why,
        months=_months(chosen.counts, chosen.chart),
        chart=chosen.chart,
        marks=marks,
        change=change,
        responses=responses if total >= FEWEST_SHOWN else None,
        headline=_headline(topic, chosen, change),
        subtitle=wording.subtitle(chosen.chart, chosen.length),
    )


def _months(counts: Sequence[MonthCount], chart: Chart | None) -> tuple[Month, ...]:
    points = iter(chart.points if chart else ())
    return tuple(
        Month(count.period, count.comments, count.negatives, next(points))
        if count.drawn
        else Month(count.period)
        for count in counts
    )


def _latest_change(drawn: Sequence[MonthCount], marks: Sequence[Mark]) -> Change | None:
    changes = (_change(drawn, mark, marks) for mark in reversed(marks) if not mark.rebase)
    return next((change for change in changes if change), None)


def _change(drawn: Sequence[MonthCount], mark: Mark, marks: Sequence[Mark]) -> Change | None:
    """Compare whole months on either side of a mark; the month it falls into is on neither."""
    rebased = [other.day for other in marks if other.rebase]
    first = max((day for day in rebased if day <= mark.day), default=date.min)
    last = min((day for day in rebased if day > mark.day), default=date.max)
    alike = [count for count in drawn if first <= count.period.start and count.period.end <= last]
    before = _side([count for count in alike if count.period.end <= mark.day])
    since = _side([count for count in alike if count.period.start >= mark.day])
    if not before.comments or not since.comments:
        return None
    interval = difference((before.negatives, before.comments), (since.negatives, since.comments))
    return Change(mark, before, since, interval)


def _side(counts: Sequence[MonthCount]) -> Side:
    return Side(sum(c.comments for c in counts), sum(c.negatives for c in counts))


def _about(topic: str) -> str:
    return f"Negative comments about {topic}" if topic else "Comments with a negative remark"


def _headline(topic: str, chosen: Choice, change: Change | None) -> str:
    total = sum(count.comments for count in chosen.counts)
    if not total:
        return "No comments in these months."
    if total < FEWEST_SHOWN:
        return f"Fewer than {FEWEST_SHOWN} comments: not shown."
    if not chosen.chart:
        return f"Too few comments to draw: a {chosen.length} needs at least {FEWEST_DRAWN}."
    drawn = [i for i, count in enumerate(chosen.counts) if count.drawn]
    newest = chosen.counts[drawn[-1]].period.label
    if len(chosen.counts) - 1 - drawn[-1] >= _LONG_AGO[chosen.length]:
        return f"{_about(topic)} {wording.last_drawn(newest, chosen.chart, chosen.length)}"
    if change:
        return f"{_about(topic)} {_changed(change)}"
    return f"{_about(topic)} {wording.standing(newest, chosen.chart, chosen.length)}"


def _changed(change: Change) -> str:
    before, since = about(change.before.share), about(change.since.share)
    what = wording.quoted(change.mark.label)
    if not change.sure:
        return f"show no clear change after {what}: {before} before, {since} since."
    verb = "fell" if change.since.share < change.before.share else "rose"
    return f"{verb} after {what}: from {before} to {since}."
