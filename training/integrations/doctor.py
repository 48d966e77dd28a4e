"""What the doctor finds: the machine, the settings, the backups, and what waits in each practice.

    examine(…)  ──►  Part("This machine", [Finding("Disk", "0.4 GiB free", "Make room.", urgent)]) …

The command and the admins' page show the same findings, each with what to do about it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from training.config import Config
from training.integrations import daily_backup, machine, mail
from training.integrations.machine import Finding
from training.services import health
from training.services.health import Health

LATE = timedelta(minutes=15)
OLD_COPY = timedelta(hours=36)
NOT_SET_UP = "The practice is not set up yet: an admin opens Set-up."
NOBODYS = "They may be about each of your reviewers: let one person more review, under Roster."
JOBS = "Is `bedside serve` running? It does this every minute."


@dataclass(frozen=True, slots=True)
class Part:
    """Findings that belong together, under their name."""

    name: str
    findings: tuple[Finding, ...]


def examine(
    session: Session,
    *,
    config: Config,
    fault: str,
    moment: datetime,
    practice_id: int | None = None,
) -> list[Part]:
    """Look at everything; of practices at one, or at all of them.

    `fault` is what is wrong with the shape of the database; with one, no practice can be looked at.
    """
    state = Finding("Database", "out of date" if fault else "up to date", fault, bool(fault))
    found = [
        Part("This machine", (*machine.findings(config.data_dir), state)),
        Part("Settings", _settings(config)),
        Part("Backups", (_backups(config, moment),)),
    ]
    if fault:
        return found
    practices = health.of_every_practice(session, moment=moment, practice_id=practice_id)
    return found + [Part(it.practice, _practice(it, moment)) for it in practices]


def urgent(parts: list[Part]) -> bool:
    """Return whether anything found must be done at once."""
    return any(finding.urgent for part in parts for finding in part.findings)


def _settings(config: Config) -> tuple[Finding, ...]:
    https = "Cookies travel unprotected; put https in front for anything but a trial."
    hops = "Addresses behind a proxy are taken from its headers." if config.proxy_hops else ""
    return (
        Finding("Base URL", config.base_url, "" if config.secure else https),
        Finding("Proxy hops", str(config.proxy_hops), hops),
        _outbox(config),
    )


def _outbox(config: Config) -> Finding:
    waiting = len(mail.waiting(config.outbox))
    todo = ""
    if waiting and config.smtp_url:
        todo = "They are tried again every minute; look at the log for what the mail server says."
    elif waiting:
        todo = f"No mail server is set (SMTP_URL): send the files in {config.outbox} yourself."
    return Finding("Messages in the outbox", str(waiting), todo)


def _backups(config: Config, moment: datetime) -> Finding:
    if config.database_file is None:
        return Finding("Last copy", "PostgreSQL", "Bedside copies SQLite only: schedule pg_dump.")
    if config.backup_dir is None:
        todo = "Set BACKUP_DIR to a folder on another disk, or run `bedside backup` every night."
        return Finding("Last copy", "no folder set", todo)
    return _copies(config.database_file, config.backup_dir, moment)


def _copies(live: Path, folder: Path, moment: datetime) -> Finding:
    copies = daily_backup.look(live, folder)
    if copies.failure:
        todo = f"The last try failed: {copies.failure}. Mend BACKUP_DIR; it is tried every hour."
        return Finding("Last copy", _since(copies.newest), todo, urgent=True)
    old = copies.newest is None or moment - copies.newest > OLD_COPY
    seen = f"{_since(copies.newest)}, {copies.count} kept"
    return Finding("Last copy", seen, JOBS if old else "", urgent=old)


def _since(newest: datetime | None) -> str:
    return f"{newest:%Y-%m-%d %H:%M} UTC" if newest else "none yet"


def _practice(it: Health, moment: datetime) -> tuple[Finding, ...]:
    return (
        Finding("Comments", f"{it.comments:,}", "" if it.set_up else NOT_SET_UP),
        _unread(it, moment),
        _count("Safety comments waiting", it.safety_waiting, "Those who safeguard: read them."),
        _count("Alerts not sent", it.alerts_waiting, JOBS),
        _count("Old comments kept because they are held", it.held_too_long, "Deal with them."),
        _people("May review", it.reviewers, "Nobody can decide about a remark."),
        _count("Comments in nobody's queue", it.out_of_reach, NOBODYS),
        _people("May safeguard", it.safeguarders, "Nobody is told of a safety comment."),
        _admins(it.admins),
    )


def _count(what: str, number: int, todo: str) -> Finding:
    return Finding(what, f"{number:,}", todo if number else "")


def _unread(it: Health, moment: datetime) -> Finding:
    todo = ""
    if it.failed:
        todo = "Those who safeguard read them; after an update: `bedside comments read`."
    elif it.oldest_unread is not None and moment - it.oldest_unread > LATE and it.reading_on:
        todo = JOBS
    return Finding("Comments not read", str(it.unread + it.failed), todo)


def _people(what: str, number: int, nobody: str) -> Finding:
    if number == 0:
        return Finding(what, "nobody", f"{nobody} Give somebody the permission under Roster.")
    alone = "A second person would notice mistakes, and be there on days off."
    return Finding(what, str(number), alone if number == 1 else "")


def _admins(number: int) -> Finding:
    alone = "Make a second one, or nobody can let you back in but whoever runs the server."
    return Finding("Admins who can sign in", str(number), alone if number == 1 else "")
