"""Whether the estimate of training's effect is right, where the truth is known because we made it.

People have true shares, some comments before and after. The worst third by what was seen before is
offered something that changes their true share by nothing, or by five points. Printed for each
size: bias in points and how many of the 95 % intervals hold the truth, beside what simple
before–after and difference-in-differences would have said.

Run as `python -m bench.effect`, with --json for one object on the last line.
"""

import argparse
import json
from dataclasses import asdict, dataclass
from math import fsum
from random import Random

from training.trends.effect import (
    Effect,
    Member,
    before_after,
    difference_in_differences,
    estimate,
)

RUNS = 2_000
SIZES = ((40, 10), (60, 15), (160, 20))  # people, and mean comments each before and after
TRUTHS = (0.0, -0.05)
CHOSEN = 0.3
# the true shares: 1 in 4 on average, as unlike one another as Beta(3.75, 11.25)
MEAN, WEIGHT = 0.25, 15.0
BIAS_ALLOWED, COVERAGE_ALLOWED = 0.5, (93.0, 97.0)


@dataclass(frozen=True)
class Row:
    """One size and truth: all changes in percentage points, coverage in per cent."""

    people: int
    offered: int
    comments: int
    truth: float
    runs: int
    bias: float
    coverage: float
    smallest: float
    bias_before_after: float
    bias_differences: float

    @property
    def holds(self) -> bool:
        """Whether bias and coverage are what is promised."""
        low, high = COVERAGE_ALLOWED
        return abs(self.bias) <= BIAS_ALLOWED and low <= self.coverage <= high


def practice(random: Random, people: int, comments: int, truth: float) -> list[Member]:
    """One practice: the worst by what was seen before are offered something worth `truth`."""
    shares = [random.betavariate(MEAN * WEIGHT, (1 - MEAN) * WEIGHT) for _ in range(people)]
    before = [_comments(random, share, comments) for share in shares]
    worst = sorted(range(people), key=lambda i: (-before[i][0] / before[i][1], i))
    offered = set(worst[: round(people * CHOSEN)])
    return [
        Member(
            offered=i in offered,
            role="",
            before=before[i],
            after=_comments(random, max(0.0, share + truth * (i in offered)), comments),
        )
        for i, share in enumerate(shares)
    ]


def _comments(random: Random, share: float, mean: int) -> tuple[int, int]:
    total = random.randint(mean // 2, mean + mean // 2)
    return sum(random.random() < share for _ in range(total)), total


def simulate(people: int, comments: int, truth: float, *, runs: int = RUNS, seed: int = 7) -> Row:
    """Estimate the effect in many practices of one size, of which the truth is known."""
    random = Random(f"{seed} {people} {comments} {truth}")
    made = [practice(random, people, comments, truth) for _ in range(runs)]
    found = [effect for members in made if isinstance(effect := estimate(members), Effect)]
    covered = sum(one.interval.low <= truth <= one.interval.high for one in found)
    return Row(
        people=people,
        offered=round(people * CHOSEN),
        comments=comments,
        truth=truth * 100,
        runs=len(found),
        bias=_bias([one.difference for one in found], truth),
        coverage=round(100 * covered / len(found), 1),
        smallest=round(100 * fsum(one.smallest for one in found) / len(found), 1),
        bias_before_after=_bias(
            [before_after([one for one in members if one.offered]) for members in made], truth
        ),
        bias_differences=_bias([difference_in_differences(members) for members in made], truth),
    )


def _bias(changes: list[float | None] | list[float], truth: float) -> float:
    known = [change for change in changes if change is not None]
    return round(100 * (fsum(known) / len(known) - truth), 2)


def main() -> None:
    """Print one line a size and truth; leave with 1 where one is not what is promised."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    parser.add_argument("--runs", type=int, default=RUNS, help="practices of each size")
    asked = parser.parse_args()
    rows = [
        simulate(people, comments, truth, runs=asked.runs)
        for people, comments in SIZES
        for truth in TRUTHS
    ]
    print(
        "people  offered  comments  truth  runs   bias  covers  visible | before–after  differences"
    )
    for row in rows:
        print(
            f"{row.people:6}  {row.offered:7}  {row.comments:8}  {row.truth:5.0f}  {row.runs:4}  "
            f"{row.bias:5.2f}  {row.coverage:5.1f}%  {row.smallest:7.1f} | "
            f"{row.bias_before_after:12.2f}  {row.bias_differences:11.2f}"
        )
    print("(percentage points; covers: 95 % intervals by t that hold the truth)")
    holds = all(row.holds for row in rows)
    if asked.json:
        print(json.dumps({"holds": holds, "rows": [asdict(row) for row in rows]}))
    raise SystemExit(not holds)


if __name__ == "__main__":
    main()
