"""Visits, who was on them, the codes that ask for a comment, and files waiting to be imported."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.store.base import Base, Numbered, Public, one_of

STAGES = ("awareness", "request", "assessment", "treatment", "ongoing")
CHANNELS = ("in_person", "phone", "video", "portal", "letter")


class Visit(Public, Base):
    """One contact of a patient with the practice; holds nothing about who the patient is."""

    __tablename__ = "visit"
    __table_args__ = (
        UniqueConstraint("practice_id", "visit_ref"),
        Index("ix_visit_practice_id_local_day", "practice_id", "local_day"),
    )

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    visit_ref: Mapped[str] = mapped_column(String(64))
    occurred_at: Mapped[datetime]
    local_day: Mapped[date]
    channel: Mapped[str] = mapped_column(one_of("channel", *CHANNELS))
    stage: Mapped[str] = mapped_column(one_of("stage", *STAGES))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    # A bereavement, a safeguarding matter, an open complaint: nobody is asked how it went.
    sensitive: Mapped[bool] = mapped_column(default=False)


class VisitStaff(Numbered, Base):
    """A staff member who was on a visit, and the part they played."""

    __tablename__ = "visit_staff"
    __table_args__ = (UniqueConstraint("visit_id", "staff_id"),)

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    part: Mapped[str] = mapped_column(String(80), default="")


class Invitation(Numbered, Base):
    """The asking for a comment about one visit; only the hash of its code is kept."""

    __tablename__ = "invitation"
    __table_args__ = (UniqueConstraint("visit_id"),)

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"))
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    # A day, not an instant: an instant would tie an anonymous comment to this row.
    used_on: Mapped[date | None]


class InvitationMail(Numbered, Base):
    """An e-mail that is to ask about one visit; the address is deleted as soon as it is over.

    `state`: `waiting` to be sent, `sent`, `not_sent` (for good), or `not_asked` because of a rule.
    Nothing of a row that is over says to whom it went.
    """

    __tablename__ = "invitation_mail"
    __table_args__ = (
        UniqueConstraint("visit_id"),
        CheckConstraint(
            "(state = 'waiting') = (address IS NOT NULL)", name="address_while_waiting"
        ),
        Index("ix_invitation_mail_state_next_try_at", "state", "next_try_at"),
    )

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"))
    address: Mapped[str | None] = mapped_column(String(254))
    state: Mapped[str] = mapped_column(
        one_of("state", "waiting", "sent", "not_sent", "not_asked"), default="waiting"
    )
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime]
    came_at: Mapped[datetime]


class KnownAddress(Numbered, Base):
    """The keyed hash of an address: the day it was last asked, and whether it said STOP.

    No visit stands here, and a day is no instant: it must not lead from an address to a comment.
    """

    __tablename__ = "known_address"
    __table_args__ = (UniqueConstraint("practice_id", "hash"),)

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    hash: Mapped[str] = mapped_column(String(32))
    asked_on: Mapped[date | None]
    stopped_on: Mapped[date | None]


class SiteCode(Numbered, Base):
    """The code of a poster at a site, for people before or without a visit."""

    __tablename__ = "site_code"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    issued_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class ImportFile(Public, Base):
    """A file that an admin sent and checked, kept for a day; emptied as soon as it is imported.

    `outcome` holds the counts of the import, once it is done.
    """

    __tablename__ = "import_file"
    __table_args__ = (
        CheckConstraint("(done_at IS NULL) = (outcome IS NULL)", name="done_with_an_outcome"),
    )

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    kind: Mapped[str] = mapped_column(one_of("kind", "roster", "visits", "visit_staff", "comments"))
    name: Mapped[str] = mapped_column(String(200))
    body: Mapped[bytes]
    sent_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    outcome: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class ImportRun(Public, Base):
    """One import that was done: what of, by whom, and once it is undone what became of that."""

    __tablename__ = "import_run"
    __table_args__ = (
        Index("ix_import_run_practice_id_ran_at", "practice_id", "ran_at"),
        CheckConstraint("(undone_at IS NULL) = (outcome IS NULL)", name="undone_with_an_outcome"),
    )

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    kind: Mapped[str] = mapped_column(one_of("kind", "roster", "visits", "visit_staff", "comments"))
    name: Mapped[str] = mapped_column(String(200))
    new: Mapped[int]
    changed: Mapped[int]
    ran_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
    outcome: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class ImportChange(Numbered, Base):
    """One row that an import added or changed, kept for as long as the import can be undone.

    `before` and `after` hold the changed columns; both are empty for a row that was added.
    """

    __tablename__ = "import_change"
    __table_args__ = (
        Index("ix_import_change_run_id", "run_id"),
        Index("ix_import_change_noun_row_id", "noun", "row_id"),
    )

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    run_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"))
    noun: Mapped[str] = mapped_column(String(40))
    row_id: Mapped[int]
    added: Mapped[bool]
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(default=dict)
