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
    the moves that are kept, each number has one. `carried` are those that a play which goes on from
    the middle of an earlier one took over from it.
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
    carried: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]


_UNANSWERED = text("answered_at IS NULL")


class Refresher(Public, Base):
    """One decision of a skill, asked some time after the skill was practised.

    A person has one unanswered refresher of a skill at most. What led to the scene is worked out
    from the text it is pinned to.
    """

    __tablename__ = "refresher"
    __table_args__ = (
        Index(
            "uq_refresher_unanswered",
            "staff_id",
            "skill",
            unique=True,
            sqlite_where=_UNANSWERED,
            postgresql_where=_UNANSWERED,
        ),
        Index("ix_refresher_staff_id", "staff_id"),
    )

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    skill: Mapped[str] = mapped_column(String(40))
    slug: Mapped[str] = mapped_column(String(80))
    digest: Mapped[str] = mapped_column(ForeignKey("scenario_copy.digest"))
    scene: Mapped[str] = mapped_column(String(80))
    seed: Mapped[int]
    begun_at: Mapped[datetime]
    choice: Mapped[str | None] = mapped_column(String(80))
    answered_at: Mapped[datetime | None]


class Mastery(Numbered, Base):
    """What a person's first plays have shown of a skill, and the day it is time to refresh it."""

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
    refresh_on: Mapped[date | None]


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
    # When what is usual was learnt; None where the published defaults were used throughout.
    prior_fitted_at: Mapped[datetime | None]
    random_order: Mapped[float]
    selected_at: Mapped[datetime]
    offered_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]


ANNOTATION_KINDS = ("training", "staffing", "other")


class Annotation(Public, Base):
    """A dated note on the charts: training, a change of staffing, anything else that may explain one.

    No `site_id` is the whole practice, no `topic` every chart. `account_id` is who wrote it, None for
    Bedside. A note that was removed is kept, so that it can be put back.
    """

    __tablename__ = "annotation"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), index=True)
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    on_day: Mapped[date]
    kind: Mapped[str] = mapped_column(one_of("kind", *ANNOTATION_KINDS))
    topic: Mapped[str | None] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(String(200))
    removed_at: Mapped[datetime | None]


_THERE = text("removed_at IS NULL")


class SavedView(Public, Base):
    """The filters of a trends page under a name, of one account alone; removed ones can come back."""

    __tablename__ = "saved_view"
    __table_args__ = (
        Index(
            "uq_saved_view_name",
            "account_id",
            "name",
            unique=True,
            sqlite_where=_THERE,
            postgresql_where=_THERE,
        ),
    )

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    name: Mapped[str] = mapped_column(String(80))
    topic: Mapped[str] = mapped_column(String(40), default="")
    site: Mapped[str] = mapped_column(String(16), default="")
    team: Mapped[str] = mapped_column(String(40), default="")
    stage: Mapped[str] = mapped_column(String(40), default="")
    saved_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
