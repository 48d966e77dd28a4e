"""The scenarios that plays are pinned to, read again from the text kept when a play began.

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
from training.store.tables import Move, Play


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


def runs(session: Session, *, rows: Iterable[Play]) -> list[Run]:
    """Return plays with what they are pinned to, in the order given."""
    rows = list(rows)
    texts = plays.copies(session, [row.digest for row in rows])
    moves = plays.moves(session, [row.id for row in rows])
    return [Run(row, _read(texts[row.digest]), moves[row.id]) for row in rows]
