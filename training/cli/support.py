"""What commands share: an application from the environment, a progress bar, plain errors."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import click
from flask import Flask

from training import create_app
from training.config import Config, ConfigError
from training.extensions import database_state, db, writing


def settings(*, base_url: str = "") -> Config:
    """Return the settings of the environment; a wrong one ends the command with its sentence.

    `base_url` is the address people use where BASE_URL is not set.
    """
    try:
        return Config.from_env(base_url=base_url)
    except ConfigError as error:
        raise click.ClickException(str(error)) from error


@contextmanager
def application(config: Config | None = None, *, any_shape: bool = False) -> Iterator[Flask]:
    """Open the application for a command that may write; its database must be up to date."""
    app = create_app(config or settings())
    with app.app_context():
        try:
            if not any_shape and (fault := database_state()):
                raise click.ClickException(fault)
            with writing():
                yield app
        finally:
            db.session.remove()
            db.engine.dispose()


@contextmanager
def bar(label: str, length: int = 0) -> Iterator[Callable[[int], None]]:
    """Draw a progress bar on standard error; yields what to call with how many more are done.

    Silent where standard error is no terminal.
    """
    with click.progressbar(
        length=length, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as drawn:
        yield drawn.update


def report(faults: Sequence[str], what: str) -> None:
    """Print faults and end the command with 1, or say that there is none."""
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        raise click.ClickException(f"{len(faults)} faults in the {what}.")
    click.echo(f"No fault in the {what}.")
