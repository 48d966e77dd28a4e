"""What is usual for each skill and role, what people and teams may learn from it, and assignments."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from training.store.base import Base, Numbered, Public


class PriorFit(Numbered, Base):
    """When what is usual was last learnt from a practice's comments, over which days.

    A practice has one: each night's replaces the one before, and a suggestion keeps what it used.
    """

    __tablename__ = "prior_fit"
    __table_args__ = (CheckConstraint("role_weight > 0 AND leaning_weight > 0", name="weights"),)

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), unique=True)
    fitted_on: Mapped[date]
    fitted_at: Mapped[datetime]
    window_start: Mapped[date]
    window_end: Mapped[date]
    formula: Mapped[str] = mapped_column(String(40))
    role_weight: Mapped[float]
    leaning_weight: Mapped[float]


class Prior(Numbered, Base):
    """What was learnt of one skill in one role group, "" for all: the counts, m and k."""

    __tablename__ = "prior"
    __table_args__ = (
        UniqueConstraint("practice_id", "role_group", "skill"),
        CheckConstraint("negatives >= 0 AND negatives <= comments", name="negatives_of_comments"),
        CheckConstraint("mean > 0 AND mean < 1 AND weight > 0", name="mean_and_weight"),
    )

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    role_group: Mapped[str] = mapped_column(String(40))
    skill: Mapped[str] = mapped_column(String(40))
    people: Mapped[int]
    comments: Mapped[int]
    negatives: Mapped[int]
    mean: Mapped[float]
    weight: Mapped[float]


class KeepDoing(Numbered, Base):
    """The skill a person's comments praise most surely, with the numbers; one a person at most."""

    __tablename__ = "keep_doing"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), unique=True)
    skill: Mapped[str] = mapped_column(String(40))
    formula: Mapped[str] = mapped_column(String(40))
    reasons: Mapped[dict[str, Any]]
    window_start: Mapped[date]
    window_end: Mapped[date]
    selected_at: Mapped[datetime]


class TeamNeed(Numbered, Base):
    """The skill that a whole team has most need of, whoever of it is left out; one a team at most."""

    __tablename__ = "team_need"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), index=True)
    role_group: Mapped[str] = mapped_column(String(40))
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    skill: Mapped[str] = mapped_column(String(40))
    people: Mapped[int]
    formula: Mapped[str] = mapped_column(String(40))
    reasons: Mapped[dict[str, Any]]
    window_start: Mapped[date]
    window_end: Mapped[date]
    selected_at: Mapped[datetime]


_OPEN = text("finished_at IS NULL AND withdrawn_at IS NULL")


class Assignment(Public, Base):
    """A scenario that somebody asked somebody to rehearse by a day, with a note.

    `finished_at` is when the person finished it for the first time after it was assigned; what they
    did in it stands nowhere here. A person has one open assignment of a scenario at most.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        Index(
            "uq_assignment_open",
            "staff_id",
            "scenario",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_assignment_staff_id", "staff_id"),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by IS NULL)", name="withdrawn_whole"),
    )

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    scenario: Mapped[str] = mapped_column(String(80))
    note: Mapped[str] = mapped_column(String(500))
    due_on: Mapped[date]
    assigned_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    assigned_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reminded_at: Mapped[datetime | None]
