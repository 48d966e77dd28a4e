"""The hand-written sentences of content/demo/sentences, by what they say and who may say it.

    bank().person("physician", "access", "positive")[-1]
        ──► Sentence("{Who} sorted my sick note by message, saved me a trip. Very helpful", "portal")

A pool is a tuple of sentences. A picker takes the sentence it has used least, so that a year of
comments spreads over the whole bank; a long one counts for several, as nobody tells it twice.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from training.demo.story import FOLDER, load
from training.skills import SKILLS

_SHORT = 6  # words; up to about twice as many, a sentence may be anybody's
CHANNELS = ("phone", "video", "portal")
Pool = tuple["Sentence", ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with slots such as {Who} and {wait}; `channel` is None where any will do."""

    text: str
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class Bank:
    """Every sentence, by file; see the files for their keys."""

    skills: Mapping[str, Any]
    themes: Mapping[str, Any]
    praise: Mapping[str, Any]
    asides: Mapping[str, Any]
    slots: Mapping[str, Sequence[str]]

    def person(self, role: str, skill: str | None, sign: str) -> Pool:
        """Return what can be said of somebody in a role; without a skill, bare praise."""
        source = self.skills[skill] if skill else self.praise["person"]
        by_role = source.get(sign, {})
        remote = (
            Sentence(text, channel)
            for channel in CHANNELS
            for text in by_role.get(f"{role}_by_{channel}", ())
        )
        return (*_pool(by_role.get("any", ())), *_pool(by_role.get(role, ())), *remote)

    def theme(self, theme: str, sign: str, *, after: bool) -> Pool:
        """Return what can be said of a theme; `after` says that the marked change has come."""
        by_sign = self.themes[theme]
        later = by_sign.get(f"{sign}_after", ()) if after else ()
        return (*_pool(by_sign[sign]), *_pool(later))

    def team(self, sign: str) -> Pool:
        """Return what can be said of everybody at once."""
        return _pool(self.praise["team"][sign])

    def aside(self, kind: str) -> Pool:
        """Return the sentences of one kind around the point: closer, unsure, no_change, …"""
        return _pool(self.asides[kind])

    def opener(self, channel: str) -> Pool:
        """Return what people begin with after a contact on a channel."""
        openers = self.asides["opener"]
        return (*_pool(openers["any"]), *_pool(openers.get(channel, ())))

    def texts(self) -> tuple[str, ...]:
        """Return every sentence once, in the order of the files."""
        return tuple(dict.fromkeys(_leaves((self.skills, self.themes, self.praise, self.asides))))


@cache
def bank() -> Bank:
    """Read the sentences."""
    folder = FOLDER / "sentences"
    skills = {slug: load(folder / f"{slug}.yaml") for slug in SKILLS}
    names = ("themes", "praise", "asides", "slots")
    return Bank(skills, *(load(folder / f"{name}.yaml") for name in names))


def _pool(texts: Iterable[str]) -> Pool:
    return tuple(Sentence(text) for text in texts)


def _leaves(node: Any) -> Iterable[str]:
    if isinstance(node, Mapping):
        for key, child in node.items():
            yield from _leaves(child) if key != "skill" else ()
    elif isinstance(node, str):
        yield node
    else:
        for child in node:
            yield from _leaves(child)


class Picker:
    """Takes from a pool the sentence used least so far; the dice decide between equals."""

    def __init__(self) -> None:
        self._used: Counter[str] = Counter()

    def take(self, pool: Sequence[Sentence], dice: Random) -> Sentence:
        """Return one sentence of the pool and count its use; an empty pool is a `ValueError`."""
        if not pool:
            raise ValueError("no sentence is written for this")
        least = min(self._used[one.text] for one in pool)
        chosen = dice.choice([one for one in pool if self._used[one.text] == least])
        self._used[chosen.text] += max(1, len(chosen.text.split()) // _SHORT)
        return chosen
