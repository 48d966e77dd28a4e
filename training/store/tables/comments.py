"""Comments, their answers, the remarks read in them, and the matches that tie remarks to staff."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.store.base import Base, Numbered, Public, one_of
from training.store.tables.visits import CHANNELS, STAGES

RATINGS = ("very_good", "good", "neither", "poor", "very_poor", "dont_know")
SAFEGUARDED = ("safety", "unread")  # held with those who safeguard
DOUBTS = ("flood", "robot", "alike", "staff")
SENTIMENTS = ("positive", "neutral", "negative", "mixed")


class Comment(Public, Base):
    """What a patient left: an answer to one or more questions.

    `reading_state` carries the truth about reading: `waiting` to be read, `read`, or `failed`;
    `erased` is what stays of a comment whose words the practice keeps no longer.
    `hold` keeps a comment with those who safeguard: `safety`, or `unread` (another language,
    reading switched off, a fault); or with the reviewers: `doubtful`, that a patient may not have
    sent, for the reason in `doubt`. A held comment never counts and is never shown to staff.
    """

    __tablename__ = "comment"
    __table_args__ = (
        UniqueConstraint("practice_id", "post_key"),
        UniqueConstraint("practice_id", "import_ref"),
        CheckConstraint(
            "openness <> 'anonymous' OR (visit_id IS NULL AND invitation_id IS NULL "
            "AND contact IS NULL)",
            name="anonymous_has_no_way_back",
        ),
        CheckConstraint(
            "(hold_closed_at IS NULL) = (hold_outcome IS NULL)", name="hold_closed_whole"
        ),
        CheckConstraint(
            "(reading_state = 'read') = (read_at IS NOT NULL)", name="read_has_a_moment"
        ),
        CheckConstraint(
            "(reading_state = 'erased') = (erased_at IS NOT NULL)", name="erased_has_a_moment"
        ),
        Index("ix_comment_practice_id_reading_state", "practice_id", "reading_state"),
        Index("ix_comment_practice_id_hold", "practice_id", "hold"),
        Index("ix_comment_practice_id_local_day", "practice_id", "local_day"),
    )

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    post_key: Mapped[str | None] = mapped_column(String(64))
    import_ref: Mapped[str | None] = mapped_column(String(64))
    source: Mapped[str] = mapped_column(one_of("source", "code", "site_code", "import", "paper"))
    openness: Mapped[str] = mapped_column(one_of("openness", "anonymous", "contact", "known"))
    writer: Mapped[str | None] = mapped_column(one_of("writer", "patient", "carer", "helper"))
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"), index=True)
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitation.id"), index=True)
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    stage: Mapped[str | None] = mapped_column(one_of("stage", *STAGES))
    channel: Mapped[str | None] = mapped_column(one_of("channel", *CHANNELS))
    rating: Mapped[str | None] = mapped_column(one_of("rating", *RATINGS))
    about: Mapped[str] = mapped_column(
        one_of("about", "unsaid", "staff", "someone_else", "not_a_person"), default="unsaid"
    )
    had_visit: Mapped[bool] = mapped_column(default=False)
    contact: Mapped[str | None] = mapped_column(String(254))
    # The language the form was shown in; `language` is that of the words, as read.
    form_language: Mapped[str | None] = mapped_column(String(8))
    may_learn: Mapped[bool] = mapped_column(default=False)
    may_publish: Mapped[bool] = mapped_column(default=False)
    asked_for: Mapped[str | None] = mapped_column(one_of("asked_for", "complaint", "safety"))
    received_at: Mapped[datetime]
    local_day: Mapped[date]

    reading_state: Mapped[str] = mapped_column(
        one_of("reading_state", "waiting", "read", "failed", "erased"), default="waiting"
    )
    erased_at: Mapped[datetime | None]
    # Who withdrew it for the patient; none where the time to keep it was over.
    erased_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    attempts: Mapped[int] = mapped_column(default=0)
    reader: Mapped[str | None] = mapped_column(String(40))
    read_at: Mapped[datetime | None]
    sentiment: Mapped[str | None] = mapped_column(one_of("sentiment", *SENTIMENTS))
    score: Mapped[float | None]
    severity: Mapped[int | None]
    flags: Mapped[list[str]] = mapped_column(default=list)
    language: Mapped[str | None] = mapped_column(String(8))

    hold: Mapped[str] = mapped_column(
        one_of("hold", "none", "safety", "unread", "doubtful"), default="none"
    )
    doubt: Mapped[str | None] = mapped_column(one_of("doubt", *DOUBTS))
    hold_closed_at: Mapped[datetime | None]
    hold_closed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    hold_outcome: Mapped[str | None] = mapped_column(
        one_of("hold_outcome", "dealt_with", "released")
    )


class CommentStaff(Numbered, Base):
    """A copy, kept with the comment, of who was on the visit and whom the patient tapped."""

    __tablename__ = "comment_staff"
    __table_args__ = (UniqueConstraint("comment_id", "staff_id"),)

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    on_visit: Mapped[bool] = mapped_column(default=False)
    tapped: Mapped[bool] = mapped_column(default=False)


class Answer(Numbered, Base):
    """One text under one question: the unit of reading."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("comment_id", "question"),)

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"))
    question: Mapped[str] = mapped_column(
        one_of("question", "general", "went_well", "could_be_better")
    )
    text: Mapped[str]


class Remark(Public, Base):
    """A stretch of an answer that says one thing about one subject.

    `state`: `settled` (nothing to decide: praise that is certain, or nobody to tie it to),
    `waiting` for a reviewer, `confirmed`, `rejected` (leaves every sum), `system` (the reviewer
    said that it is not about a person) or `disputed` (out of every sum until a second person
    decides). `version` rises with each decision: compare-and-set.
    """

    __tablename__ = "remark"
    __table_args__ = (
        Index("ix_remark_practice_id_state", "practice_id", "state"),
        CheckConstraint("start < stop", name="not_empty"),
    )

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), index=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id"), index=True)
    start: Mapped[int]
    stop: Mapped[int]
    sentiment: Mapped[str] = mapped_column(one_of("sentiment", *SENTIMENTS))
    score: Mapped[float]
    why: Mapped[list[str]] = mapped_column(default=list)
    cause: Mapped[str] = mapped_column(one_of("cause", "person", "team", "system", "other"))
    state: Mapped[str] = mapped_column(
        one_of("state", "settled", "waiting", "confirmed", "rejected", "system", "disputed")
    )
    version: Mapped[int] = mapped_column(default=0)


class RemarkSkill(Numbered, Base):
    """A skill that a remark is about."""

    __tablename__ = "remark_skill"
    __table_args__ = (
        UniqueConstraint("remark_id", "skill"),
        Index("ix_remark_skill_practice_id_skill", "practice_id", "skill"),
    )

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    remark_id: Mapped[int] = mapped_column(ForeignKey("remark.id"))
    skill: Mapped[str] = mapped_column(String(40))


class RemarkTheme(Numbered, Base):
    """A matter of the system that a remark is about; the strongest was stored first."""

    __tablename__ = "remark_theme"
    __table_args__ = (
        UniqueConstraint("remark_id", "theme"),
        Index("ix_remark_theme_practice_id_theme", "practice_id", "theme"),
    )

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    remark_id: Mapped[int] = mapped_column(ForeignKey("remark.id"))
    theme: Mapped[str] = mapped_column(String(40))


class Match(Public, Base):
    """The tie from a remark to a staff member, with its evidence, confidence and state.

    `shown_at` is when the person could first see it: praise at once when certain, criticism when
    confirmed and three wait or four weeks have passed.
    """

    __tablename__ = "match"
    __table_args__ = (
        UniqueConstraint("remark_id", "staff_id"),
        Index("ix_match_staff_id_state", "staff_id", "state"),
        CheckConstraint("confidence >= 0 AND confidence <= 1", name="confidence_is_a_share"),
        CheckConstraint("decided_by IS NULL OR decided_at IS NOT NULL", name="decided_whole"),
    )

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    remark_id: Mapped[int] = mapped_column(ForeignKey("remark.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    confidence: Mapped[float]
    certain: Mapped[bool]
    evidence: Mapped[list[str]] = mapped_column(default=list)
    state: Mapped[str] = mapped_column(
        one_of("state", "proposed", "confirmed", "rejected", "disputed")
    )
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None]
    shown_at: Mapped[datetime | None]


class Decision(Public, Base):
    """What a reviewer decided of a remark, with what stood before, so that it can be undone.

    `batch` is shared by what was confirmed together.
    """

    __tablename__ = "decision"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    remark_id: Mapped[int] = mapped_column(ForeignKey("remark.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    verb: Mapped[str] = mapped_column(
        one_of(
            "verb", "confirm", "move", "reject", "system", "unplaced", "correct", "uphold", "keep"
        )
    )
    batch: Mapped[str | None] = mapped_column(String(16), index=True)
    before: Mapped[dict[str, Any]]
    version_after: Mapped[int]
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]


class Alert(Numbered, Base):
    """A message owed to somebody who safeguards; never holds the patient's words."""

    __tablename__ = "alert"
    __table_args__ = (UniqueConstraint("comment_id", "account_id"),)

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"))
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None] = mapped_column(index=True)
