"""The library for those who write scenarios: what is covered, a map with every check, trying one.

    GET /library ─► GET /library/<slug> ─► GET /library/<slug>/try?said=seen.straight

Trying keeps nothing: what was said so far stands in the address.
"""

from flask import abort, render_template, request

from training import clock
from training.extensions import db
from training.scenarios import catalogue
from training.services import library as services
from training.services.people import NotFound
from training.web import storymap
from training.web.guard import Right
from training.web.manager import manager
from training.web.viewer import viewer


@manager.page("/library", allow=Right.MANAGER)
def library() -> str:
    """List every scenario, and what they cover by skill, role and stage."""
    return render_template(
        "manager/library.html", shelf=services.shelf(catalogue=catalogue.load())
    )  # fmt: skip


@manager.page("/library/<slug>", allow=Right.MANAGER)
def library_one(slug: str) -> str:
    """Show one scenario: its map, every check beside its scene, what people choose."""
    try:
        found = services.one(
            db.session(), viewer=viewer(), slug=slug, catalogue=catalogue.load(), moment=clock.now()
        )
    except NotFound:
        abort(404)
    drawn = storymap.drawing(
        found.map, title=f"Map of “{found.scenario.script.title}”", faulty=frozenset(found.faults)
    )
    return render_template("manager/library_one.html", one=found, drawing=drawn)


@manager.page("/library/<slug>/try", allow=Right.MANAGER)
def library_try(slug: str) -> str:
    """Let an author try a conversation; nothing of it is kept."""
    said = [one for one in request.args.get("said", "").split(".") if one]
    try:
        scenario, position = services.tried(catalogue=catalogue.load(), slug=slug, said=said)
    except NotFound:
        abort(404)
    return render_template(
        "manager/library_try.html", scenario=scenario, position=position, said=said
    )  # fmt: skip
