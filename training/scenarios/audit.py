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

from training.scenarios import check_names, wording
from training.scenarios.catalogue import FOLDER, files, load_file
from training.scenarios.faults import Fault, ScenarioError
from training.scenarios.key import decisions
from training.scenarios.play import shuffled
from training.scenarios.reader import Source
from training.scenarios.script import Choice, Script
from training.scenarios.walk import walk

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
    table = _Table(script)
    return [_result(table, name, plays) for name in BOTS]


def faults(source: Source) -> list[Fault]:
    """A fault for each bot whose mean is above .60."""
    fix = "Let the best reply not be the longest, shortest, politest; make the others plausible."
    return [
        source.fault(("scenes",), f"The {one.bot} bot earns {one.mean:.2f} and knows nothing.", fix)
        for one in audit(source.script)
        if one.mean > HIGHEST_MEAN
    ]


@dataclass(frozen=True, slots=True)
class AuditRow:
    """A scenario's line of the audit: decisions a play, pairs walked, endings, each bot's mean."""

    slug: str
    decisions: tuple[int, int]
    pairs: int
    reached: int
    endings: int
    means: tuple[float, ...]

    @property
    def passes(self) -> bool:
        """Whether a bot that knows nothing does too well."""
        return max(self.means) > HIGHEST_MEAN


def audit_row(script: Script) -> AuditRow:
    """The audit of one scenario whose names were checked."""
    walked = walk(script)
    return AuditRow(
        slug=script.slug,
        decisions=(walked.shortest, walked.longest),
        pairs=len(walked.leads),
        reached=len(set(script.endings) & walked.reached),
        endings=len(script.endings),
        means=tuple(one.mean for one in audit(script)),
    )


def audit_rows(folder: Path = FOLDER) -> list[AuditRow]:
    """The audit of every scenario of a folder; raises ScenarioError for one that has no way on."""
    rows = []
    for path in files(folder):
        source = load_file(path).source
        if found := list(check_names.faults(source)):
            raise ScenarioError(found)
        rows.append(audit_row(source.script))
    return rows


def table(rows: Sequence[AuditRow]) -> str:
    """The audit as a table in plain text; ! marks a bot that does too well."""
    header = ["scenario", "decisions", "pairs", "endings", *BOTS]
    cells = [header, *(_cells(row) for row in rows)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(header))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if at == 0 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in cells
    )


def _cells(row: AuditRow) -> list[str]:
    means = (f"{'!' if mean > HIGHEST_MEAN else ''}{mean:.2f}" for mean in row.means)
    decisions = f"{row.decisions[0]}–{row.decisions[1]}"
    return [row.slug, decisions, str(row.pairs), f"{row.reached}/{row.endings}", *means]


class _Table:
    """What all bots look up: where choices lead, what they earn, and each play's order of them."""

    def __init__(self, script: Script) -> None:
        self.script, self.walked = script, walk(script)
        self.shares: Shares = {
            scene: {choice: key.share(choice) for choice in key.credits}
            for scene, key in decisions(script).items()
            if key.scored
        }
        self.at = {
            (name, choice.id): at
            for name, scene in script.decisions.items()
            for at, choice in enumerate(scene.choices)
        }
        self._offered: dict[tuple[str, int], Offered] = {}

    def offered(self, scene: str, seed: int) -> Offered:
        """The choices of a scene in the order of a play, shuffled once for all bots."""
        key = (scene, seed)
        if key not in self._offered:
            self._offered[key] = shuffled(self.script.scenes[scene].choices, scene, seed)
        return self._offered[key]


def _result(table: _Table, name: str, plays: int) -> BotResult:
    means: list[float] = []
    endings: dict[str, int] = defaultdict(int)
    for seed in range(plays):
        mean, ending = _play(table, BOTS[name], seed)
        means.append(mean)
        endings[ending] += 1
    return BotResult(name, sum(means) / len(means), endings)


def _play(table: _Table, bot: Bot, seed: int) -> tuple[float, str]:
    chance = random.Random(seed)  # noqa: S311 — a bot, not a secret
    pair = table.walked.start
    earned: list[float] = []
    for _ in range(_MOST_DECISIONS):
        place = pair[0]
        if place in table.script.endings:
            break
        choice = bot(table.offered(place, seed), chance)
        if place in table.shares:
            earned.append(table.shares[place][choice.id])
        pair = table.walked.leads[pair][table.at[place, choice.id]]
    return (sum(earned) / len(earned) if earned else 0.0), pair[0]
