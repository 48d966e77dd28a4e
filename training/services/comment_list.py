"""The comments behind a number, as far as a manager may read them.

    ?topic=explaining&month=2026-02  ──►  12 comments, names as roles, in no telling order
                                     ──►  or "fewer than five: not shown"

Never a held comment, only those that staff may learn from, and under a team only what its people
were shown two weeks ago. A comment shows its words alone: site, stage and month stand in the
heading where they were chosen, for beside each comment they would count out small sets.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from math import ceil

from sqlalchemy.orm import Session

from training.feedback.manager_view import manager_view
from training.periods import Period
from training.services import readings, selection
from training.services.renderings import hidden_spans
from training.services.selection import Chosen, Filters, month_slug
from training.services.signing_in import Viewer
from training.store import audit, comment_lists
from training.store.tables import Answer
from training.trends.sets import ANY

PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class Words:
    """One answer as a manager may read it, and the slug of its question."""

    question: str
    text: str


@dataclass(frozen=True, slots=True)
class CommentList:
    """A page of comments, each of them its answers; `total` None: too few, so none is shown."""

    filters: Filters
    sites: tuple[tuple[str, str], ...]
    months: tuple[tuple[str, str], ...]
    period: Period
    total: int | None
    comments: tuple[tuple[Words, ...], ...]
    page: int
    pages: int


def read(
    session: Session,
    *,
    viewer: Viewer,
    filters: Filters,
    page: int,
    today: date,
    moment: datetime,
) -> CommentList:
    """Return a page of the comments that filters choose; that words were read is audited.

    Raises `NotFound` for a filter that names nothing in the viewer's scope.
    """
    chosen = selection.choose(session, viewer=viewer, filters=filters, today=today)
    total = chosen.among(selection.listed(session, chosen=chosen, today=today))
    if not total:
        return _list(chosen, total, (), 1)
    page = min(max(page, 1), ceil(total / PER_PAGE))
    comments = _comments(session, chosen, page, today)
    _note(session, viewer, filters, page, len(comments), moment)
    return _list(chosen, total, comments, page)


def _list(
    chosen: Chosen, total: int | None, comments: tuple[tuple[Words, ...], ...], page: int
) -> CommentList:
    months = [(month_slug(month), month.label) for month in reversed(chosen.at.months)]
    asked = chosen.filters.month
    if asked not in dict([("", ""), *months]):
        months.insert(0, (asked, chosen.period.label))
    return CommentList(
        filters=chosen.filters,
        sites=chosen.at.site_names,
        months=tuple(months),
        period=chosen.period,
        total=total,
        comments=comments,
        page=page,
        pages=max(1, ceil((total or 0) / PER_PAGE)),
    )


def _comments(
    session: Session, chosen: Chosen, page: int, today: date
) -> tuple[tuple[Words, ...], ...]:
    site, scope, period = chosen.view[0], chosen.at.scope, chosen.period
    scope = replace(scope, start=period.start, end=min(scope.end, period.end))
    ids = comment_lists.run(
        session, scope, selection.readable(chosen.filters, today),
        site_id=None if site == ANY else int(str(site)), stage=chosen.filters.stage,
        offset=(page - 1) * PER_PAGE, limit=PER_PAGE,
    )  # fmt: skip
    return _rendered(session, scope.practice_id, comment_lists.answers(session, ids))


def _rendered(
    session: Session, practice_id: int, found: dict[int, list[Answer]]
) -> tuple[tuple[Words, ...], ...]:
    index = readings.desk(session, practice_id=practice_id).roster.index
    marked = hidden_spans(session, answer_ids=[row.id for rows in found.values() for row in rows])
    return tuple(
        tuple(
            Words(row.question, manager_view(row.text, index, marked.get(row.id, ())))
            for row in rows
        )
        for rows in found.values()
    )


def _note(
    session: Session, viewer: Viewer, filters: Filters, page: int, shown: int, moment: datetime
) -> None:
    audit.note(
        session, practice_id=viewer.practice_id, account_id=viewer.account_id, moment=moment,
        verb="read_comments", noun="comment_list",
        facts={
            "topic": filters.topic, "site": filters.site, "team": filters.team,
            "stage": filters.stage, "month": filters.month, "page": page, "comments": shown,
        },
    )  # fmt: skip
    session.commit()
