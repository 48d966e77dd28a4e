"""How a connection behaves: SQLite made durable, and one writer at a time.

    with writing():                    a request that may write, a job, a command
        session.execute(...)     ──►   writer lock ─ BEGIN IMMEDIATE ─ … ─ COMMIT ─ lock released

On SQLite two writers that start as readers fail each other at the end; a lock taken at the start
lets them queue. The lock is a thread lock and a lock on a file beside the database, so that the
command line and the web process queue too. Reading never takes it. PostgreSQL needs none of this.
"""

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import OperationalError

WAIT_SECONDS = 5.0

_writing: ContextVar[bool] = ContextVar("writing", default=False)


class WriterBusy(Exception):
    """Another writer held the database for longer than five seconds; nothing was written."""


@contextmanager
def writing() -> Iterator[None]:
    """Say that transactions begun in this block may write."""
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)


class WriterLock:
    """One writer at a time across the threads and processes that share a database file."""

    def __init__(self, path: Path) -> None:
        self._thread = threading.Lock()
        self._path = path
        self._file: Any = None

    def acquire(self) -> None:
        """Wait for the lock; raise `WriterBusy` after five seconds."""
        until = time.monotonic() + WAIT_SECONDS
        if not self._thread.acquire(timeout=WAIT_SECONDS):
            raise WriterBusy
        try:
            self._file = self._locked_file(until)
        except BaseException:
            self._thread.release()
            raise

    def _locked_file(self, until: float) -> Any:
        file = os.fdopen(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600), "a")
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > until:
                    file.close()
                    raise WriterBusy from None
                time.sleep(0.005)
            else:
                return file

    def release(self) -> None:
        """Let the next writer in."""
        file, self._file = self._file, None
        file.close()
        self._thread.release()


def _make_private(database: str) -> None:
    """Make the file of a database that is not there yet, to be read by its owner alone.

    What SQLite writes beside it gets the same mode.
    """
    path = Path(database)
    if database not in {"", ":memory:"} and not path.exists():
        with suppress(OSError):  # SQLite says better what is wrong with the place
            path.touch(mode=0o600)


def prepare(engine: Engine) -> None:
    """Give an engine Bedside's ways of connecting and beginning; does nothing on PostgreSQL."""
    if engine.dialect.name != "sqlite":
        return
    database = engine.url.database or ""
    _make_private(database)
    lock = WriterLock(Path(f"{database}.lock"))

    @event.listens_for(engine, "connect")
    def connect(dbapi: Any, _record: Any) -> None:
        dbapi.isolation_level = None  # we say BEGIN ourselves; the driver's own comes too late
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",  # what is erased leaves no trace in the file's free pages
            f"busy_timeout={int(WAIT_SECONDS * 1000)}",
        ):
            dbapi.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if not _writing.get():
            connection.exec_driver_sql("BEGIN")
            return
        lock.acquire()
        connection.info["writer"] = True
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    @event.listens_for(engine, "checkin")
    def checkin(_dbapi: Any, record: Any) -> None:
        if record.info.pop("writer", False):
            lock.release()


def is_busy(error: BaseException) -> bool:
    """Return whether an error only means that the database was busy, so that trying again may help."""
    if isinstance(error, WriterBusy):
        return True
    return isinstance(error, OperationalError) and "database is locked" in str(error.orig)
