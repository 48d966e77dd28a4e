"""Templates for plans: data, checked as it is read."""

from pathlib import Path

import pytest

from training.trends.plan_templates import PLAN_TEMPLATES, read_plan_templates

GOOD = "{slug: a, topic: wait_length, name: A, aim: B, change: C, steps: [D]}"


def written(folder: Path, *entries: str) -> Path:
    path = folder / "plans.yaml"
    path.write_text("".join(f"- {entry}\n" for entry in entries), encoding="utf-8")
    return path


def test_a_template_is_found_by_its_slug() -> None:
    assert PLAN_TEMPLATES["silent-waits"].name == "No silent waits"


def test_every_template_ends_with_reading_the_comments_and_deciding() -> None:
    assert {one.steps[-1] for one in PLAN_TEMPLATES.values()} == {
        "Read the comments together and decide to keep, change or stop"
    }


def test_a_template_may_be_for_every_stage(tmp_path: Path) -> None:
    assert read_plan_templates(written(tmp_path, GOOD))["a"].stage == ""


def test_a_template_listed_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="a is listed twice"):
        read_plan_templates(written(tmp_path, GOOD, GOOD))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ((", aim: B", ""), "a: 'aim' is missing"),
        (("wait_length", "weather"), "a: no such topic or stage"),
        (("slug: a", "slug: a, stage: lunch"), "a: no such topic or stage"),
    ],
)
def test_what_is_wrong_with_a_template_is_said(
    tmp_path: Path, change: tuple[str, str], fault: str
) -> None:
    with pytest.raises(ValueError, match=fault):
        read_plan_templates(written(tmp_path, GOOD.replace(*change)))
