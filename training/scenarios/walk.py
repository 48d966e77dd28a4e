"""Every place a conversation can get to, by walking (scene, state) pairs and never paths.

    arrive {40} ──┬─ seen ─▸ ask {60} ──┬─ half an hour ─▸ good {70, told}   1/4
                  │                     └─ soon ─────────▸ left {60}         1/4
                  └─ busy ─▸ ask {0} ───┬─ half an hour ─▸ left {10, told}   1/4
                                        └─ soon ─────────▸ left {0}          1/4

Twelve decisions make some hundreds of pairs and hundreds of thousands of paths. Random play is
followed as a probability over the pairs, one decision at a time, so its figures are exact.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from training.scenarios.conditions import State
from training.scenarios.script import Script, first_holding

MOST_PAIRS = 50_000
_LONGEST = 40  # decisions after which what is left of random play is called endless

Pair = tuple[str, tuple[int | bool, ...]]


class TooManyPairsError(ValueError):
    """The state of a scenario takes so many values that it cannot be walked."""


@dataclass(slots=True)
class Walk:
    """What walking a scenario found.

    `leads` has for each pair where its choices lead, in order (none at an ending). `fired` and
    `shown` hold (scene or ending, place) of routes taken and variants used; `lost` the routing
    scenes whose routes lead nowhere. `endings` is each ending's probability under random play and
    `lengths` that of each number of decisions.
    """

    start: Pair
    leads: dict[Pair, list[Pair]] = field(default_factory=dict)
    fired: set[tuple[str, int]] = field(default_factory=set)
    shown: set[tuple[str, int]] = field(default_factory=set)
    passed: set[str] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)
    endings: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    lengths: dict[int, float] = field(default_factory=lambda: defaultdict(float))

    @property
    def reached(self) -> set[str]:
        """The scenes and endings that some play gets to."""
        return {place for place, _ in self.leads} | self.passed

    @property
    def shortest(self) -> int:
        """The fewest decisions in a play that ends."""
        return min(self.lengths, default=0)

    @property
    def longest(self) -> int:
        """The most decisions in a play that ends (loops are followed up to 40)."""
        return max(self.lengths, default=0)

    @property
    def typical(self) -> int:
        """The number of decisions that random play most often takes."""
        return max(self.lengths, key=lambda length: self.lengths[length], default=0)

    def stuck(self) -> set[str]:
        """The scenes that go round in a circle from which, in some state, no ending is reached."""
        comes_from: dict[Pair, list[Pair]] = defaultdict(list)
        for pair, leads in self.leads.items():
            for lead in leads:
                comes_from[lead].append(pair)
        saved = {pair for pair, leads in self.leads.items() if not leads}
        waiting = list(saved)
        while waiting:
            for before in comes_from[waiting.pop()]:
                if before not in saved:
                    saved.add(before)
                    waiting.append(before)
        return {place for place, _ in _circling(set(self.leads) - saved, self.leads)}


def walk(script: Script) -> Walk:
    """Walk a scenario whose names are all known; raises TooManyPairsError."""
    names = tuple(script.state)
    found = Walk(start=(script.start, ()))
    start = _arrive(script, script.start, script.state_at_start(), found)
    found.start = _pair(start, script.state_at_start(), names)
    waiting = [found.start]
    while waiting:
        pair = waiting.pop()
        if pair in found.leads:
            continue
        found.leads[pair] = _leads(script, pair, names, found)
        waiting += found.leads[pair]
        if len(found.leads) > MOST_PAIRS:
            raise TooManyPairsError(f"more than {MOST_PAIRS} pairs of scene and state")
    _play_at_random(found, script.endings)
    return found


def _circling(pairs: set[Pair], leads: Mapping[Pair, list[Pair]]) -> set[Pair]:
    """What is left of the pairs when those that only lead into the circle are taken away."""
    while True:
        led_to = {lead for pair in pairs for lead in leads[pair]}
        if pairs <= led_to:
            return pairs
        pairs = pairs & led_to


def _leads(script: Script, pair: Pair, names: Iterable[str], found: Walk) -> list[Pair]:
    place, values = pair
    state: State = dict(zip(names, values, strict=True))
    _note_variant(script, place, state, found)
    if place in script.endings:
        return []
    leads = []
    for choice in script.scenes[place].choices:
        after = script.after(state, choice)
        leads.append(_pair(_arrive(script, choice.next, after, found), after, names))
    return leads


def _arrive(script: Script, target: str, state: State, found: Walk) -> str:
    """Like Script.arrive, noting each route taken; a route that leads nowhere is noted as lost."""
    for _ in range(len(script.scenes) + 1):
        if target in script.endings or script.scenes[target].choices:
            return target
        found.passed.add(target)
        routes = script.scenes[target].routes
        at = first_holding(routes, state)
        if at is None:
            break
        found.fired.add((target, at))
        target = routes[at].next
    found.lost.add(target)
    return target


def _note_variant(script: Script, place: str, state: State, found: Walk) -> None:
    variants = (script.endings.get(place) or script.scenes[place]).variants
    at = first_holding(variants, state)
    if at is not None:
        found.shown.add((place, at))


def _pair(place: str, state: State, names: Iterable[str]) -> Pair:
    return place, tuple(state[name] for name in names)


def _play_at_random(found: Walk, endings: Iterable[str]) -> None:
    now: Mapping[Pair, float] = {found.start: 1.0}
    for taken in range(_LONGEST + 1):
        then: dict[Pair, float] = defaultdict(float)
        for pair, chance in now.items():
            if pair[0] in endings:
                found.endings[pair[0]] += chance
                found.lengths[taken] += chance
            for lead in found.leads[pair]:
                then[lead] += chance / len(found.leads[pair])
        now = then
