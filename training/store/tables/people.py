"""The practice, its sites and roster, the people who sign in, and the record of what they did."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.store.base import Base, Numbered, Public, one_of


class Practice(Public, Base):
    """The healthcare organisation that uses Bedside; every other row belongs to one."""

    __tablename__ = "practice"
    __table_args__ = (CheckConstraint("keep_months >= 6", name="keep_half_a_year"),)

    name: Mapped[str] = mapped_column(String(120))
    time_zone: Mapped[str] = mapped_column(String(64), default="Europe/London")
    emergency_wording: Mapped[str] = mapped_column(default="")
    crisis_wording: Mapped[str] = mapped_column(default="")
    complaints_contact: Mapped[str] = mapped_column(default="")
    privacy_notice: Mapped[str] = mapped_column(default="")
    reading_on: Mapped[bool] = mapped_column(default=True)
    languages: Mapped[list[str]] = mapped_column(default=lambda: ["en"])
    # The practice's own words in other languages: {"es": {"emergency_wording": "…"}}.
    wordings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    # How many full months comments are kept; none means for good.
    keep_months: Mapped[int | None]
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    set_up_at: Mapped[datetime | None]


class Site(Public, Base):
    """A place of a practice."""

    __tablename__ = "site"
    __table_args__ = (UniqueConstraint("practice_id", "name"),)

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    name: Mapped[str] = mapped_column(String(120))
    closed_on: Mapped[date | None]


class Staff(Public, Base):
    """A row of the roster: somebody who works, or worked, at the practice."""

    __tablename__ = "staff"
    __table_args__ = (UniqueConstraint("practice_id", "roster_id"),)

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    roster_id: Mapped[str] = mapped_column(String(64))
    given_name: Mapped[str] = mapped_column(String(80))
    family_name: Mapped[str] = mapped_column(String(80))
    preferred_name: Mapped[str] = mapped_column(String(80), default="")
    title: Mapped[str] = mapped_column(String(20), default="")
    role: Mapped[str] = mapped_column(String(40))
    pronouns: Mapped[str] = mapped_column(String(20), default="")
    aliases: Mapped[list[str]] = mapped_column(default=list)
    active_from: Mapped[date | None]
    active_to: Mapped[date | None]
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    # As the roster has it: offered when the person is invited, never written to by itself.
    email: Mapped[str] = mapped_column(String(254), default="")


class FormerRosterId(Numbered, Base):
    """The practice's own id of a roster row that was merged into another; files may still use it."""

    __tablename__ = "former_roster_id"
    __table_args__ = (UniqueConstraint("practice_id", "roster_id"),)

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    roster_id: Mapped[str] = mapped_column(String(64))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))


class Membership(Numbered, Base):
    """The dated tie of a staff member to a team: a role group at a site.

    Both days are inclusive, as on the roster; no `ends_on` means still.
    """

    __tablename__ = "membership"
    __table_args__ = (Index("ix_membership_staff_id_starts_on", "staff_id", "starts_on"),)

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    role_group: Mapped[str] = mapped_column(String(40))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


class Account(Public, Base):
    """Somebody who signs in; tied to a row of the roster where they are on it."""

    __tablename__ = "account"
    __table_args__ = (
        UniqueConstraint("email"),
        UniqueConstraint("practice_id", "staff_id"),
    )

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254))
    role: Mapped[str] = mapped_column(one_of("role", "staff", "manager", "admin"))
    may_review: Mapped[bool] = mapped_column(default=False)
    may_safeguard: Mapped[bool] = mapped_column(default=False)
    password_hash: Mapped[str | None] = mapped_column(String(255))
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]


class AccountSite(Numbered, Base):
    """One site of an account's scope; an account without any reaches the whole practice."""

    __tablename__ = "account_site"
    __table_args__ = (UniqueConstraint("account_id", "site_id"),)

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))


class AccountLink(Numbered, Base):
    """A one-time link by which a person sets a password: an invitation or a forgotten password."""

    __tablename__ = "account_link"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    purpose: Mapped[str] = mapped_column(one_of("purpose", "invitation", "forgotten"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SignIn(Numbered, Base):
    """A signed-in browser; the cookie holds an opaque token, this row its hash."""

    __tablename__ = "sign_in"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    started_at: Mapped[datetime]
    last_seen: Mapped[datetime]


class SignInAttempt(Numbered, Base):
    """A failed try at a password, kept for an hour so that guessing can be slowed exactly."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (Index("ix_sign_in_attempt_name_hash_at", "name_hash", "at"),)

    name_hash: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(index=True)


class SetUpCode(Numbered, Base):
    """The one-time code, printed at the console, by which the first admin is made."""

    __tablename__ = "set_up_code"

    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Audit(Numbered, Base):
    """One thing that somebody did; append-only and without free text."""

    __tablename__ = "audit"
    __table_args__ = (
        Index("ix_audit_practice_id_at", "practice_id", "at"),
        CheckConstraint("noun <> ''", name="noun_named"),
    )

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    verb: Mapped[str] = mapped_column(String(40))
    noun: Mapped[str] = mapped_column(String(40))
    noun_id: Mapped[int | None]
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
