import csv
import json
from datetime import date
from pathlib import Path

import pytest

from training.demo import DemoData, generate, write_files


@pytest.fixture(scope="module")
def year() -> DemoData:
    return generate(date(2026, 3, 2))


@pytest.fixture(scope="module")
def folder(year: DemoData, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("practice") / "files"
    write_files(target, year)
    return target


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_four_files_are_written(folder: Path) -> None:
    names = {path.name for path in folder.iterdir()}
    assert names == {"roster.csv", "visits.csv", "visit_staff.csv", "comments.jsonl"}


def test_the_tables_have_the_columns_of_an_import(folder: Path, year: DemoData) -> None:
    roster = rows(folder / "roster.csv")
    assert ",".join(roster[0]) == (
        "staff_id,given_name,family_name,preferred_name,title,role,pronouns,aliases,"
        "active_from,active_to,site"
    )
    assert roster[1]["aliases"] == "Cal|Calum"
    assert roster[1]["active_from"] == "2023-02-06"
    assert list(rows(folder / "visits.csv")[0]) == [
        "visit_id",
        "occurred_at",
        "channel",
        "stage",
        "site",
    ]
    assert list(rows(folder / "visit_staff.csv")[0]) == ["visit_id", "staff_id", "part"]
    assert len(rows(folder / "visits.csv")) == len(year.visits)


def test_a_visit_is_written_in_the_practice_s_own_time(folder: Path, year: DemoData) -> None:
    summer = next(n for n, one in enumerate(year.visits) if one.occurred_at.month == 7)
    written = rows(folder / "visits.csv")[summer]["occurred_at"]
    assert int(written[11:13]) == year.visits[summer].occurred_at.hour + 1


def test_each_answer_is_a_line_with_an_id_of_its_own(folder: Path, year: DemoData) -> None:
    lines = (folder / "comments.jsonl").read_text(encoding="utf-8").splitlines()
    comments = [json.loads(line) for line in lines]
    assert len(comments) == sum(len(one.answers) for one in year.comments)
    assert len({one["comment_id"] for one in comments}) == len(comments)
    assert list(comments[0]) == ["comment_id", "visit_id", "question", "rating", "left_on", "text"]
    assert {one["rating"] for one in comments} == {1, 2, 3, 4, 5, None}


def test_writing_again_gives_the_same_bytes(folder: Path, year: DemoData, tmp_path: Path) -> None:
    for path in write_files(tmp_path, year):
        assert path.read_bytes() == (folder / path.name).read_bytes()
