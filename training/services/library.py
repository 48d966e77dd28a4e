"""The library for those who write it: what is covered, one scenario's checks, and what is chosen.

    content/scenarios ──► shelf (coverage, balance)        one(slug) ──► map, faults and choices by scene
    first answers of everybody ──sums, hidden when small──┘

Nothing here is about one person: a person counts once a decision, by their first answer, and where
fewer than five answered, or one could be worked out, no number is shown.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from sqlalchemy.orm import Session

from training.scenarios import audit, checks
from training.scenarios import coverage as covering
from training.scenarios.audit import AuditRow
from training.scenarios.catalogue import Catalogue, Scenario, UnknownScenarioError, parse
from training.scenarios.coverage import Coverage, Share
from training.scenarios.faults import Fault, ScenarioError
from training.scenarios.key import decision
from training.scenarios.play import IllegalMoveError, Move, Position, replay
from training.scenarios.storymap import StoryMap, story_map
from training.services.people import NotFound
from training.services.signing_in import Viewer
from training.store import choices
from training.trends.suppress import FEWEST_SHOWN, hidden_groups

LEFT_AFTER = timedelta(days=14)
EVERYBODY = 0.95  # of first answers the best one: the decision teaches nothing new
FEWEST_FOR_EVERYBODY = 10


@dataclass(frozen=True, slots=True)
class Shelf:
    """Every scenario by title, transfer checks last, and what the rehearsals cover together."""

    scenarios: tuple[Scenario, ...]
    coverage: Coverage
    balance: Mapping[str, Sequence[Share]]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What people answered first at a decision.

    `people` is how many, None below five. `counts` has each choice's, None where it is hidden.
    `everybody` marks a decision that nearly all get right.
    """

    people: int | None
    counts: Mapping[str, int | None]
    everybody: bool


@dataclass(frozen=True, slots=True)
class Detail:
    """One scenario as its authors see it.

    `faults` are those of the checks by scene or ending, "" for the whole file. `left` is how many
    people began it over two weeks ago and did not finish, of `begun`; None where it is hidden.
    """

    scenario: Scenario
    map: StoryMap
    faults: Mapping[str, Sequence[Fault]]
    bots: AuditRow | None
    chosen: Mapping[str, Chosen]
    begun: int | None
    left: int | None


def shelf(*, catalogue: Catalogue) -> Shelf:
    """Return the library as it stands in content/scenarios."""
    every = sorted(
        catalogue.every, key=lambda one: (one.script.kind == "transfer", one.script.title)
    )
    scripts = [one.script for one in every]
    return Shelf(
        tuple(every), covering.coverage(scripts), covering.balance(scripts), catalogue.faults
    )


def one(
    session: Session, *, viewer: Viewer, slug: str, catalogue: Catalogue, moment: datetime
) -> Detail:
    """Return one scenario with every check and what is chosen in it; raise `NotFound`."""
    scenario = find(catalogue=catalogue, slug=slug)
    faults, bots = _checked(scenario)
    begun, finished = choices.begun_and_finished(
        session, viewer.practice_id, scenario.slugs, moment - LEFT_AFTER
    )
    hidden = hidden_groups({"finished": finished, "left": begun - finished})
    shown = begun >= FEWEST_SHOWN and not hidden
    return Detail(
        scenario=scenario,
        map=story_map(scenario.script),
        faults=faults,
        bots=bots,
        chosen=_chosen(session, viewer.practice_id, scenario),
        begun=begun if shown else None,
        left=begun - finished if shown else None,
    )


def find(*, catalogue: Catalogue, slug: str) -> Scenario:
    """Return a scenario of the library, a transfer check too; raise `NotFound`."""
    try:
        return catalogue.get(slug)
    except UnknownScenarioError:
        raise NotFound from None


def tried(*, catalogue: Catalogue, slug: str, said: Sequence[str]) -> tuple[Scenario, Position]:
    """Return where a conversation stands after these choices, of which nothing is kept.

    Raises `NotFound`, also for a choice that is not offered there.
    """
    scenario = find(catalogue=catalogue, slug=slug)
    moves: list[Move] = []
    position = replay(scenario.script, moves, seed=0)
    try:
        for choice in said:
            moves.append(Move(position.place, choice))
            position = replay(scenario.script, moves, seed=0)
    except IllegalMoveError:
        raise NotFound from None
    return scenario, position


@lru_cache(maxsize=128)
def _checked(scenario: Scenario) -> tuple[Mapping[str, Sequence[Fault]], AuditRow | None]:
    """Return the faults of a scenario by scene, and how the bots fare where it can be walked."""
    source = scenario.source
    by_scene: dict[str, list[Fault]] = defaultdict(list)
    for fault in checks.check(source):
        by_scene[fault.scene].append(fault)
    bots = None if by_scene else audit.audit_row(source.script)
    return dict(by_scene), bots


@lru_cache(maxsize=128)
def _said(text: str) -> Mapping[tuple[str, str], str]:
    """Return the words of every choice of a kept text, by scene and choice."""
    try:
        script = parse(text).script
    except ScenarioError:  # the format has moved on since: its answers are left out
        return {}
    return {
        (name, choice.id): choice.say
        for name, scene in script.decisions.items()
        for choice in scene.choices
    }


def _chosen(session: Session, practice_id: int, scenario: Scenario) -> Mapping[str, Chosen]:
    """Return what was chosen by scene; answers in words that were changed since are left out."""
    rows = choices.first_answers(session, practice_id, scenario.slugs)
    texts = choices.texts(session, {row[0] for row in rows})
    now = _said(scenario.text)
    counts: dict[str, dict[str, int]] = {
        name: {choice.id: 0 for choice in scene.choices}
        for name, scene in scenario.script.decisions.items()
    }
    for digest, scene, choice, people in rows:
        if (scene, choice) in now and _said(texts[digest]).get((scene, choice)) == now[
            scene, choice
        ]:
            counts[scene][choice] += people
    return {name: _sum(scenario, name, found) for name, found in counts.items()}


def _sum(scenario: Scenario, scene: str, counts: Mapping[str, int]) -> Chosen:
    people = sum(counts.values())
    if people < FEWEST_SHOWN:
        return Chosen(None, dict.fromkeys(counts), everybody=False)
    hidden: Iterable[str] = hidden_groups(counts)
    best = counts[decision(scenario.script, scene).best]
    return Chosen(
        people,
        {choice: None if choice in hidden else count for choice, count in counts.items()},
        everybody=people >= FEWEST_FOR_EVERYBODY and best >= EVERYBODY * people,
    )
