"""What is usual for each skill and role in a practice: learnt once a night, kept, and used from there.

    person-level evidence ──fit (nightly)──► prior_fit: when, which days, the two practice-wide weights
                                            prior: role group, skill, people, comments, m, k
    suggestions ──in_use──► the kept values, the person left out; the published defaults before them

A suggestion stores the m and k it was made with, so learning anew rewrites no reasons.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from training.feedback.priors import Cell, Learnt, Priors, Tally
from training.feedback.suggestion import POOLED, Usual
from training.periods import Period
from training.services.evidence import Counted, count
from training.skills import SKILLS
from training.store import priors as store
from training.store.tables import Prior, PriorFit

NOTHING_LEARNT = Learnt({})


@dataclass(frozen=True, slots=True)
class InUse:
    """What suggestions are computed from: what was learnt, when, and from comments of which days."""

    learnt: Learnt
    fitted_at: datetime | None
    window: Period | None

    def usual(self, counted: Counted, staff_id: int, skill: str) -> Usual:
        """Return what is usual for a skill and what to expect of a person, who is left out."""
        own = {} if self.window is None else own_tallies(counted, staff_id, self.window)
        return self.learnt.expected(counted.groups[staff_id], skill, own)


def own_tallies(counted: Counted, staff_id: int, window: Period) -> dict[str, Tally]:
    """Return a person's tallies by skill, of the comments of some days alone."""
    found = {}
    for skill in SKILLS:
        words = counted.words.get((staff_id, skill), ())
        signs: dict[int, bool] = {}
        for word in words:
            if word.day in window:
                signs[word.comment_id] = signs.get(word.comment_id, False) or word.negative
        if signs:
            group = counted.groups[staff_id]
            found[skill] = Tally(staff_id, group, skill, len(signs), sum(signs.values()))
    return found


def fit_if_due(session: Session, *, practice_id: int, today: date, moment: datetime) -> bool:
    """Learn anew unless that was done today already; return whether it was done now. Commits."""
    last = store.fit_of(session, practice_id)
    if last is not None and last.fitted_on == today:
        return False
    fit(session, practice_id=practice_id, today=today, moment=moment)
    return True


def fit(session: Session, *, practice_id: int, today: date, moment: datetime) -> None:
    """Learn what is usual for each skill and role, and keep it with the counts. Commits."""
    counted = count(session, practice_id=practice_id, today=today)
    learnt = Priors(_tallies(counted)).learnt
    row = PriorFit(
        practice_id=practice_id,
        fitted_on=today,
        fitted_at=moment,
        window_start=counted.window.start,
        window_end=counted.window.end,
        formula=POOLED,
        role_weight=learnt.role_weight,
        leaning_weight=learnt.leaning_weight,
    )
    store.replace(session, row, _rows(practice_id, learnt.cells))
    session.commit()


def _tallies(counted: Counted) -> list[Tally]:
    people = sorted({staff_id for staff_id, _ in counted.words})
    return [
        one for who in people for one in own_tallies(counted, who, counted.window).values()
    ]  # fmt: skip


def _rows(practice_id: int, cells: Mapping[tuple[str, str], Cell]) -> list[Prior]:
    return [
        Prior(
            practice_id=practice_id,
            role_group=role_group,
            skill=skill,
            people=cell.people,
            comments=cell.comments,
            negatives=cell.negatives,
            mean=cell.mean,
            weight=cell.weight,
        )
        for (role_group, skill), cell in cells.items()
    ]


def in_use(session: Session, *, practice_id: int) -> InUse:
    """Return what was last learnt from a practice; the published defaults before the first night."""
    fit = store.fit_of(session, practice_id)
    if fit is None:
        return InUse(NOTHING_LEARNT, None, None)
    cells = {
        (row.role_group, row.skill): Cell(row.people, row.comments, row.negatives, row.weight)
        for row in store.of_practice(session, practice_id)
    }
    learnt = Learnt(cells, fit.role_weight, fit.leaning_weight)
    return InUse(learnt, fit.fitted_at, Period(fit.window_start, fit.window_end))
