"""Suggestions: a conversation offered to a person, with the numbers behind it, seen by them alone.

    comments ──all decided──► evidence by person and skill ──need, gate──► at most two offered
    offered ──► accepted · later · not useful · already did · not about me        (the person says)
            ──► lapsed (the evidence no longer carries it) · finished (they rehearsed it)

What an offer was computed from is stored with it and never rewritten. Counting ends on the last day
before which nothing is undecided, so that deciding in any order changes no one's numbers.
"""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from training import periods
from training.feedback import suggestion as core
from training.feedback import suggestion_words
from training.feedback.suggestion import Basis, Candidate, Evidence, Reasons, Strength
from training.scenarios.catalogue import Catalogue, Scenario
from training.services import priors
from training.services.evidence import Counted, count
from training.services.fitting import fitting
from training.services.people import NotFound
from training.services.priors import InUse
from training.services.signing_in import Viewer
from training.skills import SKILLS
from training.store import people
from training.store import priors as prior_store
from training.store import suggestions as store
from training.store.suggestions import DECLINED, OPEN, Word
from training.store.tables import KeepDoing, Mastery, Staff, Suggestion

LATER_FOR = timedelta(days=14)
SHOWN_FIRST = 2
REPLIES = frozenset({"accepted", "later", *DECLINED})
REFUSED = ("not_useful", "not_about_me")


@dataclass(frozen=True, slots=True)
class Card:
    """A suggestion as its person sees it; `until` is the day counting ended on."""

    public_id: str
    skill: str
    scenario: str
    accepted: bool
    sentence: str
    until: date


def refresh(
    session: Session, *, practice_id: int, today: date, moment: datetime, catalogue: Catalogue
) -> int:
    """Bring the suggestions of a practice up to date; return how many are new.

    Lapses what the evidence no longer carries, finishes what was rehearsed, offers again what was
    put off, and keeps what was answered, because answers hold a skill back for a time.
    """
    counted = count(session, practice_id=practice_id, today=today)
    zone = people.practice(session, practice_id).time_zone
    past: dict[int, list[Suggestion]] = defaultdict(list)
    for row in store.of_practice(session, practice_id):
        past[row.staff_id].append(row)
    mastery = store.mastery(session, practice_id)
    known = priors.in_use(session, practice_id=practice_id)
    kept = prior_store.keep_doing(session, practice_id)
    new = 0
    for staff in people.working_on(session, practice_id, today):
        desk = _Desk(staff, counted, known, past[staff.id], mastery, catalogue, today, moment, zone)
        made = desk.offers()
        session.add_all(made)
        _keep(session, kept.get(staff.id), desk.keep_doing())
        new += len(made)
    session.commit()
    return new


def _keep(session: Session, old: KeepDoing | None, new: KeepDoing | None) -> None:
    """Put what a person should keep doing in the place of what was said before, if it changed."""
    same = old and new and (old.skill, old.reasons) == (new.skill, new.reasons)
    if same:
        return
    if old is not None:
        session.delete(old)
        session.flush()
    if new is not None:
        session.add(new)


def stamp(session: Session, *, practice_id: int, today: date) -> tuple[object, ...]:
    """Return what is the same again as long as `refresh` would find the same."""
    return today, *store.stamp(session, practice_id)


@dataclass(frozen=True, slots=True)
class _Desk:
    """Everything that decides what one person is offered."""

    staff: Staff
    counted: Counted
    known: InUse
    past: Sequence[Suggestion]
    mastery: Mapping[tuple[int, str], Mastery]
    catalogue: Catalogue
    today: date
    moment: datetime
    zone: str

    def offers(self) -> list[Suggestion]:
        """Settle what is open, then return the suggestions to add."""
        about = self.counted.about(self.staff.id)
        candidates = [self.candidate(skill) for skill in SKILLS]
        gated = {
            one.skill: one
            for one in (core.assess(candidate, today=self.today) for candidate in candidates)
            if about >= core.FEWEST_ABOUT_PERSON and one.strength is not Strength.NONE
        }
        held = [row.skill for row in self.past if self.stays(row, gated)]
        fresh = [one for one in candidates if one.skill not in held and self.announced(one.skill)]
        offer = core.suggest(fresh, today=self.today, about_person=about)
        free = max(0, core.MOST_SUGGESTIONS - len(held))
        return [self.suggestion(reasons) for reasons in offer.suggestions[:free]]

    def stays(self, row: Suggestion, gated: Mapping[str, Reasons]) -> bool:
        """Settle one suggestion of the past; return whether it is still open."""
        if row.state not in OPEN:
            return False
        played = self.mastery.get((self.staff.id, row.skill))
        if played and played.last_play_at >= row.selected_at:
            row.state = "finished"
        elif row.skill not in gated:
            row.state = "lapsed"
        elif row.state == "later" and row.answered_at and self.is_later(row.answered_at):
            row.state, row.answered_at = "offered", None
        return row.state in OPEN

    def keep_doing(self) -> KeepDoing | None:
        """Return the row of the skill that is most surely better than usual, where praise was read."""
        praised = [self.candidate(skill) for skill in SKILLS if self.praised(skill)]
        about = self.counted.about(self.staff.id)
        reasons = core.suggest(praised, today=self.today, about_person=about).keep_doing
        if reasons is None:
            return None
        return KeepDoing(
            practice_id=self.staff.practice_id,
            staff_id=self.staff.id,
            skill=reasons.skill,
            formula=reasons.formula,
            reasons=reasons.as_data(),
            window_start=self.counted.window.start,
            window_end=self.counted.window.end,
            selected_at=self.moment,
        )

    def praised(self, skill: str) -> bool:
        """Return whether the person has read enough praise for a skill."""
        words = self.counted.words.get((self.staff.id, skill), ())
        return len({w.comment_id for w in words if w.shown and not w.negative}) >= SHOWN_FIRST

    def is_later(self, answered_at: datetime) -> bool:
        """Return whether something put off at a moment is due again."""
        return answered_at <= self.moment - LATER_FOR

    def announced(self, skill: str) -> bool:
        """Return whether the person has read enough of the criticism that an offer would name.

        An offer must never be the first that somebody hears of it.
        """
        words = self.counted.words.get((self.staff.id, skill), ())
        return len({w.comment_id for w in words if w.negative and w.shown}) >= SHOWN_FIRST

    def candidate(self, skill: str) -> Candidate:
        """Return all that is known of one skill of this person."""
        who = self.staff.id
        words = self.counted.words.get((who, skill), ())
        played = self.mastery.get((who, skill))
        played_on = self.day(played.last_play_at) if played else None
        fits = self.fitting(skill)
        return Candidate(
            skill=skill,
            rows=[evidence_of(word, played_on) for word in words],
            usual=self.known.usual(self.counted, who, skill),
            mastery=played.mean if played and played.level != "not_enough" else 0.0,
            trainability=1.0 if fits else 0.0,
            finished_on=self.finished_on(skill, played_on),
            declined_on=self.answered_on(skill, *REFUSED),
        )

    def fitting(self, skill: str) -> Scenario | None:
        """Return the conversation to offer for a skill: sooner one that was not offered and rehearsed."""
        done = [row for row in self.past if row.state == "finished"]
        rehearsed = {row.scenario: row.selected_at for row in done}
        return fitting(self.catalogue, skill=skill, role=self.staff.role, rehearsed=rehearsed)

    def finished_on(self, skill: str, played_on: date | None) -> date | None:
        """Return the last day on which the person finished a play for a skill, or says they did."""
        days = [day for day in (played_on, self.answered_on(skill, "already_did")) if day]
        return max(days, default=None)

    def answered_on(self, skill: str, *replies: str) -> date | None:
        """Return the day on which the person last gave one of some answers for a skill."""
        said = [
            row.answered_at
            for row in self.past
            if row.skill == skill and row.state in replies and row.answered_at
        ]
        return self.day(max(said)) if said else None

    def day(self, instant: datetime) -> date:
        """Return the practice's own day of an instant."""
        return periods.local_day(instant, self.zone)

    def suggestion(self, reasons: Reasons) -> Suggestion:
        """Return the row of an offer, with everything it was computed from."""
        scenario = self.fitting(reasons.skill)
        assert scenario is not None
        words = self.counted.words[self.staff.id, reasons.skill]
        return Suggestion(
            practice_id=self.staff.practice_id,
            staff_id=self.staff.id,
            skill=reasons.skill,
            scenario=scenario.slug,
            state="offered",
            formula=reasons.formula,
            need=reasons.need,
            score=reasons.score,
            reasons=reasons.as_data(),
            remark_ids=[word.remark_id for word in words],
            window_start=self.counted.window.start,
            window_end=self.counted.window.end,
            prior_fitted_at=None if reasons.usual.basis is Basis.DEFAULT else self.known.fitted_at,
            random_order=secrets.randbelow(1_000_000) / 1_000_000,
            selected_at=self.moment,
            offered_at=self.moment,
        )


def evidence_of(word: Word, played_on: date | None) -> Evidence:
    """Return a word as the formula weighs it; `played_on` is the day of the last play for it."""
    return Evidence(
        comment_id=word.comment_id,
        day=word.day,
        # an anonymous comment keeps no visit, and a visit has one code
        visit_key=f"visit {word.visit_id}" if word.visit_id else f"comment {word.comment_id}",
        negative=word.negative,
        q_attr=1.0 if word.decided else word.confidence,
        before_last_play=played_on is not None and word.day <= played_on,
    )


def mine(session: Session, *, viewer: Viewer) -> list[Card]:
    """Return what the viewer is offered, best first; raise `NotFound` for who is on no roster."""
    if viewer.staff_id is None:
        raise NotFound
    return _cards(store.open_for(session, viewer.practice_id, viewer.staff_id))


def _cards(rows: Iterable[Suggestion]) -> list[Card]:
    return [
        Card(
            public_id=row.public_id,
            skill=row.skill,
            scenario=row.scenario,
            accepted=row.state == "accepted",
            sentence=suggestion_words.sentence(Reasons.from_data(row.reasons)),
            until=row.window_end - timedelta(days=1),
        )
        for row in rows
    ]


def answer(
    session: Session, *, viewer: Viewer, public_id: str, reply: str, moment: datetime
) -> str:
    """Keep what a person says to a suggestion; return the slug of its conversation.

    `reply` is accepted, later, not_useful, already_did or not_about_me; on one that is closed
    already nothing changes. Raises `NotFound` for another reply and for anybody else's suggestion.
    """
    if viewer.staff_id is None or reply not in REPLIES:
        raise NotFound
    row = store.own(session, viewer.practice_id, viewer.staff_id, public_id)
    if row is None:
        raise NotFound
    if row.state in OPEN and row.state != reply:
        row.state, row.answered_at = reply, moment
    session.commit()
    return row.scenario
