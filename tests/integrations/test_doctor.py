"""What the doctor finds, and what it says to do about each."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tests.support.world import NOW, World
from training.config import Config
from training.extensions import bedside, db
from training.integrations import daily_backup, doctor, mail
from training.integrations.machine import Finding


def found(session: Session, config: Config, what: str, fault: str = "") -> Finding:
    parts = doctor.examine(session, config=config, fault=fault, moment=NOW)
    (one,) = [line for part in parts for line in part.findings if line.what == what]
    return one


@pytest.fixture
def config(world: World, tmp_path: Path) -> Config:
    return replace(bedside().config, backup_dir=tmp_path / "copies")


def copy(config: Config, days_ago: int) -> None:
    assert config.database_file is not None
    assert config.backup_dir is not None
    db.session.remove()
    daily_backup.run(
        config.database_file, config.backup_dir, zone="UTC", keep_days=14,
        moment=NOW - timedelta(days=days_ago),
    )  # fmt: skip


def test_a_database_of_another_shape_is_urgent_and_no_practice_is_looked_at(
    session: Session, config: Config
) -> None:
    parts = doctor.examine(session, config=config, fault="Run this.", moment=NOW)
    assert [part.name for part in parts] == ["This machine", "Settings", "Backups"]
    assert doctor.urgent(parts)
    assert found(session, config, "Database", fault="Run this.").todo == "Run this."


def test_no_copy_yet_is_urgent_where_a_folder_is_set(session: Session, config: Config) -> None:
    line = found(session, config, "Last copy")
    assert (line.seen, line.urgent) == ("none yet, 0 kept", True)


def test_todays_copy_is_well_and_one_of_the_day_before_yesterday_is_not(
    session: Session, config: Config
) -> None:
    copy(config, 2)
    assert found(session, config, "Last copy").urgent
    copy(config, 0)
    line = found(session, config, "Last copy")
    assert (line.seen, line.todo) == ("2026-03-16 10:00 UTC, 2 kept", "")


def test_why_the_last_copy_failed_is_said(session: Session, config: Config) -> None:
    assert config.backup_dir is not None
    config.backup_dir.write_text("in the way")
    with pytest.raises(daily_backup.BackupFailed):
        copy(config, 0)
    line = found(session, config, "Last copy")
    assert line.urgent
    assert "File exists" in line.todo


def test_without_a_folder_the_setting_is_named(session: Session, config: Config) -> None:
    assert "Set BACKUP_DIR" in found(session, replace(config, backup_dir=None), "Last copy").todo


def test_postgresql_is_left_to_its_own_tools(session: Session, config: Config) -> None:
    other = replace(config, database_url="postgresql+psycopg://u@h/d")
    assert "pg_dump" in found(session, other, "Last copy").todo


def test_messages_that_nobody_sends_are_counted(session: Session, config: Config) -> None:
    assert found(session, config, "Messages in the outbox").todo == ""
    mail.post(
        config.outbox, sender="b@b.example", to="a@b.example", subject="S", text="T", moment=NOW
    )
    assert "SMTP_URL" in found(session, config, "Messages in the outbox").todo


def test_a_comment_that_waits_too_long_to_be_read_means_that_the_jobs_stand_still(
    world: World, session: Session, config: Config
) -> None:
    comment = world.comment("Kind.")
    comment.received_at = NOW - timedelta(minutes=14)
    session.commit()
    assert found(session, config, "Comments not read").todo == ""
    comment.received_at = NOW - timedelta(minutes=16)
    session.commit()
    assert "bedside serve" in found(session, config, "Comments not read").todo


def test_one_person_alone_is_a_risk_and_nobody_a_fault(
    world: World, session: Session, config: Config
) -> None:
    assert found(session, config, "May review").seen == "nobody"
    world.account("admin", review=True)
    assert found(session, config, "May review").seen == "1"
    assert "second" in found(session, config, "Admins who can sign in").todo
    world.account("admin", review=True)
    assert found(session, config, "May review").todo == ""


def test_an_admin_sees_one_practice_alone(
    world: World, other_world: World, session: Session, config: Config
) -> None:
    parts = doctor.examine(
        session, config=config, fault="", moment=NOW, practice_id=world.practice.id
    )
    assert parts[-1].name == world.practice.name
    assert other_world.practice.name not in [part.name for part in parts]
