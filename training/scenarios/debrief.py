"""What a finished play showed: yours beside the best reply, with reasons; outcome kept apart.

    moment  you said                       quality  best reply                    trust
      1     "We are busy."                   .20    "Fifty minutes is long, …"    40 ▸ 0
      2     "Half an hour, perhaps more."   1.00    (yours)                        0 ▸ 10

Credit says what you did, the outcome what the patient felt and did: a good reply can meet a bad
outcome, and `apart` says so. A decision whose hint was opened counts half.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from training.scenarios.key import PASS_MARK, Decision, decision
from training.scenarios.play import Move, Position, Step, replay, start
from training.scenarios.script import TRUST, Outcome, Script

HINTED_WEIGHT = 0.5
_MOST_MOMENTS = 40

_APART = {
    (True, Outcome.GOOD): "Your replies were strong, and it ended well.",
    (True, Outcome.MIXED): "Your replies were strong. Not everything was in your hands.",
    (True, Outcome.POOR): "Your replies were strong, and it still ended badly: that happens.",
    (False, Outcome.GOOD): "It ended well. Some of your replies made that harder than it need be.",
    (False, Outcome.MIXED): "It ended half well. The moments below show what might have helped.",
    (False, Outcome.POOR): "It ended badly. The moments below show what might have helped.",
}


@dataclass(frozen=True, slots=True)
class SkillCredit:
    """What was earned for a skill, of what the decisions met could have earned."""

    skill: str
    earned: float
    possible: float

    @property
    def share(self) -> float:
        """Earned as a share of what was possible, 0–1."""
        return self.earned / self.possible if self.possible else 0.0

    @property
    def word(self) -> str:
        """The share in a word for the person who practised."""
        if self.share >= PASS_MARK:
            return "Strong"
        return "Growing" if self.share >= PASS_MARK / 2 else "Try next"


@dataclass(frozen=True, slots=True)
class Moment:
    """One decision as it went; `quality` is the share of the best reply's, 0–1.

    `best_said` and `best_why` are of the best reply, which may be yours. `scored` is False where
    a panel disagreed: such a moment is there to be talked over.
    """

    number: int
    scene: str
    title: str
    patient_said: str
    you_said: str
    why: str
    patient_reacted: str
    best_said: str
    best_why: str
    quality: float
    is_best: bool
    scored: bool
    hinted: bool
    credits: tuple[SkillCredit, ...]
    trust_before: int
    trust_after: int

    @property
    def weight(self) -> float:
        """How much the moment counts: half where the hint was opened, nothing if unscored."""
        return (HINTED_WEIGHT if self.hinted else 1.0) * self.scored

    @property
    def trust_change(self) -> int:
        """How much the patient's trust moved."""
        return self.trust_after - self.trust_before


@dataclass(frozen=True)
class Debrief:
    """What a play showed. `trust` and `strong_trust` are lines of a value before every moment and
    one at the end; `turning_points` are numbers of moments worth another look."""

    script: Script
    position: Position
    moments: tuple[Moment, ...]
    trust: tuple[int, ...]
    strong_trust: tuple[int, ...]

    @cached_property
    def skills(self) -> tuple[SkillCredit, ...]:
        """Earned and possible credit of each skill that the play met, in the scenario's order."""
        met = [credit for moment in self.moments for credit in moment.credits]
        return tuple(
            _total(skill, self.moments)
            for skill in self.script.skills
            if any(credit.skill == skill for credit in met)
        )

    @cached_property
    def share(self) -> float:
        """The credit earned of the credit met, 0–1."""
        weights = sum(moment.weight for moment in self.moments)
        earned = sum(moment.weight * moment.quality for moment in self.moments)
        return earned / weights if weights else 0.0

    @property
    def passed(self) -> bool:
        """Whether the share is at the pass mark or above."""
        return self.share >= PASS_MARK

    @property
    def outcome(self) -> Outcome | None:
        """How it ended for the patient; None while it has not."""
        return self.position.ending.outcome if self.position.ending else None

    @property
    def apart(self) -> str:
        """A sentence that keeps what you did apart from how it ended; "" before the end."""
        return _APART[self.passed, self.outcome] if self.outcome else ""

    @cached_property
    def turning_points(self) -> tuple[int, ...]:
        """The moment that helped most and the one that cost most, by number, in order."""
        if not self.moments:
            return ()
        best = max(self.moments, key=lambda moment: (moment.quality, moment.trust_change))
        worst = min(self.moments, key=lambda moment: (moment.quality, moment.trust_change))
        chosen = [best] + ([worst] if worst.quality < best.quality else [])
        return tuple(sorted(moment.number for moment in chosen))

    @property
    def rated_by_panel(self) -> bool:
        """Whether the key is a panel's; otherwise say "not yet rated by a panel"."""
        return self.script.key.by == "panel"


def debrief(script: Script, moves: Iterable[Move], seed: int) -> Debrief:
    """The debrief of a play, finished or not; raises IllegalMoveError."""
    position = replay(script, moves, seed)
    return Debrief(
        script=script,
        position=position,
        moments=moments_of(script, position),
        trust=_trust_line(script, position.steps),
        strong_trust=_trust_line(script, strong_play(script).steps),
    )


def moments_of(script: Script, position: Position) -> tuple[Moment, ...]:
    """The decisions that led to a position, as they went."""
    return tuple(
        _moment(script, number, step) for number, step in enumerate(position.steps, start=1)
    )


def strong_play(script: Script) -> Position:
    """A play in which every reply is the best one, as far as its end."""
    moves: list[Move] = []
    position = start(script, seed=0)
    while position.ending is None and len(moves) < _MOST_MOMENTS:
        moves.append(Move(position.place, decision(script, position.place).best))
        position = replay(script, moves, seed=0)
    return position


def _moment(script: Script, number: int, step: Step) -> Moment:
    key = decision(script, step.scene)
    scene = script.scenes[step.scene]
    best = scene.choice(key.best) or step.choice
    return Moment(
        number=number,
        scene=step.scene,
        title=scene.title,
        patient_said=step.patient_said,
        you_said=step.choice.say,
        why=step.choice.why,
        patient_reacted=step.choice.patient_reacts,
        best_said=best.say,
        best_why=best.why,
        quality=key.share(step.choice.id),
        is_best=step.choice.id == best.id,
        scored=key.scored,
        hinted=step.hinted,
        credits=_credits(key, step.choice.id),
        trust_before=int(step.before[TRUST]),
        trust_after=int(step.after[TRUST]),
    )


def _credits(key: Decision, choice: str) -> tuple[SkillCredit, ...]:
    return tuple(
        SkillCredit(skill, key.credit(choice, skill), key.possible(skill)) for skill in key.skills
    )


def _total(skill: str, moments: Iterable[Moment]) -> SkillCredit:
    pairs = [
        (moment.weight, credit)
        for moment in moments
        for credit in moment.credits
        if credit.skill == skill
    ]
    earned = sum(weight * credit.earned for weight, credit in pairs)
    possible = sum(weight * credit.possible for weight, credit in pairs)
    return SkillCredit(skill, earned, possible)


def _trust_line(script: Script, steps: tuple[Step, ...]) -> tuple[int, ...]:
    begins = int(script.state_at_start()[TRUST])
    return (begins, *(int(step.after[TRUST]) for step in steps))
