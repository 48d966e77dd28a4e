"""The trends page: what patients say of a topic, month by month, for a practice or some of its sites.

    page(session, viewer=dana, topic="phone_system", site="", today=…)  ──►  TrendsPage

Everything is counted in comments, over the last twelve full months and the month that is running;
small numbers are hidden here, so that no page, table or file built on this can show them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from training import skills
from training.periods import Period, last_full_months, month_of
from training.services.people import NotFound
from training.services.signing_in import Viewer
from training.store import audit, counts, people
from training.store.counts import Scope
from training.store.tables import Annotation
from training.trends import suppress
from training.trends.shares import Mark, MonthCount, Responses, ShareTrend, share_trend

MONTHS = 12


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A topic as patients write of it: comments with praise, with criticism; None: too few to show."""

    topic: str
    praise: int | None
    criticism: int | None


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A team: comments about it and those with criticism; None where there are too few to show."""

    name: str
    comments: int | None
    negatives: int | None
    why_hidden: str


@dataclass(frozen=True, slots=True)
class TrendsPage:
    """All that the trends page draws."""

    topic: str
    site: str
    sites: tuple[tuple[str, str], ...]
    period: Period
    trend: ShareTrend
    comments: int | None
    negative: int | None
    topics: tuple[TopicLine, ...]
    teams: tuple[TeamLine, ...]


def page(session: Session, *, viewer: Viewer, topic: str, site: str, today: date) -> TrendsPage:
    """Return the trends of a topic ("": any) and a site (a public id; "": all in scope).

    Raises `NotFound` for a topic that does not exist and for a site out of the viewer's scope.
    """
    if topic and topic not in skills.SKILLS and topic not in skills.THEMES:
        raise NotFound
    mine = _sites_in_scope(session, viewer)
    if site and site not in mine:
        raise NotFound
    months = (*last_full_months(MONTHS, today), month_of(today))
    scope = _scope(viewer, mine, "", months)
    chosen = _scope(viewer, mine, site, months)
    series = _by_site(session, scope, topic, months)
    trend = _trend(session, chosen, topic, months, series)
    total = sum(month.comments or 0 for month in trend.months)
    return TrendsPage(
        topic=topic,
        site=site,
        sites=tuple((public_id, name) for public_id, (_, name) in mine.items()),
        period=Period(months[0].start, months[-1].end),
        trend=trend,
        comments=total or None,
        negative=sum(month.negatives or 0 for month in trend.months) if total else None,
        topics=_topics(session, chosen),
        teams=_teams(session, chosen),
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


def _sites_in_scope(session: Session, viewer: Viewer) -> dict[str, tuple[int, str]]:
    return {
        row.public_id: (row.id, row.name)
        for row in people.sites(session, viewer.practice_id)
        if not viewer.site_ids or row.id in viewer.site_ids
    }


def _scope(
    viewer: Viewer, mine: dict[str, tuple[int, str]], site: str, months: Sequence[Period]
) -> Scope:
    # Without a scope of sites, comments that belong to no site are the viewer's too.
    ids = (mine[site][0],) if site else tuple(viewer.site_ids) or None
    return Scope(viewer.practice_id, ids, months[0].start, months[-1].end)


Series = dict[int | None, list[MonthCount]]


def _by_site(session: Session, scope: Scope, topic: str, months: Sequence[Period]) -> Series:
    totals = counts.comments_by_month(session, scope)
    negatives = counts.negatives_by_month(session, scope, topic)
    return {
        site: [
            MonthCount(
                month,
                totals.get((month.start.year, month.start.month, site), 0),
                negatives.get((month.start.year, month.start.month, site), 0),
            )
            for month in months
        ]
        for site in sorted({site for _, _, site in totals}, key=str)
    }


def _trend(
    session: Session, scope: Scope, topic: str, months: Sequence[Period], series: Series
) -> ShareTrend:
    one_site = scope.site_ids is not None and len(scope.site_ids) == 1
    wanted = {k: v for k, v in series.items() if scope.site_ids is None or k in scope.site_ids}
    hidden = suppress.hidden_points({k: [m.comments for m in v] for k, v in series.items()})
    return share_trend(
        [
            MonthCount(
                month,
                sum(v[i].comments for v in wanted.values()),
                sum(v[i].negatives for v in wanted.values()),
            )
            for i, month in enumerate(months)
        ],
        topic=_reads(topic),
        marks=_marks(session, scope, topic),
        responses=Responses(*counts.responses(session, scope)),
        hidden=frozenset().union(*(hidden[k] for k in wanted)) if one_site else frozenset(),
    )


def _reads(topic: str) -> str:
    """Return a topic as it reads after "about"."""
    name = skills.topic_name(topic)
    return name[:1].lower() + name[1:]


def _marks(session: Session, scope: Scope, topic: str) -> list[Mark]:
    noted = counts.annotations(session, scope, {topic} if topic else set(skills.THEMES))
    marks = [Mark(row.on_day, row.text) for row in noted]
    changes = counts.readers(session, scope)[1:]
    marks += [Mark(day, f"Read anew: {reader}", rebase=True) for reader, day in changes]
    return marks


def _topics(session: Session, scope: Scope) -> tuple[TopicLine, ...]:
    lines = [
        TopicLine(row.topic, _shown(row.praise), _shown(row.criticism))
        for row in counts.by_topic(session, scope)
    ]
    return tuple(
        sorted(lines, key=lambda line: (-(line.criticism or 0), -(line.praise or 0), line.topic))
    )


def _shown(n: int) -> int | None:
    return n if n == 0 or n >= suppress.FEWEST_SHOWN else None


def _teams(session: Session, scope: Scope) -> tuple[TeamLine, ...]:
    names = {row.id: row.name for row in people.sites(session, scope.practice_id)}
    found = {(row.role_group, row.site_id): row for row in counts.by_team(session, scope)}
    hidden = suppress.hidden_groups({team: row.comments for team, row in found.items()})
    lines = [
        TeamLine(
            name=_team_name(row.role_group, names.get(row.site_id or 0, "")),
            comments=None if team in hidden else row.comments,
            negatives=None if team in hidden else row.negatives,
            why_hidden="Too few to show" if team in hidden else "",
        )
        for team, row in found.items()
    ]
    return tuple(sorted(lines, key=lambda line: line.name))


def _team_name(role_group: str, site: str) -> str:
    group = skills.ROLE_GROUPS[role_group].name if role_group in skills.ROLE_GROUPS else role_group
    return f"{group}, {site}" if site else group
