"""A file of comments read without a database, with the roster that `import` takes."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

ROSTER = "First name;Surname;Title;Job title;Start date\nHelen;Marsh;Dr;GP Partner;14/02/2022\n"
COMMENTS = "comment_id,left_on,text\nC1,2026-03-02,Dr Marsh did not listen to me.\n"


@pytest.fixture
def paths(tmp_path: Path) -> dict[str, str]:
    found = {}
    for name, body in {"roster": ROSTER, "comments": COMMENTS}.items():
        (tmp_path / f"{name}.csv").write_text(body, encoding="utf-8")
        found[name] = str(tmp_path / f"{name}.csv")
    return found | {"out": str(tmp_path / "out.jsonl")}


def test_the_roster_of_another_program_is_enough_to_name_somebody(
    bedside: Run, paths: dict[str, str]
) -> None:
    told = bedside(
        "analyse", "--roster", paths["roster"], "--comments", paths["comments"],
        "--out", paths["out"],
    ).output  # fmt: skip
    assert "1 comments read, 0 lines skipped." in told
    reading = json.loads(Path(paths["out"]).read_text("utf-8"))
    assert '"line 2"' in json.dumps(reading)


def test_a_roster_that_is_no_table_is_told_and_the_comments_are_read(
    bedside: Run, paths: dict[str, str]
) -> None:
    Path(paths["roster"]).write_bytes(b"PK\x03\x04rest")
    told = bedside(
        "analyse", "--roster", paths["roster"], "--comments", paths["comments"],
        "--out", paths["out"],
    ).output  # fmt: skip
    assert "roster, line 1: This is a workbook or an archive" in told
    assert "1 comments read" in told
