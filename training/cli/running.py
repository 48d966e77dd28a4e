"""`bedside serve`: one process, waitress in front, a background thread beside it."""

import gc
import logging
from threading import Event

import click
import waitress
from flask import Flask

from training import clock, create_app, jobs
from training.cli.support import settings
from training.config import EVERY_ADDRESS, Config, address_of
from training.extensions import db, upgrade_database, writing
from training.feedback.language_files import tables
from training.feedback.model import model
from training.scenarios import catalogue
from training.services import people

CONNECTIONS = 1000


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
def serve(host: str, port: int) -> None:
    """Run Bedside: pages and background jobs in one process.

    Links lead to BASE_URL; where that is not set, to the host and port given here.
    """
    config = settings(base_url=address_of(host, port))
    app = create_app(config)
    with app.app_context(), writing():
        upgrade_database()
        first_steps = _first_steps(config)
        db.session.remove()
    if first_steps:
        click.echo(f"\n{first_steps}\n")
    if host in EVERY_ADDRESS and config.only_here:
        click.echo("Only this computer is answered: set BASE_URL to the address that others use.")
    run(app, config, host=host, port=port)


def _first_steps(config: Config) -> str:
    """Return what to do while nobody can sign in yet, or an empty string."""
    invited = people.waited_for(db.session())
    if invited:
        return (
            f"{invited} has not chosen a password yet. Their link was printed when they were made; "
            "`bedside admin create` with the same address prints a new one."
        )
    code = people.make_set_up_code(db.session(), moment=clock.now())
    if code:
        return f"Nobody is set up yet. Open {config.base_url}/set-up and give this code: {code}"
    return ""


def run(app: Flask, config: Config, *, host: str, port: int) -> None:
    """Serve until interrupted; then let the request and the job at hand finish."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    _settle()
    stop = Event()
    thread = jobs.start(app, stop)
    click.echo(f"Bedside is at {config.base_url} (Ctrl-C stops it)")
    try:
        waitress.serve(
            app, host=host, port=port, threads=config.threads, connection_limit=CONNECTIONS,
            ident=None, clear_untrusted_proxy_headers=config.proxy_hops == 0,
        )  # fmt: skip
    finally:
        stop.set()
        jobs.ring("stop", 0)
        thread.join(timeout=10)


def _settle() -> None:
    """Read what stays for good, and spare it the collector, whose look through it stops a page."""
    tables()
    model()
    catalogue.load()
    gc.collect()
    gc.freeze()


COMMANDS = (serve,)
