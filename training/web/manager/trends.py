"""The trends page: every filter in the address, a finding as its headline, a table under the chart."""

from flask import Response, abort, render_template

from training import skills
from training.extensions import db
from training.services import trend_files, trends
from training.services.people import NotFound
from training.services.trends import TrendsPage
from training.web import charts
from training.web.files import csv_answer
from training.web.guard import Right
from training.web.local import today_of
from training.web.manager import filters, manager
from training.web.viewer import viewer


@manager.page("/trends", allow=Right.MANAGER, endpoint="trends")
def show() -> str:
    """Show what patients say of a topic, month by month."""
    page = _page()
    title = skills.topic_name(page.topic) if page.topic else "Any topic"
    links = filters.month_links(page.filters, page.readable)
    chart = charts.share_chart(
        "trend", page.trend, title=f"{title}, {page.trend.unit} by {page.trend.unit}", links=links
    )
    return render_template(
        "manager/trends.html", page=page, chart=chart, links=links, charts=charts, filters=filters
    )


@manager.page("/trends.csv", allow=Right.MANAGER)
def trends_csv() -> Response:
    """Give the trends page as a file: the same numbers, hidden alike."""
    made_on = today_of(viewer())
    rows = trend_files.trends_rows(page=_page(), made_on=made_on)
    return csv_answer(rows, name=f"bedside-trends-{made_on}")


def _page() -> TrendsPage:
    who, chosen = viewer(), filters.filters_of_request()
    try:
        return trends.page(
            db.session(), viewer=who, topic=chosen.topic, site=chosen.site, team=chosen.team,
            stage=chosen.stage, today=today_of(who),
        )  # fmt: skip
    except NotFound:
        abort(404)
