"""Teams by name, and one team's page; nothing is shown of a team with too few comments."""

from flask import Response, abort, render_template

from training import clock
from training.extensions import db
from training.services import team_needs, teams, trend_files
from training.services.people import NotFound
from training.services.selection import Filters
from training.services.team_needs import TeamHelp
from training.services.teams import TeamPage
from training.web import charts
from training.web.files import csv_answer
from training.web.guard import Right
from training.web.local import today_of
from training.web.manager import filters, manager
from training.web.viewer import viewer


@manager.page("/teams", allow=Right.MANAGER, endpoint="teams")
def show_teams() -> str:
    """List the teams with their people."""
    who = viewer()
    found = teams.everyone(db.session(), viewer=who, today=today_of(who))
    return render_template("manager/teams.html", teams=found)


@manager.page("/teams/<role_group>/<site>", allow=Right.MANAGER)
def team(role_group: str, site: str) -> str:
    """Show what patients say about a team."""
    page = _page(role_group, site)
    chosen = Filters(team=role_group, site=site)
    links = filters.point_links(chosen, page.readable, page.trend.unit)
    title = f"{page.team.name}, {page.trend.unit} by {page.trend.unit}"
    chart = charts.share_chart("team", page.trend, title=title, links=links)
    return render_template(
        "manager/team.html", page=page, chart=chart, links=links, chosen=chosen, filters=filters,
        charts=charts, learning=_learning(role_group, site),
    )  # fmt: skip


@manager.page("/teams/<role_group>/<site>/team.csv", allow=Right.MANAGER)
def team_csv(role_group: str, site: str) -> Response:
    """Give a team's page as a file: the same numbers, hidden alike."""
    made_on = today_of(viewer())
    rows = trend_files.team_rows(page=_page(role_group, site), made_on=made_on)
    return csv_answer(rows, name=f"bedside-team-{made_on}")


def _learning(role_group: str, site: str) -> TeamHelp:
    who = viewer()
    return team_needs.of_team(
        db.session(), viewer=who, role_group=role_group, site=site, today=today_of(who),
        moment=clock.now(),
    )  # fmt: skip


def _page(role_group: str, site: str) -> TeamPage:
    who = viewer()
    try:
        return teams.page(
            db.session(), viewer=who, role_group=role_group, site=site, today=today_of(who)
        )
    except NotFound:
        abort(404)
