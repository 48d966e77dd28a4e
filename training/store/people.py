"""Named queries about practices, sites, the roster and the people who sign in."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from training.store.tables import (
    Account,
    AccountLink,
    AccountSite,
    Membership,
    Practice,
    SetUpCode,
    SignIn,
    SignInAttempt,
    Site,
    Staff,
)


def practice(session: Session, practice_id: int) -> Practice:
    """Return a practice that is known to exist."""
    return session.get_one(Practice, practice_id)


def only_practice(session: Session) -> Practice | None:
    """Return the first practice of this database, or None before set-up."""
    return session.scalar(select(Practice).order_by(Practice.id).limit(1))


def practices(session: Session) -> list[Practice]:
    """Return every practice of this database, oldest first."""
    return list(session.scalars(select(Practice).order_by(Practice.id)))


def sites(session: Session, practice_id: int) -> list[Site]:
    """Return the sites of a practice by name."""
    query = select(Site).where(Site.practice_id == practice_id).order_by(Site.name)
    return list(session.scalars(query))


def site_named(session: Session, practice_id: int, name: str) -> Site | None:
    """Return the site of a practice with a name, or None."""
    return session.scalar(select(Site).where(Site.practice_id == practice_id, Site.name == name))


def roster(session: Session, practice_id: int) -> list[Staff]:
    """Return everybody on the roster, those who have left too, by family name."""
    query = (
        select(Staff)
        .where(Staff.practice_id == practice_id)
        .order_by(Staff.family_name, Staff.given_name, Staff.id)
    )
    return list(session.scalars(query))


def staff_by_roster_id(session: Session, practice_id: int) -> dict[str, Staff]:
    """Return the roster keyed by the practice's own ids."""
    return {row.roster_id: row for row in roster(session, practice_id)}


def staff_member(session: Session, practice_id: int, public_id: str) -> Staff | None:
    """Return one row of the roster, or None where it is not this practice's."""
    return session.scalar(
        select(Staff).where(Staff.practice_id == practice_id, Staff.public_id == public_id)
    )


def accounts(session: Session, practice_id: int) -> list[Account]:
    """Return the accounts of a practice by name."""
    query = select(Account).where(Account.practice_id == practice_id).order_by(Account.name)
    return list(session.scalars(query))


def account(session: Session, practice_id: int, public_id: str) -> Account | None:
    """Return one account, or None where it is not this practice's."""
    return session.scalar(
        select(Account).where(Account.practice_id == practice_id, Account.public_id == public_id)
    )


def account_by_email(session: Session, email: str) -> Account | None:
    """Return the account that signs in with an e-mail address (lower case), or None."""
    return session.scalar(select(Account).where(Account.email == email))


def account_of_staff(session: Session, staff_id: int) -> Account | None:
    """Return the account tied to a roster row, or None."""
    return session.scalar(select(Account).where(Account.staff_id == staff_id))


def active_admins(session: Session, practice_id: int) -> int:
    """Return how many admins can sign in."""
    query = select(func.count()).where(
        Account.practice_id == practice_id,
        Account.role == "admin",
        Account.disabled_at.is_(None),
        Account.password_hash.is_not(None),
    )
    return session.scalar(query) or 0


def admin_without_password(session: Session, practice_id: int) -> Account | None:
    """Return the newest admin who never chose a password, or None."""
    query = select(Account).where(
        Account.practice_id == practice_id,
        Account.role == "admin",
        Account.disabled_at.is_(None),
        Account.password_hash.is_(None),
    )
    return session.scalar(query.order_by(Account.id.desc()).limit(1))


def another_admin(session: Session, who: Account) -> bool:
    """Return whether an admin other than this one can sign in."""
    query = select(Account.id).where(
        Account.practice_id == who.practice_id,
        Account.id != who.id,
        Account.role == "admin",
        Account.disabled_at.is_(None),
        Account.password_hash.is_not(None),
    )
    return session.scalar(query.limit(1)) is not None


def with_permission(session: Session, practice_id: int, *, safeguard: bool) -> list[Account]:
    """Return the active accounts that may safeguard, or else those that may review."""
    permission = Account.may_safeguard if safeguard else Account.may_review
    query = select(Account).where(
        Account.practice_id == practice_id, permission.is_(True), Account.disabled_at.is_(None)
    )
    return list(session.scalars(query.order_by(Account.name)))


def scope_of(session: Session, account_id: int) -> tuple[int, ...]:
    """Return the ids of the sites in an account's scope; empty means the whole practice."""
    query = select(AccountSite.site_id).where(AccountSite.account_id == account_id)
    return tuple(sorted(session.scalars(query)))


def scopes(session: Session, practice_id: int) -> dict[int, list[int]]:
    """Return the sites in the scope of each account that has one, by account."""
    query = select(AccountSite).where(AccountSite.practice_id == practice_id)
    found: dict[int, list[int]] = {}
    for row in session.scalars(query.order_by(AccountSite.site_id)):
        found.setdefault(row.account_id, []).append(row.site_id)
    return found


def set_scope(session: Session, who: Account, site_ids: Sequence[int]) -> None:
    """Replace an account's scope; empty means the whole practice."""
    session.execute(delete(AccountSite).where(AccountSite.account_id == who.id))
    session.add_all(
        AccountSite(practice_id=who.practice_id, account_id=who.id, site_id=site_id)
        for site_id in site_ids
    )


def link(session: Session, token_hash: str) -> AccountLink | None:
    """Return a one-time link by the hash of its token, used or not."""
    return session.scalar(select(AccountLink).where(AccountLink.token_hash == token_hash))


def spend_links(session: Session, account_id: int, moment: datetime) -> None:
    """Mark every unused link of an account as used."""
    session.execute(
        update(AccountLink)
        .where(AccountLink.account_id == account_id, AccountLink.used_at.is_(None))
        .values(used_at=moment)
    )


def sign_in_of(session: Session, token_hash: str) -> tuple[SignIn, Account] | None:
    """Return a signed-in browser and its account, or None."""
    row = session.execute(
        select(SignIn, Account)
        .join(Account, Account.id == SignIn.account_id)
        .where(SignIn.token_hash == token_hash)
    ).first()
    return (row[0], row[1]) if row else None


def seen(session: Session, sign_in_id: int, moment: datetime) -> None:
    """Note that a signed-in browser was just used."""
    session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(last_seen=moment))


def end_sign_ins(session: Session, account_id: int) -> None:
    """End every sign-in of an account, at once."""
    session.execute(delete(SignIn).where(SignIn.account_id == account_id))


def end_sign_in(session: Session, token_hash: str) -> None:
    """End one sign-in."""
    session.execute(delete(SignIn).where(SignIn.token_hash == token_hash))


def failed_tries(session: Session, name_hash: str, since: datetime) -> int:
    """Return how many failed tries there were for a name since a moment."""
    query = select(func.count()).where(
        SignInAttempt.name_hash == name_hash, SignInAttempt.at > since
    )
    return session.scalar(query) or 0


def forget_tries(session: Session, before: datetime) -> None:
    """Delete failed tries older than a moment."""
    session.execute(delete(SignInAttempt).where(SignInAttempt.at < before))


def accounts_of_leavers(session: Session, practice_id: int, today: date) -> list[Account]:
    """Return the active accounts of a practice whose roster row has ended."""
    query = (
        select(Account)
        .join(Staff, Staff.id == Account.staff_id)
        .where(
            Account.practice_id == practice_id,
            Account.disabled_at.is_(None),
            Staff.active_to < today,
        )
    )
    return list(session.scalars(query))


def spend_set_up_code(session: Session, code_hash: str, moment: datetime) -> bool:
    """Mark a set-up code as used; return whether this was the call that did."""
    query = (
        update(SetUpCode)
        .where(SetUpCode.code_hash == code_hash, SetUpCode.used_at.is_(None))
        .values(used_at=moment)
        .returning(SetUpCode.id)
    )
    return session.scalar(query) is not None


def working_on(session: Session, practice_id: int, day: date) -> list[Staff]:
    """Return the roster of one day, by family name."""
    query = (
        select(Staff)
        .where(
            Staff.practice_id == practice_id,
            or_(Staff.active_from.is_(None), Staff.active_from <= day),
            or_(Staff.active_to.is_(None), Staff.active_to >= day),
        )
        .order_by(Staff.family_name, Staff.given_name, Staff.id)
    )
    return list(session.scalars(query))


def teams_between(
    session: Session, practice_id: int, start: date, end: date
) -> dict[tuple[str, int | None], set[int]]:
    """Return by (role group, site) who was of a team on any day from `start` up to before `end`."""
    query = select(Membership).where(
        Membership.practice_id == practice_id,
        Membership.starts_on < end,
        or_(Membership.ends_on.is_(None), Membership.ends_on >= start),
    )
    found: dict[tuple[str, int | None], set[int]] = {}
    for row in session.scalars(query):
        found.setdefault((row.role_group, row.site_id), set()).add(row.staff_id)
    return found
