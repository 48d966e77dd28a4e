"""The scenarios that plays and refreshers are pinned to, read again from the text kept when a play began.

    catalogue  fifty-minutes-late, digest 3f9c… ──start──► scenario_copy 3f9c… ──► every later page

An edit in content/ makes a new digest, and a play that began before goes on as it was.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from sqlalchemy.orm import Session

from training.scenarios import play
from training.scenarios.catalogue import Scenario, parse
from training.scenarios.play import Position
from training.store import plays
from training.store.tables import Move, Play, Refresher


@dataclass(frozen=True)
class Run:
    """One play as it stands: its row, its scenario, and its moves, those taken back among them."""

    row: Play
    scenario: Scenario
    moves: Sequence[Move]

    @cached_property
    def kept(self) -> tuple[play.Move, ...]:
        """The moves that were not taken back, as the conversation folds over them."""
        return tuple(_move(one) for one in self.moves if one.taken_back_at is None)

    @cached_property
    def position(self) -> Position:
        """Where the conversation stands."""
        return play.replay(self.scenario.script, self.kept, self.row.seed)

    @property
    def lines(self) -> list[list[play.Move]]:
        """The courses that the play took, in order; each but the last ends where it was left.

        Moves 1, 2, 2 taken back, 2 again: two lines of two moves, which share the first.
        """
        found: list[list[play.Move]] = []
        line: list[play.Move] = []
        for one in self.moves:
            if one.number <= len(line):
                found.append(line)
                line = line[: one.number - 1]
            line = [*line, _move(one)]
        return [*found, line]


def _move(row: Move) -> play.Move:
    return play.Move(row.scene, row.choice, row.hinted)


@lru_cache(maxsize=128)
def _read(text: str) -> Scenario:
    return parse(text)


@dataclass(frozen=True)
class Recall:
    """One refresher: its row, its scenario, and the moves that lead to it, its answer the last."""

    row: Refresher
    scenario: Scenario

    @cached_property
    def moves(self) -> tuple[play.Move, ...]:
        """What led to the scene, and the answer where there is one."""
        before = self.scenario.lead_ins[self.row.scene]
        if self.row.choice is None:
            return before
        return (*before, play.Move(self.row.scene, self.row.choice))

    @cached_property
    def position(self) -> Position:
        """Where the conversation stands."""
        return play.replay(self.scenario.script, self.moves, self.row.seed)


def recalls(session: Session, *, rows: Iterable[Refresher]) -> list[Recall]:
    """Return refreshers with what they are pinned to, in the order given."""
    rows = list(rows)
    texts = plays.copies(session, [row.digest for row in rows])
    return [Recall(row, _read(texts[row.digest])) for row in rows]


def runs(session: Session, *, rows: Iterable[Play]) -> list[Run]:
    """Return plays with what they are pinned to, in the order given."""
    rows = list(rows)
    texts = plays.copies(session, [row.digest for row in rows])
    moves = plays.moves(session, [row.id for row in rows])
    return [Run(row, _read(texts[row.digest]), moves[row.id]) for row in rows]
