"""Migrations go up and down on both databases, and end at what the tables say."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, create_engine, inspect

from tests.support import postgres
from tests.support.needs import need
from training.store import engine as engines
from training.store import migrate
from training.store.base import Base


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    if request.param == "sqlite":
        yield from _prepared(f"sqlite:///{tmp_path / 'm.sqlite3'}")
    else:
        need("postgresql")
        with postgres.server() as address:
            yield from _prepared(address)


def _prepared(address: str) -> Iterator[Engine]:
    made = create_engine(address)
    engines.prepare(made)
    yield made
    made.dispose()


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def test_every_migration_goes_up_and_down_and_up_again(engine: Engine) -> None:
    migrate.upgrade(engine)
    assert tables(engine) == set(Base.metadata.tables)
    assert migrate.current(engine) == migrate.head()
    migrate.downgrade(engine)
    assert tables(engine) == set()
    migrate.upgrade(engine)
    assert tables(engine) == set(Base.metadata.tables)


def test_the_newest_migration_ends_at_what_the_tables_say(engine: Engine) -> None:
    migrate.upgrade(engine)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
