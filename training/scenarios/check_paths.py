"""Checks of where a conversation can go, by walking every (scene, state) pair of it."""

from collections.abc import Iterator

from training.scenarios.faults import Fault
from training.scenarios.reader import Source
from training.scenarios.walk import MOST_PAIRS, TooManyPairsError, Walk, walk

RAREST_ENDING = 0.02
FEWEST_DECISIONS, MOST_DECISIONS = 4, 9
_TRANSFER_DECISIONS = (1, 3)


def faults(source: Source) -> Iterator[Fault]:
    """Scenes never reached, loops without exit, idle routes, rare endings, plays too short or long.

    Expects a scenario whose names were checked.
    """
    try:
        walked = walk(source.script)
    except TooManyPairsError:
        fix = "Let trust change in steps of 5 or 10, and use fewer states."
        yield source.fault(("state",), f"The state takes more than {MOST_PAIRS} values.", fix)
        return
    yield from _unreached(source, walked)
    yield from _loops(source, walked)
    yield from _idle_routes(source, walked)
    yield from _rare_endings(source, walked)
    yield from _length(source, walked)


def _unreached(source: Source, walked: Walk) -> Iterator[Fault]:
    fix = "Let a choice or a route lead to it, or remove it."
    for name in source.script.scenes:
        if name not in walked.reached:
            yield source.fault(("scenes", name), f"The scene “{name}” is never reached.", fix)
    for name in source.script.endings:
        if name not in walked.reached:
            yield source.fault(("endings", name), f"The ending “{name}” is never reached.", fix)


def _loops(source: Source, walked: Walk) -> Iterator[Fault]:
    for name in sorted(walked.stuck() | walked.lost):
        message = "A loop without exit: from here the conversation may never end."
        fix = "Let at least one choice or route lead on towards an ending."
        yield source.fault(("scenes", name), message, fix)


def _idle_routes(source: Source, walked: Walk) -> Iterator[Fault]:
    for name, scene in source.script.scenes.items():
        for at, route in enumerate(scene.routes):
            if name in walked.passed and (name, at) not in walked.fired:
                message = f"The route to “{route.next}” can never be taken."
                fix = "Change its condition, the routes before it, or what the choices add up to."
                yield source.fault(("scenes", name, "routes", at), message, fix)
    for path, place in source.script.places.items():
        for at, variant in enumerate(place.variants):
            if path[1] in walked.reached and (path[1], at) not in walked.shown:
                message = f"The variant “{variant.if_}” is never shown."
                fix = "Change its condition, or the variants before it."
                yield source.fault((*path, "variants", at), message, fix)


def _rare_endings(source: Source, walked: Walk) -> Iterator[Fault]:
    for name in source.script.endings:
        chance = walked.endings.get(name, 0.0)
        if name in walked.reached and chance < RAREST_ENDING:
            message = f"Only {chance:.1%} of random plays reach the ending “{name}”."
            fix = "Loosen the condition that leads to it, or join it with another ending."
            yield source.fault(("endings", name), message, fix)


def _length(source: Source, walked: Walk) -> Iterator[Fault]:
    transfer = source.script.kind == "transfer"
    fewest, most = _TRANSFER_DECISIONS if transfer else (FEWEST_DECISIONS, MOST_DECISIONS)
    if walked.lengths and not fewest <= walked.shortest <= walked.longest <= most:
        message = f"A play takes {walked.shortest} to {walked.longest} decisions."
        fix = f"Let every play take {fewest} to {most}."
        yield source.fault(("scenes",), message, fix)
