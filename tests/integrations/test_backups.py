"""A backup is whole, and restoring it gives back what was there and signs everyone out."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tests.support.world import NOW, World
from training.extensions import bedside, db
from training.integrations import backups
from training.store.tables import SignIn


def live_file() -> Path:
    return bedside().config.data_dir / "bedside.sqlite3"


def count(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as c:
        return int(c.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_a_backup_taken_while_people_write_holds_every_committed_row(
    world: World, session: Session, tmp_path: Path
) -> None:
    world.comment("Kind and quick.")
    copy = backups.back_up(live_file(), tmp_path / "backups", moment=NOW)
    assert count(copy, "comment") == 1
    assert sorted(p.name for p in copy.parent.iterdir()) == [copy.name]


def test_restoring_gives_back_what_was_there_and_signs_everyone_out(
    world: World, session: Session, tmp_path: Path
) -> None:
    world.comment("The first.")
    account = world.account()
    session.add(
        SignIn(
            practice_id=account.practice_id,
            account_id=account.id,
            token_hash="h",
            started_at=NOW,
            last_seen=NOW,
        )
    )
    session.commit()
    copy = backups.back_up(live_file(), tmp_path / "backups", moment=NOW)
    world.comment("After the backup.")
    db.session.remove()
    db.engine.dispose()
    old = backups.restore(copy, live_file(), moment=NOW)
    assert old is not None
    assert (count(old, "comment"), count(live_file(), "comment")) == (2, 1)
    assert count(live_file(), "sign_in") == 0


@pytest.mark.parametrize("body", [b"", b"not a database at all, sorry" * 50])
def test_a_file_that_is_no_backup_changes_nothing(
    world: World, tmp_path: Path, body: bytes
) -> None:
    bad = tmp_path / "bad.sqlite3"
    bad.write_bytes(body)
    with pytest.raises(backups.BadBackup):
        backups.restore(bad, live_file(), moment=NOW)
    assert count(live_file(), "practice") == 1


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(backups.BadBackup, match=r"gone\.sqlite3 is not there"):
        backups.check(tmp_path / "gone.sqlite3")


def test_a_database_in_use_is_not_replaced(world: World, session: Session, tmp_path: Path) -> None:
    copy = backups.back_up(live_file(), tmp_path / "backups", moment=NOW)
    with pytest.raises(backups.BadBackup, match="stop Bedside first"):
        backups.restore(copy, live_file(), moment=NOW)
    assert count(live_file(), "practice") == 1
