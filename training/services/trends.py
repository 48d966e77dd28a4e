"""The trends page: what patients say of a topic, month by month, for a practice or a part of it.

    page(session, viewer=dana, topic="phone_system", site="", team="", stage="", today=…)
     ──►  TrendsPage: chart, praise beside criticism, topics by stage, teams

Everything is counted in comments, over the last twelve full months and the month that is running;
small numbers are hidden here, so that no page, table or file built on this can show them.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from training.periods import Period
from training.services import months, selection, teams, topics
from training.services.months import Sides
from training.services.selection import Filters
from training.services.signing_in import Viewer
from training.services.teams import TeamLine
from training.services.topics import Heat, TopicLine
from training.store import audit
from training.store.tables import Annotation
from training.trends.shares import ShareTrend

FORMULA = "shares/1"
RULE = (
    "Sets of fewer than 5 comments are not shown, nor are others from which one could be worked "
    "out; shares and points of a chart need 10."
)


@dataclass(frozen=True, slots=True)
class TrendsPage:
    """All that the trends page draws, and its file holds.

    readable: the first days of the months whose comments may be read.
    """

    filters: Filters
    topic: str
    site: str
    sites: tuple[tuple[str, str], ...]
    period: Period
    trend: ShareTrend
    comments: int | None
    negative: int | None
    sides: tuple[Sides, ...]
    topics: tuple[TopicLine, ...]
    heat: Heat
    teams: tuple[TeamLine, ...]
    readable: frozenset[date]


def page(
    session: Session,
    *,
    viewer: Viewer,
    topic: str,
    site: str,
    today: date,
    team: str = "",
    stage: str = "",
) -> TrendsPage:
    """Return the trends of a topic, a site (a public id), a team (a role group) and a stage.

    "" is any of them. Raises `NotFound` for what does not exist or is out of the viewer's scope.
    """
    filters = Filters(topic, site, team, stage)
    chosen = selection.choose(session, viewer=viewer, filters=filters, today=today)
    trend = months.trend_of(session, chosen=chosen)
    drawn = [month for month in trend.months if month.point]
    found = topics.topic_sets(session, chosen=chosen)
    return TrendsPage(
        filters=filters,
        topic=topic,
        site=site,
        sites=chosen.at.site_names,
        period=chosen.at.period,
        trend=trend,
        comments=sum(month.comments or 0 for month in drawn) if drawn else None,
        negative=sum(month.negatives or 0 for month in drawn) if drawn else None,
        sides=months.sides_of(session, chosen=chosen),
        topics=topics.lines_of(found, chosen.view),
        heat=topics.heat_of(found, chosen.view),
        teams=() if team else teams.lines(session, chosen=chosen),
        readable=months.readable_months(session, chosen=chosen, today=today),
    )


def annotate(
    session: Session,
    *,
    viewer: Viewer,
    on_day: date,
    kind: str,
    topic: str | None,
    text: str,
    moment: datetime,
) -> None:
    """Put a dated note on the charts; `kind` is training, staffing or change; topic None is all."""
    session.add(
        Annotation(
            practice_id=viewer.practice_id, on_day=on_day, kind=kind, topic=topic, text=text.strip()
        )
    )
    audit.note(
        session, practice_id=viewer.practice_id, account_id=viewer.account_id, moment=moment,
        verb="annotate", noun="chart",
    )  # fmt: skip
    session.commit()
