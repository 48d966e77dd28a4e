"""Named queries that count comments for the trends: by month, topic, site and team.

What counts: a comment that was read and is not held (or was released), and of its remarks every one
that is not rejected, whatever its state. A comment counts once however many remarks it holds.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, distinct, extract, func, or_, select
from sqlalchemy.orm import Session

from training.store.tables import (
    Annotation,
    Comment,
    Invitation,
    Match,
    Membership,
    Remark,
    RemarkSkill,
    Visit,
)


@dataclass(frozen=True, slots=True)
class Scope:
    """Which comments: of a practice, of some of its sites (None: all), of a half-open run of days."""

    practice_id: int
    site_ids: tuple[int, ...] | None
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class TopicCount:
    """Comments with a positive and with a negative remark about a topic."""

    topic: str
    praise: int
    criticism: int


@dataclass(frozen=True, slots=True)
class TeamCount:
    """Comments about a team, and those of them with a negative remark about it."""

    role_group: str
    site_id: int | None
    comments: int
    negatives: int


def _counted(scope: Scope) -> list[ColumnElement[bool]]:
    rules = [
        Comment.practice_id == scope.practice_id,
        Comment.reading_state == "read",
        or_(Comment.hold == "none", Comment.hold_outcome == "released"),
        Comment.local_day >= scope.start,
        Comment.local_day < scope.end,
    ]
    if scope.site_ids is not None:
        rules.append(Comment.site_id.in_(scope.site_ids))
    return rules


_YEAR, _MONTH = extract("year", Comment.local_day), extract("month", Comment.local_day)
_STANDS = Remark.state != "rejected"


def comments_by_month(session: Session, scope: Scope) -> dict[tuple[int, int, int | None], int]:
    """Return how many comments count, by (year, month, site)."""
    query = (
        select(_YEAR, _MONTH, Comment.site_id, func.count())
        .where(*_counted(scope))
        .group_by(_YEAR, _MONTH, Comment.site_id)
    )
    return {(int(y), int(m), site): n for y, m, site, n in session.execute(query)}


def negatives_by_month(
    session: Session, scope: Scope, topic: str
) -> dict[tuple[int, int, int | None], int]:
    """Return how many counted comments hold a negative remark about a topic ("": any)."""
    query = (
        select(_YEAR, _MONTH, Comment.site_id, func.count(distinct(Comment.id)))
        .join(Remark, Remark.comment_id == Comment.id)
        .where(*_counted(scope), _STANDS, Remark.sentiment == "negative", *_about(topic))
        .group_by(_YEAR, _MONTH, Comment.site_id)
    )
    return {(int(y), int(m), site): n for y, m, site, n in session.execute(query)}


def _about(topic: str) -> list[ColumnElement[bool]]:
    if not topic:
        return []
    skilled = (
        select(RemarkSkill.id)
        .where(RemarkSkill.remark_id == Remark.id, RemarkSkill.skill == topic)
        .exists()
    )
    return [or_(Remark.theme == topic, skilled)]


def by_topic(session: Session, scope: Scope) -> list[TopicCount]:
    """Return praise and criticism of each skill and theme, in counted comments."""
    found: dict[str, dict[str, int]] = {}
    for topic in (Remark.theme, RemarkSkill.skill):
        query = (
            select(topic, Remark.sentiment, func.count(distinct(Comment.id)))
            .select_from(Comment)
            .join(Remark, Remark.comment_id == Comment.id)
            .where(*_counted(scope), _STANDS, topic.is_not(None))
            .group_by(topic, Remark.sentiment)
        )
        if topic is RemarkSkill.skill:
            query = query.join(RemarkSkill, RemarkSkill.remark_id == Remark.id)
        for slug, sentiment, n in session.execute(query):
            found.setdefault(str(slug), {})[sentiment] = n
    return [
        TopicCount(slug, signs.get("positive", 0), signs.get("negative", 0))
        for slug, signs in sorted(found.items())
    ]


def by_team(session: Session, scope: Scope) -> list[TeamCount]:
    """Return counted comments about each team: role group and site at the time of the visit."""
    member = and_(
        Membership.staff_id == Match.staff_id,
        Membership.starts_on <= Comment.local_day,
        or_(Membership.ends_on.is_(None), Membership.ends_on > Comment.local_day),
    )
    ties = or_(Match.state == "confirmed", and_(Match.state == "proposed", Match.certain))
    negative = func.count(distinct(Comment.id)).filter(Remark.sentiment == "negative")
    query = (
        select(
            Membership.role_group, Membership.site_id, func.count(distinct(Comment.id)), negative
        )
        .select_from(Comment)
        .join(Remark, Remark.comment_id == Comment.id)
        .join(Match, Match.remark_id == Remark.id)
        .join(Membership, member)
        .where(*_counted(scope), _STANDS, ties)
        .group_by(Membership.role_group, Membership.site_id)
    )
    return [TeamCount(*row) for row in session.execute(query)]


def responses(session: Session, scope: Scope) -> tuple[int, int]:
    """Return (invitations issued in these days, how many of them were answered)."""
    query = (
        select(func.count(), func.count(Invitation.used_on))
        .select_from(Invitation)
        .join(Visit, Visit.id == Invitation.visit_id)
        .where(
            Invitation.practice_id == scope.practice_id,
            Visit.local_day >= scope.start,
            Visit.local_day < scope.end,
        )
    )
    if scope.site_ids is not None:
        query = query.where(Visit.site_id.in_(scope.site_ids))
    issued, answered = session.execute(query).one()
    return issued, answered


def annotations(session: Session, scope: Scope, topics: Collection[str]) -> Sequence[Annotation]:
    """Return the notes on the charts of these days, about a topic or about all."""
    query = (
        select(Annotation)
        .where(
            Annotation.practice_id == scope.practice_id,
            Annotation.on_day >= scope.start,
            Annotation.on_day < scope.end,
            or_(Annotation.topic.is_(None), Annotation.topic.in_(topics)),
        )
        .order_by(Annotation.on_day, Annotation.id)
    )
    return session.scalars(query).all()


def readers(session: Session, scope: Scope) -> list[tuple[str, date]]:
    """Return each reader and the first day it read, oldest first."""
    query = (
        select(Comment.reader, func.min(Comment.local_day))
        .where(*_counted(scope), Comment.reader.is_not(None))
        .group_by(Comment.reader)
        .order_by(func.min(Comment.local_day))
    )
    return [(str(reader), day) for reader, day in session.execute(query)]
