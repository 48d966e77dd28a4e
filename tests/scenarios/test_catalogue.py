"""The scenarios there are, and the text a play is pinned to."""

import hashlib
from pathlib import Path

import pytest

from tests.scenarios.small import TEXT
from training.scenarios import catalogue
from training.scenarios.catalogue import FOLDER, Catalogue, UnknownScenarioError, load_file, parse
from training.scenarios.faults import ScenarioError
from training.scenarios.play import start


def test_the_example_of_the_module():
    path = FOLDER / "fifty-minutes-late" / "scenario.yaml"
    scenario = load_file(path)
    assert scenario.text == path.read_text(encoding="utf-8")
    assert scenario.digest == hashlib.sha256(path.read_bytes()).hexdigest()
    assert scenario.script.title == "Fifty minutes late"


def test_a_play_pinned_to_an_older_text_is_replayed_from_that_text():
    older = load_file(FOLDER / "fifty-minutes-late" / "scenario.yaml")
    newer = parse(older.text.replace("Has everyone forgotten me?", "Am I next?"))
    assert newer.digest != older.digest
    assert parse(older.text) == older
    assert "forgotten" in start(parse(older.text).script, seed=1).says


def test_a_text_that_cannot_be_read_is_refused():
    with pytest.raises(ScenarioError):
        parse("format: bedside-scenario/0")


def _variant(slug: str, **changes: str):
    text = TEXT.replace("slug: late", f"slug: {slug}")
    for old, new in changes.items():
        text = text.replace(f"{old}: ", f"{old}: {new} #", 1)
    return parse(text)


FIRST = _variant("first", skills="[empathy, keeping_informed]")
SECOND = _variant("second", skills="[keeping_informed, empathy]")
NURSES = _variant("nurses", roles="[nurse]")
CHECK = _variant("check", kind="x")
CHECK = parse(CHECK.text.replace("slug: check", "slug: check\nkind: transfer"))
RENAMED = parse(TEXT.replace("slug: late", "slug: later\nrenamed_from: [late]"))
SMALL = Catalogue([SECOND, FIRST, NURSES, CHECK, RENAMED])


def test_a_scenario_is_got_by_its_slug_or_a_former_one():
    assert SMALL.get("first") is FIRST
    assert SMALL.get("late") is SMALL.get("later") is RENAMED


def test_an_unknown_slug_is_refused_by_name():
    with pytest.raises(UnknownScenarioError, match="nowhere"):
        SMALL.get("nowhere")


def test_transfer_checks_are_got_but_not_listed():
    assert SMALL.get("check") is CHECK
    assert CHECK not in list(SMALL)
    assert len(list(SMALL)) == 4


def test_for_a_skill_and_role_those_it_comes_first_in_come_first():
    found = SMALL.for_skill("keeping_informed", "receptionist")
    assert found[0] is SECOND
    assert NURSES not in found
    assert SMALL.for_skill("keeping_informed", "nurse") == [NURSES]
    assert SMALL.for_skill("dignity", "nurse") == []


def test_the_librarys_catalogue_is_read_once():
    assert catalogue.load() is catalogue.load()
    assert catalogue.load().get("fifty-minutes-late").walk.typical == 8


def test_a_file_that_cannot_be_read_does_not_take_the_others_away(tmp_path: Path):
    for name, text in (("late", TEXT), ("broken", "format: [")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "scenario.yaml").write_text(text, encoding="utf-8")
    found = Catalogue.of(tmp_path)
    assert [one.slug for one in found] == ["late"]
    assert found.faults[0].file.endswith("broken/scenario.yaml")


def test_a_former_slug_is_told_the_one_of_today_and_one_that_is_gone_stays():
    found = Catalogue([parse(TEXT.replace("slug: late", "slug: late\nrenamed_from: [wait]"))])
    assert [found.current(slug) for slug in ("wait", "late", "gone")] == ["late", "late", "gone"]
