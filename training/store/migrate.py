"""Moving the database to the shape that this version expects, one whole step at a time.

empty ──0001──► … ──► head            `upgrade(engine)`; a kill leaves the old shape or the new
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Engine

from training.store.engine import writing

FOLDER = Path(__file__).resolve().parents[2] / "migrations"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    return config


def head() -> str:
    """Return the newest revision there is."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def current(engine: Engine) -> str | None:
    """Return the revision of the database, or None for an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def upgrade(engine: Engine, *, to: str = "head") -> None:
    """Bring the database up to a revision, in one transaction."""
    _move(engine, to, up=True)


def downgrade(engine: Engine, *, to: str = "base") -> None:
    """Take the database back to a revision, in one transaction."""
    _move(engine, to, up=False)


def _move(engine: Engine, to: str, *, up: bool) -> None:
    config = _config()
    with writing(), engine.begin() as connection:
        config.attributes["connection"] = connection
        (command.upgrade if up else command.downgrade)(config, to)


def draft(engine: Engine, *, message: str, number: str) -> None:
    """Write the next migration from what the tables say and the database lacks; read it before use."""
    config = _config()
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.revision(config, message, autogenerate=True, rev_id=number)
