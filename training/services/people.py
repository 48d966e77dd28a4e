"""The people who sign in: the first admin, invitations from the roster, roles, leavers.

roster row ──invite──► account (no password) + one-time link ──chosen──► signs in
roster row ends ──► account disabled, its sign-ins end
the last admin can be neither disabled nor made anything else
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from training import periods
from training.services import alerts, signing_in
from training.services.signing_in import Viewer
from training.store import audit, people
from training.store.tables import Account, Practice, SetUpCode, Staff

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


def waited_for(session: Session) -> str | None:
    """Return the address of an admin whose link waits for them while nobody can sign in, or None."""
    practice = people.only_practice(session)
    if practice is None or not open_for_set_up(session):
        return None
    who = people.admin_without_password(session, practice.id)
    return who.email if who else None


def use_set_up_code(session: Session, *, code: str, name: str, email: str, moment: datetime) -> str:
    """Make the first admin; return the token of the link by which they choose a password.

    Raises `SetUpOver` when the code is wrong or used or somebody else was first.
    """
    spent = people.spend_set_up_code(session, signing_in.digest(code), moment)
    if not spent or not open_for_set_up(session):
        raise SetUpOver
    return create_admin(session, name=name, email=email, moment=moment)


def create_admin(session: Session, *, name: str, email: str, moment: datetime) -> str:
    """Make an admin of the practice (made too, if there is none); return their link's token.

    Raises `EmailTaken`.
    """
    practice = people.only_practice(session) or _new_practice(session, moment)
    who = _unfinished_admin(session, email) or _new_account(
        session, practice.id, name, email, moment
    )
    who.role = "admin"
    token = _invitation(session, who, by=None, moment=moment)
    session.commit()
    return token


def _unfinished_admin(session: Session, email: str) -> Account | None:
    """Return the admin of an address who never chose a password, so that set-up can start again."""
    who = people.account_by_email(session, email.strip().lower())
    unfinished = who and who.role == "admin" and who.password_hash is None
    return who if unfinished else None


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

    Raises `NotFound` (also for somebody who has left), `AlreadyInvited`, `EmailTaken`.
    """
    row = people.staff_member(session, viewer.practice_id, staff_public_id)
    if row is None or _has_left(session, row, moment):
        raise NotFound
    if people.account_of_staff(session, row.id):
        raise AlreadyInvited
    name = display_name(row.given_name, row.family_name, row.preferred_name, row.title)
    who = _new_account(session, viewer.practice_id, name, email, moment)
    who.staff_id = row.id
    _give(session, who, rights, moment)
    token = _invitation(session, who, by=viewer.account_id, moment=moment)
    session.commit()
    return who.email, token


def _has_left(session: Session, row: Staff, moment: datetime) -> bool:
    zone = people.practice(session, row.practice_id).time_zone
    return row.active_to is not None and row.active_to < periods.local_day(moment, zone)


def _give(session: Session, who: Account, rights: Rights, moment: datetime) -> None:
    newly_safeguards = rights.may_safeguard and not who.may_safeguard
    who.role = rights.role
    who.may_review = rights.may_review
    who.may_safeguard = rights.may_safeguard
    ids = {s.public_id: s.id for s in people.sites(session, who.practice_id)}
    if not ids.keys() >= set(rights.site_public_ids):  # dropped, it might leave the whole practice
        raise NotFound
    people.set_scope(session, who, [ids[p] for p in dict.fromkeys(rights.site_public_ids)])
    if newly_safeguards:
        alerts.owe_open(session, account=who, moment=moment)


def new_link(
    session: Session, *, viewer: Viewer, account_public_id: str, moment: datetime
) -> tuple[str, str]:
    """Return (address, token) of a fresh link for somebody who lost theirs.

    Raises `NotFound`, also for a disabled account: its link would open nothing.
    """
    who = _account(session, viewer, account_public_id)
    if who.disabled_at:
        raise NotFound
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
    _give(session, who, rights, moment)
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


def disable_leavers(session: Session, *, practice_id: int, today: date, moment: datetime) -> int:
    """Disable the accounts whose roster row has ended; return how many.

    The last admin of a practice stays: someone must be able to let the next one in.
    """
    gone = 0
    for who in people.accounts_of_leavers(session, practice_id, today):
        if _is_last_admin(session, who):
            continue
        gone += 1
        _disable(session, who, moment)
        audit.note(
            session, practice_id=who.practice_id, account_id=None, moment=moment,
            verb="disable_leaver", noun="account", noun_id=who.id,
        )  # fmt: skip
    session.commit()
    return gone


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
    return admin and not people.another_admin(session, who)


def _keep_an_admin(session: Session, who: Account) -> None:
    if _is_last_admin(session, who):
        raise LastAdmin


def _note(session: Session, viewer: Viewer, who: Account, verb: str, moment: datetime) -> None:
    audit.note(
        session, practice_id=who.practice_id, account_id=viewer.account_id, moment=moment,
        verb=verb, noun="account", noun_id=who.id,
    )  # fmt: skip
