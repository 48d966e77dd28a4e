"""The people who sign in: the first admin, invitations from the roster, roles, leavers.

roster row ──invite──► account (no password) + one-time link ──chosen──► signs in
roster row ends ──► account disabled, its sign-ins end
the last admin can be neither disabled nor made anything else
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from training.services import signing_in
from training.services.signing_in import Viewer
from training.store import audit, people
from training.store.tables import Account, Practice, SetUpCode

ROLES = ("staff", "manager", "admin")


class NotFound(Exception):
    """There is no such thing in this practice."""


class EmailTaken(Exception):
    """Somebody already signs in with this e-mail address."""


class AlreadyInvited(Exception):
    """This row of the roster already has an account."""


class LastAdmin(Exception):
    """The practice would be left without an admin."""


class SetUpOver(Exception):
    """The set-up code is wrong or used, or the practice already has an admin."""


@dataclass(frozen=True, slots=True)
class Rights:
    """What an account is given: role, permissions and sites (empty: the whole practice)."""

    role: str = "staff"
    may_review: bool = False
    may_safeguard: bool = False
    site_public_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of the people page: a roster row, an account, or both."""

    staff_public_id: str | None
    account_public_id: str | None
    name: str
    work: str
    site: str
    email: str
    rights: Rights
    state: str  # not_invited | invited | active | disabled | left


def display_name(given: str, family: str, preferred: str, title: str) -> str:
    """Return how a person is named on pages: title and names, by what they like to be called."""
    return " ".join(part for part in (title, preferred or given, family) if part)


def make_set_up_code(session: Session, *, moment: datetime) -> str | None:
    """Return a fresh set-up code for the console, or None once there is an admin."""
    if not open_for_set_up(session):
        return None
    code = secrets.token_urlsafe(12)
    session.add(SetUpCode(code_hash=signing_in.digest(code), created_at=moment))
    session.commit()
    return code


def open_for_set_up(session: Session) -> bool:
    """Return whether there is still no admin who can sign in."""
    practice = people.only_practice(session)
    return practice is None or people.active_admins(session, practice.id) == 0


def set_up_code_works(session: Session, *, code: str) -> bool:
    """Return whether a set-up code can still make the first admin."""
    row = people.set_up_code(session, signing_in.digest(code))
    return row is not None and row.used_at is None and open_for_set_up(session)


def use_set_up_code(session: Session, *, code: str, name: str, email: str, moment: datetime) -> str:
    """Make the first admin; return the token of the link by which they choose a password.

    Raises `SetUpOver` when the code is wrong or used or somebody else was first.
    """
    if not set_up_code_works(session, code=code):
        raise SetUpOver
    row = people.set_up_code(session, signing_in.digest(code))
    assert row is not None
    row.used_at = moment
    return create_admin(session, name=name, email=email, moment=moment)


def create_admin(session: Session, *, name: str, email: str, moment: datetime) -> str:
    """Make an admin of the practice (made too, if there is none); return their link's token.

    Raises `EmailTaken`.
    """
    practice = people.only_practice(session) or _new_practice(session, moment)
    who = _new_account(session, practice.id, name, email, moment)
    who.role = "admin"
    token = _invitation(session, who, by=None, moment=moment)
    session.commit()
    return token


def _new_practice(session: Session, moment: datetime) -> Practice:
    practice = Practice(name="Your practice", created_at=moment)
    session.add(practice)
    session.flush()
    return practice


def _new_account(
    session: Session, practice_id: int, name: str, email: str, moment: datetime
) -> Account:
    address = email.strip().lower()
    if people.account_by_email(session, address):
        raise EmailTaken
    who = Account(
        practice_id=practice_id, name=name.strip(), email=address, role="staff", created_at=moment
    )
    session.add(who)
    session.flush()
    return who


def _invitation(session: Session, who: Account, *, by: int | None, moment: datetime) -> str:
    token = signing_in.make_link(session, account_id=who.id, purpose="invitation", moment=moment)
    audit.note(
        session, practice_id=who.practice_id, account_id=by, moment=moment,
        verb="invite", noun="account", noun_id=who.id,
    )  # fmt: skip
    return token


def invite(
    session: Session,
    *,
    viewer: Viewer,
    staff_public_id: str,
    email: str,
    rights: Rights,
    moment: datetime,
) -> tuple[str, str]:
    """Make an account for a roster row; return (address, token) of its one-time link.

    Raises `NotFound`, `AlreadyInvited`, `EmailTaken`.
    """
    row = people.staff_member(session, viewer.practice_id, staff_public_id)
    if row is None:
        raise NotFound
    if people.account_of_staff(session, row.id):
        raise AlreadyInvited
    name = display_name(row.given_name, row.family_name, row.preferred_name, row.title)
    who = _new_account(session, viewer.practice_id, name, email, moment)
    who.staff_id = row.id
    _give(session, who, rights)
    token = _invitation(session, who, by=viewer.account_id, moment=moment)
    session.commit()
    return who.email, token


def _give(session: Session, who: Account, rights: Rights) -> None:
    who.role = rights.role
    who.may_review = rights.may_review
    who.may_safeguard = rights.may_safeguard
    ids = {s.public_id: s.id for s in people.sites(session, who.practice_id)}
    people.set_scope(session, who, [ids[p] for p in rights.site_public_ids if p in ids])


def new_link(
    session: Session, *, viewer: Viewer, account_public_id: str, moment: datetime
) -> tuple[str, str]:
    """Return (address, token) of a fresh link for somebody who lost theirs; raise `NotFound`."""
    who = _account(session, viewer, account_public_id)
    purpose = "forgotten" if who.password_hash else "invitation"
    token = signing_in.make_link(session, account_id=who.id, purpose=purpose, moment=moment)
    _note(session, viewer, who, "new_link", moment)
    session.commit()
    return who.email, token


def change_rights(
    session: Session, *, viewer: Viewer, account_public_id: str, rights: Rights, moment: datetime
) -> None:
    """Give an account another role, permissions and scope; counts from its next request.

    Raises `NotFound`, or `LastAdmin` when nobody could administer the practice afterwards.
    """
    who = _account(session, viewer, account_public_id)
    if rights.role != "admin":
        _keep_an_admin(session, who)
    _give(session, who, rights)
    _note(session, viewer, who, "change_rights", moment)
    session.commit()


def disable(session: Session, *, viewer: Viewer, account_public_id: str, moment: datetime) -> None:
    """Stop an account from signing in and end its sign-ins; raise `NotFound` or `LastAdmin`."""
    who = _account(session, viewer, account_public_id)
    _keep_an_admin(session, who)
    _disable(session, who, moment)
    _note(session, viewer, who, "disable", moment)
    session.commit()


def enable(session: Session, *, viewer: Viewer, account_public_id: str, moment: datetime) -> None:
    """Let a disabled account sign in again with its password; raise `NotFound`."""
    who = _account(session, viewer, account_public_id)
    who.disabled_at = None
    _note(session, viewer, who, "enable", moment)
    session.commit()


def disable_leavers(
    session: Session, *, practice_id: int, today: date, moment: datetime
) -> int:
    """Disable the accounts whose roster row has ended; return how many.

    The last admin of a practice stays: someone must be able to let the next one in.
    """
    leavers = people.accounts_of_leavers(session, practice_id, today)
    gone = [who for who in leavers if not _is_last_admin(session, who)]
    for who in gone:
        _disable(session, who, moment)
        audit.note(
            session, practice_id=who.practice_id, account_id=None, moment=moment,
            verb="disable_leaver", noun="account", noun_id=who.id,
        )  # fmt: skip
    session.commit()
    return len(gone)


def forget_tries(session: Session, *, moment: datetime) -> None:
    """Delete failed tries at passwords that no longer count."""
    people.forget_tries(session, moment - signing_in.TRY_WINDOW)
    session.commit()


def _disable(session: Session, who: Account, moment: datetime) -> None:
    who.disabled_at = moment
    people.end_sign_ins(session, who.id)
    people.spend_links(session, who.id, moment)


def _account(session: Session, viewer: Viewer, public_id: str) -> Account:
    who = people.account(session, viewer.practice_id, public_id)
    if who is None:
        raise NotFound
    return who


def _is_last_admin(session: Session, who: Account) -> bool:
    admin = who.role == "admin" and not who.disabled_at
    return admin and people.active_admins(session, who.practice_id) <= 1


def _keep_an_admin(session: Session, who: Account) -> None:
    if _is_last_admin(session, who):
        raise LastAdmin


def _note(session: Session, viewer: Viewer, who: Account, verb: str, moment: datetime) -> None:
    audit.note(
        session, practice_id=who.practice_id, account_id=viewer.account_id, moment=moment,
        verb=verb, noun="account", noun_id=who.id,
    )  # fmt: skip


def everyone(session: Session, *, viewer: Viewer, today: date) -> Sequence[PersonRow]:
    """Return the roster and the accounts of the practice, by family name; never by any measure."""
    sites = {s.id: s for s in people.sites(session, viewer.practice_id)}
    accounts = people.accounts(session, viewer.practice_id)
    scopes = {a.id: people.scope_of(session, a.id) for a in accounts}
    of_staff = {a.staff_id: a for a in accounts if a.staff_id is not None}

    def rights(who: Account | None) -> Rights:
        if who is None:
            return Rights()
        scope = tuple(sites[i].public_id for i in scopes[who.id])
        return Rights(who.role, who.may_review, who.may_safeguard, scope)

    rows = [
        PersonRow(
            staff_public_id=row.public_id,
            account_public_id=who.public_id if (who := of_staff.get(row.id)) else None,
            name=display_name(row.given_name, row.family_name, row.preferred_name, row.title),
            work=row.role,
            site=sites[row.site_id].name if row.site_id else "",
            email=who.email if who else "",
            rights=rights(who),
            state="left" if row.active_to and row.active_to < today else _state(who),
        )
        for row in people.roster(session, viewer.practice_id)
    ]
    rows += [
        PersonRow(None, who.public_id, who.name, "", "", who.email, rights(who), _state(who))
        for who in accounts
        if who.staff_id is None
    ]
    return rows


def _state(who: Account | None) -> str:
    if who is None:
        return "not_invited"
    if who.disabled_at:
        return "disabled"
    return "active" if who.password_hash else "invited"
