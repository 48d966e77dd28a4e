"""Signing in and out: passwords, one-time links, and who is looking.

    sign_in ──► opaque token (cookie) ── sha256 ──► sign_in row ──► Viewer
                                          row gone, account disabled, 12 h idle or 7 days: nobody

A wrong name and a wrong password take the same time and get the same answer. After five failures
in a quarter of an hour a name must wait; the count stands in the database, exact across processes.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy.orm import Session

from training.store import audit, people
from training.store.tables import Account, AccountLink, SignIn, SignInAttempt

IDLE = timedelta(hours=12)
LONGEST = timedelta(days=7)
TRIES = 5
TRY_WINDOW = timedelta(minutes=15)
INVITATION_LASTS = timedelta(days=7)
FORGOTTEN_LASTS = timedelta(hours=1)
SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 128
SEEN_EVERY = timedelta(minutes=1)


class WrongPassword(Exception):
    """The name and the password do not belong together, or the account is disabled."""


class TooManyTries(Exception):
    """The name was tried too often; it opens again within a quarter of an hour."""


class BadPassword(ValueError):
    """The chosen password is too short, too long, or the person's own name; the text says which."""


class LinkGone(Exception):
    """The one-time link is unknown, used or expired."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is looking and what they may see; `site_ids` empty means the whole practice."""

    account_id: int
    practice_id: int
    staff_id: int | None
    name: str
    email: str
    role: str
    may_review: bool
    may_safeguard: bool
    site_ids: tuple[int, ...]

    @property
    def initials(self) -> str:
        """Return up to two letters that stand for the person."""
        words = _without_title(self.name)
        return "".join(w[0] for w in (words[:1] + words[1:][-1:])).upper()

    @property
    def first_name(self) -> str:
        """Return what the person is greeted by."""
        return _without_title(self.name)[0]

    @property
    def has_staff_pages(self) -> bool:
        """Return whether the person is on the roster, so that remarks can be about them."""
        return self.staff_id is not None


TITLES = frozenset({"dr", "mr", "mrs", "ms", "miss", "mx", "prof", "sister", "nurse", "rev"})


def _without_title(name: str) -> list[str]:
    words = name.split()
    titled = len(words) > 1 and words[0].rstrip(".").lower() in TITLES
    return words[1:] if titled else words


def digest(token: str) -> str:
    """Return what is stored of a random token: its SHA-256 in hex."""
    return hashlib.sha256(token.encode()).hexdigest()


def sign_in(
    session: Session, *, email: str, password: str, hasher: PasswordHasher, moment: datetime
) -> str:
    """Check a password and return the token of a new sign-in.

    Raises `TooManyTries` or `WrongPassword`; both are the same for names that do not exist.
    """
    name = email.strip().lower()
    if people.failed_tries(session, digest(name), moment - TRY_WINDOW) >= TRIES:
        raise TooManyTries
    who = people.account_by_email(session, name)
    stored = who.password_hash if who and not who.disabled_at else None
    session.rollback()  # hashing is slow: nobody should wait for it with the database held
    if not _matches(hasher, stored, password):
        session.add(SignInAttempt(name_hash=digest(name), at=moment))
        session.commit()
        raise WrongPassword
    assert who is not None
    token = _open(session, who, moment)
    session.commit()
    return token


def _matches(hasher: PasswordHasher, stored: str | None, password: str) -> bool:
    if len(password) > LONGEST_PASSWORD:
        return False
    try:
        return hasher.verify(stored or _nobody(hasher), password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


_nobodies: dict[int, str] = {}


def _nobody(hasher: PasswordHasher) -> str:
    """Return a hash that costs as much to check as a real one, for names that do not exist."""
    return _nobodies.setdefault(id(hasher), hasher.hash(secrets.token_urlsafe(16)))


def _open(session: Session, who: Account, moment: datetime) -> str:
    token = secrets.token_urlsafe(32)
    session.add(
        SignIn(
            practice_id=who.practice_id,
            account_id=who.id,
            token_hash=digest(token),
            started_at=moment,
            last_seen=moment,
        )
    )
    audit.note(
        session, practice_id=who.practice_id, account_id=who.id, moment=moment,
        verb="sign_in", noun="account", noun_id=who.id,
    )  # fmt: skip
    return token


def viewer_of(session: Session, *, token: str, moment: datetime) -> tuple[Viewer, bool] | None:
    """Return who a token belongs to, and whether its `last_seen` is due; None where nobody."""
    found = people.sign_in_of(session, digest(token))
    if found is None:
        return None
    row, who = found
    if who.disabled_at or moment - row.last_seen > IDLE or moment - row.started_at > LONGEST:
        return None
    return _viewer(session, who), moment - row.last_seen > SEEN_EVERY


def acting(session: Session, *, email: str) -> Viewer | None:
    """Return the viewer for a command that is run in somebody's name; None where nobody is active."""
    who = people.account_by_email(session, email.strip().lower())
    return _viewer(session, who) if who and not who.disabled_at else None


def _viewer(session: Session, who: Account) -> Viewer:
    return Viewer(
        account_id=who.id,
        practice_id=who.practice_id,
        staff_id=who.staff_id,
        name=who.name,
        email=who.email,
        role=who.role,
        may_review=who.may_review,
        may_safeguard=who.may_safeguard,
        site_ids=people.scope_of(session, who.id),
    )


def seen(session: Session, *, token: str, moment: datetime) -> None:
    """Note that a signed-in browser was just used."""
    if found := people.sign_in_of(session, digest(token)):
        people.seen(session, found[0].id, moment)
    session.commit()


def sign_out(session: Session, *, token: str) -> None:
    """End one sign-in, at once."""
    people.end_sign_in(session, digest(token))
    session.commit()


def make_link(session: Session, *, account_id: int, purpose: str, moment: datetime) -> str:
    """Return the token of a new one-time link; earlier unused ones stop working. Does not commit."""
    who = session.get_one(Account, account_id)
    people.spend_links(session, who.id, moment)
    token = secrets.token_urlsafe(24)
    lasts = INVITATION_LASTS if purpose == "invitation" else FORGOTTEN_LASTS
    session.add(
        AccountLink(
            practice_id=who.practice_id,
            account_id=who.id,
            purpose=purpose,
            token_hash=digest(token),
            expires_at=moment + lasts,
        )
    )
    return token


def forgotten(session: Session, *, email: str, moment: datetime) -> tuple[str, str] | None:
    """Return (address, token) for the message to somebody who forgot their password, or None.

    The page says the same whichever it is.
    """
    who = people.account_by_email(session, email.strip().lower())
    if who is None or who.disabled_at or who.password_hash is None:
        return None
    token = make_link(session, account_id=who.id, purpose="forgotten", moment=moment)
    audit.note(
        session, practice_id=who.practice_id, account_id=who.id, moment=moment,
        verb="forgotten", noun="account", noun_id=who.id,
    )  # fmt: skip
    session.commit()
    return who.email, token


def link_owner(session: Session, *, token: str, moment: datetime) -> str:
    """Return the name of the person a one-time link was made for; raise `LinkGone`."""
    return _live_link(session, token, moment)[1].name


def _live_link(session: Session, token: str, moment: datetime) -> tuple[AccountLink, Account]:
    row = people.link(session, digest(token))
    if row is None or row.used_at or row.expires_at <= moment:
        raise LinkGone
    who = session.get_one(Account, row.account_id)
    if who.disabled_at:
        raise LinkGone
    return row, who


def choose_password(
    session: Session, *, token: str, password: str, hasher: PasswordHasher, moment: datetime
) -> str:
    """Set the password a one-time link asks for; return the token of a new sign-in.

    Every other sign-in and link of the person ends. Raises `LinkGone` or `BadPassword`.
    """
    who = _live_link(session, token, moment)[1]
    check_password(password, name=who.name, email=who.email)
    session.rollback()
    hashed = hasher.hash(password)
    who = _live_link(session, token, moment)[1]
    who.password_hash = hashed
    people.spend_links(session, who.id, moment)
    people.end_sign_ins(session, who.id)
    audit.note(
        session, practice_id=who.practice_id, account_id=who.id, moment=moment,
        verb="choose_password", noun="account", noun_id=who.id,
    )  # fmt: skip
    new = _open(session, who, moment)
    session.commit()
    return new


def check_password(password: str, *, name: str, email: str) -> None:
    """Raise `BadPassword`, with a sentence for the person, unless a password will do."""
    if len(password) < SHORTEST_PASSWORD:
        raise BadPassword(f"Use at least {SHORTEST_PASSWORD} characters; three words will do.")
    if len(password) > LONGEST_PASSWORD:
        raise BadPassword(f"Use at most {LONGEST_PASSWORD} characters.")
    if password.lower() in {name.lower(), email.lower()} or len(set(password)) < 4:
        raise BadPassword("Choose something that is harder to guess.")
