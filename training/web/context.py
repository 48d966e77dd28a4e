"""What every page may name: who is looking, the practice, the sites' words and plain formats."""

from datetime import date
from typing import Any

from babel import Locale
from flask import Flask, g, request

from training import clock, skills
from training.extensions import db
from training.services import practices, review
from training.web.guard import Right, rule_of
from training.web.viewer import viewer_or_none

ENGLISH = Locale("en")


def install(app: Flask) -> None:
    """Give an application's templates their common names and filters."""
    app.context_processor(_common)
    app.add_template_filter(month_words)
    app.add_template_filter(day_words)
    app.add_template_filter(skills.topic_name)
    app.add_template_filter(role_name)
    app.add_template_filter(stage_name)
    app.add_template_filter(language_name)


def _common() -> dict[str, Any]:
    rule = rule_of(request.endpoint)
    # An error page must draw when the database is what is broken.
    private = rule is not None and rule.right is not Right.ANYONE and "erring" not in g
    viewer = viewer_or_none() if private else None
    return {
        "viewer": viewer,
        "practice": practices.words(db.session(), practice_id=viewer.practice_id)
        if viewer
        else None,
        "safety_waiting": review.overdue(db.session(), viewer=viewer, moment=clock.now())
        if viewer and viewer.role == "admin"
        else 0,
        "here": request.endpoint or "",
    }


def month_words(day: date) -> str:
    """Return a month as people write it: March 2026."""
    return f"{day:%B} {day.year}"


def day_words(day: date) -> str:
    """Return a day as people write it: 3 March 2026."""
    return f"{day.day} {day:%B} {day.year}"


def role_name(slug: str) -> str:
    """Return the name of a role: nurse, call handler."""
    return skills.ROLES[slug].name if slug in skills.ROLES else slug


def stage_name(slug: str) -> str:
    """Return the name that staff use of a stage: Assessment, Ongoing care."""
    return skills.STAGES[slug].for_staff if slug in skills.STAGES else slug


def language_name(code: str) -> str:
    """Return the English name of a language by its code: Polish; the code where there is none."""
    return str(ENGLISH.languages.get(code.split("-")[0], code))
