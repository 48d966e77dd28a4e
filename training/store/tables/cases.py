"""Cases: what somebody has to answer or put right because of a comment, and what was done about it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from training.feedback.cases import KINDS, OUTCOMES
from training.store.base import Base, Numbered, Public, one_of


class Case(Public, Base):
    """Something to answer or put right: type, owner, clock, log; for those who safeguard alone.

    `comment_id` is empty once the comment is erased: an open case stays, without any words.
    `opened_by` is empty where the reading opened it. `version` rises with each change:
    compare-and-set.
    """

    __tablename__ = "cases"
    __table_args__ = (
        CheckConstraint("(closed_at IS NULL) = (outcome IS NULL)", name="closed_whole"),
        CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name="closed_by_somebody"),
        Index("ix_cases_practice_id_closed_at", "practice_id", "closed_at"),
    )

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"), unique=True)
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    kind: Mapped[str] = mapped_column(one_of("kind", *KINDS))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    opened_at: Mapped[datetime]
    opened_on: Mapped[date]
    opened_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    due_on: Mapped[date]
    version: Mapped[int] = mapped_column(default=0)
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    outcome: Mapped[str | None] = mapped_column(one_of("outcome", *OUTCOMES))


class CaseEntry(Numbered, Base):
    """A line of a case's log; `fact` is the type, owner, day or outcome that it says.

    `account_id` is empty where Bedside itself wrote it. The words go when the comment is erased.
    """

    __tablename__ = "case_entry"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    verb: Mapped[str] = mapped_column(
        one_of("verb", "opened", "noted", "assigned", "due", "kind", "closed", "reopened")
    )
    fact: Mapped[str] = mapped_column(String(120), default="")
    words: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
