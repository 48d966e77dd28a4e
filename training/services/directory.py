"""Who is on the roster and who signs in, as the people page lists them; never by any measure.

roster row  ──┐
              ├──►  PersonRow(name, work, site, email, rights, state)
account     ──┘
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from training.services.people import NotFound, Rights, display_name
from training.services.signing_in import Viewer
from training.store import people
from training.store.tables import Account, Staff


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of the people page: a roster row, an account, or both."""

    staff_public_id: str | None
    account_public_id: str | None
    name: str
    family_name: str
    work: str
    site: str
    email: str
    rights: Rights
    state: str  # not_invited | invited | active | disabled | left
    roster_email: str = ""


def everyone(session: Session, *, viewer: Viewer, today: date) -> list[PersonRow]:
    """Return the roster and the accounts of the practice, by family name."""
    sites = {site.id: site for site in people.sites(session, viewer.practice_id)}
    scopes = people.scopes(session, viewer.practice_id)
    accounts = people.accounts(session, viewer.practice_id)
    of_staff = {who.staff_id: who for who in accounts if who.staff_id is not None}

    def row(person: Staff | None, who: Account | None) -> PersonRow:
        scope = scopes.get(who.id, []) if who else []
        public_ids = tuple(sites[number].public_id for number in scope)
        place = sites[person.site_id].name if person and person.site_id else ""
        return _row(person, who, place, public_ids, today)

    rows = [row(p, of_staff.get(p.id)) for p in people.roster(session, viewer.practice_id)]
    rows += [row(None, who) for who in accounts if who.staff_id is None]
    return sorted(rows, key=lambda r: (r.family_name.casefold(), r.name.casefold()))


def _row(
    person: Staff | None, who: Account | None, site: str, scope: tuple[str, ...], today: date
) -> PersonRow:
    left = person is not None and person.active_to is not None and person.active_to < today
    return PersonRow(
        staff_public_id=person.public_id if person else None,
        account_public_id=who.public_id if who else None,
        name=_name(person, who),
        family_name=person.family_name if person else _name(person, who).rsplit(maxsplit=1)[-1],
        work=person.role if person else "",
        site=site,
        email=who.email if who else "",
        rights=Rights(who.role, who.may_review, who.may_safeguard, scope) if who else Rights(),
        state="left" if left else _state(who),
        roster_email=person.email if person else "",
    )


def _name(person: Staff | None, who: Account | None) -> str:
    if person is not None:
        return display_name(
            person.given_name, person.family_name, person.preferred_name, person.title
        )
    return who.name if who else ""


def _state(who: Account | None) -> str:
    if who is None:
        return "not_invited"
    if who.disabled_at:
        return "disabled"
    return "active" if who.password_hash else "invited"


def one(session: Session, *, viewer: Viewer, public_id: str, today: date) -> PersonRow:
    """Return one person by the public id of their roster row or account; raise `NotFound`."""
    for row in everyone(session, viewer=viewer, today=today):
        if public_id in {row.account_public_id, row.staff_public_id}:
            return row
    raise NotFound
