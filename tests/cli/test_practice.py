"""A practice set up by commands alone."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run

ROSTER = (
    "staff_id,given_name,family_name,preferred_name,title,role,pronouns,aliases,active_from,active_to,site\n"
    "S1,Ada,Moss,,,nurse,she/her,,2020-01-01,,Elder Row\n"
    "S2,Ben,Fox,,Dr,physician,he/him,,2020-01-01,,Elder Row\n"
)
VISITS = (
    "visit_id,occurred_at,channel,stage,site\nV1,2026-03-15T09:20,in_person,assessment,Elder Row\n"
)
VISIT_STAFF = "visit_id,staff_id,part\nV1,S1,nursing\n"
COMMENTS = (
    "comment_id,visit_id,question,rating,left_on,text\n"
    'C1,V1,general,5,2026-03-15,"Ada was so kind and explained everything."\n'
)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    found = {}
    for kind, body in {
        "roster": ROSTER,
        "visits": VISITS,
        "visit_staff": VISIT_STAFF,
        "comments": COMMENTS,
    }.items():
        (tmp_path / f"{kind}.csv").write_text(body, encoding="utf-8")
        found[kind] = str(tmp_path / f"{kind}.csv")
    return found


def test_an_admin_who_never_opened_their_link_is_given_another(practice: Run) -> None:
    first = practice("admin", "create", "--name", "Ana", "--email", "ANA@elder.example").output
    second = practice("admin", "create", "--name", "Ana", "--email", "ana@elder.example").output
    assert first.startswith("http://127.0.0.1:8000/link/")
    assert first != second


def test_four_files_make_a_practice_and_the_same_again_change_nothing(
    practice: Run, files: dict[str, str]
) -> None:
    for kind, path in files.items():
        assert "Imported: " in practice("import", kind, path).output
    for kind, path in files.items():
        assert "Imported: 0 new, 0 changed" in practice("import", kind, path).output


def test_a_dry_run_saves_nothing(practice: Run, files: dict[str, str]) -> None:
    assert (
        "Nothing saved. It would be: 2 new"
        in practice("import", "roster", files["roster"], "--dry-run").output
    )
    assert "2 new" in practice("import", "roster", files["roster"]).output


def test_a_file_with_a_fault_is_refused_by_line_and_its_good_rows_can_be_taken(
    practice: Run, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text(ROSTER + "S3,Cy,Ash,,,wizard,,,,,Elder Row\n", encoding="utf-8")
    dry = practice("import", "roster", str(bad), "--dry-run", status=1)
    assert "Nothing saved. It would be: 2 new" in dry.output
    practice("import", "roster", str(bad), "--dry-run", "--good-rows")
    told = practice("import", "roster", str(bad), status=1)
    assert "line 4" in told.output
    assert "Nothing was imported" in told.output
    assert "Imported: 2 new" in practice("import", "roster", str(bad), "--good-rows").output


def test_codes_are_printed_once_for_visits_that_have_none(
    practice: Run, files: dict[str, str]
) -> None:
    for kind in ("roster", "visits", "visit_staff"):
        practice("import", kind, files[kind])
    told = practice("codes", "issue", "--as", "nobody@elder.example", status=1)
    assert "No active admin" in told.output
    first = practice("codes", "issue", "--as", "ana@elder.example")
    assert "http://127.0.0.1:8000/c/" in first.output
    assert "/c/" not in practice("codes", "issue", "--as", "ana@elder.example").output


def test_nothing_can_be_imported_before_there_is_a_practice(
    bedside: Run, files: dict[str, str]
) -> None:
    bedside("database", "upgrade")
    assert (
        "There is no practice yet" in bedside("import", "roster", files["roster"], status=1).output
    )
