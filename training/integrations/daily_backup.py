"""A copy of the database once a local day, for so many days.

    backups/bedside-20260314T021500.sqlite3   older than BACKUP_KEEP days ──► deleted
    backups/bedside-20260315T021500.sqlite3
    today's: none yet                                                     ──► taken now

The folder carries the truth: nothing is asked of the database but the copy. A copy that fails is
noted beside the database, for the doctor, and tried again an hour later.
"""

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from training.integrations import backups
from training.integrations.backups import BadBackup

PATTERN = "bedside-*.sqlite3"
FORM = "bedside-%Y%m%dT%H%M%S"
NOTE = "backup-failed"
AGAIN_AFTER = timedelta(hours=1)


class BackupFailed(Exception):
    """Today's copy could not be taken; nothing was deleted."""


@dataclass(frozen=True, slots=True)
class Copies:
    """The copies in a folder: when the newest was taken, how many there are, and why the last try failed."""

    newest: datetime | None
    count: int
    failure: str


def run(live: Path, folder: Path, *, zone: str, keep_days: int, moment: datetime) -> Path | None:
    """Take today's copy and delete what is older than `keep_days`; None where there is nothing to do.

    Raises `BackupFailed`; for an hour after that there is nothing to do.
    """
    note = live.with_name(NOTE)
    if _taken_today(folder, zone, moment) or _just_failed(note, moment):
        return None
    try:
        copy = backups.back_up(live, folder, moment=moment)
        _delete_old(folder, moment - timedelta(days=keep_days))
    except (OSError, sqlite3.Error, BadBackup) as error:
        note.write_text(f"{moment.isoformat()} {error}\n", encoding="utf-8")
        raise BackupFailed(type(error).__name__) from error
    note.unlink(missing_ok=True)
    return copy


def look(live: Path, folder: Path) -> Copies:
    """Return which copies there are; a folder that is not there has none."""
    taken = _taken(folder)
    note = live.with_name(NOTE)
    failure = note.read_text(encoding="utf-8").partition(" ")[2].strip() if note.exists() else ""
    return Copies(max(taken.values(), default=None), len(taken), failure)


def _taken(folder: Path) -> dict[Path, datetime]:
    found = {}
    for path in folder.glob(PATTERN):
        try:
            found[path] = datetime.strptime(path.stem, FORM).replace(tzinfo=UTC)
        except ValueError:  # somebody's own file: never ours to count or delete
            continue
    return found


def _taken_today(folder: Path, zone: str, moment: datetime) -> bool:
    place = ZoneInfo(zone)
    today = moment.astimezone(place).date()
    return any(at.astimezone(place).date() >= today for at in _taken(folder).values())


def _just_failed(note: Path, moment: datetime) -> bool:
    if not note.exists():
        return False
    at = datetime.fromisoformat(note.read_text(encoding="utf-8").partition(" ")[0].strip())
    return moment - at < AGAIN_AFTER


def _delete_old(folder: Path, before: datetime) -> None:
    for path, at in _taken(folder).items():
        if at < before:
            path.unlink(missing_ok=True)
