"""What a library covers, and who is in it."""

from tests.scenarios.small import TEXT
from training.scenarios.coverage import (
    NO_AGE,
    Share,
    age_group,
    balance,
    balance_lines,
    coverage,
    coverage_lines,
)
from training.scenarios.reader import read
from training.skills import ROLES, SKILLS, STAGES

LATE = read(TEXT, "f").script
ANGRY = read(TEXT.replace("mood: tense", "mood: angry").replace("40, waiting", "71"), "f").script
CHECK = read(TEXT.replace("slug: late", "slug: late-2\nkind: transfer"), "f").script


def test_the_example_of_the_module():
    found = coverage([LATE])
    empathy = next(one for one in found.skills if one.name == "empathy")
    assert (empathy.conversations, empathy.decisions) == (1, 1)
    assert balance([LATE, ANGRY])["skin"] == [Share("olive", 2, 1)]


def test_every_skill_role_and_stage_is_listed_also_with_nothing():
    found = coverage([])
    assert [one.name for one in found.skills] == list(SKILLS)
    assert [one.name for one in found.roles] == list(ROLES)
    assert [one.name for one in found.stages] == list(STAGES)
    assert all(one.conversations == one.decisions == 0 for one in found.skills)


def test_transfer_checks_are_not_coverage_and_their_patients_are_in_the_balance():
    assert all(one.conversations == 0 for one in coverage([CHECK]).skills)
    assert balance([CHECK])["skin"][0].patients == 1


def test_ages_are_grouped_by_the_first_number_said():
    assert [age_group(about) for about in ("9, at school", "18", "40, waiting", "she is 65")] == [
        *("under 18", "18 to 39", "40 to 64", "65 and over"),
    ]
    assert age_group("a colleague's mother") == NO_AGE


def test_the_lines_name_how_many_are_hard():
    assert "age: 40 to 64 1 (0 hard), 65 and over 1 (1 hard)" in balance_lines([LATE, ANGRY])
    assert "skill empathy: conversations 1, decisions 1" in coverage_lines([LATE])
