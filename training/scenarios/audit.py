"""Bots that know nothing play every scenario, so that it tests judgement and not test-wiseness.

    bot       what it chooses             earns, where “Ten minutes, I think.” is best (1)
                                          and “I'm so sorry, please take a seat.” is not (0)
    random    anything                    about .5
    longest   the most characters         0
    shortest  the fewest                  1
    politest  the most polite words       0
    first     what is offered first       about .5

A bot that reached the pass mark would show that one can pass without reading. Each must stay at
.60 or below on the mean of 1,000 plays.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from training.scenarios import wording
from training.scenarios.catalogue import FOLDER, Scenario, files, load_file
from training.scenarios.faults import Fault
from training.scenarios.key import decisions
from training.scenarios.play import shuffled
from training.scenarios.reader import Source
from training.scenarios.script import Choice, Script
from training.scenarios.walk import Walk, walk

PLAYS = 1_000
HIGHEST_MEAN = 0.60
_MOST_DECISIONS = 40

Offered = Sequence[Choice]
Bot = Callable[[Offered, random.Random], Choice]
Shares = Mapping[str, Mapping[str, float]]

BOTS: Mapping[str, Bot] = {
    "random": lambda offered, chance: chance.choice(offered),
    "longest": lambda offered, _: max(offered, key=lambda choice: len(choice.say)),
    "shortest": lambda offered, _: min(offered, key=lambda choice: len(choice.say)),
    "politest": lambda offered, _: max(offered, key=lambda one: wording.politeness(one.say)),
    "first": lambda offered, _: offered[0],
}


@dataclass(frozen=True, slots=True)
class BotResult:
    """A bot's mean share of the credit met over its plays, and how often it met each ending."""

    bot: str
    mean: float
    endings: Mapping[str, int]


def audit(script: Script, plays: int = PLAYS) -> list[BotResult]:
    """Every bot's result on a scenario; the same each time, as play n has seed n."""
    walked, shares = walk(script), _shares(script)
    return [_result(script, walked, shares, name, plays) for name in BOTS]


def faults(source: Source) -> list[Fault]:
    """A fault for each bot whose mean is above .60."""
    fix = "Let the best reply not be the longest, shortest, politest; make the others plausible."
    return [
        source.fault(("scenes",), f"The {one.bot} bot earns {one.mean:.2f} and knows nothing.", fix)
        for one in audit(source.script)
        if one.mean > HIGHEST_MEAN
    ]


def audit_table(folder: Path = FOLDER) -> str:
    """The audit of every scenario of a folder as a table in plain text."""
    rows = [_row(load_file(path)) for path in files(folder)]
    header = ["scenario", "decisions", "pairs", "endings", *BOTS]
    widths = [max(len(row[at]) for row in [header, *rows]) for at in range(len(header))]
    lines = [
        "  ".join(
            cell.ljust(width) if at == 0 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in [header, *rows]
    ]
    return "\n".join(lines)


def _row(scenario: Scenario) -> list[str]:
    walked = walk(scenario.script)
    reached = len(set(scenario.script.endings) & walked.reached)
    return [
        scenario.slug,
        f"{walked.shortest}–{walked.longest}",
        str(len(walked.leads)),
        f"{reached}/{len(scenario.script.endings)}",
        *(f"{one.mean:.2f}" for one in audit(scenario.script)),
    ]


def _shares(script: Script) -> Shares:
    return {
        scene: {choice: key.share(choice) for choice in key.credits}
        for scene, key in decisions(script).items()
        if key.scored
    }


def _result(script: Script, walked: Walk, shares: Shares, name: str, plays: int) -> BotResult:
    means: list[float] = []
    endings: dict[str, int] = defaultdict(int)
    for seed in range(plays):
        mean, ending = _play(script, walked, shares, BOTS[name], seed)
        means.append(mean)
        endings[ending] += 1
    return BotResult(name, sum(means) / len(means), endings)


def _play(script: Script, walked: Walk, shares: Shares, bot: Bot, seed: int) -> tuple[float, str]:
    chance = random.Random(seed)  # noqa: S311 — a bot, not a secret
    pair = walked.start
    earned: list[float] = []
    for _ in range(_MOST_DECISIONS):
        place = pair[0]
        if place in script.endings:
            break
        choices = script.scenes[place].choices
        choice = bot(shuffled(choices, place, seed), chance)
        if place in shares:
            earned.append(shares[place][choice.id])
        pair = walked.leads[pair][choices.index(choice)]
    return (sum(earned) / len(earned) if earned else 0.0), pair[0]
