"""Named queries for a person's own download: rows that are theirs alone."""

from datetime import datetime

from sqlalchemy import String, cast, select, union_all
from sqlalchemy.orm import Session

from training.store.tables import (
    Account,
    AccountSite,
    Audit,
    Decision,
    FormerRosterId,
    Membership,
    SignIn,
    Site,
    Suggestion,
)


def sign_ins(session: Session, account_id: int) -> list[SignIn]:
    """Return the sign-ins that are kept of an account, oldest first."""
    query = select(SignIn).where(SignIn.account_id == account_id)
    return list(session.scalars(query.order_by(SignIn.id)))


def suggestions(session: Session, practice_id: int, staff_id: int) -> list[Suggestion]:
    """Return every suggestion that was ever made to a person, oldest first."""
    query = select(Suggestion).where(
        Suggestion.practice_id == practice_id, Suggestion.staff_id == staff_id
    )
    return list(session.scalars(query.order_by(Suggestion.id)))


def account(session: Session, account_id: int) -> Account:
    """Return an account."""
    return session.get_one(Account, account_id)


def sites(session: Session, account_id: int) -> list[str]:
    """Return the names of the sites an account is kept to; none: the whole practice."""
    query = select(Site.name).join(AccountSite, AccountSite.site_id == Site.id)
    return list(
        session.scalars(query.where(AccountSite.account_id == account_id).order_by(Site.id))
    )


def teams(session: Session, practice_id: int, staff_id: int) -> list[tuple[Membership, str]]:
    """Return the teams somebody was of, with the name of each site ("" without one), oldest first."""
    query = (
        select(Membership, Site.name)
        .outerjoin(Site, Site.id == Membership.site_id)
        .where(Membership.practice_id == practice_id, Membership.staff_id == staff_id)
        .order_by(Membership.starts_on, Membership.id)
    )
    return [(row[0], row[1] or "") for row in session.execute(query)]


def former_ids(session: Session, practice_id: int, staff_id: int) -> list[str]:
    """Return the ids of roster rows that were merged into somebody's."""
    query = select(FormerRosterId.roster_id).where(
        FormerRosterId.practice_id == practice_id, FormerRosterId.staff_id == staff_id
    )
    return list(session.scalars(query.order_by(FormerRosterId.id)))


def acts(session: Session, account_id: int) -> list[tuple[datetime, str]]:
    """Return (when, verb) of what an account did that is recorded, oldest first."""
    decided = select(Decision.at, cast(Decision.verb, String).label("verb")).where(
        Decision.account_id == account_id
    )
    noted = select(Audit.at, cast(Audit.verb, String).label("verb")).where(
        Audit.account_id == account_id
    )
    both = union_all(decided, noted).subquery()
    query = select(both.c.at, both.c.verb).order_by(both.c.at, both.c.verb)
    return [(row[0], row[1]) for row in session.execute(query)]
