"""Checks of the key: whether each decision has one best reply, and tests judgement."""

from collections.abc import Iterator

from training.scenarios import wording
from training.scenarios.faults import Fault
from training.scenarios.key import FEWEST_RATERS, Decision, decision
from training.scenarios.reader import Source
from training.scenarios.safe_yaml import Path
from training.scenarios.script import CREDITS, TRUST, Choice, Scene

FEWEST_PER_SKILL = 2
_REPLIES = (3, 4)
_GOOD_ENOUGH = 0.67
_GIVEAWAYS = 3


def faults(source: Source) -> Iterator[Fault]:
    """Ties, best replies that are not good or lower trust, tells by length or sweeping words.

    Expects a scenario whose names were checked.
    """
    ratings = list(_ratings(source))
    yield from ratings
    yield from _patients(source)
    yield from _declared_skills(source)
    for name, scene in source.script.decisions.items():
        yield from _replies(source, name, scene)
        if scene.skills and not ratings:
            yield from _best(source, name, scene, decision(source.script, name))
    if not ratings:
        yield from _longest(source)
        yield from _sweeping(source)


def _declared_skills(source: Source) -> Iterator[Fault]:
    script = source.script
    fewest = 1 if script.kind == "transfer" else FEWEST_PER_SKILL
    for at, skill in enumerate(script.skills):
        met = sum(skill in scene.skills for scene in script.decisions.values())
        if met < fewest:
            message = f"The skill {skill} is declared and only {met} decisions are about it."
            fix = f"Give credit for it in at least {fewest} decisions, or remove it from skills."
            yield source.fault(("skills", at), message, fix)


def _replies(source: Source, name: str, scene: Scene) -> Iterator[Fault]:
    path: Path = ("scenes", name, "choices")
    if not _REPLIES[0] <= len(scene.choices) <= _REPLIES[1]:
        fix = "Offer three or four replies, each of which a colleague might really say."
        yield source.fault(path, f"There are {len(scene.choices)} replies.", fix)
    if not scene.skills:
        fix = "Give at least one reply credit for a skill of the scenario."
        yield source.fault(path, "No reply earns anything here.", fix)
    for at, choice in enumerate(scene.choices):
        for skill, credit in choice.credit.items():
            where = (*path, at, "credit", skill)
            if skill not in source.script.skills:
                fix = "Add it to `skills` of the scenario, or give no credit for it."
                yield source.fault(where, f"The skill {skill} is not declared.", fix)
            if credit not in CREDITS:
                fix = "Write 1, 0.67, 0.33 or 0: best, good, weak, none."
                yield source.fault(where, f"Credit cannot be {credit:g}.", fix)


def _best(source: Source, name: str, scene: Scene, key: Decision) -> Iterator[Fault]:
    path: Path = ("scenes", name, "choices")
    best = key.quality(key.best)
    tied = [choice.id for choice in scene.choices if abs(key.quality(choice.id) - best) < 1e-9]
    if len(tied) > 1 and key.scored:
        fix = "Decide which is better and say why, or make one of them clearly weaker."
        yield source.fault(path, f"A tie for the best reply: {', '.join(tied)}.", fix)
    if best < _GOOD_ENOUGH:
        fix = "Write a reply that is really good, or raise its credit."
        yield source.fault(path, f"The best reply, {key.best}, earns only {best:.2f}.", fix)
    for skill in key.skills:
        if not key.possible(skill):
            fix = "Remove the skill here, or give the reply that shows it credit."
            yield source.fault(path, f"No reply earns anything for {skill}.", fix)
    if not key.scored and not scene.discuss:
        message = "The panel disagrees about these replies, so the decision is not scored."
        fix = "Rewrite them and have them rated again, or write `discuss: true`."
        yield source.fault(path, message, fix)
    yield from _trust(source, name, scene, key.best)


def _trust(source: Source, name: str, scene: Scene, best: str) -> Iterator[Fault]:
    for at, choice in enumerate(scene.choices):
        change = choice.effect.get(TRUST, 0)
        if choice.id == best and change < 0 and not choice.hard_truth:
            message = f"The best reply, {best}, lowers trust by {-change}."
            fix = "Add `hard_truth: true` if it should, else raise its effect on trust."
            yield source.fault(("scenes", name, "choices", at, "effect"), message, fix)


def _longest(source: Source) -> Iterator[Fault]:
    script = source.script
    giveaways, chance = [], 0.0
    for name, scene in script.decisions.items():
        chance += 1 / len(scene.choices)
        longest = max(scene.choices, key=lambda choice: len(choice.say))
        if longest.id == decision(script, name).best:
            giveaways.append(name)
    if len(giveaways) > chance + 1:
        message = (
            f"The longest reply is the best one in {len(giveaways)} of {len(script.decisions)} "
            f"decisions: {', '.join(giveaways)}."
        )
        fix = f"Shorten the best or lengthen another, until it is so in {chance + 1:.0f} at most."
        yield source.fault(("scenes", giveaways[0]), message, fix)


def _sweeping(source: Source) -> Iterator[Fault]:
    script = source.script
    wrong: list[tuple[str, Choice]] = []
    for name, scene in script.decisions.items():
        best = decision(script, name).best
        swept = [choice for choice in scene.choices if wording.sweeping_words(choice.say)]
        if any(choice.id == best for choice in swept):
            return
        wrong += [(name, choice) for choice in swept]
    if len(wrong) >= _GIVEAWAYS:
        used = ", ".join(f"{name}.{choice.id}" for name, choice in wrong)
        message = f"Sweeping words (always, never, nobody …) stand in wrong replies only: {used}."
        fix = "Take them out of some, or let a best reply use one too."
        yield source.fault(("scenes", wrong[0][0]), message, fix)


def _patients(source: Source) -> Iterator[Fault]:
    if source.script.key.by == "panel" and not source.script.key.patients:
        fix = "Write `patients:`, how many of the raters are patients; there must be one."
        yield source.fault(("key",), "The panel has no patient among its raters.", fix)


def _ratings(source: Source) -> Iterator[Fault]:
    script = source.script
    if script.key.by == "author":
        return
    for name, scene in script.decisions.items():
        given = script.key.ratings.get(name, {})
        counts = {len(given.get(choice.id, ())) for choice in scene.choices}
        extra = set(given) - {choice.id for choice in scene.choices}
        if len(counts) != 1 or min(counts) < FEWEST_RATERS or extra:
            message = f"The panel's ratings of “{name}” are not complete."
            fix = f"Every choice needs the ratings of the same {FEWEST_RATERS} or more raters."
            yield source.fault(("key", "ratings", name), message, fix)
