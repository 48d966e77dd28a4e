"""The trends page: what patients say of a topic, month by month, for a practice or a part of it.

    page(session, viewer=dana, topic="phone_system", site="", team="", stage="", today=…)
     ──►  TrendsPage: chart, praise beside criticism, topics by stage, teams

Everything is counted in comments, over the last twelve full months and the month that is running;
small numbers are hidden here, so that no page, table or file built on this can show them.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from training.periods import Period
from training.services import fair, lately, months, selection, teams, topics
from training.services.fair import Fair
from training.services.lately import Lately
from training.services.months import Sides
from training.services.selection import Filters
from training.services.signing_in import Viewer
from training.services.teams import TeamLine
from training.services.topics import Heat, TopicLine
from training.trends.shares import ShareTrend

FORMULA = "shares/2"
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
    lately: Lately
    heat: Heat
    fair: Fair
    readable: frozenset[date]

    @property
    def teams(self) -> tuple[TeamLine, ...]:
        """The teams with their likely ranges, by name."""
        return self.fair.lines


def page(
    session: Session, *, viewer: Viewer, topic: str, site: str, today: date, team: str = "",
    stage: str = "",
) -> TrendsPage:  # fmt: skip
    """Return the trends of a topic, a site (a public id), a team (a role group) and a stage.

    "" is any of them. Raises `NotFound` for what does not exist or is out of the viewer's scope.
    """
    filters = Filters(topic, site, team, stage)
    chosen = selection.choose(session, viewer=viewer, filters=filters, today=today)
    years = months.years_of(session, chosen=chosen)
    found = topics.topic_sets(session, chosen=chosen)
    before = lately.criticism_before(session, years=years)
    signs = (
        lately.signs_of(topic, found, before)
        if topic
        else months.signs_of_any(session, years=years)
    )
    story = months.story(session, years=years, signs=signs, today=today)
    comments, negative = _drawn(story.trend, chosen.at.period)
    lines = topics.lines_of(found, chosen.view)
    return TrendsPage(
        filters=filters,
        topic=topic,
        site=site,
        sites=chosen.at.site_names,
        period=chosen.at.period,
        trend=story.trend,
        comments=comments,
        negative=negative,
        sides=story.sides,
        topics=lines,
        lately=lately.of_topics(
            years=years, trend=story.trend, lines=lines, found=found, before=before
        ),
        heat=topics.heat_of(found, chosen.view),
        fair=fair.compared(() if team else teams.lines(session, chosen=chosen)),
        readable=story.readable,
    )


def _drawn(trend: ShareTrend, period: Period) -> tuple[int | None, int | None]:
    """Return the comments, and those with criticism, of a period's points; None without any."""
    drawn = [one for one in trend.months if one.point and one.period.start in period]
    if not drawn:
        return None, None
    return sum(one.comments or 0 for one in drawn), sum(one.negatives or 0 for one in drawn)
