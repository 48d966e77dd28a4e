"""How many of the peers' own numbers our control charts, funnels and estimates agree with, to 1e-6.

Reads the folder of check numbers where it is present; prints, for each kind of case, how many agree,
how many differ on purpose (by name, each with a test of its own) and how many simply differ.

Run as `python -m bench.control`, with --json for one object on the last line.
"""

import argparse
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.compare_cases import ancova, funnels, shrinkage
from bench.control_cases import qicharts, rules, runs, snapshots
from bench.peers import Checks

DATA = Path(__file__).parents[2] / "shared" / "data" / "control-charts"

_CHECKS: tuple[Callable[[Path], Checks], ...] = (
    rules,
    snapshots,
    runs,
    qicharts,
    funnels,
    shrinkage,
    ancova,
)
ON_PURPOSE = {
    "flat_then_jump": "screening would remove the only movement there is",
    "twelve-points": "the peer warns of twelve points, we of fewer than twelve",
    "I′": "not built",
    "U′": "not built",
    "powerbi": "a third wording of two in three, not taken",
}


@dataclass
class Tally:
    """The cases of one kind, by how they came out; names of those that do not agree."""

    agree: int = 0
    on_purpose: list[str] = field(default_factory=list)
    differ: list[str] = field(default_factory=list)


def compare(folder: Path) -> dict[str, Tally]:
    """Compare everything in the folder; one tally a kind of case."""
    tallies: dict[str, Tally] = {}
    for check in _CHECKS:
        for kind, name, same in check(folder):
            tally = tallies.setdefault(kind, Tally())
            if same:
                tally.agree += 1
            elif any(word in f"{kind} {name}".split() for word in ON_PURPOSE):
                tally.on_purpose.append(name)
            else:
                tally.differ.append(name)
    return tallies


def main() -> None:
    """Print the tallies; leave with 1 where a case differs that should not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of check numbers")
    asked = parser.parse_args()
    if not asked.data.is_dir():
        print(f"no check numbers at {asked.data}: nothing compared")
        if asked.json:
            print("{}")
        raise SystemExit(0)
    tallies = compare(asked.data)
    print(f"{'':34}agree  on purpose  differ")
    for kind, tally in tallies.items():
        print(f"{kind:34}{tally.agree:5}  {len(tally.on_purpose):10}  {len(tally.differ):6}")
        for name in tally.differ:
            print(f"    differs: {name}")
    for word, why in ON_PURPOSE.items():
        print(f"on purpose, {word}: {why}")
    if asked.json:
        print(json.dumps(_as_json(tallies)))
    raise SystemExit(any(tally.differ for tally in tallies.values()))


def _as_json(tallies: dict[str, Tally]) -> dict[str, Any]:
    return {kind: vars(tally) for kind, tally in tallies.items()}


if __name__ == "__main__":
    main()
