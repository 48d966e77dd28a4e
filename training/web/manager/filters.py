"""The filters of an address, and addresses that keep them."""

from dataclasses import asdict, replace
from datetime import date
from typing import Any

from flask import request, url_for

from training import skills
from training.periods import month_of
from training.rates import Interval, about, likely, percent
from training.services.selection import Filters, month_slug, quarter_slug
from training.services.topics import HeatCell
from training.trends.choice import Length

HeatRow = tuple[str, tuple[HeatCell, ...]]


def filters_of_request() -> Filters:
    """Return the filters that the address of this request names, the first value of each."""
    names = ("topic", "site", "team", "stage", "month")
    return Filters(**{name: request.args.get(name, "") for name in names})


def address(endpoint: str, filters: Filters, **more: str | int | None) -> str:
    """Return the address of a page with the filters that are set."""
    chosen: dict[str, Any] = {name: value or None for name, value in asdict(filters).items()}
    return url_for(endpoint, **{**chosen, **more})


def point_links(filters: Filters, days: frozenset[date], unit: Length) -> dict[date, str]:
    """Return the address of the comments of each month, or quarter, by its first day."""
    slug = quarter_slug if unit is Length.QUARTER else month_slug
    return {
        day: address("manager.comment_list", replace(filters, month=slug(month_of(day))))
        for day in sorted(days)
    }


def share_words(share: float | None) -> str:
    """Return a share as a page writes it: 28%, or a dash where there are too few comments."""
    return "–" if share is None else percent(share)


def about_words(share: float) -> str:
    """Return a share as a headline of its own: About 1 in 5."""
    words = about(share)
    return words[:1].upper() + words[1:]


def likely_words(ends: Interval) -> str:
    """Return a range of shares as a column of such ranges writes it: 3–9 in 20."""
    return likely(*ends).removeprefix("likely ")


def by_nature(rows: tuple[HeatRow, ...]) -> list[tuple[str, list[HeatRow]]]:
    """Return rows of topics in two groups: what people can practise, and how things work."""
    groups = (("Skills", skills.SKILLS), ("How things work", skills.THEMES))
    return [(name, [row for row in rows if row[0] in known]) for name, known in groups]


def topic_options() -> list[tuple[str, str]]:
    """Return what may be chosen as a topic: any, then all by name."""
    named = [(slug, skills.topic_name(slug)) for slug in (*skills.SKILLS, *skills.THEMES)]
    return [("", "Any topic"), *sorted(named, key=lambda pair: pair[1])]


def team_options() -> list[tuple[str, str]]:
    """Return what may be chosen as a team: any, then the role groups."""
    return [("", "All teams"), *((one.slug, one.name) for one in skills.ROLE_GROUPS.values())]


def stage_options() -> list[tuple[str, str]]:
    """Return what may be chosen as a stage: any, then the stages in their order."""
    return [("", "All stages"), *((one.slug, one.for_staff) for one in skills.STAGES.values())]
