"""Named queries about visits, who was on them, and the codes that ask for a comment."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from training.store.chunks import chunks
from training.store.tables import Invitation, Practice, Site, SiteCode, Staff, Visit, VisitStaff


@dataclass(frozen=True, slots=True)
class Asked:
    """An invitation with the visit it asks about, the practice, and the site where one is known."""

    invitation: Invitation
    visit: Visit
    practice: Practice
    site: Site | None


@dataclass(frozen=True, slots=True)
class Poster:
    """The code of a poster with the site it hangs at and the practice."""

    code: SiteCode
    site: Site
    practice: Practice


def asked_by(session: Session, code_hash: str) -> Asked | None:
    """Return what an invitation's code asks about, used or not, or None for an unknown code."""
    row = session.execute(
        select(Invitation, Visit, Practice, Site)
        .join(Visit, Visit.id == Invitation.visit_id)
        .join(Practice, Practice.id == Invitation.practice_id)
        .outerjoin(Site, Site.id == Visit.site_id)
        .where(Invitation.code_hash == code_hash)
        .execution_options(populate_existing=True)
    ).first()
    return Asked(row[0], row[1], row[2], row[3]) if row else None


def poster_of(session: Session, code_hash: str) -> Poster | None:
    """Return the poster a code belongs to, taken down or not, or None for an unknown code."""
    row = session.execute(
        select(SiteCode, Site, Practice)
        .join(Site, Site.id == SiteCode.site_id)
        .join(Practice, Practice.id == SiteCode.practice_id)
        .where(SiteCode.code_hash == code_hash)
        .execution_options(populate_existing=True)
    ).first()
    return Poster(row[0], row[1], row[2]) if row else None


def staff_on(session: Session, visit_ids: Sequence[int]) -> dict[int, list[Staff]]:
    """Return who was on each visit, by given name; a visit with nobody on it is left out."""
    query = (
        select(VisitStaff.visit_id, Staff)
        .join(Staff, Staff.id == VisitStaff.staff_id)
        .where(VisitStaff.visit_id.in_(visit_ids))
        .order_by(Staff.given_name, Staff.family_name, Staff.id)
    )
    found: dict[int, list[Staff]] = {}
    for visit_id, row in session.execute(query):
        found.setdefault(visit_id, []).append(row)
    return found


def spend(session: Session, invitation_id: int, day: date) -> bool:
    """Mark an invitation as used; return whether this was the call that did."""
    query = (
        update(Invitation)
        .where(Invitation.id == invitation_id, Invitation.used_on.is_(None))
        .values(used_on=day)
        .returning(Invitation.id)
    )
    return session.scalar(query) is not None


def visit(session: Session, practice_id: int, public_id: str) -> Visit | None:
    """Return one visit, or None where it is not this practice's."""
    return session.scalar(
        select(Visit).where(Visit.practice_id == practice_id, Visit.public_id == public_id)
    )


def ids_by_ref(session: Session, practice_id: int) -> dict[str, int]:
    """Return the ids of a practice's visits, by the practice's own ids."""
    query = select(Visit.visit_ref, Visit.id).where(Visit.practice_id == practice_id)
    return {row.visit_ref: row.id for row in session.execute(query)}


def of_days(
    session: Session, practice_id: int, site_ids: Sequence[int], first: date, last: date
) -> list[tuple[Visit, Invitation | None]]:
    """Return the visits of some days with their invitations, newest first.

    `site_ids` empty means every site; a visit at no known site belongs to the whole practice only.
    """
    query = (
        select(Visit, Invitation)
        .outerjoin(Invitation, Invitation.visit_id == Visit.id)
        .where(Visit.practice_id == practice_id, Visit.local_day.between(first, last))
        .order_by(Visit.occurred_at.desc(), Visit.id.desc())
    )
    if site_ids:
        query = query.where(Visit.site_id.in_(site_ids))
    return [(row[0], row[1]) for row in session.execute(query)]


def invitations(session: Session, visit_ids: Sequence[int]) -> dict[int, Invitation]:
    """Return the invitations of visits, keyed by visit."""
    query = select(Invitation).where(Invitation.visit_id.in_(visit_ids))
    return {row.visit_id: row for row in session.scalars(query)}


def sensitive(session: Session, visit_ids: Collection[int]) -> set[int]:
    """Return those of some visits that nobody is asked about."""
    found: set[int] = set()
    for chunk in chunks(visit_ids):
        query = select(Visit.id).where(Visit.id.in_(chunk), Visit.sensitive.is_(True))
        found |= set(session.scalars(query))
    return found


def site(session: Session, practice_id: int, public_id: str) -> Site | None:
    """Return one site, or None where it is not this practice's."""
    return session.scalar(
        select(Site).where(Site.practice_id == practice_id, Site.public_id == public_id)
    )


def open_posters(session: Session, practice_id: int) -> dict[int, SiteCode]:
    """Return the poster codes that still work, keyed by site."""
    query = select(SiteCode).where(SiteCode.practice_id == practice_id, _hanging())
    return {row.site_id: row for row in session.scalars(query.order_by(SiteCode.id))}


def take_down(session: Session, site_id: int, moment: datetime) -> None:
    """Stop every poster code of a site."""
    session.execute(
        update(SiteCode).where(SiteCode.site_id == site_id, _hanging()).values(closed_at=moment)
    )


def _hanging() -> ColumnElement[bool]:
    return SiteCode.closed_at.is_(None)
