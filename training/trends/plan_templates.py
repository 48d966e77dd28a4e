"""Templates for improvement plans, kept as data in content/plans.yaml.

    - slug: silent-waits
      topic: keeping_informed            ──►  PLAN_TEMPLATES["silent-waits"]
      name: No silent waits

    >>> PLAN_TEMPLATES["silent-waits"].name
    'No silent waits'

A template fills in a form and no more: whoever starts the plan changes what it says.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from training.skills import CONTENT, SKILLS, STAGES, THEMES


@dataclass(frozen=True, slots=True)
class PlanTemplate:
    """What a template fills in; stage is "" where the matter shows at every stage."""

    slug: str
    topic: str
    stage: str
    name: str
    aim: str
    change: str
    steps: tuple[str, ...]


def read_plan_templates(path: Path) -> Mapping[str, PlanTemplate]:
    """The templates of a YAML file, in its order; raises ValueError naming the one that is wrong."""
    found: dict[str, PlanTemplate] = {}
    for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
        one = _template(entry, path)
        if one.slug in found:
            raise ValueError(f"{path.name}: {one.slug} is listed twice")
        found[one.slug] = one
    return found


def _template(entry: dict[str, Any], path: Path) -> PlanTemplate:
    slug = entry.get("slug", "without a slug")
    try:
        one = PlanTemplate(
            slug=entry["slug"],
            topic=entry["topic"],
            stage=entry.get("stage", ""),
            name=entry["name"],
            aim=entry["aim"],
            change=entry["change"].strip(),
            steps=tuple(entry["steps"]),
        )
    except KeyError as error:
        raise ValueError(f"{path.name}: {slug}: {error} is missing") from error
    if one.topic not in {**SKILLS, **THEMES} or one.stage not in {"", *STAGES}:
        raise ValueError(f"{path.name}: {slug}: no such topic or stage")
    return one


PLAN_TEMPLATES: Mapping[str, PlanTemplate] = read_plan_templates(CONTENT / "plans.yaml")
