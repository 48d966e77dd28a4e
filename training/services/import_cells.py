"""The cells of one line, read one by one, gathering what is wrong with them.

{"channel": "telephone"}.word("channel") ──► “telephone” is not a channel we know. Did you mean “phone”?
{"site": "quay street"}.site()           ──► the number of Quay Street
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from training.feedback.comment import tidy
from training.services import import_dates
from training.services.import_text import Line, nearest

Value = str | int | date | datetime | list[str] | None
EARLIEST_YEAR = 1900
YES_OR_NO = {
    "yes": True, "y": True, "true": True, "1": True,
    "no": False, "n": False, "false": False, "0": False, "": False,
}  # fmt: skip
FEW = 6
ABBREVIATION = 3


@dataclass(frozen=True, slots=True)
class Known:
    """What the practice has already, by the names that files use.

    `site_names` leads from the `plain` name of a site to the one it has. `former` are the ids of
    roster rows that were merged into others; `staff` holds them too. `day_order` is what stands
    first in this file's days like 14/02/2022, as `import_dates.order_of` found it.
    """

    zone: str
    today: date
    sites: Mapping[str, int]
    site_names: Mapping[str, str]
    staff: Mapping[str, int] = field(default_factory=dict)
    former: Collection[str] = ()
    visits: Mapping[str, int] = field(default_factory=dict)
    day_order: str = ""


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return a word without case, hyphens or underlines, as it is compared."""
    return " ".join(text.replace("_", " ").replace("-", " ").replace("’", "'").casefold().split())


class Cells:
    """Reads the cells of one line and gathers what is wrong with them."""

    def __init__(self, line: Line, known: Known) -> None:
        self.line = line
        self.known = known
        self.wrong: list[str] = []

    def has(self, column: str) -> bool:
        """Return whether the file has a column."""
        return column in self.line.cells

    def text(self, column: str, longest: int, *, needed: bool = False) -> str:
        """Return a cell as one tidy line of at most `longest` characters."""
        typed = self.line.cells.get(column, "")
        if not (typed.isascii() and typed.isprintable()):
            typed = tidy(typed)
        typed = " ".join(typed.split())
        if needed and not typed:
            self.wrong.append(f"“{column}” is empty.")
        if len(typed) > longest:
            self.wrong.append(f"“{column}” is longer than {longest} characters.")
        return typed[:longest]

    def word(
        self,
        column: str,
        words: Mapping[str, str],
        noun: str,
        hints: Mapping[str, str] | None = None,
        choices: Collection[str] = (),
    ) -> str:
        """Return which of our words a cell means; `words` maps what may be typed to ours.

        `hints` name the word that is probably meant by one that is not ours; `choices` are what to
        choose from where nothing is near.
        """
        typed = self.text(column, 120, needed=True)
        found = words.get(plain(typed))
        if typed and found is None:
            # an abbreviation is like every word that holds its letters: “dr” is no driver
            like = nearest(plain(typed), [word for word in words if len(word) > ABBREVIATION])
            near = (hints or {}).get(plain(typed)) or words.get(like, "")
            meant = _meant(near, choices or words, most=len(choices) or FEW)
            self.wrong.append(f"“{typed[:40]}” is not a {noun} we know.{meant}")
        return found or ""

    def moment(self, column: str, *, needed: bool = False, timed: bool = True) -> datetime | None:
        """Return a cell as an instant; without a zone of its own it is in the practice's.

        `timed` says whether the example in a fault has a time of day.
        """
        typed = self.text(column, 40, needed=needed)
        if not typed:
            return None
        found = import_dates.read(typed, self.known.day_order)
        if found is None:
            example = f"{self.known.today.isoformat()}{'T09:30' if timed else ''}"
            self.wrong.append(
                f"“{typed}” in “{column}” {self._doubt(typed)}: write it as {example}."
            )
            return None
        if not EARLIEST_YEAR <= found.year <= self.known.today.year + 1:
            self.wrong.append(f"“{typed}” in “{column}”: is the year right?")
            return None
        return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(self.known.zone))

    def _doubt(self, typed: str) -> str:
        two_ways = import_dates.is_slashed(typed) and not self.known.day_order
        return "may be read two ways" if two_ways else "is not a date"

    def day(self, column: str, *, needed: bool = False) -> date | None:
        """Return a cell as a day of the practice; a time after it is allowed."""
        found = self.moment(column, needed=needed, timed=False)
        return found.astimezone(ZoneInfo(self.known.zone)).date() if found else None

    def yes(self, column: str) -> bool:
        """Return whether a cell says yes; empty is no."""
        typed = self.text(column, 20)
        found = YES_OR_NO.get(plain(typed))
        if found is None:
            self.wrong.append(f"“{typed[:20]}” in “{column}” is neither yes nor no.")
        return bool(found)

    def site_name(self) -> str:
        """Return the name of a site, as the practice writes it where there is one."""
        typed = self.text("site", 120)
        return self.known.site_names.get(plain(typed), typed)

    def site(self, *, add: str = "") -> int | None:
        """Return the number of the site a cell names; None for an empty cell.

        `add` says where a site that is missing can be added.
        """
        typed = self.text("site", 120)
        name = self.known.site_names.get(plain(typed))
        if typed and name is None:
            near = nearest(typed, list(self.known.sites))
            more = f" A new one is added through {add}." if add and not near else ""
            self.wrong.append(
                f"“{typed[:40]}” is not a site of yours.{_meant(near, self.known.sites)}{more}"
            )
        return self.known.sites[name] if name else None

    def reference(self, column: str, known: Mapping[str, int], noun: str) -> int | None:
        """Return the number of what a cell refers to by its id; None for an empty cell."""
        typed = self.text(column, 64)
        if typed and typed not in known:
            self.wrong.append(f"There is no {noun} “{typed[:40]}” yet. Import the {noun} first.")
        return known.get(typed)


def _meant(near: str, words: Collection[str], *, most: int = FEW) -> str:
    if near:
        return f" Did you mean “{near}”?"
    return f" Use one of: {', '.join(words)}." if 0 < len(words) <= most else ""
