"""The audit: what was done, by whom and when, without any free text."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, insert, or_, select
from sqlalchemy.orm import Session

from training.store import cases
from training.store.matches import Reach
from training.store.tables import Audit, Case

Fact = str | int | bool | None


def note(
    session: Session,
    *,
    practice_id: int,
    account_id: int | None,
    moment: datetime,
    verb: str,
    noun: str,
    noun_id: int | None = None,
    facts: dict[str, Fact] | None = None,
) -> None:
    """Add one row to the audit, in the transaction of what it records."""
    session.add(
        Audit(
            practice_id=practice_id,
            account_id=account_id,
            at=moment,
            verb=verb,
            noun=noun,
            noun_id=noun_id,
            facts=facts or {},
        )
    )


def note_read(
    session: Session,
    *,
    practice_id: int,
    account_id: int,
    moment: datetime,
    comment_ids: Iterable[int],
    page: str,
) -> None:
    """Add, in one statement, one row for each comment whose words a page of many shows."""
    rows = [
        {
            "practice_id": practice_id,
            "account_id": account_id,
            "at": moment,
            "verb": "read_comment",
            "noun": "comment",
            "noun_id": comment_id,
            "facts": {"page": page},
        }
        for comment_id in comment_ids
    ]
    if rows:
        session.execute(insert(Audit), rows)


def of_practice(session: Session, *, practice_id: int, limit: int = 200) -> list[Audit]:
    """Return the newest rows of a practice's audit, newest first."""
    query = (
        select(Audit).where(Audit.practice_id == practice_id).order_by(Audit.id.desc()).limit(limit)
    )
    return list(session.scalars(query))


@dataclass(frozen=True, slots=True)
class Search:
    """Which rows of a practice's audit: whose (None: anybody's), which verb ("": any), and when.

    `start` and `end` are instants, half-open; None is open. `cases` is the reach of whoever looks
    among cases; None: they learn of none.
    """

    practice_id: int
    account_id: int | None
    verb: str
    start: datetime | None
    end: datetime | None
    cases: Reach | None


def _found(search: Search) -> list[ColumnElement[bool]]:
    rules = _seen(search.practice_id, search.cases)
    if search.account_id is not None:
        rules.append(Audit.account_id == search.account_id)
    if search.verb:
        rules.append(Audit.verb == search.verb)
    if search.start is not None:
        rules.append(Audit.at >= search.start)
    if search.end is not None:
        rules.append(Audit.at < search.end)
    return rules


def count(session: Session, search: Search) -> int:
    """Return how many rows a search finds."""
    return session.scalar(select(func.count()).select_from(Audit).where(*_found(search))) or 0


def found(session: Session, search: Search, *, offset: int, limit: int) -> list[Audit]:
    """Return a run of the rows that a search finds, newest first."""
    query = select(Audit).where(*_found(search)).order_by(Audit.at.desc(), Audit.id.desc())
    return list(session.scalars(query.offset(offset).limit(limit)))


def verbs(session: Session, practice_id: int, reach: Reach | None) -> list[str]:
    """Return the verbs of what somebody sees of a practice's audit, in order; see `Search.cases`."""
    query = select(Audit.verb).where(*_seen(practice_id, reach)).distinct()
    return sorted(session.scalars(query))


def _seen(practice_id: int, reach: Reach | None) -> list[ColumnElement[bool]]:
    """Say that a row is the practice's, and of no case that whoever looks may not know of."""
    if reach is None:
        return [Audit.practice_id == practice_id, Audit.noun != "case"]
    hidden = select(Case.id).where(Case.id.not_in(cases.visible(reach)))
    open_to_them = or_(Audit.noun != "case", Audit.noun_id.not_in(hidden))
    return [Audit.practice_id == practice_id, open_to_them]
