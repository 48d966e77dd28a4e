"""The demo practice, made once a run by the command's own code and copied for each test that asks."""

from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from tests.support.world import KEY, NOW, TODAY
from training import clock, create_app
from training.cli import demo_practice
from training.cli.demo_practice import Login
from training.config import Config
from training.demo.generate import generate
from training.extensions import db, upgrade_database, writing
from training.scenarios import catalogue


@dataclass(frozen=True, slots=True)
class Demo:
    """The application on its own copy of the demo, and who can sign in."""

    app: Flask
    logins: dict[str, Login]

    def login(self, first_name: str) -> Login:
        """Return the one whose e-mail address begins with a first name."""
        return next(one for email, one in self.logins.items() if email.startswith(first_name))


def config(folder: Path) -> Config:
    """Return the settings of the tests: cheap passwords, no haste, all else as in earnest."""
    return Config(
        secret_key=KEY,
        data_dir=folder,
        base_url="http://127.0.0.1",
        password_memory_kib=64,
        quickest_seconds=0,
    )


def make(folder: Path) -> dict[str, Login]:
    """Make the demo in a folder, as of the tests' day."""
    app = create_app(config(folder))
    with clock.stopped_at(NOW), app.app_context(), writing():
        upgrade_database()
        logins = demo_practice.set_up(generate(TODAY), catalogue.load(), moment=NOW)
        db.session.remove()
        db.engine.dispose()
    return {login.email: login for login in logins}
