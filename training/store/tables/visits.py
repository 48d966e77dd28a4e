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
