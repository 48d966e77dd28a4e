"""The demo practice, made once a run by the command's own code and copied for each test that asks."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import BrowserContext
from werkzeug.test import TestResponse

from tests.support.world import KEY, NOW, TODAY
from training import clock, create_app
from training.cli import demo_practice
from training.cli.demo_practice import Login
from training.config import Config
from training.demo.generate import generate
from training.extensions import db, upgrade_database, writing
from training.scenarios import catalogue

ADDRESS = "http://127.0.0.1"


class Local(FlaskClient):
    """A client that asks where the demo is served."""

    def open(self, *args: Any, **given: Any) -> TestResponse:
        """Ask for an address."""
        return super().open(*args, **{"base_url": ADDRESS, **given})


@dataclass(frozen=True, slots=True)
class Demo:
    """The application on its own copy of the demo, and who can sign in."""

    app: Flask
    logins: dict[str, Login]

    def login(self, first_name: str) -> Login:
        """Return the one whose e-mail address begins with a first name."""
        return next(one for email, one in self.logins.items() if email.startswith(first_name))

    def client(self, first_name: str) -> Local:
        """Return a client that somebody signed in with; ask it outside the test's own context."""
        login = self.login(first_name)
        client = Local(self.app, use_cookies=True)
        client.post("/sign-in", data={"email": login.email, "password": login.password})
        return client

    def let_in(self, context: BrowserContext, first_name: str) -> None:
        """Give a browser the cookie of somebody who signed in: the walking loop types instead."""
        with ThreadPoolExecutor(1) as outside:  # the test's own context would be everybody's
            client = outside.submit(self.client, first_name).result()
        cookie = client.get_cookie("bedside", domain="127.0.0.1")
        assert cookie, first_name
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": ADDRESS}])


def config(folder: Path) -> Config:
    """Return the settings of the tests: cheap passwords, no haste, all else as in earnest."""
    return Config(
        secret_key=KEY,
        data_dir=folder,
        base_url=ADDRESS,
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
