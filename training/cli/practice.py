"""Running a practice from the command line: its admins, imports, codes, and comments left unread."""

from datetime import timedelta
from pathlib import Path

import click

from training import clock, periods
from training.cli.support import application, bar
from training.extensions import bedside, db
from training.services import codes, comments, imports, people, practices, signing_in
from training.services.import_text import Unreadable
from training.services.imports import KINDS, BadRows, Report
from training.services.practices import PracticeWords

FAULTS_SHOWN = 50


@click.group()
def admin() -> None:
    """Look after the people who administer the practice."""


@admin.command("create")
@click.option("--name", required=True, help="The admin's name.")
@click.option("--email", required=True, help="The address they sign in with.")
def create(name: str, email: str) -> None:
    """Make an admin and print the link by which they choose a password (7 days, once)."""
    with application():
        try:
            token = people.create_admin(db.session(), name=name, email=email, moment=clock.now())
        except people.EmailTaken as error:
            raise click.ClickException("Somebody already signs in with this address.") from error
        click.echo(f"{bedside().config.base_url}/link/{token}")


def _practice() -> PracticeWords:
    found = practices.first(db.session())
    if found is None:
        raise click.ClickException("There is no practice yet: `bedside admin create` first.")
    return found


@click.command("import")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--dry-run", is_flag=True, help="Only say what would happen; 1 where lines have faults."
)
@click.option("--good-rows", is_flag=True, help="Import the good rows although some have faults.")
def import_(kind: str, file: Path, dry_run: bool, good_rows: bool) -> None:
    """Import FILE (CSV; comments also JSONL). The same file twice changes nothing."""
    with application():
        practice, body, moment = _practice(), file.read_bytes(), clock.now()
        try:
            if dry_run:
                report = imports.check(
                    db.session(), practice_id=practice.id, kind=kind, name=file.name, body=body,
                    moment=moment,
                )  # fmt: skip
                _tell(report)
                if report.bad and not good_rows:
                    raise click.exceptions.Exit(1)
                return
            with bar("Reading comments") as progress:
                report = imports.run(
                    db.session(), practice_id=practice.id, kind=kind, name=file.name, body=body,
                    good_rows=good_rows, moment=moment, progress=progress,
                )  # fmt: skip
        except Unreadable as error:
            raise click.ClickException(str(error)) from error
        except BadRows as error:
            _tell(error.report)
            raise click.ClickException(
                "Nothing was imported. Mend the lines, or add --good-rows."
            ) from error
        _tell(report)


def _tell(report: Report) -> None:
    for fault in report.faults[:FAULTS_SHOWN]:
        click.echo(f"line {fault.line}: {fault.text}", err=True)
    if report.bad > FAULTS_SHOWN:
        click.echo(f"… and {report.bad - FAULTS_SHOWN} more", err=True)
    for note in report.notes:
        click.echo(note)
    done = "Imported" if report.saved else "Nothing saved. It would be"
    click.echo(
        f"{done}: {report.new} new, {report.changed} changed, {report.unchanged} unchanged, "
        f"{report.bad} with faults."
    )


@click.group("codes")
def codes_() -> None:
    """Make the codes that ask patients for a comment."""


@codes_.command("issue")
@click.option("--as", "email", required=True, help="The admin in whose name this is done.")
@click.option("--days", default=7, show_default=True, help="For visits of the last so many days.")
def issue(email: str, days: int) -> None:
    """Print a code for each visit that has none; they are shown just this once."""
    with application():
        viewer, moment = signing_in.acting(db.session(), email=email), clock.now()
        if viewer is None or viewer.role != "admin":
            raise click.ClickException("No active admin signs in with this address.")
        today = periods.local_day(moment, _practice().time_zone)
        issued = codes.issue_for_days(
            db.session(), viewer=viewer, first=today - timedelta(days=days), last=today,
            key=bedside().code_key, moment=moment,
        )  # fmt: skip
        for visit, code in issued:
            click.echo(f"{visit.day}\t{visit.visit_ref}\t{bedside().config.base_url}/c/{code}")
        click.echo(f"{len(issued)} codes, good for 14 days.", err=True)


@click.group("comments")
def comments_() -> None:
    """Look after comments."""


@comments_.command("read")
def read() -> None:
    """Read the comments that a fault or a stop left unread."""
    with application():
        waiting = len(comments.open_waiting(db.session()))
        with bar("Reading comments", length=waiting) as progress:
            counts = comments.read_waiting(db.session(), moment=clock.now(), progress=progress)
        click.echo(f"{counts.read} read, {counts.held} held for a person, {counts.failed} failed.")


COMMANDS = (admin, import_, codes_, comments_)
