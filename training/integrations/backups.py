"""Copying a SQLite database safely while it is in use, and putting a copy back.

    back_up(live, folder)  ──►  folder/bedside-20260301T093000.sqlite3     (checked, complete)
    restore(copy, live)    ──►  live replaced in one step; the old file kept beside it

SQLite's own backup is used, never a file copy: a copied file can lack what is still in the log and
yet look sound.
"""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path


class BadBackup(Exception):
    """The file is not a sound copy of a Bedside database; nothing was changed."""


def back_up(live: Path, folder: Path, *, moment: datetime) -> Path:
    """Copy the live database into a folder and return the copy; raise `BadBackup` if it is unsound."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    copy = folder / f"bedside-{moment:%Y%m%dT%H%M%S}.sqlite3"
    part = copy.with_suffix(".part")
    _copy(live, part)
    check(part)
    return part.rename(copy)


def restore(copy: Path, live: Path, *, moment: datetime) -> Path | None:
    """Put a copy in the place of the live database; return where the old one now is, if there was one.

    Raises `BadBackup`. Everyone is signed out: a cookie from after the copy means nothing now.
    """
    check(copy)
    live.parent.mkdir(parents=True, exist_ok=True)
    part = live.with_suffix(".part")
    _copy(copy, part)
    with closing(sqlite3.connect(part)) as connection, connection:
        connection.execute("DELETE FROM sign_in")
    old = _set_aside(live, moment)
    part.rename(live)
    return old


def erased_in(path: Path) -> list[str]:
    """Return the public ids of comments that a database has erased; none where it cannot be read."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            rows = connection.execute("SELECT public_id FROM comment WHERE erased_at IS NOT NULL")
            return [public_id for (public_id,) in rows]
    except sqlite3.DatabaseError:  # a damaged database is what copies are restored for
        return []


def check(path: Path) -> None:
    """Raise `BadBackup` unless a file is a whole Bedside database."""
    if not path.is_file():
        raise BadBackup(f"{path} is not there.")
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            sound = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            tables = connection.execute("SELECT name FROM sqlite_master WHERE name = 'comment'")
            ours = tables.fetchone() is not None
    except sqlite3.DatabaseError as error:
        raise BadBackup(f"{path} is not a SQLite database.") from error
    if not (sound and ours):
        raise BadBackup(f"{path} is damaged, or is not Bedside's.")


def _copy(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    target.touch(mode=0o600)
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
        new.execute("PRAGMA journal_mode=DELETE")  # one file, so that a copy of it is whole


def _set_aside(live: Path, moment: datetime) -> Path | None:
    if not live.exists():
        return None
    old = live.with_name(f"{live.stem}-before-{moment:%Y%m%dT%H%M%S}{live.suffix}")
    # The log belongs to the old file: fold it in before the file moves.
    try:
        with closing(sqlite3.connect(live, timeout=0.5)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        raise BadBackup(f"{live} is in use: stop Bedside first.") from error
    return live.rename(old)
