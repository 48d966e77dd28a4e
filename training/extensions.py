"""What is made once and shared: the database, the sign-in manager, and the bell that wakes the jobs.

`wake(name, id)` knows no job: the background thread, when there is one, hangs its own handler here.
Without one a wake-up is forgotten, and the sweep finds the work within a minute: the table carries
the truth.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from argon2 import PasswordHasher
from flask import current_app
from flask_login import LoginManager
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.exc import OperationalError

from training.config import Config
from training.crowds import Crowds
from training.store import migrate
from training.store.base import Base
from training.store.engine import WriterBusy, is_busy, prepare, writing

__all__ = [
    "Bedside",
    "OperationalError",
    "WriterBusy",
    "bedside",
    "database_state",
    "db",
    "draft_migration",
    "is_busy",
    "login",
    "on_wake",
    "prepare",
    "upgrade_database",
    "wake",
    "writing",
]

db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})
login = LoginManager()


@dataclass(frozen=True, slots=True)
class Bedside:
    """What a view or a job may ask the application for besides the database."""

    config: Config
    hasher: PasswordHasher
    crowds: Crowds = field(default_factory=Crowds)

    @property
    def code_key(self) -> bytes:
        """Return the key under which patients' codes are hashed."""
        return self.config.secret_key.encode()


def bedside() -> Bedside:
    """Return the settings and the password hasher of the application at hand."""
    kept: Bedside = current_app.extensions["bedside"]
    return kept


_bell: list[Callable[[str, int], None]] = []


def wake(name: str, number: int) -> None:
    """Ask that the job called `name` look at row `number` soon; never waits, never fails."""
    for ring in _bell:
        ring(name, number)


def on_wake(ring: Callable[[str, int], None]) -> None:
    """Hang the one handler that wake-ups go to, in place of any before it."""
    _bell[:] = [ring]


def upgrade_database() -> None:
    """Bring the application's database to the shape this version expects."""
    migrate.upgrade(db.engine)


def draft_migration(*, number: str, message: str) -> None:
    """Write the next migration from what the tables say and the database lacks."""
    migrate.draft(db.engine, message=message, number=number)


def database_state() -> str:
    """Return what is wrong with the shape of the application's database; empty when nothing is."""
    found, wanted = migrate.current(db.engine), migrate.head()
    if found == wanted:
        return ""
    return f"The database is at {found or 'nothing'}, not {wanted}: run `bedside database upgrade`."
