"""The trends page: every filter in the address, a finding as its headline, a table under the chart."""

from flask import abort, render_template, request

from training import clock, periods, skills
from training.extensions import db
from training.services import practices, trends
from training.services.people import NotFound
from training.web import charts
from training.web.guard import Right
from training.web.manager import manager
from training.web.viewer import viewer


@manager.page("/trends", allow=Right.MANAGER, endpoint="trends")
def show() -> str:
    """Show what patients say of a topic, month by month."""
    who = viewer()
    practice = practices.words(db.session(), practice_id=who.practice_id)
    topic, site = request.args.get("topic", ""), request.args.get("site", "")
    try:
        page = trends.page(
            db.session(), viewer=who, topic=topic, site=site,
            today=periods.local_day(clock.now(), practice.time_zone),
        )  # fmt: skip
    except NotFound:
        abort(404)
    title = skills.topic_name(topic) if topic else "Any topic"
    chart = charts.share_chart("trend", page.trend, title=f"{title}, month by month")
    return render_template(
        "manager/trends.html", page=page, chart=chart, options=_options(), charts=charts
    )


def _options() -> list[tuple[str, str]]:
    named = [(slug, skills.topic_name(slug)) for slug in (*skills.SKILLS, *skills.THEMES)]
    return [("", "Any topic"), *sorted(named, key=lambda pair: pair[1])]
