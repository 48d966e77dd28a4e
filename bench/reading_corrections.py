"""Does correcting help? python -m bench.reading_corrections [--json] [--data FOLDER]

Plays a practice whose patients have sayings of their own, and a reviewer who corrects what was
read wrongly:

    public comments, read by models that never saw them   ┐  dealt in two by near-duplicate groups
    remarks with a made-up saying of the house, in frames ┘  and by frames
    one side    in a drawn order, until 50, 100 or 200 were corrected; the rest was left as read
    other side  share read right before (the floor, no adjustment) and after

Comments rated neutral by their labellers are left out: they had no "mixed", which the reader has.
"""

import argparse
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from bench import reading_folds, train_reading
from bench.reading_measures import floored
from training.feedback.adjusting import Adjustment, Checked, learned
from training.feedback.comment import Answer, Visit
from training.feedback.model import Model, model
from training.feedback.reading import Roster, read

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
AMOUNTS = (50, 100, 200)
SEEDS = range(5)
HOUSE_SHARE = 4  # one remark in so many has a saying of the house
# Sayings that no table knows; half of them would be praise anywhere in their valley, half blame.
SAYINGS = {
    "gradely": "positive", "right champion job": "positive", "reet proper": "positive",
    "grand as owt": "positive", "scunnered": "negative", "clarty": "negative",
    "a right carry on": "negative", "neither use nor ornament": "negative",
}  # fmt: skip
FRAMES = (
    ("The appointment was {}.", "Everything at the surgery today was {}.", "{}, all of it.",
     "My visit last week was {}.", "Honestly the nurse's room was {}.", "In one word, {}."),
    ("I would call it {}.", "We found the clinic {}.", "My mother says it is {}.",
     "What can I say, {} again.", "The whole morning was {}.", "That phone call was {}."),
)  # fmt: skip
_NOBODY = Roster([])


@dataclass(frozen=True)
class Case:
    """One remark of the play: its answer, what it should be, by which model it is read."""

    answer: Answer
    label: str
    by: Model
    group: int
    house: bool = False

    @cached_property
    def before(self) -> str:
        """What is read in it without any adjustment."""
        return self.after(Adjustment())

    def after(self, adjustment: Adjustment) -> str:
        """Return what is read in it with an adjustment."""
        return read(self.answer, _NOBODY, Visit(), self.by, adjustment).sentiment


def public_cases(path: Path) -> list[Case]:
    """Return public comments with a side, each with a model that saw no near-duplicate of it."""
    comments = reading_folds.load(path)
    models, _ = train_reading.unseen(comments, train_reading.examples(comments))
    models = [replace(one, parts=model().parts) for one in models]
    return [
        Case(one.answer, one.label, models[one.fold], one.group)
        for one in comments
        if one.source == "fft_2023" and one.label != "neutral"
    ]


def sides(cases: Sequence[Case], seed: int) -> tuple[list[Case], list[Case]]:
    """Return the remarks that may be corrected, and those that nobody sees before the end."""
    dealt = reading_folds.dealt([one.group for one in cases], seed)
    found: tuple[list[Case], list[Case]] = ([], [])
    for one in cases:
        found[dealt[one.group] % 2].append(one)
    chance = random.Random(seed)
    for side, frames in zip(found, FRAMES, strict=True):
        for _ in range(len(side) // (HOUSE_SHARE - 1)):
            saying = chance.choice(list(SAYINGS))
            text = chance.choice(frames).format(saying)
            side.append(Case(Answer(text), SAYINGS[saying], model(), -1, house=True))
        chance.shuffle(side)
    return found


def reviewed(cases: Sequence[Case], amount: int) -> list[Checked]:
    """Return what a reviewer looked at, in order, until so many were corrected."""
    found: list[Checked] = []
    corrected = 0
    for one in cases:
        if corrected == amount:
            break
        found.append(Checked(one.answer.text, one.before, one.label))
        corrected += one.before != one.label
    return found


def measured(cases: Sequence[Case]) -> list[dict[str, float]]:
    """Return, for each amount of corrections, the shares read right, the mean of all seeds."""
    found = []
    for amount in AMOUNTS:
        rows = [_row(*sides(cases, seed), amount) for seed in SEEDS]
        found.append(
            {name: floored(sum(row[name] for row in rows) / len(rows)) for name in rows[0]}
        )
    return found


def _row(seen: Sequence[Case], unseen: Sequence[Case], amount: int) -> dict[str, float]:
    checked = reviewed(seen, amount)
    adjustment = learned(checked)
    row: dict[str, float] = {
        "corrected": sum(one.read != one.said for one in checked),
        "looked_at": len(checked),
        "weights": len(adjustment.weights),
    }
    for name, chosen in (
        ("all", unseen),
        ("house", [one for one in unseen if one.house]),
        ("public", [one for one in unseen if not one.house]),
    ):
        row[f"{name}_before"] = sum(one.before == one.label for one in chosen) / len(chosen)
        after = sum(one.after(adjustment) == one.label for one in chosen)
        row[f"{name}_after"] = after / len(chosen)
    return row


def main() -> None:
    """Print the shares, and with --json one object on the last line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of shared data")
    asked = parser.parse_args()
    texts = asked.data / "patient-comments" / "sentiment.csv"
    if not texts.is_file():
        print(f"no data at {asked.data}: nothing measured")
        return
    rows = measured(public_cases(texts))
    print("".join(f"{name:>15}" for name in rows[0]))
    for row in rows:
        print("".join(f"{value:>15}" for value in row.values()))
    if asked.json:
        print(json.dumps(rows))


if __name__ == "__main__":
    main()
