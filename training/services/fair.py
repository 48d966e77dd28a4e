"""Teams beside one another, as far as numbers this small can tell them apart.

    Front desk, Elder Row    64 comments   criticism 31%   likely 5–8 in 20
    Nursing, Ferry Lane      12 comments   criticism 50%   likely 5–10 in 20     drawn to what is usual
                                                   │
                      five teams or more of ten ──►  a funnel; beyond 99.8 %: look at the comments

Nothing is ranked: teams stay in the order in which they come, by name, and nothing is said of a team
inside the limits.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from training.rates import percent
from training.services.teams import TeamLine
from training.trends.compare import FEWEST_GROUPS, Funnel, FunnelPoint, funnel, usual_among
from training.trends.suppress import FEWEST_DRAWN


@dataclass(frozen=True, slots=True)
class Dot:
    """A team's place in the funnel."""

    line: TeamLine
    point: FunnelPoint

    @property
    def words(self) -> str:
        """What the dot shows: "31% of 64 comments; inside what chance allows"."""
        share = f"{percent(self.point.share)} of {self.point.total} comments"
        said = self.point.place.words
        return f"{share}; {said or 'no more than chance allows'}"


@dataclass(frozen=True, slots=True)
class Fair:
    """Teams with intervals, by name; the funnel of those with enough comments, or None with `why`."""

    lines: tuple[TeamLine, ...]
    funnel: Funnel | None
    dots: tuple[Dot, ...]
    why: str

    @property
    def finding(self) -> str:
        """What the funnel shows, as its headline."""
        unusual = [dot for dot in self.dots if dot.point.place.words]
        if not self.funnel:
            return "Teams with their likely ranges"
        if not unusual:
            return "Teams differ no more than chance allows"
        if len(unusual) == 1:
            return f"{unusual[0].line.name}: unusual, look at the comments together"
        return f"{len(unusual)} teams are unusual: look at the comments together"


def compared(lines: Sequence[TeamLine]) -> Fair:
    """Return teams in the order given, each with its likely range, and a funnel of five or more.

    Only teams of which shares are shown are compared, and only with one another.
    """
    counts = {line: _counts(line) for line in lines if line.criticism is not None}
    pairs = list(counts.values())
    pooled = (sum(x for x, _ in pairs) + 0.5) / (sum(n for _, n in pairs) + 1)
    usual = usual_among(pairs, default=pooled)
    ranged = tuple(
        replace(line, likely=usual.belief(*counts[line]).interval()) if line in counts else line
        for line in lines
    )
    if len(pairs) < FEWEST_GROUPS:
        why = f"A funnel needs {FEWEST_GROUPS} teams of {FEWEST_DRAWN} comments or more."
        return Fair(ranged, None, (), why)
    drawn = funnel(pairs)
    shown = [line for line in ranged if line.criticism is not None]
    dots = tuple(Dot(line, point) for line, point in zip(shown, drawn.points, strict=True))
    return Fair(ranged, drawn, dots, "")


def _counts(line: TeamLine) -> tuple[int, int]:
    comments = line.comments or 0
    return round((line.criticism or 0.0) * comments), comments
