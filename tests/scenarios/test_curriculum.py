from pathlib import Path

import pytest

from training.scenarios import catalogue, curriculum
from training.scenarios.curriculum import CurriculumError, next_for
from training.skills import ROLE_GROUPS, ROLES, group_of


def names(role: str, *finished: str, most: int = 2) -> list[str]:
    found = next_for(catalogue.load(), role=role, finished=finished, most=most)
    return [one.slug for one in found]


def test_the_worked_example() -> None:
    assert curriculum.load()["front_desk"][:3] == (
        "fifty-minutes-late",
        "nothing-until-the-14th",
        "voice-in-the-waiting-room",
    )


def test_every_conversation_of_the_core_is_in_the_library() -> None:
    known = {one.slug for one in catalogue.load()}

    assert set(curriculum.load()) == set(ROLE_GROUPS)
    assert {slug for slugs in curriculum.load().values() for slug in slugs} <= known


def test_what_is_finished_gives_way_to_the_next() -> None:
    assert names("receptionist") == ["fifty-minutes-late", "nothing-until-the-14th"]
    assert names("receptionist", "fifty-minutes-late")[0] == "nothing-until-the-14th"


@pytest.mark.parametrize("role", sorted(ROLES))
def test_nobody_starts_with_the_work_of_another_group(role: str) -> None:
    for slug in names(role, most=9):
        roles = catalogue.load().get(slug).script.roles
        assert group_of(role) in {group_of(one) for one in roles}


@pytest.mark.parametrize("text", ["front_desk: [a]", "[]", "nursing: x"])
def test_a_curriculum_that_leaves_a_group_out_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "curriculum.yaml"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(CurriculumError):
        curriculum.load(file)
