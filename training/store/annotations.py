"""Named queries for the dated notes on the charts."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from training.store.counts import Scope
from training.store.tables import Account, Annotation, Site


def _there(practice_id: int, site_ids: Collection[int] | None) -> list[ColumnElement[bool]]:
    rules = [Annotation.practice_id == practice_id, Annotation.removed_at.is_(None)]
    if site_ids is not None:
        rules.append(or_(Annotation.site_id.is_(None), Annotation.site_id.in_(site_ids)))
    return rules


def on_charts(
    session: Session, scope: Scope, *, topic: str, site_id: int | None
) -> Sequence[tuple[Annotation, str | None]]:
    """Return the notes of these days with their sites' names, oldest first.

    topic "": every note, else those of the topic and those of all charts. site_id None: every site
    of the scope, else that site's notes and the whole practice's.
    """
    site_ids = scope.site_ids if site_id is None else (site_id,)
    query = (
        select(Annotation, Site.name)
        .outerjoin(Site, Site.id == Annotation.site_id)
        .where(
            *_there(scope.practice_id, site_ids),
            Annotation.on_day >= scope.start,
            Annotation.on_day < scope.end,
        )
        .order_by(Annotation.on_day, Annotation.id)
    )
    if topic:
        query = query.where(or_(Annotation.topic.is_(None), Annotation.topic == topic))
    return [(row[0], row[1]) for row in session.execute(query)]


def of_practice(
    session: Session, practice_id: int, site_ids: Collection[int] | None
) -> list[tuple[Annotation, str | None, str | None]]:
    """Return the notes with the names of their sites and writers, the newest day first."""
    query = (
        select(Annotation, Site.name, Account.name)
        .outerjoin(Site, Site.id == Annotation.site_id)
        .outerjoin(Account, Account.id == Annotation.account_id)
        .where(*_there(practice_id, site_ids))
        .order_by(Annotation.on_day.desc(), Annotation.id.desc())
    )
    return [(row[0], row[1], row[2]) for row in session.execute(query)]


def one(session: Session, practice_id: int, public_id: str) -> Annotation | None:
    """Return a note of a practice, removed or not, or None."""
    query = select(Annotation).where(
        Annotation.practice_id == practice_id, Annotation.public_id == public_id
    )
    return session.scalar(query)
