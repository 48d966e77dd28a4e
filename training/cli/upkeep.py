"""Looking after a running Bedside: the database's shape, backups, and the doctor."""

from pathlib import Path

import click

from training import clock
from training.cli.support import application, settings
from training.config import Config
from training.extensions import database_state, db, draft_migration, upgrade_database
from training.integrations import backups, doctor
from training.services import retention


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
    if config.database_file is None:
        raise click.ClickException("This database is PostgreSQL: use pg_dump and pg_restore.")
    return config.database_file


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
    """Put COPY in the place of the database; stop Bedside first. The old file is kept.

    Comments that were erased since the copy was taken are erased in it too.
    """
    live = _file(settings())
    if not yes:
        click.confirm(f"Replace {live} by {copy}? Everyone is signed out.", abort=True)
    try:
        old = backups.restore(copy, live, moment=clock.now())
    except backups.BadBackup as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Restored.{f' The old database is now {old}.' if old else ''}")
    if old and (erased := backups.erased_in(old)) and (again := _erase_again(erased)):
        click.echo(f"Comments erased again, because they were erased since the copy: {again}.")


def _erase_again(public_ids: list[str]) -> int:
    with application(any_shape=True):
        upgrade_database()
        return retention.erase_again(db.session(), public_ids=public_ids, moment=clock.now())


@click.command("doctor")
def look_over() -> None:
    """Look at the machine, the settings and what waits; exit 1 when something is urgent."""
    config = settings()
    with application(config, any_shape=True):
        parts = doctor.examine(
            db.session(), config=config, fault=database_state(), moment=clock.now()
        )
    for part in parts:
        click.echo(part.name)
        for line in part.findings:
            mark = "!!" if line.urgent else "! " if line.todo else "ok"
            click.echo(f"  {mark} {line.what}: {line.seen}{f' — {line.todo}' if line.todo else ''}")
    if doctor.urgent(parts):
        raise click.exceptions.Exit(1)


COMMANDS = (database, backup, restore, look_over)
