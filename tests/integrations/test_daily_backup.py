"""A copy once a local day, for so many days; failures are noted and tried again."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tests.support.world import NOW, World
from training.extensions import bedside, db
from training.integrations import backups, daily_backup
from training.integrations.daily_backup import BackupFailed


def live() -> Path:
    return bedside().config.data_dir / "bedside.sqlite3"


def run(folder: Path, moment: datetime = NOW, keep_days: int = 3) -> Path | None:
    db.session.remove()
    return daily_backup.run(
        live(), folder, zone="Europe/London", keep_days=keep_days, moment=moment
    )


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_todays_copy_is_taken_once_and_what_is_too_old_goes(world: World, tmp_path: Path) -> None:
    """The example of the module, with three days kept."""
    folder = tmp_path / "copies"
    for day in range(5):
        assert run(folder, NOW + timedelta(days=day)) is not None
        assert run(folder, NOW + timedelta(days=day, hours=3)) is None
    assert names(folder) == [f"bedside-202603{day}T100000.sqlite3" for day in (17, 18, 19, 20)]
    assert daily_backup.look(live(), folder).newest == NOW + timedelta(days=4)


def test_the_day_is_that_of_the_practice(world: World, tmp_path: Path) -> None:
    summer = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)  # 23:30 in London
    assert run(tmp_path / "copies", summer) is not None
    assert run(tmp_path / "copies", summer + timedelta(minutes=29)) is None
    assert run(tmp_path / "copies", summer + timedelta(minutes=30)) is not None


def test_a_copy_can_be_restored(world: World, session: Session, tmp_path: Path) -> None:
    copy = run(tmp_path / "copies")
    assert copy is not None
    backups.check(copy)


def test_other_files_in_the_folder_are_left_alone(world: World, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    for name in ("bedside-before-move.sqlite3", "notes.txt"):
        (folder / name).write_text("mine")
    run(folder)
    run(folder, NOW + timedelta(days=400))
    assert names(folder) == [
        "bedside-20270420T100000.sqlite3", "bedside-before-move.sqlite3", "notes.txt",
    ]  # fmt: skip


def test_a_failure_is_noted_deletes_nothing_and_is_tried_again_after_an_hour(
    world: World, tmp_path: Path
) -> None:
    folder = tmp_path / "copies"
    folder.write_text("a file stands where the folder should be")
    with pytest.raises(BackupFailed, match="FileExistsError"):
        run(folder)
    assert "File exists" in daily_backup.look(live(), folder).failure
    assert run(folder, NOW + timedelta(minutes=59)) is None
    with pytest.raises(BackupFailed):
        run(folder, NOW + timedelta(hours=1))
    folder.unlink()
    assert run(folder, NOW + timedelta(hours=2)) is not None
    assert daily_backup.look(live(), folder).failure == ""
