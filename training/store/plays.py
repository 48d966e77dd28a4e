"""Named queries about plays: one person's runs, their moves, and what these have shown.

Every query takes the person, so that nothing here can be asked about somebody else by an id alone.
"""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from training.store.tables import Mastery, Move, Play, Remark, ScenarioCopy, Staff, Suggestion


def person(session: Session, practice_id: int, staff_id: int) -> Staff:
    """Return the roster row of somebody who is known to be on it."""
    query = select(Staff).where(Staff.practice_id == practice_id, Staff.id == staff_id)
    return session.scalars(query).one()


def lock(session: Session, practice_id: int, staff_id: int) -> None:
    """Let one story at a time write a person's plays, on PostgreSQL too."""
    query = select(Staff.id).where(Staff.practice_id == practice_id, Staff.id == staff_id)
    session.execute(query.with_for_update())


def keep_copy(session: Session, *, digest: str, slug: str, body: str) -> None:
    """Keep the text of a scenario, once for each digest."""
    if session.get(ScenarioCopy, digest) is None:
        with suppress(IntegrityError), session.begin_nested():  # somebody else was first
            session.add(ScenarioCopy(digest=digest, slug=slug, body=body))


def copies(session: Session, digests: Iterable[str]) -> dict[str, str]:
    """Return the kept texts by digest."""
    query = select(ScenarioCopy.digest, ScenarioCopy.body)
    rows = session.execute(query.where(ScenarioCopy.digest.in_(set(digests))))
    return {row.digest: row.body for row in rows}


def of_person(session: Session, practice_id: int, staff_id: int) -> list[Play]:
    """Return every play of a person, in the order begun."""
    query = select(Play).where(Play.practice_id == practice_id, Play.staff_id == staff_id)
    return list(session.scalars(query.order_by(Play.id)))


def own(session: Session, practice_id: int, staff_id: int, public_id: str) -> Play | None:
    """Return one play as it is in the database now, if it is this person's, or None."""
    query = select(Play).where(
        Play.practice_id == practice_id, Play.staff_id == staff_id, Play.public_id == public_id
    )
    return session.scalar(query.execution_options(populate_existing=True))


def unfinished(
    session: Session, practice_id: int, staff_id: int, slugs: Iterable[str]
) -> Play | None:
    """Return the unfinished play of a scenario that a person has, by its slugs, or None."""
    query = select(Play).where(
        Play.practice_id == practice_id,
        Play.staff_id == staff_id,
        Play.slug.in_(set(slugs)),
        Play.finished_at.is_(None),
    )
    return session.scalar(query.order_by(Play.id).execution_options(populate_existing=True))


def last_finished(session: Session, practice_id: int, staff_id: int) -> dict[str, datetime]:
    """Return when a person last ended each conversation, by its slug."""
    query = select(Play.slug, func.max(Play.finished_at)).where(
        Play.practice_id == practice_id,
        Play.staff_id == staff_id,
        Play.finished_at.is_not(None),
    )
    rows = session.execute(query.group_by(Play.slug))
    return {slug: last for slug, last in rows if last is not None}


def first_finished(session: Session, practice_id: int, staff_id: int) -> dict[str, datetime]:
    """Return when a person first ended each conversation, by its slug."""
    query = select(Play.slug, func.min(Play.finished_at)).where(
        Play.practice_id == practice_id,
        Play.staff_id == staff_id,
        Play.finished_at.is_not(None),
    )
    rows = session.execute(query.group_by(Play.slug))
    return {slug: first for slug, first in rows if first is not None}


def newest_intention(
    session: Session, practice_id: int, staff_id: int, since: datetime
) -> Play | None:
    """Return the play last finished since a moment on which a person wrote a plan, or None."""
    query = select(Play).where(
        Play.practice_id == practice_id,
        Play.staff_id == staff_id,
        Play.finished_at >= since,
        Play.intention != "",
    )
    return session.scalar(query.order_by(Play.finished_at.desc(), Play.id.desc()).limit(1))


def moves(session: Session, play_ids: Iterable[int]) -> dict[int, list[Move]]:
    """Return the moves of plays in the order made, those taken back among them, by play."""
    found: dict[int, list[Move]] = {number: [] for number in play_ids}
    query = select(Move).where(Move.play_id.in_(found)).order_by(Move.id)
    for move in session.scalars(query.execution_options(populate_existing=True)):
        found[move.play_id].append(move)
    return found


def remark_id(session: Session, practice_id: int, public_id: str) -> int | None:
    """Return the number of a remark, or None where it is not this practice's."""
    query = select(Remark.id).where(
        Remark.practice_id == practice_id, Remark.public_id == public_id
    )
    return session.scalar(query)


def remark_public_id(session: Session, practice_id: int, number: int) -> str | None:
    """Return the public id of a remark, or None where there is none any more."""
    query = select(Remark.public_id).where(Remark.practice_id == practice_id, Remark.id == number)
    return session.scalar(query)


def began_from(session: Session, suggestion_id: int) -> datetime | None:
    """Return when the first play that a suggestion led to began, or None."""
    return session.scalar(
        select(func.min(Play.started_at)).where(Play.suggestion_id == suggestion_id)
    )


def suggestion(session: Session, practice_id: int, staff_id: int, number: int) -> Suggestion | None:
    """Return a suggestion that was made to a person, open or closed, or None."""
    query = select(Suggestion).where(
        Suggestion.practice_id == practice_id,
        Suggestion.staff_id == staff_id,
        Suggestion.id == number,
    )
    return session.scalar(query)


def mastery(session: Session, practice_id: int, staff_id: int) -> dict[str, Mastery]:
    """Return what is kept of a person's mastery, by skill."""
    query = select(Mastery).where(Mastery.practice_id == practice_id, Mastery.staff_id == staff_id)
    return {row.skill: row for row in session.scalars(query)}
