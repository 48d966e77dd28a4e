"""The map of a scenario: its scenes and endings in columns, and what leads where.

    column 0   1        2        3
    door ───▸ arrive ─┬▸ ask ──▸ settle ─┬▸ good        arrive ─seen─▸ ask
                      └▸ ask             └▸ left        settle ─trust >= 60 and told─▸ good

A place stands one column after the last of those that lead to it, endings in the last column of
all, so that every line goes forward; only a loop goes back. What nothing leads to stands last.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from training.scenarios.key import decision
from training.scenarios.script import Script


class Kind(StrEnum):
    """What a place of the map is."""

    DECISION = "decision"
    ROUTES = "routes"
    ENDING = "ending"


@dataclass(frozen=True, slots=True)
class Place:
    """A scene or an ending; `column` and `row` count from 0."""

    name: str
    title: str
    kind: Kind
    column: int
    row: int


@dataclass(frozen=True, slots=True)
class Lead:
    """What leads from a place to another: a reply, or a route with its condition ("" for always).

    `best` marks the best reply of a decision.
    """

    source: str
    target: str
    label: str
    best: bool = False


@dataclass(frozen=True, slots=True)
class StoryMap:
    """Places by column and row, and what leads from one to another in the order written."""

    places: tuple[Place, ...]
    leads: tuple[Lead, ...]

    def from_(self, name: str) -> tuple[Lead, ...]:
        """What leads on from a place."""
        return tuple(lead for lead in self.leads if lead.source == name)

    @property
    def size(self) -> tuple[int, int]:
        """How many columns there are, and rows in the tallest."""
        columns = 1 + max(place.column for place in self.places)
        return columns, 1 + max(place.row for place in self.places)


def story_map(script: Script) -> StoryMap:
    """The map of a scenario; leads to places that do not exist are left out."""
    names = [*script.scenes, *script.endings]
    leads = tuple(lead for lead in _leads(script) if lead.target in names)
    columns = _columns(script, leads)
    rows: dict[int, int] = {}
    places = []
    for name in names:
        column = columns[name]
        row = rows[column] = rows.get(column, -1) + 1
        places.append(Place(name, _title(script, name), _kind(script, name), column, row))
    return StoryMap(tuple(places), leads)


def outline(script: Script) -> str:
    """The map in plain text: every place, and under it what leads on from there; ★ is the best."""
    drawn = story_map(script)
    lines = [f"{script.slug}: {script.title}"]
    for place in sorted(drawn.places, key=lambda one: (one.column, one.row)):
        lines.append(f"\n{place.name}  [{place.kind.value}] {place.title}".rstrip())
        for lead in drawn.from_(place.name):
            star = "★" if lead.best else " "
            lines.append(f"  {star} {lead.label or 'always'} → {lead.target}")
    return "\n".join(lines)


def _leads(script: Script) -> list[Lead]:
    found = []
    for name, scene in script.scenes.items():
        best = decision(script, name).best if scene.choices else ""
        found += [Lead(name, one.next, one.id, one.id == best) for one in scene.choices]
        found += [Lead(name, route.next, route.if_ or "") for route in scene.routes]
    return found


def _columns(script: Script, leads: tuple[Lead, ...]) -> Mapping[str, int]:
    onward: dict[str, list[str]] = {}
    for lead in leads:
        onward.setdefault(lead.source, []).append(lead.target)
    order = _in_order(script.start, onward)
    columns = dict.fromkeys(order, 0)
    for at, name in enumerate(order):
        for target in onward.get(name, []):
            if target in order[at + 1 :]:  # else it leads back
                columns[target] = max(columns[target], columns[name] + 1)
    last = max(columns.values())
    endings = dict.fromkeys(columns.keys() & script.endings.keys(), last)
    lost = dict.fromkeys([*script.scenes, *script.endings], last + 1)
    return {**lost, **columns, **endings}


def _in_order(start: str, onward: Mapping[str, list[str]]) -> list[str]:
    """The places from the start on, each after all that lead to it, loops apart."""
    seen: set[str] = set()
    done: list[str] = []
    stack = [(start, iter(onward.get(start, [])))]
    seen.add(start)
    while stack:
        name, rest = stack[-1]
        following = next((one for one in rest if one not in seen), None)
        if following is None:
            done.append(name)
            stack.pop()
        else:
            seen.add(following)
            stack.append((following, iter(onward.get(following, []))))
    return done[::-1]


def _title(script: Script, name: str) -> str:
    ending = script.endings.get(name)
    return ending.title if ending else script.scenes[name].title


def _kind(script: Script, name: str) -> Kind:
    if name in script.endings:
        return Kind.ENDING
    return Kind.DECISION if script.scenes[name].choices else Kind.ROUTES
