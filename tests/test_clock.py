"""The clock: aware, in UTC, and stopped only for as long as somebody holds it."""

from datetime import UTC, datetime, timedelta

from training import clock


def test_now_is_aware_and_in_utc() -> None:
    assert clock.now().utcoffset() == timedelta(0)


def test_a_stopped_clock_runs_again_afterwards() -> None:
    before = clock.now()
    then = datetime(2020, 1, 1, tzinfo=UTC)
    with clock.stopped_at(then):
        assert clock.now() == then
    assert clock.now() == before
