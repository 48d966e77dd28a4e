"""`bedside serve`: one process, waitress in front, a background thread beside it."""

import logging
from threading import Event

import click
import waitress
from flask import Flask

from training import clock, create_app, jobs
from training.cli.support import settings
from training.config import Config
from training.extensions import db, upgrade_database, writing
from training.services import people

CONNECTIONS = 1000


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
def serve(host: str, port: int) -> None:
    """Run Bedside: pages and background jobs in one process."""
    config = settings()
    app = create_app(config)
    with app.app_context(), writing():
        upgrade_database()
        code = people.make_set_up_code(db.session(), moment=clock.now())
        db.session.remove()
    if code:
        click.echo(
            f"\nNobody is set up yet. Open {config.base_url}/set-up and give this code: {code}\n"
        )
    run(app, config, host=host, port=port)


def run(app: Flask, config: Config, *, host: str, port: int) -> None:
    """Serve until interrupted; then let the request and the job at hand finish."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
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


COMMANDS = (serve,)
