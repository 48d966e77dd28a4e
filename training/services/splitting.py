"""Splitting: one remark in which two thoughts ran together becomes two, each read by itself.

    1 "Grace was kind and Tom was rude."   ──split at "and"──►   1 "Grace was kind"   waits: Grace
                                                                2 "and Tom was rude." waits: Tom

The first half stays the remark it was; undoing the decision takes the second away (undoing.py).
Whatever is tied to somebody waits for a reviewer: a half is shown to nobody before that.
"""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy.orm import Session

from training.feedback.halves import borders, halves
from training.feedback.reading import Remark as Heard
from training.services import adjustments, decisions, readings
from training.services.corrections import ALLOWED
from training.services.decisions import AlreadyDecided, Decided, NotChosen
from training.services.people import NotFound
from training.services.review import reach_of
from training.services.signing_in import Viewer
from training.store import comments, disputes, matches, topics
from training.store.tables import Answer, Comment, Decision, Match, Remark

SHOWN, DISPUTED, CORRECTED, ABOUT_YOU, OFF = "shown", "disputed", "corrected", "about_you", "off"


class NotSplit(ValueError):
    """A remark that cannot be split; `why` is one of the words above."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def split(
    session: Session,
    *,
    viewer: Viewer,
    remark_public_id: str,
    version: int,
    border: int | None,
    moment: datetime,
) -> Decided:
    """Cut a remark in two before the word at `border`, an offset of its answer, and read both again.

    Raises `NotFound`, `AlreadyDecided`, `NotChosen("border")` for a place where no word begins, and
    `NotSplit` for what somebody is shown or disputes, what was corrected, and a half about the viewer.
    """
    found = matches.remark(session, reach_of(viewer), remark_public_id)
    if found is None or not viewer.may_review:
        raise NotFound
    remark, comment = found
    _refuse(session, remark, version)
    answer = session.get_one(Answer, remark.answer_id)
    if border is None or border not in borders(answer.text, remark.start, remark.stop):
        raise NotChosen("border")
    cut = _Cut(session, viewer, comment, answer, border, moment)
    cut.listen(remark)
    return decisions.decide(
        session, viewer=viewer, remark_public_id=remark_public_id, version=version, verb="correct",
        told="split", change=cut.apply, beside=cut.keep, allowed=ALLOWED, moment=moment,
    )  # fmt: skip


def _refuse(session: Session, remark: Remark, version: int) -> None:
    if remark.state == "disputed":
        raise NotSplit(DISPUTED)
    if remark.version != version or remark.state not in ALLOWED:
        raise AlreadyDecided  # before the place is looked at: it may have been the other half's
    if any(match.shown_at for match in matches.matches_of(session, remark.id)):
        raise NotSplit(SHOWN)
    if disputes.is_corrected(session, remark.id):
        raise NotSplit(CORRECTED)


class _Cut:
    """One split while it is made: what is heard in each half, and what stood before."""

    def __init__(
        self, session: Session, viewer: Viewer, comment: Comment, answer: Answer, border: int,
        moment: datetime,
    ) -> None:  # fmt: skip
        self.session, self.viewer, self.comment = session, viewer, comment
        self.answer, self.border, self.moment = answer, border, moment

    def listen(self, remark: Remark) -> None:
        """Read the halves; raise `NotSplit` where reading is off or one is about the viewer."""
        session, practice_id = self.session, self.viewer.practice_id
        desk = readings.desk(
            session,
            practice_id=practice_id,
            adjustment=adjustments.adjustment(session, practice_id=practice_id),
        )
        if not desk.reading_on:
            raise NotSplit(OFF)
        self.heard = readings.read_apart(
            comments.whole(session, self.comment), desk, answer=self.answer,
            parts=halves(self.answer.text, remark.start, remark.stop, self.border),
        )  # fmt: skip
        named = {one.staff_id for half in self.heard for one in (*half.staff, *half.candidates)}
        if str(self.viewer.staff_id) in named:
            raise NotSplit(ABOUT_YOU)

    def apply(self, remark: Remark, found: list[Match]) -> None:
        """Make the remark its first half, and a new one of the second."""
        first, second = self.heard
        self.before = {
            "stop": remark.stop, "score": remark.score, "why": list(remark.why),
            "ties": [[match.id, match.confidence, match.certain] for match in found],
        }  # fmt: skip
        self._fill(remark, first, found)
        other = Remark(
            practice_id=remark.practice_id, comment_id=remark.comment_id,
            answer_id=remark.answer_id, start=second.start,
        )  # fmt: skip
        self._fill(other, second, [])
        self.before["second"] = other.id

    def _fill(self, row: Remark, heard: Heard, found: list[Match]) -> None:
        row.stop, row.sentiment, row.score = heard.end, heard.sentiment, heard.score
        row.why, row.cause = list(heard.why), heard.cause
        row.state = "settled"
        self.session.add(row)
        self.session.flush()
        topics.set_skills(self.session, row, heard.skills)
        topics.set_themes(self.session, row, heard.themes)
        fresh = {one.staff_id: one for one in readings.proposed(heard)}
        row.state = "waiting" if fresh else "settled"
        for match in found:
            self._tie_again(match, fresh.pop(match.staff_id, None))
        self.session.add_all(
            Match(practice_id=row.practice_id, remark_id=row.id, **asdict(one), state="proposed")
            for one in fresh.values()
        )
        self.session.flush()

    def _tie_again(self, match: Match, heard: readings.Proposed | None) -> None:
        if heard is None:
            decisions.settle(match, "rejected", self.viewer, self.moment)
            return
        match.confidence, match.certain = heard.confidence, heard.certain
        match.evidence, match.state = heard.evidence, "proposed"
        match.decided_by = match.decided_at = None

    def keep(self, made: Decision) -> None:
        """Store beside the decision what undoing it needs."""
        made.before = {**made.before, "cut": self.before}
