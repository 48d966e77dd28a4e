"""Wrongly read: what a reviewer says a remark is, beside what the reader said it was.

    read  {"sentiment": "negative", "themes": [], "skills": ["empathy"]}
    said  {"sentiment": "positive", "themes": [], "skills": ["empathy"]}     ──► counted from now on

The remark holds the corrected values, the correction both; undoing the decision gives the first back.
"""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from training.services import decisions
from training.services.decisions import Decided, NotChosen
from training.services.signing_in import Viewer
from training.skills import SKILLS, THEMES
from training.store import topics
from training.store.matches import CRITICAL
from training.store.tables import Comment, Correction, Decision, Match, Remark

ALLOWED = ("settled", "waiting", "confirmed", "system")
SENTIMENTS = ("positive", "neutral", "negative", "mixed")
NO_TOPIC = "none"


def correct(
    session: Session,
    *,
    viewer: Viewer,
    remark_public_id: str,
    version: int,
    sentiment: str = "",
    topic: str = "",
    moment: datetime,
) -> Decided:
    """Say what a remark is instead: its sentiment, its topic (`none` for no topic), or both.

    Raises `NotFound`, `AlreadyDecided`, or `NotChosen("correction")` where neither is given, or
    one that does not exist.
    """
    known = topic in ("", NO_TOPIC) or topic in SKILLS or topic in THEMES
    if not (sentiment or topic) or not known or sentiment not in ("", *SENTIMENTS):
        raise NotChosen("correction")
    change = _Change(session, sentiment, topic)
    return decisions.decide(
        session, viewer=viewer, remark_public_id=remark_public_id, version=version,
        verb="correct", change=change.apply, beside=change.keep, allowed=ALLOWED, moment=moment,
    )  # fmt: skip


def not_a_remark(
    session: Session, *, viewer: Viewer, remark_public_id: str, version: int, moment: datetime
) -> Decided:
    """Say that a stretch of text says nothing about anything; it leaves every sum.

    Raises `NotFound` or `AlreadyDecided`.
    """
    change = _Change(session, "", "")

    def reject(remark: Remark, found: list[Match]) -> None:
        change.note(remark)
        for match in found:
            decisions.settle(match, "rejected", viewer, moment)
        remark.state = "rejected"
        change.said = {"not_a_remark": True}

    return decisions.decide(
        session, viewer=viewer, remark_public_id=remark_public_id, version=version,
        verb="correct", change=reject, beside=change.keep, allowed=ALLOWED, moment=moment,
    )  # fmt: skip


class _Change:
    """One correction while it is made: what was read, what is said, and the row that keeps both."""

    def __init__(self, session: Session, sentiment: str, topic: str) -> None:
        self.session, self.sentiment, self.topic = session, sentiment, topic
        self.read: dict[str, Any] = {}
        self.said: dict[str, Any] = {}
        self.reader = ""

    def note(self, remark: Remark) -> None:
        """Remember what was read."""
        self.read = self._values(remark)
        self.reader = self.session.get_one(Comment, remark.comment_id).reader or ""

    def apply(self, remark: Remark, found: list[Match]) -> None:
        """Give the remark what the reviewer says."""
        self.note(remark)
        if self.topic:
            one = [self.topic]
            topics.set_skills(self.session, remark, one if self.topic in SKILLS else [])
            topics.set_themes(self.session, remark, one if self.topic in THEMES else [])
        if self.sentiment and self.sentiment != remark.sentiment:
            _hide_until_reviewed(remark, found, self.sentiment)
            remark.sentiment = self.sentiment
        self.said = self._values(remark)

    def keep(self, made: Decision) -> None:
        """Store both beside the decision."""
        self.session.add(
            Correction(
                practice_id=made.practice_id, remark_id=made.remark_id, decision_id=made.id,
                account_id=made.account_id, reader=self.reader, read=self.read, said=self.said,
                at=made.at,
            )
        )  # fmt: skip

    def _values(self, remark: Remark) -> dict[str, Any]:
        self.session.flush()
        about = topics.of(self.session, [remark.id])[remark.id]
        return {
            "sentiment": remark.sentiment,
            "themes": list(about.themes),
            "skills": list(about.skills),
        }


def _hide_until_reviewed(remark: Remark, found: list[Match], sentiment: str) -> None:
    """Let what was shown as praise, and is none, go the way that criticism goes."""
    if remark.sentiment != "positive":
        return
    for match in found:
        match.shown_at = None
    if sentiment in CRITICAL and remark.state == "settled" and found:
        remark.state = "waiting"
