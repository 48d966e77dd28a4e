"""What people say about what was read: disputes, corrections, masks, and notes of two kinds."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from training.store.base import Base, Numbered, Public, one_of

GROUNDS = (
    "not_about_me",
    "not_that_visit",
    "system_cause",
    "factually_wrong",
    "abusive",
    "discriminatory",
)
HURTFUL = ("abusive", "discriminatory")
MASK_REASONS = ("patient", "third_party", "contact", "number", "place", "abuse")

_OPEN = text("closed_at IS NULL")


class Dispute(Public, Base):
    """A person's word that a remark they are shown is not right; it freezes the remark.

    `before` is what stood when it was made. `outcome`: `upheld` (the remark left the person),
    `kept` (it came back), or `withdrawn` by the person. A remark has one open dispute at most.
    """

    __tablename__ = "dispute"
    __table_args__ = (
        CheckConstraint("(closed_at IS NULL) = (outcome IS NULL)", name="closed_whole"),
        Index("ix_dispute_practice_id_closed_at", "practice_id", "closed_at"),
        Index(
            "uq_dispute_open",
            "remark_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    remark_id: Mapped[int] = mapped_column(ForeignKey("remark.id"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    ground: Mapped[str] = mapped_column(one_of("ground", *GROUNDS))
    words: Mapped[str] = mapped_column(default="")
    before: Mapped[dict[str, Any]]
    made_at: Mapped[datetime]
    made_on: Mapped[date]
    due_on: Mapped[date]
    outcome: Mapped[str | None] = mapped_column(one_of("outcome", "upheld", "kept", "withdrawn"))
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class Correction(Public, Base):
    """What the reader said of a remark, and what a reviewer says instead; the remark holds the latter.

    `read` and `said` hold sentiment, theme and skills; `said` may hold `not_a_remark` instead.
    """

    __tablename__ = "correction"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), index=True)
    remark_id: Mapped[int] = mapped_column(ForeignKey("remark.id"), index=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    reader: Mapped[str] = mapped_column(String(40))
    read: Mapped[dict[str, Any]]
    said: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]


class Mask(Public, Base):
    """A span of an answer that must not be shown outside the queue, and why; half-open offsets."""

    __tablename__ = "mask"
    __table_args__ = (
        CheckConstraint("start < stop", name="not_empty"),
        UniqueConstraint("answer_id", "start", "stop"),
    )

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), index=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id"))
    start: Mapped[int]
    stop: Mapped[int]
    reason: Mapped[str] = mapped_column(one_of("reason", *MASK_REASONS))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]


class ReviewNote(Public, Base):
    """What one reviewer tells the others about a comment; staff never see it."""

    __tablename__ = "review_note"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    words: Mapped[str]
    at: Mapped[datetime]


class Reflection(Numbered, Base):
    """What a person writes for themselves alone about a remark they are shown."""

    __tablename__ = "reflection"
    __table_args__ = (UniqueConstraint("staff_id", "remark_id"),)

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    remark_id: Mapped[int] = mapped_column(ForeignKey("remark.id"), index=True)
    words: Mapped[str]
    written_at: Mapped[datetime]
