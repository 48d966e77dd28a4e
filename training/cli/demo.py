"""`bedside demo`: the fictional practice, made afresh or gone on with, on this machine only."""

import secrets
import shutil
import sys
from pathlib import Path

import click

from training import clock, create_app, periods
from training.cli import demo_practice
from training.cli.running import run
from training.config import ROOT, Config
from training.demo.generate import generate
from training.extensions import db, upgrade_database, writing
from training.scenarios import catalogue

LOGINS = "sign-in.txt"


@click.command()
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option(
    "--fresh/--continue", default=None, help="Begin anew, or go on (asked on a terminal)."
)
@click.option(
    "--folder", type=click.Path(file_okay=False, path_type=Path), default=ROOT / "var" / "demo"
)
@click.option("--only-make", is_flag=True, help="Make the practice and stop.")
def demo(port: int, fresh: bool | None, folder: Path, only_make: bool) -> None:
    """Run a fictional practice at http://127.0.0.1:PORT; names and passwords are printed."""
    if _wants_fresh(folder, fresh):
        shutil.rmtree(folder, ignore_errors=True)
    config = _config(folder, port)
    app = create_app(config)
    if not (folder / LOGINS).exists():
        with app.app_context(), writing():
            upgrade_database()
            _make(folder, config)
            db.session.remove()
    click.echo(f"\nSign in at {config.base_url} as one of these (made up, on this machine only):\n")
    click.echo((folder / LOGINS).read_text(encoding="utf-8"))
    if not only_make:
        run(app, config, host="127.0.0.1", port=port)


def _wants_fresh(folder: Path, fresh: bool | None) -> bool:
    if fresh is not None or not (folder / LOGINS).exists():
        # A folder without its list of names was left half made: begin anew.
        return bool(fresh) or not (folder / LOGINS).exists()
    if not sys.stdin.isatty():
        return False
    return not click.confirm("There is a demo from before. Go on with it?", default=True)


def _config(folder: Path, port: int) -> Config:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = folder / "secret-key"
    if not key.exists():
        key.touch(mode=0o600)
        key.write_text(secrets.token_urlsafe(48), encoding="utf-8")
    return Config(
        secret_key=key.read_text(encoding="utf-8"),
        data_dir=folder,
        base_url=f"http://127.0.0.1:{port}",
    )


def _make(folder: Path, config: Config) -> None:
    moment = clock.now()
    data = generate(periods.local_day(moment, "Europe/London"))
    click.echo(
        f"Making {data.practice.name}: {len(data.staff)} people, {len(data.comments)} comments."
    )
    logins = demo_practice.set_up(data, catalogue.load(), moment=moment)
    lines: list[str] = []
    demo_practice.choices(logins, lines.append)
    path = folder / LOGINS
    path.touch(mode=0o600)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


COMMANDS = (demo,)
