"""Plays and their moves, mastery, suggestions, and notes on the charts."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from training.store.base import Base, Numbered, Public, one_of


class ScenarioCopy(Base):
    """The exact text of a scenario that somebody has played, by its digest."""

    __tablename__ = "scenario_copy"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    slug: Mapped[str] = mapped_column(String(80))
    body: Mapped[str]


_UNFINISHED = text("finished_at IS NULL")
_KEPT = text("taken_back_at IS NULL")


class Play(Public, Base):
    """One run of a scenario by one person; its state is a fold over its moves.

    A person has one unfinished play of a scenario at most. `hints` are the scenes whose hint was
    opened, `reflection` and `intention` what the person wrote for themselves alone.
    """

    __tablename__ = "play"
    __table_args__ = (
        Index("ix_play_staff_id_slug", "staff_id", "slug"),
        Index(
            "uq_play_unfinished",
            "staff_id",
            "slug",
            unique=True,
            sqlite_where=_UNFINISHED,
            postgresql_where=_UNFINISHED,
        ),
    )

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    slug: Mapped[str] = mapped_column(String(80))
    digest: Mapped[str] = mapped_column(ForeignKey("scenario_copy.digest"))
    seed: Mapped[int]
    suggestion_id: Mapped[int | None] = mapped_column(ForeignKey("suggestion.id"))
    remark_id: Mapped[int | None] = mapped_column(ForeignKey("remark.id"), index=True)
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    ending: Mapped[str | None] = mapped_column(String(80))
    hints: Mapped[list[str]] = mapped_column(default=list)
    reflection: Mapped[str] = mapped_column(default="")
    intention: Mapped[str] = mapped_column(default="")


class Move(Numbered, Base):
    """One choice made in a play.

    A move that was taken back stays, because the first answer is the one that mastery counts; of
    the moves that are kept, each number has one.
    """

    __tablename__ = "move"
    __table_args__ = (
        Index(
            "uq_move_kept",
            "play_id",
            "number",
            unique=True,
            sqlite_where=_KEPT,
            postgresql_where=_KEPT,
        ),
        Index("ix_move_play_id", "play_id"),
    )

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    play_id: Mapped[int] = mapped_column(ForeignKey("play.id"))
    number: Mapped[int]
    scene: Mapped[str] = mapped_column(String(80))
    choice: Mapped[str] = mapped_column(String(80))
    hinted: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]


class Mastery(Numbered, Base):
    """What a person's first plays have shown of a skill: weighted credit met and missed."""

    __tablename__ = "mastery"
    __table_args__ = (UniqueConstraint("staff_id", "skill"),)

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    skill: Mapped[str] = mapped_column(String(40))
    mean: Mapped[float]
    decisions: Mapped[int]
    level: Mapped[str] = mapped_column(
        one_of("level", "not_enough", "building", "working", "solid")
    )
    last_play_at: Mapped[datetime]


class Suggestion(Public, Base):
    """A scenario offered to a person, with everything it was computed from."""

    __tablename__ = "suggestion"
    __table_args__ = (Index("ix_suggestion_staff_id_state", "staff_id", "state"),)

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    skill: Mapped[str] = mapped_column(String(40))
    scenario: Mapped[str] = mapped_column(String(80))
    state: Mapped[str] = mapped_column(
        one_of(
            "state",
            "offered",
            "accepted",
            "finished",
            "later",
            "not_useful",
            "already_did",
            "not_about_me",
            "lapsed",
        )
    )
    formula: Mapped[str] = mapped_column(String(40))
    need: Mapped[float]
    score: Mapped[float]
    reasons: Mapped[dict[str, Any]]
    remark_ids: Mapped[list[int]]
    window_start: Mapped[date]
    window_end: Mapped[date]
    random_order: Mapped[float]
    selected_at: Mapped[datetime]
    offered_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]


class Annotation(Numbered, Base):
    """A dated note on the charts: training, a change of staffing, a new way of working."""

    __tablename__ = "annotation"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), index=True)
    on_day: Mapped[date]
    kind: Mapped[str] = mapped_column(one_of("kind", "training", "staffing", "change"))
    topic: Mapped[str | None] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(String(200))
