"""Opening one comment: its words under their questions, each remark with whom it was tied to and why.

    "Dr Lee was kind. Nobody said how long it would take."
     |------ 1 -----| |---------------- 2 ---------------|     pieces, so that a page can mark them

Reading raw comments is audited, although it is a GET.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from training.services.people import display_name
from training.services.review import comment_id, site_names
from training.services.signing_in import Viewer
from training.store import audit, matches, people, topics
from training.store.tables import Answer, Comment, Match, Remark, Staff
from training.store.tables.comments import SAFEGUARDED
from training.store.topics import Topics

SURE, LIKELY = 0.9, 0.7


class NothingToDecide(Exception):
    """Every remark of the comment is decided; there is no reason to read it again."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A proposed or decided tie of a remark to a staff member."""

    public_id: str
    name: str
    role: str
    sureness: str  # sure | likely | unsure
    evidence: tuple[str, ...]
    certain: bool
    state: str
    shown: bool


@dataclass(frozen=True, slots=True)
class RemarkCard:
    """A remark with what was read in it and to whom it was tied."""

    public_id: str
    number: int
    version: int
    state: str
    start: int
    text: str
    shown: bool
    sentiment: str
    cause: str
    themes: tuple[str, ...]
    skills: tuple[str, ...]
    why: tuple[str, ...]
    ties: tuple[Tie, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of an answer's text; `number` is that of the remark it belongs to, or None."""

    text: str
    number: int | None


@dataclass(frozen=True, slots=True)
class AnswerText:
    """An answer under its question, cut into runs so that its remarks can be marked."""

    question: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody on the roster of the day, whom a remark may be moved to."""

    public_id: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class OpenComment:
    """A comment as those read it who decide about it.

    `file_reference` is the comment's number in the file it came with, "" but for those who safeguard:
    it may lead to the patient who needs help.
    """

    public_id: str
    days: int
    local_day: date
    site: str
    stage: str
    channel: str
    rating: str
    severity: int
    flags: tuple[str, ...]
    language: str
    hold: str
    file_reference: str
    answers: tuple[AnswerText, ...]
    remarks: tuple[RemarkCard, ...]
    roster: tuple[Colleague, ...]

    @property
    def undecided(self) -> bool:
        """Return whether any remark still waits."""
        return any(card.state == "waiting" for card in self.remarks)


def open_comment(
    session: Session, *, viewer: Viewer, public_id: str, moment: datetime, decided_too: bool = False
) -> OpenComment:
    """Return a comment in full and leave a row in the audit that it was read.

    A comment that is held opens for those who safeguard only. Raises `NotFound` for a comment of
    another practice or site, one about the viewer, and one that does not exist; `NothingToDecide`
    for one that waits for nothing, unless `decided_too`.
    """
    row = session.get_one(Comment, comment_id(session, viewer=viewer, public_id=public_id))
    page = _page(session, viewer, row, moment)
    if row.hold == "none" and not (page.undecided or decided_too):
        raise NothingToDecide
    audit.note(
        session, practice_id=viewer.practice_id, account_id=viewer.account_id, moment=moment,
        verb="read_comment", noun="comment", noun_id=row.id,
    )  # fmt: skip
    session.commit()
    return page


def whole(session: Session, *, viewer: Viewer, comment_id: int, moment: datetime) -> OpenComment:
    """Return a comment in full, for a service that found it within reach and audits the reading."""
    return _page(session, viewer, session.get_one(Comment, comment_id), moment)


def _page(session: Session, viewer: Viewer, row: Comment, moment: datetime) -> OpenComment:
    answers = matches.answers(session, row.id)
    cards, numbers = _cards(session, row, {a.id: a for a in answers})
    return OpenComment(
        public_id=row.public_id,
        days=(moment - row.received_at).days,
        local_day=row.local_day,
        site=site_names(session, viewer=viewer).get(row.site_id, ""),
        stage=row.stage or "",
        channel=row.channel or "",
        rating=row.rating or "",
        severity=row.severity or 0,
        flags=tuple(row.flags),
        language=row.language or "",
        hold=row.hold,
        file_reference=(row.import_ref or "") if row.hold in SAFEGUARDED else "",
        answers=tuple(AnswerText(a.question, _pieces(a, numbers)) for a in answers),
        remarks=tuple(cards),
        roster=_roster(session, viewer, row.local_day),
    )


Numbered = dict[int, list[tuple[int, int, int]]]


def _cards(
    session: Session, row: Comment, answers: dict[int, Answer]
) -> tuple[list[RemarkCard], Numbered]:
    """Return the cards, and by answer the (start, stop, number) of its remarks."""
    remarks = matches.remarks(session, [row.id])
    ids = [remark.id for remark in remarks]
    about = topics.of(session, ids)
    ties: dict[int, list[Tie]] = {}
    for match, staff in matches.matches(session, ids):
        ties.setdefault(match.remark_id, []).append(_tie(match, staff))
    spans: Numbered = {}
    cards = []
    for number, remark in enumerate(remarks, 1):
        spans.setdefault(remark.answer_id, []).append((remark.start, remark.stop, number))
        text = answers[remark.answer_id].text[remark.start : remark.stop]
        cards.append(_card(remark, number, text, about[remark.id], ties.get(remark.id, [])))
    return cards, spans


def _card(remark: Remark, number: int, text: str, about: Topics, ties: Sequence[Tie]) -> RemarkCard:
    return RemarkCard(
        public_id=remark.public_id,
        number=number,
        version=remark.version,
        state=remark.state,
        start=remark.start,
        text=text,
        shown=any(tie.shown for tie in ties),
        sentiment=remark.sentiment,
        cause=remark.cause,
        themes=about.themes,
        skills=about.skills,
        why=tuple(remark.why),
        ties=tuple(ties),
    )


def _tie(match: Match, staff: Staff) -> Tie:
    sureness = "sure" if match.confidence >= SURE else "unsure"
    if LIKELY <= match.confidence < SURE:
        sureness = "likely"
    return Tie(
        public_id=match.public_id,
        name=name_of(staff),
        role=staff.role,
        sureness=sureness,
        evidence=tuple(match.evidence),
        certain=match.certain,
        state=match.state,
        shown=match.shown_at is not None,
    )


def name_of(staff: Staff) -> str:
    """Return how a member of staff is named on pages."""
    names = (staff.given_name, staff.family_name, staff.preferred_name, staff.title)
    return display_name(*names)


def _pieces(answer: Answer, spans: Numbered) -> tuple[Piece, ...]:
    """Cut a text at its remarks; what two of them share belongs to the first."""
    pieces: list[Piece] = []
    at = 0
    for start, stop, number in spans.get(answer.id, []):
        if stop <= at:
            continue
        pieces.append(Piece(answer.text[at:start], None))
        pieces.append(Piece(answer.text[max(at, start) : stop], number))
        at = stop
    pieces.append(Piece(answer.text[at:], None))
    return tuple(piece for piece in pieces if piece.text)


def _roster(session: Session, viewer: Viewer, day: date) -> tuple[Colleague, ...]:
    rows = people.working_on(session, viewer.practice_id, day)
    others = [row for row in rows if row.id != viewer.staff_id]
    return tuple(
        Colleague(
            row.public_id, f"{row.family_name}, {row.preferred_name or row.given_name}", row.role
        )
        for row in others
    )
