"""What a person's first answers have shown of each skill: kept as one row a person and skill.

    finished plays ──every line they took──┐
                                           ├──► first answer to each decision ──► mastery, by skill
    refreshers ────────────────────────────┘

The first answer counts, also when it was taken back: a second try, made after the coach has spoken,
shows nothing, and leaving it out would let one take back only what went badly. A scenario that was
renamed is the same scenario, and an edit leaves its decisions what they were.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from training import periods
from training.scenarios import mastery as core
from training.scenarios import refresh
from training.scenarios.debrief import debrief
from training.scenarios.mastery import Mastery, Shown
from training.services import pinned
from training.services.people import NotFound
from training.services.pinned import Run
from training.services.signing_in import Viewer
from training.store import people, plays, refreshers, tables


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a person's answers showed, in the order given, and what follows from it.

    `last` is when each skill was last practised; `passed` the skills of transfer checks passed.
    """

    shown: list[Shown] = field(default_factory=list)
    last: dict[str, datetime] = field(default_factory=dict)
    passed: set[str] = field(default_factory=set)

    def add(self, shown: tuple[Shown, ...], moment: datetime) -> None:
        """Take in what was shown at a moment."""
        self.shown.extend(shown)
        for one in shown:
            self.last[one.skill] = max(moment, self.last.get(one.skill, moment))

    def refresh_on(self, skill: str) -> date | None:
        """Return the day a skill comes back."""
        return refresh.due_on((one.day, one.credit) for one in self.shown if one.skill == skill)


def of_person(session: Session, *, viewer: Viewer, today: date) -> Mapping[str, Mastery]:
    """Return the viewer's own mastery on a day, by skill; raise `NotFound` off the roster."""
    if viewer.staff_id is None:
        raise NotFound
    found = evidence(session, practice_id=viewer.practice_id, staff_id=viewer.staff_id)
    return core.all_mastery(found.shown, today, found.passed)


def recompute(session: Session, *, practice_id: int, staff_id: int, moment: datetime) -> None:
    """Bring a person's rows up to date with their finished plays. Does not commit."""
    session.flush()
    found = evidence(session, practice_id=practice_id, staff_id=staff_id)
    zone = people.practice(session, practice_id).time_zone
    today = periods.local_day(moment, zone)
    rows = plays.mastery(session, practice_id, staff_id)
    for skill, now in core.all_mastery(found.shown, today, found.passed).items():
        row = rows.get(skill)
        if row is None:
            row = tables.Mastery(practice_id=practice_id, staff_id=staff_id, skill=skill)
            session.add(row)
        row.mean, row.decisions, row.level = now.mean, now.decisions, now.level.value
        row.last_play_at, row.refresh_on = found.last[skill], found.refresh_on(skill)
    session.flush()


def evidence(session: Session, *, practice_id: int, staff_id: int) -> Evidence:
    """Return all that a person's finished plays and answered refreshers showed, oldest first."""
    zone = people.practice(session, practice_id).time_zone
    rows = [row for row in plays.of_person(session, practice_id, staff_id) if row.finished_at]
    asked = [row for row in refreshers.of_person(session, practice_id, staff_id) if row.choice]
    runs = pinned.runs(session, rows=rows)
    recalls = pinned.recalls(session, rows=asked)
    now_called = {
        former: scenario.slug
        for scenario in (*(one.scenario for one in runs), *(one.scenario for one in recalls))
        for former in scenario.script.renamed_from
    }
    found = Evidence()
    by_time = [*_of_runs(runs, zone), *_of_recalls(recalls, zone)]
    for moment, shown in sorted(by_time, key=lambda one: one[0]):
        named = (replace(one, slug=now_called.get(one.slug, one.slug)) for one in shown)
        found.add(tuple(named), moment)
    for run in runs:
        found.passed.update(_passed(run))
    return found


def _of_runs(runs: list[Run], zone: str) -> Iterator[tuple[datetime, tuple[Shown, ...]]]:
    for run in runs:
        finished = run.row.finished_at
        assert finished is not None
        day = periods.local_day(finished, zone)
        for line in run.lines:
            yield finished, core.shown_by(run.scenario.script, line, run.row.seed, day)


def _of_recalls(
    recalls: list[pinned.Recall], zone: str
) -> Iterator[tuple[datetime, tuple[Shown, ...]]]:
    for one in recalls:
        answered = one.row.answered_at
        assert answered is not None
        day = periods.local_day(answered, zone)
        shown = core.shown_by(one.scenario.script, one.moves, one.row.seed, day)
        yield answered, tuple(it for it in shown if it.scene == one.row.scene)


def _passed(run: Run) -> set[str]:
    """Return the skills of a transfer check that was passed."""
    if run.scenario.script.kind != "transfer":
        return set()
    found = debrief(run.scenario.script, run.kept, run.row.seed)
    return {credit.skill for credit in found.skills} if found.passed else set()
