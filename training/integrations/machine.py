"""What the machine says of itself, for `bedside doctor`: disk, how fast it really writes, SQLite."""

import os
import shutil
import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path

# Before this release a reset of the write-ahead log could, rarely, damage a database.
SAFE_SQLITE = (3, 51, 3)
LOW_DISK = 1024**3
SLOW_WRITE = 0.05


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's report: what was looked at, what was seen, what to do (or nothing)."""

    what: str
    seen: str
    todo: str = ""
    urgent: bool = False


def findings(folder: Path) -> list[Finding]:
    """Look at the machine from a data folder that exists."""
    return [_sqlite(), _disk(folder), _write(folder)]


def _sqlite() -> Finding:
    version = sqlite3.sqlite_version_info
    todo = ""
    if version < SAFE_SQLITE:
        todo = "Take backups; a newer Python brings a newer SQLite. Bedside writes under one lock meanwhile."
    return Finding("SQLite", ".".join(map(str, version)), todo)


def _disk(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    low = free < LOW_DISK
    return Finding("Disk", f"{free / 1024**3:.1f} GiB free", "Make room." if low else "", low)


def _write(folder: Path) -> Finding:
    path = folder / ".doctor"
    start = time.perf_counter()
    with path.open("wb") as file:
        file.write(b"bedside")
        file.flush()
        os.fsync(file.fileno())
    seconds = time.perf_counter() - start
    path.unlink()
    todo = "Comments will be slow to send; use a faster disk." if seconds > SLOW_WRITE else ""
    return Finding("Safe write", f"{seconds * 1000:.1f} ms", todo)
