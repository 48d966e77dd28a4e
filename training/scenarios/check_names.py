"""Checks of names: everything that a scenario refers to must exist and be of the right kind."""

from collections.abc import Collection, Iterator
from difflib import get_close_matches

from training.scenarios import conditions
from training.scenarios.conditions import Compare
from training.scenarios.faults import Fault
from training.scenarios.reader import Source, written_conditions
from training.scenarios.safe_yaml import Path
from training.scenarios.script import Choice
from training.skills import CHANNELS, ROLES, SKILLS, STAGES


def faults(source: Source) -> Iterator[Fault]:
    """Unknown skills, roles, stage, channel, scenes and states; values of the wrong kind."""
    yield from _unknown_words(source)
    yield from _unknown_targets(source)
    yield from _dead_ends(source)
    yield from _effects(source)
    yield from _conditions(source)
    yield from _unused_states(source)


def _unknown(source: Source, path: Path, what: str, name: str, known: Collection[str]) -> Fault:
    close = get_close_matches(name, known, n=1)
    hint = f"Did you mean {close[0]}?" if close else f"Choose one of: {', '.join(sorted(known))}."
    return source.fault(path, f"There is no {what} “{name}”.", hint)


def _unknown_words(source: Source) -> Iterator[Fault]:
    script = source.script
    single = (("stage", script.stage, STAGES), ("channel", script.channel, CHANNELS))
    listed = (("roles", "role", script.roles, ROLES), ("skills", "skill", script.skills, SKILLS))
    for word, given, known in single:
        if given not in known:
            yield _unknown(source, (word,), word, given, known)
    for key, word, names, known_names in listed:
        for at, name in enumerate(names):
            if name not in known_names:
                yield _unknown(source, (key, at), word, name, known_names)


def _unknown_targets(source: Source) -> Iterator[Fault]:
    script = source.script
    known = [*script.scenes, *script.endings]
    if script.start not in script.scenes:
        yield _unknown(source, ("start",), "scene", script.start, script.scenes)
    for name, scene in script.scenes.items():
        for at, choice in enumerate(scene.choices):
            if choice.next not in known:
                path = ("scenes", name, "choices", at, "next")
                yield _unknown(source, path, "scene or ending", choice.next, known)
        for at, route in enumerate(scene.routes):
            if route.next not in known:
                path = ("scenes", name, "routes", at, "next")
                yield _unknown(source, path, "scene or ending", route.next, known)


def _dead_ends(source: Source) -> Iterator[Fault]:
    for name, scene in source.script.scenes.items():
        path = ("scenes", name)
        if not scene.choices and not scene.routes:
            fix = "Give it choices, or routes, or make it an ending."
            yield source.fault(path, "A dead end: nothing can be said here.", fix)
        if scene.routes and scene.routes[-1].if_ is not None:
            fix = "End the routes with one that has no `if`: {next: …}."
            message = "A dead end: when no condition holds, the conversation stops."
            yield source.fault((*path, "routes", len(scene.routes) - 1), message, fix)
        yield from _choice_ids(source, name, scene.choices)


def _choice_ids(source: Source, scene: str, choices: tuple[Choice, ...]) -> Iterator[Fault]:
    ids = [choice.id for choice in choices]
    for at, choice_id in enumerate(ids):
        if choice_id in ids[:at]:
            path = ("scenes", scene, "choices", at, "id")
            yield source.fault(path, f"Two choices are called “{choice_id}”.", "Rename one.")


def _effects(source: Source) -> Iterator[Fault]:
    states = source.script.state
    for scene, at, choice in _choices(source):
        for name, change in choice.effect.items():
            path = ("scenes", scene, "choices", at, "effect", name)
            if name not in states:
                yield _unknown(source, path, "state", name, states)
            elif states[name].is_flag and not isinstance(change, bool):
                yield source.fault(path, f"“{name}” is yes or no.", "Write true or false.")
            elif not states[name].is_flag and isinstance(change, bool):
                yield source.fault(path, f"“{name}” is a number.", "Write a change such as +10.")


def _conditions(source: Source) -> Iterator[Fault]:
    states = source.script.state
    for path, text in written_conditions(source.script):
        for leaf in conditions.leaves(conditions.parse(text)):
            compared = isinstance(leaf, Compare)
            if leaf.name not in states:
                yield _unknown(source, path, "state", leaf.name, states)
            elif states[leaf.name].is_flag and compared:
                fix = f"Write {leaf.name} or not {leaf.name}."
                yield source.fault(path, f"“{leaf.name}” is yes or no, not a number.", fix)
            elif not states[leaf.name].is_flag and not compared:
                fix = f"Compare it: {leaf.name} >= 60."
                yield source.fault(path, f"“{leaf.name}” is a number.", fix)


def _unused_states(source: Source) -> Iterator[Fault]:
    written = {name for _, _, choice in _choices(source) for name in choice.effect}
    read = {
        leaf.name
        for _, text in written_conditions(source.script)
        for leaf in conditions.leaves(conditions.parse(text))
    }
    for name in source.script.state:
        if name not in written:
            fix = "Set it in the effect of a choice, or remove it."
            yield source.fault(("state", name), f"“{name}” is read before it is set.", fix)
        elif name not in read:
            fix = "Let a variant or a route depend on it, or remove it."
            yield source.fault(("state", name), f"“{name}” changes nothing.", fix)


def _choices(source: Source) -> Iterator[tuple[str, int, Choice]]:
    for name, scene in source.script.scenes.items():
        for at, choice in enumerate(scene.choices):
            yield name, at, choice
