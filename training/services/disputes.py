"""Disputing a remark: the person says that it is not right, and it is frozen until a second person decides.

    shown ──dispute──► disputed, out of every sum ──┬─ upheld: it leaves the person
                 14 days to decide                  ├─ kept: back as it was
                                                    └─ withdrawn by the person: back as it was

Nothing is lost: what stood before is kept with the dispute, the outcome is shown to the person. What
is disputed as hurtful is hidden outside the queue at once (renderings.py).
Deciding is dispute_decisions.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from training import periods
from training.services import undoing
from training.services.people import NotFound
from training.services.renderings import hidden_spans, staff_words
from training.services.signing_in import Viewer
from training.store import audit, matches, people, topics
from training.store import disputes as store
from training.store.tables import Comment, Dispute, Match, Remark
from training.store.tables.review import GROUNDS, HURTFUL

DAYS = 14
LONGEST = 500
FEWEST = 5
MONTHS = 12


class NotDisputable(Exception):
    """A second person has already kept this remark, or it changed meanwhile."""


class NotSaid(ValueError):
    """The form lacks a ground, or says too much; `field` is `ground` or `words`."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True, slots=True)
class Mine:
    """A person's own dispute; `text` is "" once the remark was found not to be theirs to read."""

    public_id: str
    text: str
    skills: tuple[str, ...]
    themes: tuple[str, ...]
    month: date
    ground: str
    words: str
    made_on: date
    due_on: date
    late: bool
    outcome: str

    @property
    def hurts(self) -> bool:
        """Return whether it was disputed as hurtful and that was not decided otherwise."""
        return self.ground in HURTFUL and self.outcome in ("open", "upheld")


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of the remarks shown to people of a practice were disputed, over twelve full months."""

    disputes: int
    shown: int


def dispute(
    session: Session,
    *,
    viewer: Viewer,
    remark_public_id: str,
    ground: str,
    words: str = "",
    moment: datetime,
) -> str:
    """Dispute a remark that the viewer is shown, which freezes it at once; return the public id.

    `ground` is one of not_about_me, not_that_visit, system_cause, factually_wrong, abusive,
    discriminatory. Raises `NotFound`, `NotSaid` or `NotDisputable`.
    """
    words = words.strip()
    if ground not in GROUNDS:
        raise NotSaid("ground")
    if len(words) > LONGEST:
        raise NotSaid("words")
    match, remark = _shown(session, viewer, remark_public_id)
    if store.kept_before(session, match.staff_id, remark.id):
        raise NotDisputable
    made = _freeze(session, match, remark)
    zone = people.practice(session, viewer.practice_id).time_zone
    made.ground, made.words, made.made_at = ground, words, moment
    made.made_on = periods.local_day(moment, zone)
    made.due_on = made.made_on + timedelta(days=DAYS)
    session.add(made)
    _close(session, viewer, "dispute", made, moment)
    return made.public_id


def _shown(session: Session, viewer: Viewer, public_id: str) -> tuple[Match, Remark]:
    if viewer.staff_id is None:
        raise NotFound
    rows = matches.shown_to(session, viewer.practice_id, viewer.staff_id, public_id=public_id)
    if not rows:
        raise NotFound
    match, remark, _, _ = rows[0]
    return match, remark


def _freeze(session: Session, match: Match, remark: Remark) -> Dispute:
    """Claim the remark and take it out of every sum; return the dispute that keeps what stood."""
    if not matches.claim(session, remark.id, remark.version):
        session.rollback()
        raise NotDisputable
    about = topics.of(session, [remark.id])[remark.id]
    before = undoing.memory(remark, matches.matches_of(session, remark.id), about)
    remark.state = match.state = "disputed"
    return Dispute(
        practice_id=remark.practice_id, remark_id=remark.id, staff_id=match.staff_id, before=before
    )


def withdraw(session: Session, *, viewer: Viewer, public_id: str, moment: datetime) -> None:
    """Take back one's own open dispute: the remark stands again as it did; raise `NotFound`."""
    if viewer.staff_id is None:
        raise NotFound
    found = store.own_open(session, viewer.practice_id, viewer.staff_id, public_id)
    if found is None or not matches.claim(session, found[1].id, found[1].version):
        session.rollback()
        raise NotFound
    made, remark = found
    undoing.put_back(session, remark=remark, before=made.before)
    made.outcome, made.closed_at, made.closed_by = "withdrawn", moment, viewer.account_id
    _close(session, viewer, "withdraw_dispute", made, moment)


def _close(session: Session, viewer: Viewer, verb: str, made: Dispute, moment: datetime) -> None:
    session.flush()
    audit.note(
        session, practice_id=viewer.practice_id, account_id=viewer.account_id, moment=moment,
        verb=verb, noun="dispute", noun_id=made.id, facts={"ground": made.ground},
    )  # fmt: skip
    session.commit()


def mine(session: Session, *, viewer: Viewer, today: date) -> tuple[Mine, ...]:
    """Return the viewer's own disputes, newest first; raise `NotFound` off the roster."""
    if viewer.staff_id is None:
        raise NotFound
    rows = store.of_person(session, viewer.practice_id, viewer.staff_id)
    about = topics.of(session, [remark.id for _, remark, _ in rows])
    texts = _texts(session, rows)
    return tuple(
        Mine(
            public_id=made.public_id,
            text=texts.get(remark.id, "") if made.outcome != "upheld" else "",
            skills=about[remark.id].skills,
            themes=about[remark.id].themes,
            month=periods.month_of(comment.local_day).start,
            ground=made.ground,
            words=made.words,
            made_on=made.made_on,
            due_on=made.due_on,
            late=made.closed_at is None and today > made.due_on,
            outcome=made.outcome or "open",
        )
        for made, remark, comment in rows
    )


def _texts(session: Session, rows: Sequence[tuple[Dispute, Remark, Comment]]) -> dict[int, str]:
    """Return the words of disputed remarks as staff may see them; none of a held comment."""
    answers = store.answers(session, [remark.answer_id for _, remark, _ in rows])
    hidden = hidden_spans(session, answer_ids=answers)
    return {
        remark.id: staff_words(
            text=answers[remark.answer_id], start=remark.start, stop=remark.stop,
            answer_id=remark.answer_id, hidden=hidden,
        )
        for _, remark, comment in rows
        if comment.hold == "none" and comment.may_learn
    }  # fmt: skip


def rate(session: Session, *, viewer: Viewer, today: date) -> Rate | None:
    """Return how often remarks are disputed in the whole practice, or None below five disputes.

    Over the last twelve full months, fixed: there is no filter by which one could be singled out.
    """
    months = periods.last_full_months(MONTHS, today)
    start, end = months[0].start, months[-1].end
    made = store.made_between(session, viewer.practice_id, start, end)
    if made < FEWEST:
        return None
    return Rate(made, store.shown_between(session, viewer.practice_id, start, end))
