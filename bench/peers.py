"""Reading the peers' numbers, and when a number of ours is the same."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

Checks = Iterator[tuple[str, str, bool]]  # kind of case, name, whether it agrees

CLOSE = 1e-6


def read(folder: Path, name: str) -> Any:
    """Read a JSON file of the folder."""
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))


def close(ours: float, theirs: Any, within: float = CLOSE) -> bool:
    """Whether the peer has a number and ours is it."""
    return isinstance(theirs, (int, float)) and abs(ours - theirs) <= within


def all_close(ours: Sequence[float], theirs: Any, within: float = CLOSE) -> bool:
    """Whether two series are as long and everywhere the same."""
    others = series(theirs)
    return len(ours) == len(others) and all(
        close(one, other, within) for one, other in zip(ours, others, strict=True)
    )


def series(value: Any) -> list[Any]:
    """A list; R writes a series of one as a bare value."""
    return value if isinstance(value, list) else [value]


def flags(value: Any) -> list[bool]:
    """Flags; what the peer does not know is no flag."""
    return [bool(one) for one in series(value)]
