"""Looking after a running Bedside: the database's shape, backups, and the doctor."""

from pathlib import Path

import click

from training import clock
from training.cli.support import application, settings
from training.config import Config
from training.extensions import database_state, db, draft_migration, upgrade_database
from training.integrations import backups, machine
from training.integrations.machine import Finding
from training.services import health
from training.services.health import Health


@click.group()
def database() -> None:
    """Change the shape of the database."""


@database.command("upgrade")
def upgrade() -> None:
    """Bring the database to the shape this version expects."""
    with application(any_shape=True):
        upgrade_database()
    click.echo("The database is up to date.")


@database.command("draft")
@click.argument("number")
@click.argument("message")
def draft(number: str, message: str) -> None:
    """Write the next migration (for developers): NUMBER such as 0007, MESSAGE what it does."""
    with application(any_shape=True):
        draft_migration(number=number, message=message)


def _file(config: Config) -> Path:
    if config.database_url and not config.database_url.startswith("sqlite:///"):
        raise click.ClickException("This database is PostgreSQL: use pg_dump and pg_restore.")
    return Path(config.database.removeprefix("sqlite:///"))


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def backup(folder: Path) -> None:
    """Copy the database into FOLDER, while Bedside runs."""
    try:
        copy = backups.back_up(_file(settings()), folder, moment=clock.now())
    except backups.BadBackup as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Backed up to {copy}")


@click.command()
@click.argument("copy", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask.")
def restore(copy: Path, yes: bool) -> None:
    """Put COPY in the place of the database; stop Bedside first. The old file is kept."""
    live = _file(settings())
    if not yes:
        click.confirm(f"Replace {live} by {copy}? Everyone is signed out.", abort=True)
    try:
        old = backups.restore(copy, live, moment=clock.now())
    except backups.BadBackup as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Restored.{f' The old database is now {old}.' if old else ''}")


@click.command()
def doctor() -> None:
    """Look at the machine, the settings and what waits; exit 1 when something is urgent."""
    config = settings()
    with application(config, any_shape=True):
        found = machine.findings(config.data_dir) + _settings(config)
        fault = database_state()
        found.append(
            Finding("Database", "up to date" if not fault else "out of date", fault, bool(fault))
        )
        if not fault:
            for practice in health.of_every_practice(db.session()):
                found += _practice(practice)
    for line in found:
        mark = "!!" if line.urgent else "! " if line.todo else "ok"
        click.echo(f"{mark} {line.what}: {line.seen}{f' — {line.todo}' if line.todo else ''}")
    if any(line.urgent for line in found):
        raise click.exceptions.Exit(1)


def _settings(config: Config) -> list[Finding]:
    https = "Cookies travel unprotected; put https in front for anything but a trial."
    hops = "Addresses behind a proxy are taken from its headers." if config.proxy_hops else ""
    return [
        Finding("Base URL", config.base_url, "" if config.secure else https),
        Finding("Proxy hops", str(config.proxy_hops), hops),
    ]


def _practice(it: Health) -> list[Finding]:
    nobody = "Nobody is told of a safety comment: give somebody the permission to safeguard."
    unsent = "Is `bedside serve` running?" if it.alerts_waiting else ""
    unset = "Open Set-up as an admin." if not it.set_up else ""
    return [
        Finding(it.practice, f"{it.comments} comments", unset),
        Finding("  Unread", str(it.unread + it.failed), "bedside comments read" if it.failed else ""),
        Finding("  Safety waiting", str(it.safety_waiting), "Read them." if it.safety_waiting else ""),
        Finding("  Alerts unsent", str(it.alerts_waiting), unsent),
        Finding("  Who reviews", str(it.reviewers), "" if it.reviewers else "Nobody can review."),
        Finding("  Who safeguards", str(it.safeguarders), "" if it.safeguarders else nobody),
    ]  # fmt: skip


COMMANDS = (database, backup, restore, doctor)
