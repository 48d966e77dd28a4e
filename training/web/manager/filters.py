"""The filters of an address, and addresses that keep them."""

from dataclasses import asdict, replace
from datetime import date
from typing import Any

from flask import request, url_for

from training import skills
from training.rates import percent
from training.services.selection import Filters


def filters_of_request() -> Filters:
    """Return the filters that the address of this request names, the first value of each."""
    names = ("topic", "site", "team", "stage", "month")
    return Filters(**{name: request.args.get(name, "") for name in names})


def address(endpoint: str, filters: Filters, **more: str | int | None) -> str:
    """Return the address of a page with the filters that are set."""
    chosen: dict[str, Any] = {name: value or None for name, value in asdict(filters).items()}
    return url_for(endpoint, **{**chosen, **more})


def month_links(filters: Filters, months: frozenset[date]) -> dict[date, str]:
    """Return the address of each month's comments, by its first day."""
    return {
        day: address("manager.comment_list", replace(filters, month=f"{day:%Y-%m}"))
        for day in sorted(months)
    }


def share_words(share: float | None) -> str:
    """Return a share as a page writes it: 28%, or a dash where there are too few comments."""
    return "–" if share is None else percent(share)


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
