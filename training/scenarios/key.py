"""Which reply is better: the credit and the quality of every choice of a decision.

    choice   empathy  keeping_informed   quality (the mean)
    seen       1           .67             .835   ← best
    busy       0           .33             .165

    >>> decision = Decision("arrive", ("empathy", "keeping_informed"),
    ...     {"seen": {"empathy": 1, "keeping_informed": .67}, "busy": {"keeping_informed": .33}})
    >>> decision.best, round(decision.quality("busy"), 3)
    ('seen', 0.165)

While `key: {by: author}` stands, credit is what the author wrote. Once a panel has rated every
reply blind, the rank of the mean rating inside the decision is the quality, and each skill of the
decision receives it; where raters disagree, the decision is for discussion and is not scored.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import mean, pstdev

from training.scenarios.script import CREDITS, Script

PASS_MARK = 0.75  # of the credit met
FEWEST_RATERS = 5
_WIDEST_SPREAD = 1.0
_SMALLEST_GAP = 0.5


@dataclass(frozen=True, slots=True)
class Decision:
    """What each choice of a scene earns; `credits` maps choice to skill to 0–1, unlisted is 0."""

    scene: str
    skills: tuple[str, ...]
    credits: Mapping[str, Mapping[str, float]]
    scored: bool = True

    def credit(self, choice: str, skill: str) -> float:
        """What a choice earns for a skill, 0–1."""
        return self.credits[choice].get(skill, 0.0)

    def possible(self, skill: str) -> float:
        """The most that any choice here earns for a skill."""
        return max(self.credit(choice, skill) for choice in self.credits)

    def quality(self, choice: str) -> float:
        """The mean of a choice's credits over the decision's skills, 0–1."""
        earned = sum(self.credit(choice, skill) for skill in self.skills)
        return earned / len(self.skills) if self.skills else 0.0

    @property
    def best(self) -> str:
        """The choice of the highest quality (the first written, should there be a tie)."""
        return max(self.credits, key=self.quality)

    def share(self, choice: str) -> float:
        """The quality of a choice as a share of the best one's, 0–1."""
        most = self.quality(self.best)
        return self.quality(choice) / most if most else 0.0


def decisions(script: Script) -> Mapping[str, Decision]:
    """The key of every decision of a scenario, by scene id."""
    return {scene: decision(script, scene) for scene in script.decisions}


def decision(script: Script, scene: str) -> Decision:
    """The key of one decision; KeyError for a scene without choices."""
    choices = script.decisions[scene].choices
    skills = script.decisions[scene].skills
    if script.key.by == "author":
        return Decision(scene, skills, {choice.id: choice.credit for choice in choices})
    return _rated(scene, skills, script.key.ratings[scene])


def _rated(scene: str, skills: tuple[str, ...], ratings: Mapping[str, list[int]]) -> Decision:
    means = {choice: mean(given) for choice, given in ratings.items()}
    high_to_low = sorted(means.values(), reverse=True)
    ranks = {choice: high_to_low.index(value) for choice, value in means.items()}
    best_first = CREDITS[::-1]
    by_rank = {
        choice: dict.fromkeys(skills, best_first[min(rank, len(best_first) - 1)])
        for choice, rank in ranks.items()
    }
    spread = max(pstdev(given) for given in ratings.values())
    agreed = spread <= _WIDEST_SPREAD and high_to_low[0] - high_to_low[1] >= _SMALLEST_GAP
    return Decision(scene, skills, by_rank, scored=agreed)
