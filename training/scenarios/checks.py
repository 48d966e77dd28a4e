"""Everything a machine can say against a scenario, and against the library as a whole.

    scenario.yaml ──▸ form (reader) ──▸ names ──▸ paths, key, prose, bots ──▸ faults

Later checks need the earlier: a conversation with an unknown scene cannot be walked. Each fault
has its file, line, scene, and what to do about it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from training.scenarios import audit, check_key, check_names, check_paths, check_prose
from training.scenarios.catalogue import FILE, FOLDER, Scenario, files, load_file
from training.scenarios.faults import Fault, ScenarioError
from training.scenarios.reader import Source


def check(source: Source) -> list[Fault]:
    """The faults of one scenario that could be read, in the order of its lines."""
    found = [*check_names.faults(source), *check_prose.faults(source)]
    if not any(check_names.faults(source)):
        unwalked = [*check_paths.faults(source), *check_key.faults(source)]
        found += unwalked or audit.faults(source)
    return sorted(found)


def check_all(folder: Path = FOLDER) -> list[Fault]:
    """The faults of every scenario of a folder and of the library they make together.

    Of a scenario's own folder: its faults alone, for a library is not there to be looked at.
    """
    found: list[Fault] = []
    read: list[Scenario] = []
    paths = files(folder)
    for path in paths:
        try:
            scenario = load_file(path)
        except ScenarioError as error:
            found += error.faults
            continue
        read.append(scenario)
        found += check(scenario.source)
        found += _folder_name(scenario, path)
    alone = paths == [folder / FILE]
    return sorted(found if alone else [*found, *check_library(read)])


def check_library(scenarios: Iterable[Scenario]) -> Iterator[Fault]:
    """What no single file shows: slugs and patients used twice, transfer checks that are missing."""
    library = list(scenarios)
    by_slug: dict[str, list[Scenario]] = defaultdict(list)
    by_patient: dict[str, list[Scenario]] = defaultdict(list)
    for scenario in library:
        for slug in (scenario.slug, *scenario.script.renamed_from):
            by_slug[slug].append(scenario)
        if scenario.script.kind == "rehearsal":
            by_patient[scenario.script.patient.name].append(scenario)
    yield from _twice(by_slug, ("slug",), "The slug", "Give one of them another.")
    yield from _twice(by_patient, ("patient", "name"), "The patient", "Name one differently.")
    for scenario in library:
        yield from _transfer(scenario, by_slug)


def _folder_name(scenario: Scenario, path: Path) -> Iterator[Fault]:
    if path.parent.name != scenario.slug:
        message = f"The slug is {scenario.slug}, the folder {path.parent.name}."
        yield scenario.source.fault(("slug",), message, "Rename the folder or the slug.")


def _twice(
    named: dict[str, list[Scenario]], path: tuple[str, ...], what: str, fix: str
) -> Iterator[Fault]:
    for name, users in named.items():
        for scenario in users[1:]:
            message = f"{what} {name} is that of {users[0].source.document.file} too."
            yield scenario.source.fault(path, message, fix)


def _transfer(scenario: Scenario, by_slug: dict[str, list[Scenario]]) -> Iterator[Fault]:
    slug = scenario.script.debrief.transfer
    if slug is None:
        return
    path = ("debrief", "transfer")
    if slug not in by_slug:
        fix = "Write it, or remove `transfer` until there is one."
        yield scenario.source.fault(path, f"There is no scenario {slug}.", fix)
    elif by_slug[slug][0].script.kind != "transfer":
        fix = "Write `kind: transfer` in it, or name another."
        yield scenario.source.fault(path, f"{slug} is not a transfer check.", fix)
