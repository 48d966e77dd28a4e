"""The demo's reviewer: walks the queue as a person would, and decides by the truth about each comment.

    open the next comment ──► each waiting remark: confirm | move | reject | system ──► until only
                              the newest, which the demo leaves waiting, are left

It sees what a reviewer sees and nothing else; what is right comes from `training.demo.reviewer`.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from training.demo.data import DemoData, StaffMember
from training.demo.reviewer import decide
from training.extensions import db
from training.services import decisions, opening, review
from training.services.opening import OpenComment, RemarkCard
from training.services.people import display_name
from training.services.signing_in import Viewer

REVIEWED_AFTER = timedelta(days=2)


class Reviewer:
    """One reviewer, with the truth about the comments; `now` is when the demo is made."""

    def __init__(
        self, viewer: Viewer, data: DemoData, refs: Mapping[tuple[str, ...], str], *, now: datetime
    ) -> None:
        self.viewer = viewer
        self.data = data
        self.now = now
        self.refs = {tuple(sorted(texts)): ref for texts, ref in refs.items()}
        self.ids = {full_name(s): s.staff_id for s in data.staff}
        self.listed = {
            s.staff_id: f"{s.family_name}, {s.preferred_name or s.given_name}" for s in data.staff
        }

    def waiting(self) -> int:
        """Return how many comments wait for this reviewer."""
        return review.queue(db.session(), viewer=self.viewer, moment=self.now).total

    def decide_all(self, progress: Callable[[int], None]) -> None:
        """Decide everything that waits for this reviewer but the newest."""
        for public_id in list(self._queue()):
            comment = opening.open_comment(
                db.session(), viewer=self.viewer, public_id=public_id, moment=self.now
            )
            ref = self.refs[tuple(sorted(_text(a.pieces) for a in comment.answers))]
            if ref not in self.data.undecided:
                self._decide(comment, ref)
            progress(1)

    def _queue(self) -> Iterator[str]:
        pages = review.queue(db.session(), viewer=self.viewer, moment=self.now).pages
        for page in range(1, pages + 1):
            found = review.queue(db.session(), viewer=self.viewer, moment=self.now, page=page)
            yield from (one.public_id for one in found.waiting)

    def _decide(self, comment: OpenComment, ref: str) -> None:
        noon = datetime.combine(comment.local_day, time(12), ZoneInfo(self.data.practice.time_zone))
        moment = min(noon + REVIEWED_AFTER, self.now)
        for card in comment.remarks:
            if card.state == "waiting":
                self._decide_one(comment, card, ref, moment)

    def _decide_one(
        self, comment: OpenComment, card: RemarkCard, ref: str, moment: datetime
    ) -> None:
        question, start, end = _place(comment, card.number)
        tied = {self.ids[tie.name]: tie for tie in card.ties}
        certain = [staff for staff, tie in tied.items() if tie.certain]
        right = decide(
            self.data.truth[ref], question=question, start=start, end=end,
            sentiment=card.sentiment, matched=certain or list(tied),
        )  # fmt: skip
        who, remark, version = self.viewer, card.public_id, card.version
        if right.verb == "system":
            decisions.put_down_to_system(
                db.session(), viewer=who, remark_public_id=remark, version=version, moment=moment
            )
        elif right.verb == "reject":
            decisions.reject(
                db.session(), viewer=who, remark_public_id=remark, version=version, moment=moment
            )
        elif set(right.staff) == set(certain) or right.staff[0] in tied:
            chosen = "" if set(right.staff) == set(certain) else tied[right.staff[0]].public_id
            decisions.confirm(
                db.session(), viewer=who, remark_public_id=remark, version=version,
                match_public_id=chosen, moment=moment,
            )  # fmt: skip
        else:
            decisions.move(
                db.session(), viewer=who, remark_public_id=remark, version=version,
                staff_public_id=self._on_roster(comment, right.staff[0]), moment=moment,
            )  # fmt: skip

    def _on_roster(self, comment: OpenComment, staff_id: str) -> str:
        return next(c.public_id for c in comment.roster if c.name == self.listed[staff_id])


def full_name(member: StaffMember) -> str:
    """Return how pages name a member of the demo's staff."""
    return display_name(member.given_name, member.family_name, member.preferred_name, member.title)


def _text(pieces: tuple[opening.Piece, ...]) -> str:
    return "".join(piece.text for piece in pieces)


def _place(comment: OpenComment, number: int) -> tuple[str, int, int]:
    """Return where a remark stands: its question and the half-open run of its answer's text."""
    for answer in comment.answers:
        at = 0
        for piece in answer.pieces:
            if piece.number == number:
                return answer.question, at, at + len(piece.text)
            at += len(piece.text)
    raise LookupError(f"remark {number} stands in no answer")
