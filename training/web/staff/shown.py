"""How a play is shown: the lines of the conversation in order, the patient's face, the trust line.

turns of the core            lines of the page
you   "I'm sorry."           you      "I'm sorry."
scene "He looks up."    ──►  cue      "He looks up."          the patient's reaction first,
patient "Thank you."         coach    "You noticed."          the coach second
                             patient  "Thank you."            ← now: where the reader is led
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from training import rates
from training.scenarios import portraits
from training.scenarios.catalogue import Scenario
from training.scenarios.mastery import FEWEST_DECISIONS, FEWEST_SCENARIOS, Level, Mastery
from training.scenarios.play import Who
from training.scenarios.play import start as opening_of
from training.scenarios.script import Mood
from training.services.debriefs import Page
from training.services.plays import Look
from training.web import charts

LEVEL_WORDS = {Level.BUILDING: "building", Level.WORKING: "working", Level.SOLID: "solid"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a conversation; `kind` is scene, cue, coach, patient, you, thought or ask.

    `speaker` names who speaks where it is not the patient.
    """

    kind: str
    text: str
    new: bool = False
    speaker: str = ""


class Stage:
    """What the player shows of a play."""

    def __init__(self, look: Look) -> None:
        self.lines = list(_lines(look))
        self.now = _where_to_look(self.lines)
        self.portrait = portrait(look.scenario, look.position.mood)
        self.trust = charts.trust(look.position.trust_step * 100 // charts.TRUST_SEGMENTS)
        self.said = _said(look, self.lines)


def portrait(scenario: Scenario, mood: Mood) -> Markup:
    """Return the drawing of a scenario's patient in a mood."""
    drawn = portraits.portrait(scenario.script.patient.portrait, mood)
    return Markup(drawn)  # noqa: S704 - made of our own constant parts


def opening(scenario: Scenario) -> Markup:
    """Return the patient as they look when the conversation begins."""
    return portrait(scenario, opening_of(scenario.script, seed=0).mood)


def _lines(look: Look) -> Iterator[Line]:
    position = look.position
    yield Line("scene", look.scenario.script.brief)
    for at, turn in enumerate(position.turns):
        new = bool(position.steps) and at >= position.new_from
        yield Line("cue" if turn.cue else turn.who.value, turn.text, new, turn.speaker)
        if turn.cue and new:
            yield Line("coach", position.coaching, new)
    if look.hint_open:
        yield Line("thought", position.thought, new=True)
        yield Line("ask", position.hint, new=True)


def _where_to_look(lines: list[Line]) -> int:
    """Return the place of the newest line that matters: the thought opened, else the patient's."""
    last = {line.kind: at for at, line in enumerate(lines)}
    newest = last.get("thought", last.get(Who.PATIENT.value, 0))
    closing = len(lines) - 1
    return newest if lines[newest].new or not lines[closing].new else closing


def _said(look: Look, lines: list[Line]) -> str:
    """Return what is said aloud of a new moment beside the line that is focused."""
    if look.hint_open:
        return "The hint is open. This moment counts half."
    name, position = look.scenario.script.patient.name, look.position
    reaction = [line.text for line in lines if line.new and line.kind == "cue"]
    coach = [f"Coach: {line.text}" for line in lines if line.new and line.kind == "coach"]
    looks = f"{name} now looks {position.mood.words}."
    trust = f"Trust: {position.trust_step} of {charts.TRUST_SEGMENTS}."
    return " ".join([*reaction, looks, trust, *coach])


def trust_figure(page: Page) -> Markup:
    """Return the line of trust beside a strong conversation's, with its description."""
    name, found = page.scenario.script.patient.name, page.debrief
    yours = ", ".join(str(value) for value in found.trust)
    strong = ", ".join(str(value) for value in found.strong_trust)
    return charts.trustline(
        "trust", found.trust, found.strong_trust, title=f"How much {name} trusted you",
        desc=f"Of 100, before each moment and at the end. You: {yours}. Strong: {strong}.",
    )  # fmt: skip


def mastery_words(mastery: Mapping[str, Mastery]) -> dict[str, str]:
    """Return in words, by skill, what first answers have shown so far and how sure that is."""
    return {skill: _mastery(one) for skill, one in mastery.items()}


def _mastery(one: Mastery) -> str:
    if one.level is Level.NOT_ENOUGH:
        return (
            f"not enough yet to say, {_many(one.decisions, 'decision')} in "
            f"{_many(one.scenarios, 'conversation')}. It takes {FEWEST_DECISIONS} decisions in "
            f"{FEWEST_SCENARIOS} conversations."
        )
    spread = rates.likely(one.interval.low, one.interval.high)
    return f"{LEVEL_WORDS[one.level]}, {spread} of the credit, from {one.decisions} decisions."


def _many(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
