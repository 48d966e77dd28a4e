"""Named queries that count comments for the trends, by site, stage and month.

What counts: a comment that was read and is not held (or was released), and of its remarks every one
that is not rejected or disputed, whatever else its state. A comment counts once however many
remarks it holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, distinct, extract, func, or_, select
from sqlalchemy.orm import Session

from training.store.tables import (
    Comment,
    Invitation,
    Match,
    Membership,
    Remark,
    RemarkSkill,
    RemarkTheme,
    Visit,
)

NO_SITE, NO_STAGE = 0, "unknown"
AnySelect = Select[*tuple[Any, ...]]
Cell = tuple[Any, ...]  # (site id or NO_SITE, stage or NO_STAGE, (year, month))


@dataclass(frozen=True, slots=True)
class Scope:
    """Which comments: of a practice, of some of its sites (None: all), of a half-open run of days."""

    practice_id: int
    site_ids: tuple[int, ...] | None
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Said:
    """What a comment must hold: one remark about a topic, about a team, of a sentiment ("": any).

    shown_before: of a team's remarks, only those that the person was shown before this moment.
    """

    topic: str = ""
    team: str = ""
    sentiment: str = ""
    shown_before: datetime | None = None


ANYTHING = Said()
SIGNS = ("positive", "negative")


@dataclass(frozen=True, slots=True)
class TopicCounts:
    """By cell, the comments about a topic, and those of them with praise and with criticism of it."""

    comments: dict[Cell, int]
    praise: dict[Cell, int]
    criticism: dict[Cell, int]


def counted(scope: Scope) -> list[ColumnElement[bool]]:
    """Return the rules by which a comment counts in a scope."""
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


_CELL = (
    Comment.site_id, Comment.stage,
    extract("year", Comment.local_day), extract("month", Comment.local_day),
)  # fmt: skip
_STANDS = Remark.state.not_in(("rejected", "disputed"))


def by_cell(
    session: Session, scope: Scope, said: Said = ANYTHING, *, may_learn: bool = False
) -> dict[Cell, int]:
    """Return how many comments count, by cell; may_learn: only those that staff may learn from."""
    query = select(*_CELL, func.count()).where(*counted(scope), *holding(said)).group_by(*_CELL)
    if may_learn:
        query = query.where(Comment.may_learn.is_(True))
    return {
        _cell(site, stage, year, month): n for site, stage, year, month, n in session.execute(query)
    }


def _cell(site: int | None, stage: str | None, year: int, month: int) -> Cell:
    return site or NO_SITE, stage or NO_STAGE, (int(year), int(month))


def holding(said: Said) -> list[ColumnElement[bool]]:
    """Return the rule that a comment holds such a remark; none where anything will do."""
    if said == ANYTHING:
        return []
    remark = select(Remark.id).where(Remark.comment_id == Comment.id, _STANDS, *_about(said.topic))
    if said.sentiment:
        remark = remark.where(Remark.sentiment == said.sentiment)
    if said.team:
        remark = _of_team(remark, said)
    return [remark.correlate(Comment).exists()]


def _about(topic: str) -> list[ColumnElement[bool]]:
    if not topic:
        return []
    skilled = (
        select(RemarkSkill.id)
        .where(RemarkSkill.remark_id == Remark.id, RemarkSkill.skill == topic)
        .exists()
    )
    matter = (
        select(RemarkTheme.id)
        .where(RemarkTheme.remark_id == Remark.id, RemarkTheme.theme == topic)
        .exists()
    )
    return [or_(matter, skilled)]


def _tied() -> ColumnElement[bool]:
    """Say that a remark is tied to somebody: confirmed, or certain and not yet decided."""
    return or_(Match.state == "confirmed", and_(Match.state == "proposed", Match.certain))


def _member() -> ColumnElement[bool]:
    """Say of which team a tied person was on the day of the comment; both days are inclusive."""
    return and_(
        Membership.staff_id == Match.staff_id,
        Membership.starts_on <= Comment.local_day,
        or_(Membership.ends_on.is_(None), Membership.ends_on >= Comment.local_day),
    )


def _of_team(query: AnySelect, said: Said) -> AnySelect:
    query = (
        query.join(Match, Match.remark_id == Remark.id)
        .join(Membership, _member())
        .where(_tied(), Membership.role_group == said.team)
    )
    return query.where(Match.shown_at < said.shown_before) if said.shown_before else query


def by_topic(session: Session, scope: Scope, *, team: str = "") -> dict[str, TopicCounts]:
    """Return the counts of every skill and theme that a comment (of a team's: a tied remark) is about."""
    found: dict[str, TopicCounts] = {}
    for table, topic in ((RemarkTheme, RemarkTheme.theme), (RemarkSkill, RemarkSkill.skill)):
        n = func.count(distinct(Comment.id))
        query = (
            select(topic, *_CELL, n, *(n.filter(Remark.sentiment == sign) for sign in SIGNS))
            .select_from(Comment)
            .join(Remark, Remark.comment_id == Comment.id)
            .join(table, table.remark_id == Remark.id)
            .where(*counted(scope), _STANDS)
            .group_by(topic, *_CELL)
        )
        if team:
            query = _of_team(query, Said(team=team))
        for slug, site, stage, year, month, *numbers in session.execute(query):
            counts = found.setdefault(str(slug), TopicCounts({}, {}, {}))
            _put(counts, _cell(site, stage, year, month), numbers)
    return dict(sorted(found.items()))


def by_sign(session: Session, scope: Scope, *, team: str = "") -> dict[str, dict[Cell, int]]:
    """Return by sign and cell how many comments hold a remark of it, tied to somebody of a team."""
    n = func.count(distinct(Comment.id))
    query = (
        select(*_CELL, *(n.filter(Remark.sentiment == sign) for sign in SIGNS))
        .select_from(Comment)
        .join(Remark, Remark.comment_id == Comment.id)
        .where(*counted(scope), _STANDS, Remark.sentiment.in_(SIGNS))
        .group_by(*_CELL)
    )
    if team:
        query = _of_team(query, Said(team=team))
    found: dict[str, dict[Cell, int]] = {sign: {} for sign in SIGNS}
    for site, stage, year, month, *numbers in session.execute(query):
        for sign, number in zip(SIGNS, numbers, strict=True):
            found[sign][_cell(site, stage, year, month)] = number
    return found


def criticism_by_topic(
    session: Session, scope: Scope, *, team: str = ""
) -> dict[str, dict[Cell, int]]:
    """Return by topic and cell the comments with criticism of it: what `by_topic` says, alone."""
    found: dict[str, dict[Cell, int]] = {}
    for table, topic in ((RemarkTheme, RemarkTheme.theme), (RemarkSkill, RemarkSkill.skill)):
        query = (
            select(topic, *_CELL, func.count(distinct(Comment.id)))
            .select_from(Comment)
            .join(Remark, Remark.comment_id == Comment.id)
            .join(table, table.remark_id == Remark.id)
            .where(*counted(scope), _STANDS, Remark.sentiment == "negative")
            .group_by(topic, *_CELL)
        )
        if team:
            query = _of_team(query, Said(team=team))
        for slug, site, stage, year, month, n in session.execute(query):
            found.setdefault(str(slug), {})[_cell(site, stage, year, month)] = n
    return found


def _put(counts: TopicCounts, cell: Cell, numbers: Sequence[int]) -> None:
    for kept, n in zip((counts.comments, counts.praise, counts.criticism), numbers, strict=True):
        kept[cell] = n


def by_team(session: Session, scope: Scope) -> dict[str, TopicCounts]:
    """Return the counts of comments about somebody of each role group, as it was on the day."""
    n = func.count(distinct(Comment.id))
    group = Membership.role_group
    query = (
        select(group, *_CELL, n, *(n.filter(Remark.sentiment == sign) for sign in SIGNS))
        .select_from(Comment)
        .join(Remark, Remark.comment_id == Comment.id)
        .join(Match, Match.remark_id == Remark.id)
        .join(Membership, _member())
        .where(*counted(scope), _STANDS, _tied())
        .group_by(group, *_CELL)
    )
    found: dict[str, TopicCounts] = {}
    for slug, site, stage, year, month, *numbers in session.execute(query):
        counts = found.setdefault(slug, TopicCounts({}, {}, {}))
        _put(counts, _cell(site, stage, year, month), numbers)
    return dict(sorted(found.items()))


def responses(session: Session, scope: Scope) -> dict[int, tuple[int, int]]:
    """Return by site (invitations issued in these days, how many of them were answered)."""
    query = (
        select(Visit.site_id, func.count(), func.count(Invitation.used_on))
        .select_from(Invitation)
        .join(Visit, Visit.id == Invitation.visit_id)
        .where(
            Invitation.practice_id == scope.practice_id,
            Visit.local_day >= scope.start,
            Visit.local_day < scope.end,
        )
        .group_by(Visit.site_id)
    )
    if scope.site_ids is not None:
        query = query.where(Visit.site_id.in_(scope.site_ids))
    return {site or NO_SITE: (issued, used) for site, issued, used in session.execute(query)}


def readers(session: Session, scope: Scope) -> list[tuple[str, date]]:
    """Return each reader and the first day it read, oldest first."""
    query = (
        select(Comment.reader, func.min(Comment.local_day))
        .where(*counted(scope), Comment.reader.is_not(None))
        .group_by(Comment.reader)
        .order_by(func.min(Comment.local_day))
    )
    return [(str(reader), day) for reader, day in session.execute(query)]
