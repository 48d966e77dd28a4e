"""Read content/demo: the practice, its roster, and what its year is meant to show.

    people:
      H06: {explaining: [11, 13], …}     ──►  24 points about H06, 11 of praise and 13 of criticism

A point is one thing that some patient will say; `drafts` puts points together into comments.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from training.demo.data import Account, Annotation, Practice, StaffMember
from training.skills import CONTENT

FOLDER = CONTENT / "demo"
PRAISE = "praise"  # stands where a skill would, for praise of a person without a behaviour in it


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that a patient will say: of a person, a theme, everybody, or nothing much.

    `kind` is person, theme, team or an aside's name; `skill` is empty for praise of a person.
    """

    kind: str
    sign: str
    staff_id: str | None = None
    skill: str | None = None
    theme: str | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """The contents of story.yaml; see the comments there."""

    visits: int
    annotations: tuple[Mapping[str, Any], ...]
    topic: Mapping[str, Any]
    needs: frozenset[tuple[str, str]]
    needs_between_days_ago: tuple[int, int]
    small_team: Mapping[str, Any]
    people: Mapping[str, Mapping[str, tuple[int, int]]]
    themes: Mapping[str, tuple[int, int]]
    team: tuple[int, int]
    unsure: int
    no_words: int

    def needy(self, point: Point) -> bool:
        """Whether the point is a criticism that the story leads up to."""
        return point.sign == "negative" and (point.staff_id, point.skill) in self.needs

    def changes_on(self, today: date) -> date:
        """Return the day from which the marked change of the topic holds."""
        (mark,) = [one for one in self.annotations if one["topic"] == self.topic["theme"]]
        return months_before(today, mark["months_ago"])

    def person_points(self) -> Iterator[Point]:
        """Yield every point about a person."""
        for staff_id, skills in self.people.items():
            for skill, counts in skills.items():
                named = None if skill == PRAISE else skill
                for sign in _signs(counts):
                    yield Point("person", sign, staff_id=staff_id, skill=named)

    def theme_points(self) -> Iterator[Point]:
        """Yield every point about a theme, but for the topic that changes over the year."""
        for theme, counts in self.themes.items():
            for sign in _signs(counts):
                yield Point("theme", sign, theme=theme)

    def team_points(self) -> Iterator[Point]:
        """Yield every point about everybody at once."""
        for sign in _signs(self.team):
            yield Point("team", sign)


def _signs(counts: tuple[int, int]) -> Iterator[str]:
    praised, criticised = counts
    yield from ["positive"] * praised
    yield from ["negative"] * criticised


@cache
def load(path: Path) -> Any:
    """Return what a YAML file of content/demo holds."""
    with path.open(encoding="utf-8") as file:
        return yaml.safe_load(file)


def story() -> Story:
    """Read story.yaml."""
    raw = dict(load(FOLDER / "story.yaml"))
    needs = frozenset((need["staff_id"], need["skill"]) for need in raw.pop("needs"))
    return Story(**raw, needs=needs)


def practice() -> Practice:
    """Read the practice's own settings from practice.yaml."""
    raw = {
        name: value for name, value in load(FOLDER / "practice.yaml").items() if name != "accounts"
    }
    return Practice(**{**raw, "sites": tuple(raw["sites"])})


def roster() -> tuple[StaffMember, ...]:
    """Read roster.csv."""
    with (FOLDER / "roster.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_member(row) for row in csv.DictReader(file))


def _member(row: Mapping[str, str]) -> StaffMember:
    own = {
        "aliases": tuple(row["aliases"].split("|")) if row["aliases"] else (),
        "active_from": _day(row["active_from"]),
        "active_to": _day(row["active_to"]),
    }
    return StaffMember(**{**row, **own})  # type: ignore[arg-type]  # the columns are its fields


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def accounts() -> tuple[Account, ...]:
    """Read who signs in, with names from the roster for those who are on it."""
    names = {one.staff_id: f"{one.title} {one.given_name} {one.family_name}" for one in roster()}
    rows = load(FOLDER / "practice.yaml")["accounts"]
    return tuple(Account(**{"name": names.get(row.get("staff_id", "")), **row}) for row in rows)


def annotations(today: date) -> tuple[Annotation, ...]:
    """Return the notes on the charts, dated by the month of `today`."""
    return tuple(
        Annotation(months_before(today, one["months_ago"]), one["kind"], one["topic"], one["text"])
        for one in story().annotations
    )


def months_before(day: date, months: int) -> date:
    """Return the first day of the month that lies so many months before a day's own."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, 1)
