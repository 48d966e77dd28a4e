"""Migrations go up and down on both databases, and end at what the tables say."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, create_engine, inspect, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support import postgres
from tests.support.needs import need
from tests.support.world import World
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


def doubt(engine: Engine, reason: str) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE comment SET doubt = :reason"), {"reason": reason})


def test_the_reasons_for_doubt_change_and_every_comment_and_what_points_to_it_stays(
    engine: Engine,
) -> None:
    migrate.upgrade(engine)
    with Session(engine) as session:
        World(session).comment("Ada was kind.")
    doubt(engine, "staff")
    with pytest.raises(IntegrityError):
        doubt(engine, "other")
    migrate.downgrade(engine, to="0001")
    with engine.connect() as connection:
        kept = "SELECT doubt, text FROM comment JOIN answer ON answer.comment_id = comment.id"
        assert connection.execute(text(kept)).all() == [("flood", "Ada was kind.")]
    with pytest.raises(IntegrityError):
        doubt(engine, "staff")
    migrate.upgrade(engine)
    doubt(engine, "staff")


def test_sqlite_finds_its_file_whole_after_every_migration(tmp_path: Path) -> None:
    made = create_engine(f"sqlite:///{tmp_path / 'm.sqlite3'}")
    engines.prepare(made)
    for step in (migrate.upgrade, migrate.downgrade, migrate.upgrade):
        step(made)
        with made.connect() as connection:
            assert connection.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
            assert connection.execute(text("PRAGMA writable_schema")).scalar_one() == 0
    made.dispose()
