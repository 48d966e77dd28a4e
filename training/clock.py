"""The only place that asks the time.

    now() ──► 2026-03-01 09:30:00+00:00      (aware, UTC, whole microseconds)

Services and the core are handed the moment; nothing below the web, the jobs and the commands calls this.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime


def _system() -> datetime:
    return datetime.now(UTC)


_source: Callable[[], datetime] = _system


def now() -> datetime:
    """Return this moment, aware and in UTC."""
    return _source()


@contextmanager
def stopped_at(moment: datetime) -> Iterator[None]:
    """Hold the clock at one moment for the length of a `with` block; for tests and the demo."""
    global _source
    before, _source = _source, lambda: moment
    try:
        yield
    finally:
        _source = before
