"""How serious the most serious statement of an answer is, and what a person should know of it.

    "I was going to end my life"                  3   self_harm
    "she gave me the wrong tablets"               3   safety
    "everyone heard my results"                   2   privacy
    "waited an hour"                              1
    "he saved my life when I had a stroke"        0   an emergency that was handled well

Read in the raw words: names are not masked here, and a kind tone hides nothing that is disclosed.
Emergencies count only where something is criticised too. When in doubt, a person looks.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from training.feedback.language_files import Tables
from training.feedback.phrases import Hit
from training.feedback.words import COMMA, STOP, Word

_FLAG_ORDER = (
    "complaint", "safety", "safeguarding", "discrimination", "privacy", "self_harm", "abuse",
    "contact_request", "not_english", "no_content", "wrong_practice",
)  # fmt: skip
_UNDOES = frozenset({"not", "never", "no", "without", "nobody", "respected", "respects", "kept"})
_ALWAYS_ASKED = frozenset({"complaint", "contact_request", "wrong_practice", "abuse"})


class Gravity(NamedTuple):
    """Severity 0 to 3 and the flags, in their fixed order."""

    severity: int
    flags: tuple[str, ...]


def gravity(
    words: Sequence[Word],
    hits: Iterable[Hit],
    tables: Tables,
    *,
    positive: frozenset[int],
    criticised: bool,
) -> Gravity:
    """Return severity and flags.

    `positive` are the places of words inside positive remarks; `criticised` says whether there is
    any negative remark, or the answer was given with a poor rating.
    """
    found: dict[str, list[Hit]] = {}
    for hit in hits:
        if hit.entry.table == "concerns":
            found.setdefault(hit.entry.label, []).append(hit)
    _drop_other_calls(found)
    severity = 1 if criticised else 0
    flags: set[str] = set()
    for label, places in found.items():
        standing = [
            hit for hit in places if _stands(words, hit, label, tables, positive, criticised)
        ]
        if standing:
            severity = max(severity, tables.severities[label])
            flags.update(tables.flags[label])
    return Gravity(severity, ordered(flags))


def ordered(flags: Iterable[str]) -> tuple[str, ...]:
    """Return flags in their fixed order, each once."""
    present = set(flags)
    return tuple(flag for flag in _FLAG_ORDER if flag in present)


def _drop_other_calls(found: dict[str, list[Hit]]) -> None:
    """Leave out requests that are part of a report ("they never call me")."""
    reports = found.pop("not_requests_contact", [])
    requests = found.get("requests_contact", [])
    found["requests_contact"] = [
        hit
        for hit in requests
        if not any(report.first <= hit.last and hit.first <= report.last for report in reports)
    ]


def _stands(
    words: Sequence[Word],
    hit: Hit,
    label: str,
    tables: Tables,
    positive: frozenset[int],
    criticised: bool,
) -> bool:
    """Whether a phrase counts where it stands."""
    level = tables.severities[label]
    if label in tables.emergencies:
        return criticised
    if level == 3 or set(tables.flags[label]) & _ALWAYS_ASKED:
        return True
    if _undone(words, hit) or (positive and not criticised):
        return False
    return not positive.issuperset(_places(hit))


def _places(hit: Hit) -> range:
    return range(hit.first, hit.last + 1)


def _undone(words: Sequence[Word], hit: Hit) -> bool:
    for at in range(hit.first - 1, max(-1, hit.first - 4), -1):
        if words[at].text in {STOP, COMMA}:
            return False
        if words[at].text in _UNDOES:
            return True
    return False
