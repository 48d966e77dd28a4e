"""The core curriculum: what a role group starts with while no comments point at something else.

    front_desk  ──►  fifty-minutes-late, nothing-until-the-14th, voice-in-the-waiting-room, …

Written by hand in content/curriculum.yaml, so that a practice can order it as it likes.
"""

from collections.abc import Container, Mapping
from functools import lru_cache
from pathlib import Path

import yaml

from training.scenarios.catalogue import Catalogue, Scenario
from training.skills import CONTENT, ROLE_GROUPS, group_of

FILE = CONTENT / "curriculum.yaml"


class CurriculumError(ValueError):
    """The file does not name every role group once, each with a list of slugs."""


@lru_cache(maxsize=4)
def load(path: Path = FILE) -> Mapping[str, tuple[str, ...]]:
    """Return the slugs of each role group in their order; raise `CurriculumError`."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(data, dict) or set(data) != set(ROLE_GROUPS):
        raise CurriculumError(f"{path.name}: name each role group once, and no other")
    for group, slugs in data.items():
        if not isinstance(slugs, list) or not all(isinstance(slug, str) for slug in slugs):
            raise CurriculumError(f"{path.name}: {group} needs a list of scenarios")
    return {group: tuple(slugs) for group, slugs in data.items()}


def next_for(
    catalogue: Catalogue, *, role: str, finished: Container[str], most: int
) -> tuple[Scenario, ...]:
    """Return the first of a role's core conversations that are not finished yet.

    finished: the slugs of conversations that the person brought to an end.
    """
    group = group_of(role)
    known = {scenario.slug: scenario for scenario in catalogue}
    wanted = [known[slug] for slug in load()[group.slug] if slug in known]
    open_ones = [
        one
        for one in wanted
        if group in {group_of(each) for each in one.script.roles} and one.slug not in finished
    ]
    return tuple(open_ones[:most])
