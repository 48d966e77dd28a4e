"""A panel's blind ratings: the sheet that goes out to each rater, and the key that comes of them.

    Scenario ──sheet──▸ scene   patient says   choice   reply             rating
                        arrive  "Has every…    busy     "We are busy."    (1–5, by the rater)
    five sheets or more ──collect──▸ {"arrive": {"busy": [2, 1, 2, 2, 1], …}} ──with_key──▸ text

A sheet shows no credit and no reason, and offers the replies in an order that says nothing. It
carries a digest of what is shown, so that ratings of other words are never taken for ratings of
these. Raters have no names here; of the ratings, number n of every choice is one person's.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from training.scenarios.key import FEWEST_RATERS, decisions
from training.scenarios.play import shuffled
from training.scenarios.script import Script

HEADS = (
    *("scenario", "words", "scene", "what happens", "patient says", "choice", "reply"),
    "rating",
)
_KEY = re.compile(r"^key:.*\n(?:[ #].*\n|\n(?=[ ]))*", re.MULTILINE)
_ORDER = 0  # one order for every rater, drawn by the ids alone

Ratings = Mapping[str, Mapping[str, list[int]]]


class BadSheet(ValueError):
    """A sheet that cannot be taken; `faults` says why, each with its file and line."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


@dataclass(frozen=True, slots=True)
class Sheet:
    """One rater's sheet as it came back: its rows by head, in the order of the file."""

    file: str
    rows: Sequence[Mapping[str, str]]


def sheet(script: Script) -> list[tuple[str, ...]]:
    """The rows of an empty sheet, the heads first; the rating stays empty."""
    words = words_digest(script)
    rows: list[tuple[str, ...]] = [HEADS]
    for name, scene in script.decisions.items():
        happens = " ".join(filter(None, (scene.setting, scene.speaker and f"{scene.speaker}:")))
        rows += [
            (script.slug, words, name, happens, scene.says or "", one.id, one.say, "")
            for one in shuffled(scene.choices, name, _ORDER)
        ]
    return rows


def words_digest(script: Script) -> str:
    """Twelve signs that change with whatever a rater is shown."""
    shown = [
        (name, scene.setting, scene.says, [(one.id, one.say) for one in scene.choices])
        for name, scene in script.decisions.items()
    ]
    return hashlib.sha256(repr(shown).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def collect(script: Script, sheets: Sequence[Sheet], patients: int) -> Ratings:
    """Every rater's 1–5 for every choice, sheet by sheet in one order; raises BadSheet.

    `patients` is how many of the raters are patients.
    """
    faults = []
    if len(sheets) < FEWEST_RATERS:
        faults.append(f"{len(sheets)} sheets: a panel has {FEWEST_RATERS} raters or more.")
    if not 1 <= patients <= len(sheets):
        faults.append("A panel has a patient among its raters: say how many there are.")
    rated = []
    for one in sheets:
        found = _rated(script, one)
        faults += found if isinstance(found, list) else []
        rated.append({} if isinstance(found, list) else found)
    if faults:
        raise BadSheet(faults)
    return {
        name: {one.id: [given[name, one.id] for given in rated] for one in scene.choices}
        for name, scene in script.decisions.items()
    }


def with_key(text: str, ratings: Ratings, patients: int) -> str:
    """The text of a scenario with these ratings as its key; all else stays as it is written."""
    lines = ["key:", "  by: panel", f"  patients: {patients}", "  ratings:"]
    for scene, choices in ratings.items():
        lines.append(f"    {scene}:")
        lines += [f"      {choice}: {given}" for choice, given in choices.items()]
    made = "\n".join(lines) + "\n"
    return _KEY.sub(lambda _: made, text if text.endswith("\n") else text + "\n", count=1)


def verdicts(script: Script) -> list[str]:
    """What a panel's key makes of every decision, in plain text."""
    return [
        f"{scene}: the best reply is {key.best}"
        if key.scored
        else f"{scene}: for discussion only, the panel disagreed; it is not scored"
        for scene, key in decisions(script).items()
    ]


def _rated(script: Script, one: Sheet) -> dict[tuple[str, str], int] | list[str]:
    """The ratings of a sheet by scene and choice, or its faults."""
    wanted = [(name, c.id) for name, scene in script.decisions.items() for c in scene.choices]
    found: dict[tuple[str, str], int] = {}
    faults = []
    for line, row in enumerate(one.rows, start=2):
        place = (row.get("scene", "").strip(), row.get("choice", "").strip())
        if place not in wanted or row.get("scenario", "").strip() != script.slug:
            faults.append(f"{one.file}:{line}: no reply of {script.slug}: {'.'.join(place)}")
        elif row.get("words", "").strip() != words_digest(script):
            faults.append(f"{one.file}:{line}: the words were changed since this was sent out")
        elif place in found:
            faults.append(f"{one.file}:{line}: {'.'.join(place)} was rated twice")
        elif (rating := row.get("rating", "").strip()) not in {"1", "2", "3", "4", "5"}:
            faults.append(f"{one.file}:{line}: the rating is “{rating}”, not 1 to 5")
            found[place] = 0
        else:
            found[place] = int(rating)
    missing = ["{}.{}".format(*place) for place in wanted if place not in found]
    if missing and not faults:
        faults.append(f"{one.file}: not rated: {', '.join(missing)}")
    return faults or found
