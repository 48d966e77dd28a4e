"""Skills, themes, roles, stages and channels: complete, and as the data files spell them."""

from pathlib import Path

import pytest

from training.skills import (
    CHANNELS,
    CONTENT,
    ROLE_GROUPS,
    ROLES,
    SKILLS,
    STAGES,
    THEMES,
    Strength,
    group_of,
    read_skills,
    read_themes,
)


def test_the_example_of_the_module():
    assert SKILLS["explaining"].name == "Plain explanation and teach-back"
    assert group_of("phlebotomist").name == "Nursing"


def test_there_are_twelve_skills_and_fourteen_themes_and_no_slug_is_both():
    assert len(SKILLS) == 12
    assert len(THEMES) == 14
    assert not set(SKILLS) & set(THEMES)


def test_every_skill_says_what_a_colleague_sees_and_what_patients_say():
    for skill in SKILLS.values():
        assert skill.behaviour.endswith("."), skill.slug
        assert len(skill.patients_say) >= 3, skill.slug
        assert skill.also_known_as, skill.slug
        assert skill.evidence.finding.endswith((".", ").")), skill.slug


def test_numbers_are_claimed_only_where_there_is_evidence_that_is_not_weak():
    counted = [
        skill for skill in SKILLS.values() if any(sign.isdigit() for sign in skill.evidence.finding)
    ]
    assert {skill.slug for skill in counted} == {
        "empathy",
        "explaining",
        "shared_decisions",
        "access",
    }
    assert all(skill.evidence.strength is Strength.STRONG for skill in counted)


def test_a_theme_that_staff_can_handle_points_to_a_skill_that_exists():
    assert {theme.skill for theme in THEMES.values() if theme.skill} <= set(SKILLS)
    assert THEMES["parking_transport"].skill == ""


def test_every_role_has_a_group_and_every_group_a_role():
    assert {role.group for role in ROLES.values()} == set(ROLE_GROUPS)
    assert len(ROLES) == 13


def test_stages_and_channels_are_spelt_as_in_the_data_files():
    assert list(STAGES) == ["awareness", "request", "assessment", "treatment", "ongoing"]
    assert list(CHANNELS) == ["in_person", "phone", "video", "portal", "letter"]


def test_a_skill_of_unknown_strength_is_refused_with_file_and_slug(tmp_path: Path):
    path = tmp_path / "skills.yaml"
    text = (CONTENT / "skills.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("strength: strong", "strength: certain", 1), encoding="utf-8")
    with pytest.raises(ValueError, match=r"skills\.yaml: skill empathy: 'certain'"):
        read_skills(path)


def test_a_theme_without_a_name_is_refused_with_file_and_slug(tmp_path: Path):
    path = tmp_path / "themes.yaml"
    path.write_text("- {slug: queues, about: x, patients_say: [x]}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"themes\.yaml: theme queues: 'name' is missing"):
        read_themes(path)


def test_a_slug_listed_twice_is_refused(tmp_path: Path):
    path = tmp_path / "themes.yaml"
    path.write_text("- {slug: queues}\n- {slug: queues}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="queues is listed twice"):
        read_themes(path)
