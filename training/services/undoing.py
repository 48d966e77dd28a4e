"""Undoing one's own decision: what stood before comes back, while nothing was decided since.

    before = {"state": "waiting", "cause": "person", "matches": [{"id": 7, "state": "proposed"}]}

What the decision had shown to a person is taken back too: it may not have been about them.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from training.services import remarks
from training.services.opening import name_of
from training.services.review import reach_of
from training.services.signing_in import Viewer
from training.store import audit, disputes, matches, topics
from training.store.tables import Comment, Decision, Match, Remark
from training.store.topics import Topics

DISPUTED = ("uphold", "keep")
SPLIT, CUT = "split", "cut"  # a split is stored as a correction that holds its cut


class TooLate(Exception):
    """The decision was undone before, or something was decided after it."""


@dataclass(frozen=True, slots=True)
class Undoable:
    """A decision that can be undone: its verb and whom the remark was tied to by it."""

    public_id: str
    verb: str
    names: tuple[str, ...]


def close(session: Session, *, viewer: Viewer, verb: str, remark: Remark, moment: datetime) -> None:
    """Leave the audit row, and show what may now be shown; commits all of it together."""
    audit.note(
        session, practice_id=viewer.practice_id, account_id=viewer.account_id, moment=moment,
        verb=verb, noun="remark", noun_id=remark.id,
    )  # fmt: skip
    session.flush()
    remarks.release(session, practice_id=viewer.practice_id, moment=moment)


def memory(remark: Remark, found: list[Match], about: Topics) -> dict[str, Any]:
    """Return what stands of a remark, its topics and its matches, as a decision keeps it."""
    return {
        "state": remark.state,
        "cause": remark.cause,
        "sentiment": remark.sentiment,
        "skills": list(about.skills),
        "themes": list(about.themes),
        "matches": [
            {
                "id": match.id,
                "state": match.state,
                "evidence": list(match.evidence),
                "decided_by": match.decided_by,
                "decided_at": _text(match.decided_at),
                "shown_at": _text(match.shown_at),
            }
            for match in found
        ],
    }


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def undoable(session: Session, *, viewer: Viewer, public_id: str) -> Undoable | None:
    """Return one's own decision while it can still be undone, or None."""
    found = _undoable(session, viewer, public_id)
    if found is None:
        return None
    made, remark = found
    ties = matches.matches(session, [remark.id])
    names = tuple(name_of(staff) for match, staff in ties if match.state == "confirmed")
    return Undoable(made.public_id, SPLIT if CUT in made.before else made.verb, names)


def _undoable(session: Session, viewer: Viewer, public_id: str) -> tuple[Decision, Remark] | None:
    made = matches.decision(session, viewer.account_id, public_id)
    if made is None or not viewer.may_review:
        return None
    remark = session.get_one(Remark, made.remark_id)
    in_reach = matches.remark(session, reach_of(viewer), remark.public_id) is not None
    stands = remark.version == made.version_after and _second_untouched(session, made)
    return (made, remark) if in_reach and stands else None


def _second_untouched(session: Session, made: Decision) -> bool:
    second = session.get(Remark, made.before[CUT]["second"]) if CUT in made.before else None
    return second is None or second.version == 0


def undo(session: Session, *, viewer: Viewer, public_id: str, moment: datetime) -> str:
    """Put a remark back to what it was before one's own decision; return its comment's public id.

    What the decision showed to a person is no longer shown: it may not have been about them.
    Raises `TooLate` where anything was decided since.
    """
    found = _undoable(session, viewer, public_id)
    if found is None:
        raise TooLate
    made, remark = found
    cut = made.before.get(CUT)
    claimed = matches.claim(session, remark.id, made.version_after)
    if not claimed or (cut and not matches.claim(session, cut["second"], 0)):
        session.rollback()
        raise TooLate
    if cut:
        _rejoin(session, remark, cut)
    put_back(session, remark=remark, before=made.before)
    made.undone_at = moment
    if made.verb in DISPUTED:
        disputes.reopen(session, remark.id, made.at)
    if made.verb == "correct":
        disputes.forget_correction(session, made.id, moment)
    close(session, viewer=viewer, verb="undo", remark=remark, moment=moment)
    return session.get_one(Comment, remark.comment_id).public_id


def _rejoin(session: Session, remark: Remark, cut: dict[str, Any]) -> None:
    """Give a remark back its second half; `put_back` restores the rest."""
    matches.forget_remark(session, cut["second"])
    remark.stop, remark.score, remark.why = cut["stop"], cut["score"], cut["why"]
    held = {match.id: match for match in matches.matches_of(session, remark.id)}
    for number, confidence, certain in cut["ties"]:
        if number in held:  # gone where two rows of the roster were merged since
            held[number].confidence, held[number].certain = confidence, certain


def put_back(session: Session, *, remark: Remark, before: dict[str, Any]) -> None:
    """Make a remark and its matches what they were; the caller has claimed the remark."""
    remark.state, remark.cause = before["state"], before["cause"]
    remark.sentiment = before["sentiment"]
    topics.set_skills(session, remark, before["skills"])
    topics.set_themes(session, remark, before["themes"])
    kept = {row["id"]: row for row in before["matches"]}
    matches.forget_matches(session, remark.id, list(kept))
    for match in matches.matches_of(session, remark.id):
        row = kept[match.id]
        match.state, match.evidence = row["state"], row["evidence"]
        match.decided_by = row["decided_by"]
        match.decided_at = _moment(row["decided_at"])
        match.shown_at = _moment(row["shown_at"])
