"""What a person's first answers have shown of each skill: kept as one row a person and skill.

    finished plays ──every line they took──► first answer to each decision ──► mastery, by skill

The first answer counts, also when it was taken back: a second try, made after the coach has spoken,
shows nothing, and leaving it out would let one take back only what went badly.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from training import periods
from training.scenarios import mastery as core
from training.scenarios.mastery import Mastery, Shown
from training.services import pinned
from training.services.people import NotFound
from training.services.signing_in import Viewer
from training.store import people, plays, tables


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What finished plays showed, in the order played, and when each skill was last rehearsed."""

    shown: list[Shown]
    last: dict[str, datetime]


def of_person(session: Session, *, viewer: Viewer, today: date) -> Mapping[str, Mastery]:
    """Return the viewer's own mastery on a day, by skill; raise `NotFound` off the roster."""
    if viewer.staff_id is None:
        raise NotFound
    return core.all_mastery(_evidence(session, viewer.practice_id, viewer.staff_id).shown, today)


def recompute(session: Session, *, practice_id: int, staff_id: int, moment: datetime) -> None:
    """Bring a person's rows up to date with their finished plays. Does not commit."""
    session.flush()
    evidence = _evidence(session, practice_id, staff_id)
    zone = people.practice(session, practice_id).time_zone
    rows = plays.mastery(session, practice_id, staff_id)
    for skill, now in core.all_mastery(evidence.shown, periods.local_day(moment, zone)).items():
        row = rows.get(skill)
        if row is None:
            row = tables.Mastery(practice_id=practice_id, staff_id=staff_id, skill=skill)
            session.add(row)
        row.mean, row.decisions, row.level = now.mean, now.decisions, now.level.value
        row.last_play_at = evidence.last[skill]
    session.flush()


def _evidence(session: Session, practice_id: int, staff_id: int) -> _Evidence:
    found = _Evidence([], {})
    zone = people.practice(session, practice_id).time_zone
    rows = [row for row in plays.of_person(session, practice_id, staff_id) if row.finished_at]
    for run in pinned.runs(session, rows=rows):
        finished = run.row.finished_at
        assert finished is not None
        day = periods.local_day(finished, zone)
        for line in run.lines:
            shown = core.shown_by(run.scenario.script, line, run.row.seed, day)
            found.shown.extend(shown)
            found.last.update(
                {one.skill: max(finished, found.last.get(one.skill, finished)) for one in shown}
            )
    return found
