"""A person's learning records, made by that person: the command asks for their password."""

import csv
from pathlib import Path

import click

from training import clock
from training.cli.support import application
from training.extensions import bedside, db
from training.integrations import xapi
from training.services import learning_records, signing_in
from training.services.cells import defuse
from training.services.learning_records import Records
from training.services.people import NotFound
from training.services.signing_in import TooManyTries, Viewer, WrongPassword


@click.command("my-records")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--email", required=True, help="The address you sign in with.")
@click.password_option(confirmation_prompt=False, help="Asked for where it is left out.")
@click.option("--as", "form", type=click.Choice(["csv", "xapi"]), default="csv", show_default=True)
def my_records(file: Path, email: str, password: str, form: str) -> None:
    """Write your own learning records to FILE: CSV, or xAPI 1.0.3 statements as JSON lines."""
    with application():
        try:
            found = learning_records.collect(db.session(), viewer=_own(email, password))
        except NotFound as error:
            raise click.ClickException("You are not on the roster: there are none.") from error
        home = bedside().config.base_url
    if form == "csv":
        _write_csv(file, found)
    else:
        text = "".join(f"{line}\n" for line in xapi.lines(found, home_page=home))
        file.write_text(text, encoding="utf-8")
    click.echo(f"{len(found.answers)} decisions: {file}")


def _own(email: str, password: str) -> Viewer:
    """Return who signs in with this password, signed out again at once."""
    session, moment = db.session(), clock.now()
    try:
        token = signing_in.sign_in(
            session, email=email, password=password, hasher=bedside().hasher, moment=moment
        )
    except TooManyTries as error:
        raise click.ClickException("Too many tries: wait a quarter of an hour.") from error
    except WrongPassword as error:
        raise click.ClickException("The address and the password do not match.") from error
    found = signing_in.viewer_of(session, token=token, moment=moment)
    signing_in.sign_out(session, token=token)
    assert found is not None
    return found[0]


def _write_csv(file: Path, found: Records) -> None:
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        rows = learning_records.rows(found)
        csv.writer(out).writerows([defuse(cell) for cell in row] for row in rows)


COMMANDS = (my_records,)
