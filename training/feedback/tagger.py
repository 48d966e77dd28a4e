"""Which skills a stretch of words is about, and which matter of the system.

    "she explained everything clearly"          skills  explaining
    "nobody told us we would wait an hour"      skills  keeping_informed   theme  wait_length
    "so helpful on the phone"                   skills  access (at the desk and on the phone only)

Tables: content/language/skills.yaml and themes.yaml. A theme that is only mentioned ("the phone")
counts less than one that is praised or criticised.
"""

from collections.abc import Sequence
from typing import NamedTuple

from training.feedback.phrases import Hit

DESK_ROLES = frozenset({"receptionist", "call_handler", "billing_clerk"})
_MOST_SKILLS = 3


class Topics(NamedTuple):
    """Skills in order of first appearance, the strongest theme, and how strong it is (0 to 3)."""

    skills: tuple[str, ...]
    theme: str | None
    theme_strength: int


def _longest(hits: Sequence[Hit]) -> Sequence[Hit]:
    """Return the hits but no skill inside a longer phrase for another skill, or for a theme.

    "told us how long" is about keeping informed, although "told us how" would be explaining;
    "the ring back option" is about the phones, although "ring back" would be keeping informed.
    """
    topics = [hit for hit in hits if hit.entry.table in {"skills", "themes"}]
    if len(topics) < 2:
        return hits
    return [
        hit
        for hit in hits
        if hit.entry.table != "skills"
        or not any(
            other.first <= hit.first
            and hit.last <= other.last
            and other.length > hit.length
            and other.entry.label != hit.entry.label
            for other in topics
        )
    ]


def topics(hits: Sequence[Hit], *, at_desk: bool = False) -> Topics:
    """Return what the hits of one stretch are about; `at_desk` opens the desk lists."""
    strongest: dict[str, int] = {}
    first: dict[str, int] = {}
    themes: dict[str, int] = {}
    for hit in _longest(hits):
        table, name = hit.entry.table, hit.entry.label
        if table == "skills" or (table == "desk" and at_desk):
            first.setdefault(name, hit.first)
            strength = hit.length if hit.entry.weight or table == "desk" else 0
            strongest[name] = max(strongest.get(name, 0), strength)
        elif table == "themes":
            strength = min(hit.length, 3) + 1 if hit.entry.weight else 1
            themes[name] = max(themes.get(name, 0), strength)
    theme = max(themes, key=lambda name: themes[name]) if themes else None
    named = sorted((name for name in first if strongest[name]), key=lambda name: first[name])
    return Topics(tuple(named[:_MOST_SKILLS]), theme, themes[theme] if theme else 0)
