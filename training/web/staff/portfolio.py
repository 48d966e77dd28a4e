"""A portfolio that a person makes for themselves: tick what goes in, then print it or keep the table.

GET /portfolio ── GET /portfolio/made?part=…&reflection=… ─► the page to print, and portfolio.csv
"""

from flask import Response, render_template, request

from training.extensions import db
from training.scenarios import catalogue
from training.services import portfolio
from training.services.portfolio import PARTS, Portfolio
from training.skills import SKILLS
from training.web.files import csv_answer
from training.web.guard import Right
from training.web.local import today_of
from training.web.staff import shown, staff
from training.web.viewer import viewer

MOST = 200  # reflections that one address may name


@staff.page("/portfolio", allow=Right.PERSON, endpoint="portfolio")
def choose_portfolio() -> str:
    """Ask a person what shall go into their portfolio."""
    thoughts = portfolio.thoughts(db.session(), viewer=viewer(), catalogue=catalogue.load())
    return render_template("staff/portfolio.html", parts=PARTS, thoughts=thoughts)


@staff.page("/portfolio/made", allow=Right.PERSON)
def portfolio_made() -> str:
    """Show the portfolio as it is printed."""
    found = _made()
    words = {slug: one for slug, one in shown.mastery_words(found.skills).items() if slug in SKILLS}
    return render_template(
        "staff/portfolio_made.html", made=found, words=words,
        query={"part": _asked("part"), "reflection": _asked("reflection")},
    )  # fmt: skip


@staff.page("/portfolio/portfolio.csv", allow=Right.PERSON)
def portfolio_csv() -> Response:
    """Give the portfolio as a table."""
    return csv_answer(portfolio.table(_made()), name="bedside-my-portfolio")


def _made() -> Portfolio:
    who = viewer()
    return portfolio.make(
        db.session(), viewer=who, catalogue=catalogue.load(), parts=_asked("part"),
        ticked=_asked("reflection"), today=today_of(who),
    )  # fmt: skip


def _asked(name: str) -> list[str]:
    return request.args.getlist(name)[:MOST]
