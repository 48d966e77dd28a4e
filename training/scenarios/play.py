"""A play as a pure fold over its moves: where the conversation stands, and all that was said.

    start(script, seed) ─▸ Position(arrive, trust 40) ─"seen"─▸ Position(ask, trust 60) ─▸ …
    replay(script, [Move("arrive", "seen")], seed) gives the second of them, every time.

Nothing but the moves is kept, so going one step back is leaving the last of them out, and a play
can be taken up again anywhere. The choices of a scene are shuffled once a play, by its seed.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from training.scenarios.conditions import State
from training.scenarios.script import TRUST, Choice, Ending, Mood, Scene, Script

_TRUST_STEPS = 5


class IllegalMoveError(ValueError):
    """A move that the conversation does not allow: another scene, another choice, or after its end."""


@dataclass(frozen=True, slots=True)
class Move:
    """One choice made; `hinted` when the patient's thought was looked at first."""

    scene: str
    choice: str
    hinted: bool = False


class Who(StrEnum):
    """Whose turn it was."""

    SCENE = "scene"
    PATIENT = "patient"
    YOU = "you"


@dataclass(frozen=True, slots=True)
class Turn:
    """One line of the conversation so far.

    `cue` marks what one sees of the patient's reaction, `speaker` names who speaks in their place.
    """

    who: Who
    text: str
    cue: bool = False
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """A choice as it is offered: its words only, nothing of what it earns."""

    id: str
    say: str


@dataclass(frozen=True, slots=True)
class Step:
    """A move as it was lived: what the patient had said, the choice, and the state around it."""

    scene: str
    patient_said: str
    choice: Choice
    hinted: bool
    before: State
    after: State


@dataclass(frozen=True, slots=True)
class Position:
    """Where a play stands.

    `place` is a scene's id, or an ending's when `ending` is not None (then there are no replies).
    `turns` is all that was said and seen, of which those from `new_from` on came of the last move.
    `coaching` is the reason for the last reply's credit, "" before the first.
    """

    place: str
    title: str
    mood: Mood
    says: str
    thought: str
    hint: str
    replies: tuple[Reply, ...]
    state: State
    turns: tuple[Turn, ...]
    new_from: int
    coaching: str
    steps: tuple[Step, ...]
    trust_step: int
    ending: Ending | None = None

    @property
    def decisions(self) -> tuple[str, ...]:
        """The scenes whose decisions have been met and taken, in order."""
        return tuple(step.scene for step in self.steps)

    @property
    def number(self) -> int:
        """Which moment this is, counted from 1."""
        return len(self.steps) + 1


def start(script: Script, seed: int) -> Position:
    """The beginning of a play."""
    return replay(script, (), seed)


def replay(script: Script, moves: Iterable[Move], seed: int) -> Position:
    """Where a play stands after these moves; raises IllegalMoveError."""
    state = script.state_at_start()
    place = script.arrive(script.start, state)
    turns = _opening_turns(script, place, state)
    new_from = 0
    steps: list[Step] = []
    for move in moves:
        choice = _allowed(script, place, move)
        after = script.after(state, choice)
        said = _shown(script, place, state).says
        steps.append(Step(place, said, choice, move.hinted, state, after))
        place, state = script.arrive(choice.next, after), after
        new_from = len(turns)
        turns += [Turn(Who.YOU, choice.say), Turn(Who.SCENE, choice.patient_reacts, cue=True)]
        turns += _opening_turns(script, place, state)
    return _position(script, place, state, steps, turns, new_from, seed)


def trust_step(script: Script, state: State) -> int:
    """The patient's trust on the five steps from closed (1) to open (5)."""
    value = script.state[TRUST]
    share = (state[TRUST] - value.min) / max(1, value.max - value.min)
    return min(_TRUST_STEPS, int(share * _TRUST_STEPS) + 1)


def shuffled(choices: Iterable[Choice], scene: str, seed: int) -> tuple[Choice, ...]:
    """The choices of a scene in the order of this play: the same on every machine and version."""

    def place(choice: Choice) -> bytes:
        return hashlib.sha256(f"{seed}:{scene}:{choice.id}".encode()).digest()

    return tuple(sorted(choices, key=place))


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a scene or an ending shows in a given state, its variants considered."""

    setting: str
    mood: Mood
    says: str
    thought: str = ""
    closing: str = ""


def _shown(script: Script, place: str, state: State) -> _Shown:
    if place in script.endings:
        return _shown_ending(script.endings[place], state)
    return _shown_scene(script.scenes[place], state)


def _shown_scene(scene: Scene, state: State) -> _Shown:
    other = scene.variant(state)
    return _Shown(
        setting=(other and other.setting) or scene.setting or "",
        mood=(other and other.mood) or scene.mood or Mood.GUARDED,
        says=(other and other.says) or scene.says or "",
        thought=(other and other.thought) or scene.thought or "",
    )


def _shown_ending(ending: Ending, state: State) -> _Shown:
    other = ending.variant(state)
    return _Shown(
        setting="",
        mood=(other and other.mood) or ending.mood,
        says=(other and other.says) or ending.says or "",
        closing=(other and other.text) or ending.text,
    )


def _opening_turns(script: Script, place: str, state: State) -> list[Turn]:
    shown = _shown(script, place, state)
    speaker = script.scenes[place].speaker if place in script.scenes else ""
    lines = (
        Turn(Who.SCENE, shown.setting),
        Turn(Who.PATIENT, shown.says, speaker=speaker),
        Turn(Who.SCENE, shown.closing),
    )
    return [line for line in lines if line.text]


def _allowed(script: Script, place: str, move: Move) -> Choice:
    if place in script.endings:
        raise IllegalMoveError(f"the conversation has ended at {place}")
    if move.scene != place:
        raise IllegalMoveError(f"the conversation is at {place}, not at {move.scene}")
    choice = script.scenes[place].choice(move.choice)
    if choice is None:
        raise IllegalMoveError(f"{place} has no choice {move.choice}")
    return choice


def _position(
    script: Script,
    place: str,
    state: State,
    steps: list[Step],
    turns: list[Turn],
    new_from: int,
    seed: int,
) -> Position:
    shown = _shown(script, place, state)
    ending = script.endings.get(place)
    scene = script.scenes.get(place)
    offered = shuffled(scene.choices, place, seed) if scene else ()
    return Position(
        place=place,
        title=ending.title if ending else script.scenes[place].title,
        mood=shown.mood,
        says=shown.says,
        thought=shown.thought,
        hint=(scene and scene.hint) or "",
        replies=tuple(Reply(choice.id, choice.say) for choice in offered),
        state=state,
        turns=tuple(turns),
        new_from=new_from,
        coaching=steps[-1].choice.why if steps else "",
        steps=tuple(steps),
        trust_step=trust_step(script, state),
        ending=ending,
    )
