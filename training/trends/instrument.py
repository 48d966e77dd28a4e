"""The self-assessment: statements about each stage, and what its answers come to.

    "People can say everything they came to say."    never 1 · sometimes 2 · mostly 5 · always 2
                                                     ──►  agree 7 of 10

    >>> half_of(date(2026, 3, 16)).start, half_of(date(2026, 3, 16)).end
    (datetime.date(2026, 1, 1), datetime.date(2026, 7, 1))
    >>> agreement({"never": 1, "sometimes": 2, "mostly": 5, "always": 2, "dont_know": 3})
    (7, 10)

It is repeated each half-year. "I don't know" is counted apart: it says nothing of how well it goes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from training.periods import Period
from training.skills import CONTENT, STAGES

ANSWERS = {
    "never": "Never",
    "sometimes": "Sometimes",
    "mostly": "Mostly",
    "always": "Always",
    "dont_know": "I don’t know",
}
WELL = 0.75  # from three in four answers "mostly" or "always" on, a practice thinks well of a stage
HURTS = 0.25  # from one comment in four with criticism on, a stage hurts


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of the instrument."""

    slug: str
    stage: str
    words: str


def half_of(day: date) -> Period:
    """The half-year that a day stands in: January to June, or July to December."""
    if day.month <= 6:
        return Period(date(day.year, 1, 1), date(day.year, 7, 1))
    return Period(date(day.year, 7, 1), date(day.year + 1, 1, 1))


def agreement(counts: Mapping[str, int]) -> tuple[int, int]:
    """How many said mostly or always, of how many who said anything but "I don't know"."""
    agree = counts.get("mostly", 0) + counts.get("always", 0)
    return agree, agree + counts.get("never", 0) + counts.get("sometimes", 0)


def is_gap(agree: float | None, criticism: float | None) -> bool:
    """Whether a practice thinks well of a stage at which many patients criticise; shares of 0–1."""
    return agree is not None and criticism is not None and agree >= WELL and criticism >= HURTS


def read_instrument(path: Path) -> tuple[Statement, ...]:
    """The statements of a YAML file by stage, in the journey's order.

    Raises ValueError where a stage is missing or a slug stands twice.
    """
    listed = yaml.safe_load(path.read_text(encoding="utf-8"))
    if [entry["stage"] for entry in listed] != list(STAGES):
        raise ValueError(f"{path.name}: the stages must be {', '.join(STAGES)}")
    found = tuple(
        Statement(one["slug"], entry["stage"], one["words"])
        for entry in listed
        for one in entry["statements"]
    )
    if len({one.slug for one in found}) < len(found):
        raise ValueError(f"{path.name}: a slug is listed twice")
    return found


STATEMENTS: tuple[Statement, ...] = read_instrument(CONTENT / "self_assessment.yaml")
