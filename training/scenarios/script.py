"""The format of a scenario, as types: what a scenario.yaml may say, and nothing else.

    arrive ──"Fifty minutes is long, and I'm sorry."──▸ ask ──▸ … ──▸ settle
      │        trust +20                                                │ if trust >= 60 and told
      └──"We are busy."──▸ ask                                          ├──▸ good
                                                                        └──▸ left

A *scene* is what the patient says; it has *choices* (what you may answer) or *routes* (where the
state sends the conversation); an *ending* is where it stops. The JSON Schema of these types is
content/schema/scenario.schema.json, so that an editor completes and checks while one types.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, model_validator

from training.scenarios import conditions
from training.scenarios.conditions import State

TRUST = "trust"  # the one state that every scenario has: the trust line of the debrief
CREDITS = (0.0, 0.33, 0.67, 1.0)  # the four ranks inside a decision


class Mood(StrEnum):
    """How the patient looks, in a word; the portrait draws it and the page says it."""

    ANGRY = "angry"
    UPSET = "upset"
    WORRIED = "worried"
    TENSE = "tense"
    GUARDED = "guarded"
    CALMER = "calmer"
    AT_EASE = "at_ease"

    @property
    def words(self) -> str:
        """The mood as it is written after "looks"."""
        return self.value.replace("_", " ")


class Outcome(StrEnum):
    """What the patient felt and did in the end; kept apart from the credit for what you said."""

    GOOD = "good"
    MIXED = "mixed"
    POOR = "poor"


class Strict(BaseModel):
    """A part of the format: strict types, no unknown words, never changed after reading."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Words = Annotated[str, Field(min_length=1, max_length=600)]


class Portrait(Strict):
    """The parts a patient's portrait is drawn from (see portraits.py)."""

    skin: Literal["pale", "light", "olive", "tan", "brown", "dark"]
    hair: Literal["bald", "short", "curls", "bob", "long", "bun", "headscarf"]
    hair_colour: Literal["black", "brown", "auburn", "fair", "grey", "white", "plum", "teal"]
    clothes: Literal["teal", "coral", "lilac", "navy", "moss", "sand"]
    glasses: StrictBool = False
    beard: StrictBool = False
    older: StrictBool = False


class Patient(Strict):
    """Who you are talking to. `about` is a few words: age and why they are here."""

    name: Annotated[str, Field(min_length=1, max_length=60)]
    about: Words
    portrait: Portrait


class StateValue(Strict):
    """One thing the conversation remembers: a number kept between min and max, or yes/no."""

    start: StrictInt | StrictBool
    min: StrictInt = 0
    max: StrictInt = 100
    label: str = ""

    @property
    def is_flag(self) -> bool:
        """Whether this is a yes-or-no state."""
        return isinstance(self.start, bool)


class Choice(Strict):
    """Something you may say, what it earns, what it changes, and why."""

    id: Identifier
    say: Words
    credit: dict[str, Annotated[float, Field(ge=0, le=1)]] = {}
    effect: dict[str, StrictInt | StrictBool] = {}
    patient_reacts: Words
    why: Words
    next: Identifier
    hard_truth: StrictBool = Field(
        default=False, description="The best reply, although the patient trusts you less for it."
    )


class Guarded(Strict):
    """Something that is so when a condition holds."""

    if_: str = Field(alias="if")
    mood: Mood | None = Field(default=None, strict=False)
    says: Words | None = None


class Variant(Guarded):
    """What changes about a scene when its condition holds; the first that holds is used."""

    setting: Words | None = None
    thought: Words | None = None


class Route(Strict):
    """Where the conversation goes, if the condition holds; without one, always."""

    if_: str | None = Field(default=None, alias="if")
    next: Identifier


class Scene(Strict):
    """A moment: the patient speaks and you choose, or the state decides where to go next.

    `title` is for maps and debriefs; `speaker` who speaks where it is not the patient; `thought`
    what the patient does not say and `hint` a question to put to yourself, both shown when asked
    for. `discuss`: the author knows that a panel disagreed; it is talked over and not scored.
    """

    title: str = ""
    speaker: Annotated[str, Field(max_length=60)] = ""
    setting: Words | None = None
    mood: Mood | None = Field(default=None, strict=False)
    says: Words | None = None
    thought: Words | None = None
    hint: Words | None = None
    discuss: StrictBool = False
    variants: tuple[Variant, ...] = Field(default=(), strict=False)
    choices: tuple[Choice, ...] = Field(default=(), strict=False)
    routes: tuple[Route, ...] = Field(default=(), strict=False)

    @model_validator(mode="after")
    def _speaks_or_routes(self) -> Self:
        if self.choices and self.routes:
            raise ValueError("a scene has choices or routes, not both: move the routes to a scene")
        needed = ("title", "mood", "says", "thought", "hint")
        absent = [word for word in needed if self.choices and not getattr(self, word)]
        if absent:
            raise ValueError(f"a scene with choices also needs {', '.join(absent)}")
        return self

    @cached_property
    def skills(self) -> tuple[str, ...]:
        """The skills this decision is about: those any of its choices is given credit for."""
        return tuple(dict.fromkeys(skill for choice in self.choices for skill in choice.credit))

    def choice(self, choice_id: str) -> Choice | None:
        """The choice with this id, if it is one of this scene."""
        return next((choice for choice in self.choices if choice.id == choice_id), None)

    def variant(self, state: State) -> Variant | None:
        """The first variant whose condition holds of the state."""
        at = first_holding(self.variants, state)
        return None if at is None else self.variants[at]


class EndingVariant(Guarded):
    """What changes about an ending when its condition holds; the first that holds is used."""

    text: Words | None = None


class Ending(Strict):
    """Where a conversation stops: a title for the debrief, and what became of it."""

    outcome: Outcome = Field(strict=False)
    title: Words
    mood: Mood = Field(strict=False)
    says: Words | None = None
    text: Words
    variants: tuple[EndingVariant, ...] = Field(default=(), strict=False)

    def variant(self, state: State) -> EndingVariant | None:
        """The first variant whose condition holds of the state."""
        at = first_holding(self.variants, state)
        return None if at is None else self.variants[at]


class Closing(Strict):
    """What the debrief asks; `transfer` is the slug of a short unseen scenario for a later day."""

    ask: Words
    plan: Words
    transfer: Slug | None = None


class Key(Strict):
    """Who says which reply is better.

    A panel's `ratings` are each rater's 1–5 by scene and choice; `patients` counts the patients.
    """

    by: Literal["author", "panel"]
    patients: Annotated[int, Field(ge=0)] = 0
    ratings: dict[str, dict[str, list[Annotated[int, Field(ge=1, le=5)]]]] = {}


class Script(Strict):
    """A whole scenario, as written."""

    format: Literal["bedside-scenario/1"]
    kind: Literal["rehearsal", "transfer"] = "rehearsal"
    slug: Slug
    renamed_from: tuple[Slug, ...] = Field(default=(), strict=False)
    version: Annotated[int, Field(ge=1)]
    language: Annotated[str, Field(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")]
    title: Annotated[str, Field(min_length=1, max_length=80)]
    roles: tuple[str, ...] = Field(min_length=1, strict=False)
    stage: str
    channel: str
    skills: tuple[str, ...] = Field(min_length=1, max_length=3, strict=False)
    minutes: Annotated[int, Field(ge=1, le=30)]
    content_note: Words | None = None
    patient: Patient
    brief: Words
    aim: Words
    state: dict[Identifier, StateValue]
    start: Identifier
    scenes: dict[Identifier, Scene] = Field(min_length=1)
    endings: dict[Identifier, Ending] = Field(min_length=2)
    debrief: Closing
    key: Key
    sources: tuple[str, ...] = Field(strict=False)

    @model_validator(mode="after")
    def _has_trust(self) -> Self:
        trust = self.state.get(TRUST)
        if trust is None or trust.is_flag:
            raise ValueError("state needs trust, a number: {start: 40, min: 0, max: 100}")
        both = sorted(set(self.scenes) & set(self.endings))
        if both:
            raise ValueError(f"{', '.join(both)} is both a scene and an ending: rename one")
        return self

    @cached_property
    def decisions(self) -> Mapping[str, Scene]:
        """The scenes that have choices, in the order written."""
        return {name: scene for name, scene in self.scenes.items() if scene.choices}

    @cached_property
    def places(self) -> Mapping[tuple[str, str], Scene | Ending]:
        """Scenes, then endings, by where they stand in the file: ("scenes", "arrive")."""
        both: dict[str, Mapping[str, Scene | Ending]]
        both = {"scenes": self.scenes, "endings": self.endings}
        return {(part, name): one for part, ones in both.items() for name, one in ones.items()}

    def state_at_start(self) -> State:
        """Every state value before anything was said."""
        return {name: value.start for name, value in self.state.items()}

    def after(self, state: State, choice: Choice) -> State:
        """The state once a choice was made: numbers add, kept in range; yes/no is set."""
        changed = dict(state)
        for name, change in choice.effect.items():
            value = self.state[name]
            if isinstance(change, bool):
                changed[name] = change
            else:
                changed[name] = min(value.max, max(value.min, changed[name] + change))
        return changed

    def arrive(self, target: str, state: State) -> str:
        """Follow routes from a scene to where somebody speaks; ValueError if they lead nowhere."""
        for _ in range(len(self.scenes) + 1):
            if target in self.endings or self.scenes[target].choices:
                return target
            routes = self.scenes[target].routes
            at = first_holding(routes, state)
            if at is None:
                break
            target = routes[at].next
        raise ValueError(f"the routes of {target} lead nowhere")


def first_holding(options: Sequence[Guarded | Route], state: State) -> int | None:
    """The place of the first option whose condition holds of the state, or that has none."""
    for at, option in enumerate(options):
        if option.if_ is None or conditions.holds(conditions.parse(option.if_), state):
            return at
    return None
