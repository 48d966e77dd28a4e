"""Improvement plans with their steps, reviews and notes, what patients are told, self-assessment."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from training.store.base import Base, Numbered, Public, one_of
from training.store.tables.visits import STAGES

DECISIONS = ("kept", "changed", "stopped")
PHASES = ("plan", "do", "study", "act")
SIDES = ("staff", "managers")
ANSWERS = ("never", "sometimes", "mostly", "always", "dont_know")

_UP = text("taken_down_at IS NULL")


class Plan(Public, Base):
    """An improvement plan: the aim, the change, and the share of comments it should bring down.

    No `site_id` is the whole practice, no `stage` every stage. `target` is the share of comments
    with criticism of the topic to be reached. `decision` is what became of the change.
    """

    __tablename__ = "plan"
    __table_args__ = (
        CheckConstraint("target >= 0 AND target <= 1", name="target_is_a_share"),
        CheckConstraint("(decision IS NULL) = (ended_on IS NULL)", name="ended_whole"),
    )

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), index=True)
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    topic: Mapped[str] = mapped_column(String(40))
    stage: Mapped[str | None] = mapped_column(one_of("stage", *STAGES))
    name: Mapped[str] = mapped_column(String(120))
    aim: Mapped[str]
    change: Mapped[str]
    target: Mapped[float]
    owner_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    started_on: Mapped[date]
    decision: Mapped[str | None] = mapped_column(one_of("decision", *DECISIONS))
    ended_on: Mapped[date | None]
    created_at: Mapped[datetime]


class PlanStep(Public, Base):
    """Something that somebody does for a plan; `who` is as people say it: "Priya and Tom"."""

    __tablename__ = "plan_step"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    words: Mapped[str] = mapped_column(String(200))
    who: Mapped[str] = mapped_column(String(80), default="")
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]
    # Taken out of the plan; kept, so that it can be put back.
    removed_on: Mapped[date | None]


class PlanReview(Public, Base):
    """A day on which a plan is looked at together, and the day on which it was."""

    __tablename__ = "plan_review"
    __table_args__ = (UniqueConstraint("plan_id", "on_day"),)

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    on_day: Mapped[date]
    held_on: Mapped[date | None]


class PlanNote(Public, Base):
    """What was written down under one of plan, do, study and act."""

    __tablename__ = "plan_note"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    phase: Mapped[str] = mapped_column(one_of("phase", *PHASES))
    words: Mapped[str]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]


class BoardNote(Public, Base):
    """What patients were told of a plan, "You said, we did"; a plan has one that is up at most."""

    __tablename__ = "board_note"
    __table_args__ = (
        Index(
            "uq_board_note_up", "plan_id", unique=True, sqlite_where=_UP, postgresql_where=_UP
        ),
        CheckConstraint(
            "(taken_down_at IS NULL) = (taken_down_by IS NULL)", name="taken_down_whole"
        ),
    )  # fmt: skip

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), index=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    said: Mapped[str]
    did: Mapped[str]
    published_at: Mapped[datetime]
    published_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    taken_down_at: Mapped[datetime | None]
    taken_down_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class SelfTally(Numbered, Base):
    """How many gave an answer to a statement of the self-assessment in a half-year.

    There is no row a person and no order of answers: `waiting` answers are added to `shown` when
    five people's are together.
    """

    __tablename__ = "self_tally"
    __table_args__ = (UniqueConstraint("practice_id", "half", "side", "statement", "answer"),)

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    half: Mapped[date]
    side: Mapped[str] = mapped_column(one_of("side", *SIDES))
    statement: Mapped[str] = mapped_column(String(40))
    answer: Mapped[str] = mapped_column(one_of("answer", *ANSWERS))
    shown: Mapped[int] = mapped_column(default=0)
    waiting: Mapped[int] = mapped_column(default=0)


class SelfAnswered(Numbered, Base):
    """That an account took part in a half-year's self-assessment: never what it answered, nor when."""

    __tablename__ = "self_answered"
    __table_args__ = (UniqueConstraint("account_id", "half"),)

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    half: Mapped[date]
    side: Mapped[str] = mapped_column(one_of("side", *SIDES))
