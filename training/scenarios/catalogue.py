"""Every scenario of content/scenarios, with its exact text and digest.

    content/scenarios/fifty-minutes-late/scenario.yaml ──▸ Scenario(script, text, digest)

A play is pinned to a digest; whoever stores plays stores that text once, and `parse` makes the
same Scenario of it again after the file has changed or gone.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from training.scenarios.faults import Fault, ScenarioError
from training.scenarios.play import Move
from training.scenarios.reader import Source, read
from training.scenarios.refresh import lead_ins
from training.scenarios.script import Script
from training.scenarios.walk import Walk, walk
from training.skills import CONTENT

FOLDER = CONTENT / "scenarios"
FILE = "scenario.yaml"


class UnknownScenarioError(LookupError):
    """No scenario has this slug, nor had it before it was renamed."""


@dataclass(frozen=True)
class Scenario:
    """A scenario, the text it was read from, and that text's SHA-256 in 64 hexadecimal digits."""

    text: str = field(repr=False)
    source: Source = field(repr=False, compare=False)
    digest: str

    @property
    def script(self) -> Script:
        """The scenario itself."""
        return self.source.script

    @property
    def slug(self) -> str:
        """The scenario's slug."""
        return self.script.slug

    @property
    def slugs(self) -> frozenset[str]:
        """Its slug, and those it had before it was renamed."""
        return frozenset({self.slug, *self.script.renamed_from})

    @cached_property
    def lead_ins(self) -> Mapping[str, tuple[Move, ...]]:
        """The fewest moves that lead to each decision."""
        return lead_ins(self.script)

    @cached_property
    def walk(self) -> Walk:
        """Where its conversation can go; `walk.typical` is the usual number of decisions."""
        return walk(self.script)


def parse(text: str, file: str = FILE) -> Scenario:
    """Read a scenario from its text; raises ScenarioError."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Scenario(text=text, source=read(text, file), digest=digest)


def load_file(path: Path) -> Scenario:
    """Read a scenario from its file; raises ScenarioError, whose faults name the file."""
    file = name_of(path)
    try:
        return parse(path.read_bytes().decode("utf-8"), file)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        fault = Fault(file, line, "", "The file is not UTF-8 text.", "Save it again as UTF-8.")
        raise ScenarioError([fault]) from error


def name_of(path: Path) -> str:
    """A file as faults name it: from the checkout down where it lies inside, else in full."""
    inside = path.is_relative_to(CONTENT.parent)
    return str(path.relative_to(CONTENT.parent) if inside else path)


def files(folder: Path = FOLDER) -> list[Path]:
    """The scenario files of a folder, by name; the one of a scenario's own folder."""
    own = folder / FILE
    return [own] if own.is_file() else sorted(folder.glob(f"*/{FILE}"))


class Catalogue:
    """The scenarios there are, by slug; a slug from before a renaming still finds its scenario.

    `faults` are those of files that could not be read: the others are there all the same.
    """

    def __init__(self, scenarios: Iterable[Scenario], faults: Iterable[Fault] = ()) -> None:
        self.faults = tuple(faults)
        self._by_slug = {scenario.slug: scenario for scenario in scenarios}
        self._renamed = {
            former: scenario
            for scenario in self._by_slug.values()
            for former in scenario.script.renamed_from
        }

    @classmethod
    def of(cls, folder: Path = FOLDER) -> "Catalogue":
        """All scenarios of a folder that can be read."""
        found: list[Scenario] = []
        faults: list[Fault] = []
        for path in files(folder):
            try:
                found.append(load_file(path))
            except ScenarioError as error:
                faults += error.faults
        return cls(found, faults)

    def __iter__(self) -> Iterator[Scenario]:
        """The conversations of the library, by title; transfer checks are not among them."""
        library = [one for one in self._by_slug.values() if one.script.kind == "rehearsal"]
        return iter(sorted(library, key=lambda scenario: scenario.script.title))

    @property
    def every(self) -> tuple[Scenario, ...]:
        """Every scenario, the transfer checks too, by slug."""
        return tuple(self._by_slug[slug] for slug in sorted(self._by_slug))

    def get(self, slug: str) -> Scenario:
        """The scenario of that slug, or that had it once; raises UnknownScenarioError."""
        scenario = self._by_slug.get(slug) or self._renamed.get(slug)
        if scenario is None:
            raise UnknownScenarioError(slug)
        return scenario

    def current(self, slug: str) -> str:
        """The slug that a scenario has now; the slug itself where there is none of it any more."""
        scenario = self._by_slug.get(slug) or self._renamed.get(slug)
        return scenario.slug if scenario else slug

    def for_role(self, role: str) -> list[Scenario]:
        """The conversations written for a role, by title."""
        return [scenario for scenario in self if role in scenario.script.roles]

    def for_skill(self, skill: str, role: str) -> list[Scenario]:
        """A role's conversations that train a skill, those that it comes first in first."""
        fitting = [one for one in self.for_role(role) if skill in one.script.skills]
        return sorted(fitting, key=lambda scenario: scenario.script.skills.index(skill))


@lru_cache(maxsize=1)
def load() -> Catalogue:
    """The catalogue of content/scenarios, read once."""
    return Catalogue.of(FOLDER)
