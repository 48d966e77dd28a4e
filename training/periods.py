"""Runs of days: half-open, in whole days of the practice's own time zone.

A visit at half past midnight in London in July is still the day before in UTC:

    UTC      … 30 Jun 23:30 …
    London   … 01 Jul 00:30 …          → July

    >>> late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    >>> month_of(local_day(late, "Europe/London")).label
    'Jul 2026'
    >>> [month.label for month in last_full_months(3, date(2026, 3, 15))]
    ['Dec 2025', 'Jan 2026', 'Feb 2026']

No function here asks what the time is; the moment is passed in.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

# strftime follows the server's locale; the product's pages are English
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SATURDAY = 5


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from `start` up to but not including `end`; raises ValueError if it runs back."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a period cannot end ({self.end}) before it starts ({self.start})")

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    def __iter__(self) -> Iterator[date]:
        return (self.start + timedelta(days=past) for past in range(len(self)))

    def __len__(self) -> int:
        return (self.end - self.start).days

    @property
    def label(self) -> str:
        """What a page calls it: "Mar 2026", whole months "Jan–Mar 2026", else first and last day."""
        if not len(self):
            return "no days"
        if self.start.day == 1 and self.end == _next_month(self.start):
            return f"{_MONTHS[self.start.month - 1]} {self.start.year}"
        if self.start.day == self.end.day == 1:
            return self._months_label()
        if len(self) == 1:
            return day_label(self.start)
        return f"{day_label(self.start)} to {day_label(self.end - timedelta(days=1))}"

    def _months_label(self) -> str:
        last = self.end - timedelta(days=1)
        year = "" if last.year == self.start.year else f" {self.start.year}"
        return f"{_MONTHS[self.start.month - 1]}{year}–{_MONTHS[last.month - 1]} {last.year}"


def day_label(day: date) -> str:
    """A day as a page writes it: "7 Mar 2026"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def local_day(instant: datetime, zone: str) -> date:
    """The calendar day of an instant in an IANA time zone such as "Europe/London".

    Raises ValueError for an instant without a zone of its own, which could be any of two days,
    and ZoneInfoNotFoundError (a KeyError) for a zone that does not exist.
    """
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone; a naive one could be another day")
    return instant.astimezone(ZoneInfo(zone)).date()


def month_of(day: date) -> Period:
    """The calendar month a day stands in."""
    first = day.replace(day=1)
    return Period(first, _next_month(first))


def _next_month(first: date) -> date:
    if first.month == 12:
        return first.replace(year=first.year + 1, month=1)
    return first.replace(month=first.month + 1)


def last_full_months(n: int, before: date) -> tuple[Period, ...]:
    """The last n months that were over before a day, oldest first.

    The day's own month is never one of them, not even on its last day.
    """
    months = []
    first = before.replace(day=1)
    for _ in range(n):
        month = month_of(first - timedelta(days=1))
        months.append(month)
        first = month.start
    return tuple(reversed(months))


def is_working_day(day: date, holidays: Collection[date] = ()) -> bool:
    """Whether a day is a Monday to Friday that is not among the practice's holidays."""
    return day.weekday() < _SATURDAY and day not in holidays


def working_days_after(day: date, n: int) -> date:
    """The n-th working day after a day: Friday and 1 lead to Monday."""
    while n:
        day += timedelta(days=1)
        n -= is_working_day(day)
    return day
