"""What every test may ask for: an application on a real SQLite file, a small practice, a browser."""

import fcntl
import gc
import logging
import os
import pickle
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import BytecodeCache, FileSystemBytecodeCache
from playwright.sync_api import Browser as Chromium
from sqlalchemy import event
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from tests.support import demo as demos
from tests.support.browser import chromium
from tests.support.demo import Demo
from tests.support.needs import need
from tests.support.pages import Browser, Pages
from tests.support.world import KEY, NOW, PASSWORD, World
from training import clock, create_app
from training.cli.demo_practice import Login
from training.config import Config
from training.extensions import bedside, db
from training.store import migrate
from training.store.tables import Account


def pytest_collection_finish() -> None:
    """Let the collector leave alone what lives as long as the run: modules, words, scenarios."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def config_for(folder: Path, **settings: object) -> Config:
    """Return settings for tests: cheap passwords, no haste, everything else as in earnest."""
    given = {
        "base_url": "http://localhost",
        "password_memory_kib": 64,
        "quickest_seconds": 0,
        **settings,
    }
    return Config(secret_key=KEY, data_dir=folder, **given)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database without rows, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("template")
    app = create_app(config_for(folder))
    with app.app_context():
        migrate.upgrade(db.engine)
        db.engine.dispose()
    return folder / "bedside.sqlite3"


@pytest.fixture(scope="session")
def made_demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Login]]:
    """The demo practice, read and reviewed, made once for all workers; copy it, do not touch it."""
    whole_run = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        whole_run = whole_run.parent
    folder = whole_run / "demo"
    folder.mkdir(exist_ok=True)
    kept = folder / "logins.pickle"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            kept.write_bytes(pickle.dumps(demos.make(folder)))
    return folder, pickle.loads(kept.read_bytes())


@pytest.fixture
def demo(
    tmp_path: Path, made_demo: tuple[Path, dict[str, Login]], compiled: BytecodeCache
) -> Iterator[Demo]:
    """The application on its own copy of the demo."""
    folder, logins = made_demo
    shutil.copy(folder / "bedside.sqlite3", tmp_path / "bedside.sqlite3")
    application = create_app(demos.config(tmp_path))
    application.jinja_env.bytecode_cache = compiled
    with application.app_context():
        yield Demo(application, logins)
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="session")
def browser() -> Iterator[Chromium]:
    """Debian's chromium, one for all: a second in the same process would not start."""
    need("chromium")
    with chromium() as found:
        yield found


@pytest.fixture(autouse=True)
def stopped_clock() -> Iterator[None]:
    """The clock stands at NOW."""
    with clock.stopped_at(NOW):
        yield


@pytest.fixture(autouse=True)
def no_unannounced_errors(
    caplog: pytest.LogCaptureFixture, request: pytest.FixtureRequest
) -> Iterator[None]:
    """Fail a test that logs an error, unless it says `@pytest.mark.logs_errors`."""
    yield
    logged = [r for r in caplog.get_records("call") if r.levelno >= logging.ERROR]
    announced = request.node.get_closest_marker("logs_errors") is not None
    assert announced or not logged, [r.getMessage() for r in logged]


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> BytecodeCache:
    """Templates that a worker compiled already: each test makes an application anew."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture(scope="session", autouse=True)
def rules_compiled_once() -> Iterator[None]:
    """How addresses are read and built, compiled once a worker: each test makes an app anew."""
    compile_rule, kept = Rule.compile, {}

    def once(rule: Rule) -> None:
        key = (rule.rule, str(rule.defaults))
        if key not in kept:
            compile_rule(rule)
            kept[key] = rule
        first = kept[key]
        rule._parts, rule._trace = first._parts, first._trace
        rule._converters, rule.arguments = first._converters, first.arguments
        rule._build = first._build.__func__.__get__(rule)
        rule._build_unknown = first._build_unknown.__func__.__get__(rule)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "compile", once)
        yield


def unhurried(connection: sqlite3.Connection, _record: object) -> None:
    """Let a test's database answer before the disk has it: no test pulls the plug."""
    connection.execute("PRAGMA synchronous = OFF")


@pytest.fixture
def app(tmp_path: Path, empty_database: Path, compiled: BytecodeCache) -> Iterator[Flask]:
    """The application on its own copy of the empty database."""
    shutil.copy(empty_database, tmp_path / "bedside.sqlite3")
    application = create_app(config_for(tmp_path))
    application.test_client_class = Browser
    application.jinja_env.bytecode_cache = compiled
    with application.app_context():
        event.listen(db.engine, "connect", unhurried)
        yield application
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def session(app: Flask) -> Session:
    """The database session of the test's application."""
    return db.session()


@pytest.fixture
def world(session: Session) -> World:
    """A small practice."""
    return World(session, hasher=bedside().hasher)


@pytest.fixture
def other_world(session: Session) -> World:
    """Another practice in the same database."""
    return World(session, name="Quarry Lane Practice", hasher=bedside().hasher)


@pytest.fixture
def stranger(app: Flask) -> Pages:
    """A browser that nobody signed in with."""
    return Pages(app.test_client())


@pytest.fixture
def sign_in(app: Flask) -> Callable[[Account], Pages]:
    """Sign an account in through the page, in a browser of its own."""

    def enter(account: Account) -> Pages:
        pages = Pages(app.test_client())
        pages.post("/sign-in", {"email": account.email, "password": PASSWORD})
        return pages

    return enter
