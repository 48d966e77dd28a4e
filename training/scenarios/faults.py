"""What is wrong with a scenario: where, what, and what to do about it.

content/scenarios/late/scenario.yaml:41 (scene arrive): The reply “seen” has no `why`.
  → Say in a sentence what this reply does to the patient.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing to put right; `line` counts from 1, `scene` is "" where none is meant."""

    file: str
    line: int
    scene: str
    message: str
    fix: str

    def __str__(self) -> str:
        scene = f" (scene {self.scene})" if self.scene else ""
        return f"{self.file}:{self.line}{scene}: {self.message}\n  → {self.fix}"


class ScenarioError(ValueError):
    """A scenario that cannot be read; `faults` says everything that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))
