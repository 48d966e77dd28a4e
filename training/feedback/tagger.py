"""Which skills a stretch of words is about, and which matters of the system.

    "she explained everything clearly"          skills  explaining
    "nobody told us we would wait an hour"      skills  keeping_informed   themes  wait_length
    "so helpful on the phone"                   skills  access (at the desk and on the phone only)
    "dirty toilets and nowhere to park"         themes  parking_transport, cleanliness
    "waited an hour on hold"                    themes  phone_system: the wait is part of it

Tables: content/language/skills.yaml and themes.yaml. A theme that is only mentioned ("the phone")
counts where none is praised or criticised.
"""

from collections.abc import Sequence
from typing import NamedTuple

from training.feedback.phrases import Hit

DESK_ROLES = frozenset({"receptionist", "call_handler", "billing_clerk"})
_MOST_SKILLS = 3
_TABLES = frozenset({"skills", "themes"})
_WAIT = "wait_length"
# Waiting on the phone or for weeks is told as a matter of the phones or of appointments.
_HOLDS_A_WAIT = ("phone_system", "appointment_availability", "medicines_supply")


class Topics(NamedTuple):
    """Skills in order of first appearance, themes with the strongest first, and its strength (0 to 3).

    `places` are the words, in order, at which each theme is first spoken of.
    """

    skills: tuple[str, ...]
    themes: tuple[str, ...] = ()
    theme_strength: int = 0
    places: tuple[tuple[int, str], ...] = ()

    @property
    def theme(self) -> str | None:
        """The strongest theme, if any."""
        return self.themes[0] if self.themes else None


def _longest(hits: Sequence[Hit]) -> Sequence[Hit]:
    """Return the hits but none inside a longer phrase for another skill or theme.

    "told us how long" is about keeping informed, although "told us how" would be explaining;
    "the ring back option" is about the phones, although "ring back" would be keeping informed.
    A theme gives way to a theme only: "how long we would wait" is told, and is a wait.
    """
    topics = [hit for hit in hits if hit.entry.table in _TABLES]
    if len(topics) < 2:
        return hits
    return [
        hit
        for hit in hits
        if hit.entry.table not in _TABLES
        or not any(
            other.first <= hit.first
            and hit.last <= other.last
            and other.length > hit.length
            and other.entry.label != hit.entry.label
            and (hit.entry.table == "skills" or other.entry.table == "themes")
            for other in topics
        )
    ]


def topics(hits: Sequence[Hit], *, at_desk: bool = False) -> Topics:
    """Return what the hits of one stretch are about; `at_desk` opens the desk lists."""
    strongest: dict[str, int] = {}
    first: dict[str, int] = {}
    matters: list[Hit] = []
    for hit in _longest(hits):
        table, name = hit.entry.table, hit.entry.label
        if table == "skills" or (table == "desk" and at_desk):
            first.setdefault(name, hit.first)
            strength = hit.length if hit.entry.weight or table == "desk" else 0
            strongest[name] = max(strongest.get(name, 0), strength)
        elif table == "themes":
            matters.append(hit)
    named = sorted((name for name in first if strongest[name]), key=lambda name: first[name])
    return Topics(tuple(named[:_MOST_SKILLS]), *_themes(matters))


def _themes(hits: Sequence[Hit]) -> tuple[tuple[str, ...], int, tuple[tuple[int, str], ...]]:
    """Return the themes of some hits, the strongest first, its strength, and their places."""
    strength: dict[str, int] = {}
    first: dict[str, int] = {}
    for hit in hits:
        name = hit.entry.label
        strength[name] = max(strength.get(name, 0), _strength(hit))
        first.setdefault(name, hit.first)
    if strength.get(_WAIT) and any(strength.get(name, 0) > 1 for name in _HOLDS_A_WAIT):
        del strength[_WAIT]
    spoken = [name for name in strength if strength[name] > 1] or list(strength)
    spoken.sort(key=lambda name: (-strength[name], first[name]))
    places = sorted((at, name) for name, at in first.items() if name in strength)
    return tuple(spoken), strength[spoken[0]] if spoken else 0, tuple(places)


def _strength(hit: Hit) -> int:
    return min(hit.length, 3) + 1 if hit.entry.weight else 1
