"""`bedside scenarios`: begin one, put it in form, check it, draw it, have it rated."""

import csv
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.scenarios.small import TEXT
from training.scenarios.catalogue import FOLDER, load_file

WHOLE = (FOLDER / "fifty-minutes-late" / "scenario.yaml").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of one scenario without a fault."""
    path = tmp_path / "scenarios" / "fifty-minutes-late" / "scenario.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(WHOLE, encoding="utf-8")
    return path.parent.parent


def the_file(folder: Path) -> Path:
    return folder / "fifty-minutes-late" / "scenario.yaml"


def test_a_folder_is_checked_and_its_balance_printed(bedside: Run, folder: Path) -> None:
    told = bedside("scenarios", "check", str(folder)).output
    assert "age: 40 to 64 1 (0 hard)" in told
    assert "No fault in the scenarios." in told


def test_a_fault_is_told_with_file_and_line_and_ends_with_1(bedside: Run, folder: Path) -> None:
    the_file(folder).write_text(WHOLE.replace("next: checked", "next: chekced", 1), "utf-8")
    told = bedside("scenarios", "check", str(folder), status=1).output
    line = WHOLE[: WHOLE.index("next: checked")].count("\n") + 1
    assert f"fifty-minutes-late/scenario.yaml:{line} (scene arrive)" in told
    assert "Did you mean checked?" in told


def test_the_folder_of_one_scenario_is_checked_alone(bedside: Run, folder: Path) -> None:
    text = WHOLE.replace('  ask: "Which of your', '  transfer: elsewhere\n  ask: "Which of your')
    the_file(folder).write_text(text, "utf-8")
    bedside("scenarios", "check", str(folder / "fifty-minutes-late"))
    bedside("scenarios", "check", str(folder), status=1)


def test_a_folder_without_scenarios_is_no_success(bedside: Run, tmp_path: Path) -> None:
    for command in ("check", "audit", "fmt"):
        told = bedside("scenarios", command, str(tmp_path), status=1).output
        assert "There is no scenario" in told


def test_the_audit_prints_bots_and_coverage(bedside: Run, folder: Path) -> None:
    told = bedside("scenarios", "audit", str(folder)).output
    assert "fifty-minutes-late        5–9    964" in told
    assert "skill empathy: conversations 1" in told


def test_the_audit_ends_with_1_where_a_bot_does_well(bedside: Run, tmp_path: Path) -> None:
    (tmp_path / "late").mkdir()
    (tmp_path / "late" / "scenario.yaml").write_text(TEXT, "utf-8")
    assert "A bot earns more than 0.60 in late." in bedside(
        "scenarios", "audit", str(tmp_path), status=1
    ).output  # fmt: skip


def test_fmt_quotes_sentences_and_check_only_says_so(bedside: Run, folder: Path) -> None:
    plain = WHOLE.replace('says: "Well? What did he say?"', "says: Well? What did he say?")
    assert plain != WHOLE
    the_file(folder).write_text(plain, "utf-8")
    bedside("scenarios", "fmt", "--check", str(folder), status=1)
    assert the_file(folder).read_text("utf-8") == plain
    bedside("scenarios", "fmt", str(folder))
    assert the_file(folder).read_text("utf-8") == WHOLE
    bedside("scenarios", "fmt", "--check", str(folder))


def begin(bedside: Run, folder: Path, slug: str, status: int = 0) -> str:
    return bedside(
        *("scenarios", "new", slug, "--title", "Lost", "--role", "nurse", "--skill", "empathy"),
        *("--into", str(folder)),
        status=status,
    ).output


def test_a_new_scenario_can_be_read_and_is_not_written_twice(bedside: Run, folder: Path) -> None:
    begin(bedside, folder, "lost-letter")
    assert load_file(folder / "lost-letter" / "scenario.yaml").slug == "lost-letter"
    assert "already" in begin(bedside, folder, "lost-letter", status=1)


def test_a_slug_that_cannot_be_one_writes_nothing(bedside: Run, folder: Path) -> None:
    assert "small letters" in begin(bedside, folder, "../Lost", status=1)
    assert not (folder.parent / "Lost").exists()


def test_the_map_of_a_scenario(bedside: Run, folder: Path) -> None:
    told = bedside("scenarios", "map", "fifty-minutes-late", "--folder", str(folder)).output
    assert "★ seen → checked" in told
    assert "There is no scenario" in bedside("scenarios", "map", "nowhere", status=1).output


def test_a_panel_from_blind_sheets_to_the_key(bedside: Run, folder: Path, tmp_path: Path) -> None:
    blank, where = tmp_path / "blank.csv", ("--folder", str(folder))
    bedside("scenarios", "panel", "export", "fifty-minutes-late", str(blank), *where)
    with blank.open(encoding="utf-8-sig", newline="") as file:
        heads, *rows = list(csv.reader(file))
    script = load_file(the_file(folder)).script
    best = {(name, scene.choices[0].id) for name, scene in script.decisions.items()}
    sheets = []
    for number in range(5):
        path = tmp_path / f"rater{number}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, delimiter=";" if number else ",")
            writer.writerow(heads)
            writer.writerows([*row[:-1], "5" if (row[2], row[5]) in best else "2"] for row in rows)
        sheets.append(str(path))
    bedside("scenarios", "panel", "import", "fifty-minutes-late", *sheets, "--patients", "0", *where,
            status=1)  # fmt: skip
    assert load_file(the_file(folder)).script.key.by == "author"
    told = bedside(
        "scenarios", "panel", "import", "fifty-minutes-late", *sheets, "--patients", "1", *where
    ).output
    assert "arrive: the best reply is seen" in told
    assert load_file(the_file(folder)).script.key.by == "panel"
