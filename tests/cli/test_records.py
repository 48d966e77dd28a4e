"""`bedside my-records`: only with the person's own password."""

import json
from pathlib import Path

from tests.cli.conftest import Run
from tests.support.world import NOW, PASSWORD, World
from training.cli.support import application
from training.extensions import bedside as settings
from training.extensions import db
from training.scenarios import catalogue
from training.services import plays, signing_in


def someone(practice: Run) -> str:
    """Add somebody who chose one line of a conversation; return their address."""
    with application():
        world = World(db.session(), hasher=settings().hasher)
        email = world.account(staff=world.staff(role="receptionist")).email
        viewer = signing_in.acting(db.session(), email=email)
        assert viewer
        at = plays.start(
            db.session(), viewer=viewer, slug="fifty-minutes-late", catalogue=catalogue.load(),
            moment=NOW,
        )  # fmt: skip
        plays.choose(
            db.session(), viewer=viewer, public_id=at, number=1, scene="arrive", choice="seen",
            moment=NOW,
        )  # fmt: skip
    return email


def test_a_person_writes_their_own_records_in_both_forms(practice: Run, tmp_path: Path) -> None:
    email, table, statements = someone(practice), tmp_path / "a.csv", tmp_path / "a.jsonl"
    told = practice("my-records", str(table), "--email", email, text=f"{PASSWORD}\n").output
    assert "1 decisions" in told
    assert "Fifty minutes late" in table.read_text("utf-8-sig")
    practice("my-records", str(statements), "--email", email, "--as", "xapi", text=f"{PASSWORD}\n")
    (line,) = statements.read_text("utf-8").splitlines()
    assert json.loads(line)["result"]["response"] == "seen"


def test_without_the_persons_password_there_is_no_file(practice: Run, tmp_path: Path) -> None:
    email, table = someone(practice), tmp_path / "a.csv"
    told = practice("my-records", str(table), "--email", email, text="guess\n", status=1).output
    assert "do not match" in told
    assert not table.exists()
