"""The trends page: every filter in the address, a finding as its headline, a table under the chart."""

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training import skills
from training.extensions import db
from training.services import saved_views, trend_files, trends
from training.services.people import NotFound
from training.services.trends import TrendsPage
from training.trends import wording
from training.web import charts, picture
from training.web.files import csv_answer
from training.web.funnel import funnel_chart
from training.web.guard import Right
from training.web.local import today_of
from training.web.manager import filters, manager
from training.web.viewer import viewer


@manager.page("/trends", allow=Right.MANAGER, endpoint="trends")
def show() -> str:
    """Show what patients say of a topic, month by month."""
    page, who = _page(), viewer()
    links = filters.point_links(page.filters, page.readable, page.trend.unit)
    return render_template(
        "manager/trends.html", page=page, links=links, charts=charts, filters=filters,
        chart=charts.share_chart("trend", page.trend, title=_title(page), links=links),
        funnel=funnel_chart("funnel", page.fair, title="Teams by comments", links=_teams(page)),
        kinds=wording.KINDS, saved="saved" in request.args,
        views=saved_views.of_viewer(db.session(), viewer=who, today=today_of(who)),
    )  # fmt: skip


def _title(page: TrendsPage) -> str:
    name = skills.topic_name(page.topic) if page.topic else "Any topic"
    return f"{name}, {page.trend.unit} by {page.trend.unit}"


def _teams(page: TrendsPage) -> dict[str, str]:
    return {
        line.name: url_for("manager.team", role_group=line.role_group, site=line.site_public_id)
        for line in page.teams
        if line.site_public_id
    }


@manager.page("/trends.csv", allow=Right.MANAGER)
def trends_csv() -> Response:
    """Give the trends page as a file: the same numbers, hidden alike."""
    made_on = today_of(viewer())
    rows = trend_files.trends_rows(page=_page(), made_on=made_on)
    return csv_answer(rows, name=f"bedside-trends-{made_on}")


@manager.page("/trends.svg", allow=Right.MANAGER)
def trends_svg() -> ResponseReturnValue:
    """Give the chart as a picture that says by itself what it is of; without one, back to the page."""
    page, made_on = _page(), today_of(viewer())
    if page.trend.chart is None:
        return redirect(filters.address("manager.trends", page.filters), 303)
    lines = trend_files.captions(page=page, made_on=made_on)
    drawing = picture.of_trend(page.trend, title=_title(page), captions=lines)
    return picture.answer(drawing, name=f"bedside-trends-{made_on}")


def _page() -> TrendsPage:
    who, chosen = viewer(), filters.filters_of_request()
    try:
        return trends.page(
            db.session(), viewer=who, topic=chosen.topic, site=chosen.site, team=chosen.team,
            stage=chosen.stage, today=today_of(who),
        )  # fmt: skip
    except NotFound:
        abort(404)
