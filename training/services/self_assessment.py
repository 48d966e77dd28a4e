"""The self-assessment: what staff and managers think of each stage, beside what patients say.

    answer ──► that somebody took part: account, half-year          no answer, no moment
           └─► a tally for each statement and answer                no person, no order
                 staff's wait until five people's are together, then all five are added at once

So no row, and no two looks at the page, says what one person answered. Managers' answers are shown
from the first on, and the form tells them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from training import skills
from training.services import selection
from training.services.people import NotFound
from training.services.selection import Filters
from training.services.signing_in import Viewer
from training.services.topics import share
from training.store import audit, counts
from training.store import self_assessments as store
from training.store.tables import SelfAnswered
from training.trends.instrument import (
    ANSWERS,
    STATEMENTS,
    Statement,
    agreement,
    half_of,
    is_gap,
)
from training.trends.sets import ANY, add_up
from training.trends.suppress import FEWEST_SHOWN


class AlreadyAnswered(Exception):
    """This person took part in this half-year; nobody knows which answers to change."""


class NothingAnswered(ValueError):
    """Not one statement was answered."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """How many answers were mostly or always, of how many; None where fewer than five of staff."""

    agree: int | None
    total: int | None

    @property
    def share(self) -> float | None:
        """The part that agrees, 0–1; None where nothing is shown."""
        return self.agree / self.total if self.total and self.agree is not None else None


@dataclass(frozen=True, slots=True)
class StatementLine:
    """A statement, and how each side answered it."""

    words: str
    staff: Agreed
    managers: Agreed


@dataclass(frozen=True, slots=True)
class StageLine:
    """A stage: what each side thinks of it, and the shares of patients' comments there.

    gap: somebody thinks well of a stage at which many patients criticise.
    """

    stage: str
    staff: Agreed
    managers: Agreed
    comments: int | None
    praise: float | None
    criticism: float | None
    gap: bool
    statements: tuple[StatementLine, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """A half-year's answers, by stage in the journey's order; staff, managers: people who took part."""

    half: date
    label: str
    halves: tuple[tuple[date, str], ...]
    staff: int | None
    managers: int
    stages: tuple[StageLine, ...]


def side_of(*, viewer: Viewer) -> str:
    """Return the side a person answers on."""
    return "managers" if viewer.role in {"manager", "admin"} else "staff"


def may_answer(session: Session, *, viewer: Viewer, today: date) -> bool:
    """Return whether a person can still take part in the running half-year."""
    return not store.took_part(session, viewer.account_id, half_of(today).start)


def answer(
    session: Session,
    *,
    viewer: Viewer,
    answers: Mapping[str, str],
    today: date,
    moment: datetime,
) -> None:
    """Count answers by statement; raise `AlreadyAnswered` or `NothingAnswered`.

    What is not a statement or an answer of the instrument is left out.
    """
    half, side = half_of(today).start, side_of(viewer=viewer)
    known = {one.slug: answers[one.slug] for one in STATEMENTS if answers.get(one.slug) in ANSWERS}
    if not known:
        raise NothingAnswered
    store.lock(session, viewer.practice_id)
    if store.took_part(session, viewer.account_id, half):
        raise AlreadyAnswered
    session.add(
        SelfAnswered(
            practice_id=viewer.practice_id, account_id=viewer.account_id, half=half, side=side
        )
    )
    session.flush()
    for statement, given in known.items():
        store.add(session, viewer.practice_id, half, side, statement, given)
    people = store.people(session, viewer.practice_id, half, side)
    if side == "managers" or people % FEWEST_SHOWN == 0:
        store.show_waiting(session, viewer.practice_id, half, side)
    audit.note(
        session, practice_id=viewer.practice_id, account_id=viewer.account_id, moment=moment,
        verb="self_assess", noun="practice",
    )  # fmt: skip
    session.commit()


def results(session: Session, *, viewer: Viewer, half: date | None, today: date) -> Results:
    """Return a half-year's answers (None: the running one) beside what patients say.

    Raises `NotFound` for a day that begins no half-year of this practice.
    """
    running = half_of(today).start
    halves = sorted({running, *store.halves(session, viewer.practice_id)}, reverse=True)
    half = half or running
    if half not in halves:
        raise NotFound
    staff = store.people(session, viewer.practice_id, half, "staff")
    return Results(
        half=half,
        label=half_of(half).label,
        halves=tuple((day, half_of(day).label) for day in halves),
        staff=staff if staff >= FEWEST_SHOWN else None,
        managers=store.people(session, viewer.practice_id, half, "managers"),
        stages=_stages(session, viewer, half, today),
    )


Tallies = dict[str, dict[str, int]]


def _stages(session: Session, viewer: Viewer, half: date, today: date) -> tuple[StageLine, ...]:
    staff = store.shown(session, viewer.practice_id, half, "staff")
    managers = store.shown(session, viewer.practice_id, half, "managers")
    chosen = selection.choose(session, viewer=viewer, filters=Filters(), today=today)
    found = counts.by_sign(session, chosen.at.scope)
    praise, criticism = (add_up(found[sign]) for sign in counts.SIGNS)
    lines = []
    for stage in skills.STAGES:
        view = (ANY, stage, ANY)
        n = chosen.whole.count(view)
        own = [one for one in STATEMENTS if one.stage == stage]
        sides = _agreed(staff, own, fewest=FEWEST_SHOWN), _agreed(managers, own, fewest=1)
        hurts = share(criticism[view], n)
        lines.append(
            StageLine(
                stage=stage,
                staff=sides[0],
                managers=sides[1],
                comments=n,
                praise=share(praise[view], n),
                criticism=hurts,
                gap=any(is_gap(side.share, hurts) for side in sides),
                statements=tuple(_line(one, staff, managers) for one in own),
            )
        )
    return tuple(lines)


def _line(one: Statement, staff: Tallies, managers: Tallies) -> StatementLine:
    return StatementLine(
        words=one.words,
        staff=_agreed(staff, [one], fewest=FEWEST_SHOWN),
        managers=_agreed(managers, [one], fewest=1),
    )


def _agreed(tallies: Tallies, statements: list[Statement], *, fewest: int) -> Agreed:
    """Add up statements; nothing where one of them was answered by too few to be shown."""
    counted = [agreement(tallies.get(one.slug, {})) for one in statements]
    if any(total < fewest for _, total in counted):
        return Agreed(None, None)
    return Agreed(sum(agree for agree, _ in counted), sum(total for _, total in counted))
