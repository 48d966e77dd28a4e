"""One writer at a time on SQLite; readers never wait; instants are aware and in UTC on both ends."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session

from tests.support.world import World
from training.config import ROOT
from training.store import engine as engines
from training.store.engine import WriterBusy, prepare, writing
from training.store.tables import Practice


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = create_engine(f"sqlite:///{tmp_path / 'e.sqlite3'}")
    prepare(made)
    with writing(), made.begin() as c:
        c.execute(text("CREATE TABLE n (value INTEGER)"))
        c.execute(text("INSERT INTO n VALUES (0)"))
    yield made
    made.dispose()


def test_the_database_is_durable_and_keeps_its_foreign_keys(engine: Engine) -> None:
    with engine.connect() as c:
        kept = [
            c.execute(text(f"PRAGMA {p}")).scalar()
            for p in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert kept == ["wal", 2, 1]


def test_writers_that_read_before_they_write_queue_and_lose_nothing(engine: Engine) -> None:
    def add() -> None:
        for _ in range(20):
            with writing(), engine.begin() as c:
                value = c.execute(text("SELECT value FROM n")).scalar_one()
                c.execute(text("UPDATE n SET value = :v"), {"v": value + 1})

    threads = [threading.Thread(target=add) for _ in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    with engine.connect() as c:
        assert c.execute(text("SELECT value FROM n")).scalar_one() == 80


def test_a_reader_does_not_wait_for_a_writer(engine: Engine) -> None:
    with writing(), engine.begin() as w:
        w.execute(text("UPDATE n SET value = 9"))
        seen: list[int] = []

        def look() -> None:
            with engine.connect() as r:
                seen.append(r.execute(text("SELECT value FROM n")).scalar_one())

        reader = threading.Thread(target=look)
        reader.start()
        reader.join(timeout=2)
        assert seen == [0]


def test_a_writer_that_waits_too_long_is_told_and_nothing_is_stuck(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "WAIT_SECONDS", 0.05)
    refused: list[type] = []

    def second() -> None:
        try:
            with writing(), engine.begin():
                pass
        except WriterBusy as error:
            refused.append(type(error))

    with writing(), engine.begin():
        t = threading.Thread(target=second)
        t.start()
        t.join()
    assert refused == [WriterBusy]
    with writing(), engine.begin() as c:
        c.execute(text("UPDATE n SET value = 1"))


HOLD = """
import sys, time
from sqlalchemy import create_engine, text
from training.store.engine import prepare, writing
engine = create_engine("sqlite:///" + sys.argv[1])
prepare(engine)
with writing(), engine.begin() as c:
    c.execute(text("UPDATE n SET value = value + 1"))
    print("held", flush=True)
    time.sleep(0.3)
"""


def test_a_command_and_the_pages_queue_too_though_they_are_two_processes(engine: Engine) -> None:
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(engine.url.database)], stdout=subprocess.PIPE, cwd=ROOT
    )
    assert other.stdout is not None
    assert other.stdout.readline() == b"held\n"
    begun = time.monotonic()
    with writing(), engine.begin() as c:
        c.execute(text("UPDATE n SET value = value + 1"))
        assert time.monotonic() - begun > 0.1, "it waited for the other process"
        assert c.execute(text("SELECT value FROM n")).scalar_one() == 2
    assert other.wait() == 0
    other.stdout.close()


def test_an_instant_comes_back_aware_and_in_utc(session: Session, world: World) -> None:
    india = timezone(timedelta(hours=5, minutes=30))
    world.practice.set_up_at = datetime(2026, 3, 1, 1, 30, tzinfo=india)
    session.commit()
    session.expire_all()
    kept = session.get_one(Practice, world.practice.id).set_up_at
    assert kept == datetime(2026, 2, 28, 20, 0, tzinfo=UTC)
    assert kept.tzinfo is UTC


def test_an_instant_without_a_zone_is_refused(session: Session, world: World) -> None:
    world.practice.set_up_at = datetime(2026, 3, 1, 1, 30)  # noqa: DTZ001
    with pytest.raises(StatementError, match="needs its zone"):
        session.commit()
    session.rollback()


def test_the_database_and_what_lies_beside_it_are_read_by_their_owner_alone(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'private.sqlite3'}")
    prepare(engine)
    with writing(), engine.begin() as connection:
        connection.execute(text("CREATE TABLE thing (id INTEGER)"))
        modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    engine.dispose()
    assert len(modes) == 4
    assert set(modes.values()) == {0o600}
