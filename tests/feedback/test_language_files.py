import shutil
from pathlib import Path

import pytest

from training.feedback.language_files import FOLDER, check, phrases, tables


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "language"
    shutil.copytree(FOLDER, copy)
    return copy


def test_a_phrase_of_a_skill_is_in_the_book_with_its_weight() -> None:
    assert tables().book.knows("heard")
    assert phrases("felt heard, took the  time") == ["felt heard", "took the time"]
    assert phrases(["felt heard"]) == ["felt heard"]


@pytest.mark.parametrize(
    ("file", "text", "fault"),
    [
        ("skills.yaml", "juggling:\n  praise: juggles\n", "'juggling' is not a name"),
        ("skills.yaml", "empathy:\n  loudly: kind\n", "line 2: 'loudly' is not one of"),
        ("skills.yaml", "empathy: kind\n", "'empathy' needs lists under it"),
        ("feelings.yaml", "praise: kind, kind\n", "'kind' stands twice"),
        ("feelings.yaml", "praise: so ...\n", "a word at its beginning and its end"),
        ("feelings.yaml", "praise: <colour> hat\n", "no class of words is called <colour>"),
        ("feelings.yaml", "praise: [no, yes]\n", "put quotes round no"),
        ("feelings.yaml", "- a\n- b\n", "names with lists under them"),
        ("feelings.yaml", "praise: &a kind\nmild_praise: *a\n", "references"),
        ("feelings.yaml", "praise: [kind\n", "line 2"),
        ("names.csv", "name,also\nAnn\n", "names.csv, line 2"),
    ],
)
def test_a_fault_is_told_with_its_file_and_line(
    folder: Path, file: str, text: str, fault: str
) -> None:
    (folder / file).write_text(text, encoding="utf-8")
    found = [one for one in check(folder) if one.startswith(file)]
    assert found
    assert any(fault in one for one in found)
    assert all("line" in one for one in found if "references" not in one)


def test_a_missing_file_is_a_fault_and_not_a_crash(folder: Path) -> None:
    (folder / "roles.yaml").unlink()
    assert any("roles.yaml" in one for one in check(folder))


def test_a_file_nested_three_thousand_deep_is_a_fault(folder: Path) -> None:
    (folder / "roles.yaml").write_text("[" * 3000, encoding="utf-8")
    assert any("roles.yaml" in one for one in check(folder))
