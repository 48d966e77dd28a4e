"""Working on a plan: its steps, the days it is reviewed, and notes under plan, do, study and act.

[x] Agree who tells patients          Done 3 March
[ ] Everybody plays a conversation    Priya, by 30 March
    Review 4 April ──held──► written down under "study" and "act"
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from training import periods
from training.services.people import NotFound
from training.services.plans import LONGEST_STEP, LONGEST_WORDS, BadPlan, number_of, record
from training.services.signing_in import Viewer
from training.store import people
from training.store import plans as store
from training.store.tables import Plan, PlanNote, PlanReview, PlanStep
from training.store.tables.plans import PHASES

LONGEST_WHO = 80
MOST_STEPS = 50


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a plan; `overdue` says that its day has passed and it is not done."""

    public_id: str
    words: str
    who: str
    due_on: date | None
    done_on: date | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class Review:
    """A day on which a plan is looked at, and the day on which it was."""

    public_id: str
    on_day: date
    held_on: date | None


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody wrote down under a phase."""

    phase: str
    words: str
    name: str
    day: date


@dataclass(frozen=True, slots=True)
class Work:
    """All that was done on a plan; notes by phase, in the phases' order."""

    steps: tuple[Step, ...]
    reviews: tuple[Review, ...]
    notes: dict[str, tuple[Note, ...]]


def read(session: Session, *, viewer: Viewer, public_id: str, today: date) -> Work:
    """Return the steps, reviews and notes of a plan; raise `NotFound`."""
    plan = _row(session, viewer, public_id)
    zone = people.practice(session, viewer.practice_id).time_zone
    written = [
        Note(row.phase, row.words, name, periods.local_day(row.at, zone))
        for row, name in store.notes(session, plan.id)
    ]
    return Work(
        steps=tuple(_step(row, today) for row in store.steps(session, plan.id)),
        reviews=tuple(
            Review(row.public_id, row.on_day, row.held_on)
            for row in store.reviews(session, plan.id)
        ),
        notes={phase: tuple(one for one in written if one.phase == phase) for phase in PHASES},
    )


def _step(row: PlanStep, today: date) -> Step:
    late = row.done_on is None and row.due_on is not None and row.due_on < today
    return Step(row.public_id, row.words, row.who, row.due_on, row.done_on, late)


def add_step(
    session: Session,
    *,
    viewer: Viewer,
    public_id: str,
    words: str,
    who: str,
    due_on: date | None,
    moment: datetime,
) -> None:
    """Add a step to a plan; raise `NotFound` or `BadPlan`."""
    plan = _row(session, viewer, public_id)
    words, who = words.strip(), who.strip()
    if not words or len(words) > LONGEST_STEP:
        raise BadPlan("words", f"Say what is to be done, in at most {LONGEST_STEP} characters.")
    if len(who) > LONGEST_WHO:
        raise BadPlan("who", f"Use at most {LONGEST_WHO} characters.")
    if len(store.steps(session, plan.id)) >= MOST_STEPS:
        raise BadPlan("words", f"A plan has at most {MOST_STEPS} steps.")
    session.add(
        PlanStep(
            practice_id=viewer.practice_id, plan_id=plan.id, words=words, who=who, due_on=due_on
        )
    )
    _done(session, viewer, plan, "add_step", moment)


def tick(
    session: Session,
    *,
    viewer: Viewer,
    public_id: str,
    step: str,
    done: bool,
    today: date,
    moment: datetime,
) -> None:
    """Say that a step is done, or that it is not after all; raise `NotFound`."""
    plan = _row(session, viewer, public_id)
    row = _own_step(session, plan, step)
    row.done_on = (row.done_on or today) if done else None
    _done(session, viewer, plan, "tick_step" if done else "untick_step", moment)


def remove_step(
    session: Session, *, viewer: Viewer, public_id: str, step: str, today: date, moment: datetime
) -> None:
    """Take a step out of a plan; raise `NotFound`. `restore_step` puts it back."""
    plan = _row(session, viewer, public_id)
    _own_step(session, plan, step).removed_on = today
    _done(session, viewer, plan, "remove_step", moment)


def restore_step(
    session: Session, *, viewer: Viewer, public_id: str, step: str, moment: datetime
) -> None:
    """Put a step back that was taken out; raise `NotFound`."""
    plan = _row(session, viewer, public_id)
    _own_step(session, plan, step).removed_on = None
    _done(session, viewer, plan, "restore_step", moment)


def _own_step(session: Session, plan: Plan, public_id: str) -> PlanStep:
    row = store.step(session, plan.id, public_id)
    if row is None:
        raise NotFound
    return row


def add_review(
    session: Session, *, viewer: Viewer, public_id: str, on_day: date, moment: datetime
) -> None:
    """Set a day for a review; raise `NotFound`, or `BadPlan` where that day is set already."""
    plan = _row(session, viewer, public_id)
    if any(row.on_day == on_day for row in store.reviews(session, plan.id)):
        raise BadPlan("on_day", "There is a review on that day already.")
    if on_day < plan.started_on:
        raise BadPlan("on_day", "Choose a day after the plan starts.")
    session.add(PlanReview(practice_id=viewer.practice_id, plan_id=plan.id, on_day=on_day))
    _done(session, viewer, plan, "set_review", moment)


def hold_review(
    session: Session,
    *,
    viewer: Viewer,
    public_id: str,
    review: str,
    held: bool,
    today: date,
    moment: datetime,
) -> None:
    """Say that a review was held, or that it was not after all; raise `NotFound`."""
    plan = _row(session, viewer, public_id)
    row = store.review(session, plan.id, review)
    if row is None:
        raise NotFound
    row.held_on = (row.held_on or today) if held else None
    _done(session, viewer, plan, "hold_review" if held else "unhold_review", moment)


def write_note(
    session: Session, *, viewer: Viewer, public_id: str, phase: str, words: str, moment: datetime
) -> None:
    """Write something down under plan, do, study or act; raise `NotFound` or `BadPlan`."""
    plan = _row(session, viewer, public_id)
    words = words.strip()
    if phase not in PHASES:
        raise BadPlan("phase", "Choose plan, do, study or act.")
    if not words or len(words) > LONGEST_WORDS:
        raise BadPlan("note", f"Write something, in at most {LONGEST_WORDS:,} characters.")
    session.add(
        PlanNote(
            practice_id=viewer.practice_id, plan_id=plan.id, phase=phase, words=words,
            account_id=viewer.account_id, at=moment,
        )
    )  # fmt: skip
    _done(session, viewer, plan, "note_plan", moment, phase=phase)


def _done(
    session: Session, viewer: Viewer, plan: Plan, verb: str, moment: datetime, **facts: str
) -> None:
    record(session, viewer=viewer, number=plan.id, verb=verb, moment=moment, facts=dict(facts))
    session.commit()


def _row(session: Session, viewer: Viewer, public_id: str) -> Plan:
    return session.get_one(Plan, number_of(session, viewer=viewer, public_id=public_id))
