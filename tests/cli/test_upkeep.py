"""Looking after a running Bedside by command."""

from pathlib import Path

import pytest
from sqlalchemy import select

from tests.cli.conftest import Run
from tests.support.world import NOW
from training.cli.support import application
from training.extensions import db
from training.store import erasing
from training.store.tables import Answer, Comment


def test_a_command_before_the_database_is_made_says_what_to_do(bedside: Run) -> None:
    told = bedside("comments", "read", status=1)
    assert "run `bedside database upgrade`" in told.output


def test_a_missing_key_is_named(bedside: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET_KEY")
    told = bedside("doctor", status=1)
    assert "SECRET_KEY" in told.output


def test_the_database_is_upgraded_twice_without_harm(bedside: Run) -> None:
    bedside("database", "upgrade")
    assert "up to date" in bedside("database", "upgrade").output


def test_the_doctor_calls_an_unmade_database_urgent(bedside: Run) -> None:
    told = bedside("doctor", status=1)
    assert "!! Database: out of date" in told.output


def test_the_doctor_says_that_nobody_safeguards(practice: Run) -> None:
    told = practice("doctor").output
    assert "May safeguard: nobody — Nobody is told of a safety comment." in told
    assert "Base URL: http://127.0.0.1:8000 — Cookies travel unprotected" in told


def test_a_backup_is_restored_after_asking(practice: Run, tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("staff_id,given_name,family_name,role\nS1,Ada,Moss,nurse\n", encoding="utf-8")
    practice("backup", str(tmp_path / "kept"))
    copy = next((tmp_path / "kept").iterdir())
    assert "1 new" in practice("import", "roster", str(roster)).output
    assert "Aborted" in practice("restore", str(copy), text="n\n", status=1).output
    assert "0 new" in practice("import", "roster", str(roster)).output
    assert "Restored." in practice("restore", str(copy), "--yes").output
    assert "1 new" in practice("import", "roster", str(roster)).output


def test_what_was_erased_since_the_copy_does_not_come_back_with_it(
    practice: Run, tmp_path: Path
) -> None:
    file = tmp_path / "comments.csv"
    file.write_text("comment_id,left_on,text\nK1,2026-03-02,Wrenfield sparrow\n", encoding="utf-8")
    practice("import", "comments", str(file))
    practice("backup", str(tmp_path / "kept"))
    copy = next((tmp_path / "kept").iterdir())
    with application():
        (number,) = db.session.scalars(select(Comment.id))
        erasing.erase(db.session(), [number], moment=NOW)
        db.session.commit()
    told = practice("restore", str(copy), "--yes").output
    assert "Comments erased again, because they were erased since the copy: 1." in told
    with application():
        assert db.session.scalars(select(Answer)).all() == []


def test_a_file_that_is_no_backup_is_refused(practice: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.sqlite3"
    bad.write_text("hello")
    assert "not a SQLite database" in practice("restore", str(bad), "--yes", status=1).output


def test_postgresql_is_left_to_its_own_tools(
    bedside: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://nobody@127.0.0.1:1/none")
    assert "pg_dump" in bedside("backup", str(tmp_path), status=1).output


def test_the_content_of_this_checkout_has_no_fault(bedside: Run) -> None:
    assert "No fault in the scenarios." in bedside("scenarios", "check").output
    assert "No fault in the phrase tables." in bedside("content", "check").output
