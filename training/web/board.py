"""You said, we did: the public page of a site, for anybody with its address; no cookie, no account."""

from flask import abort, render_template

from training.extensions import db
from training.services import board, practices
from training.services.people import NotFound
from training.web import languages
from training.web.guard import Right
from training.web.patient import patient


@patient.page("/you-said/<site>", allow=Right.ANYONE, cross_site=True, endpoint="board")
def show(site: str) -> str:
    """Show what a site changed because of what patients said."""
    try:
        found = board.board(db.session(), site_public_id=site)
    except NotFound:
        abort(404)
    words = practices.words(db.session(), practice_id=found.practice_id)
    languages.choose(words.languages)
    return render_template(
        "patient/board.html", practice=words, site=found.site, items=found.items
    )  # fmt: skip
