"""A calm reminder of an assignment: one message, two days before its day, never about how anything went.

assigned 1 March, by 20 March   ──►  18 March: one message, and no other
assigned 18 March, by 20 March  ──►  none: they have only just been asked
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from training import periods
from training.scenarios.catalogue import Catalogue
from training.services.assignments import title_of
from training.store import assignments as store
from training.store.tables import Assignment

AHEAD = timedelta(days=2)
_DAY_ELSEWHERE = timedelta(days=1)  # somewhere it is tomorrow already


@dataclass(frozen=True, slots=True)
class Reminder:
    """One message to one person; `id` is the assignment's."""

    id: int
    address: str
    subject: str
    first_name: str
    title: str
    day: str

    def text(self, base_url: str) -> str:
        """Return the message: what, by when and where, and nothing of how anything went."""
        return "\n".join(
            [
                f"Hello {self.first_name},",
                "",
                f"you were asked to rehearse the conversation “{self.title}” by {self.day}.",
                "It takes a few minutes, and you can stop and go on at any time:",
                f"{base_url}/home",
                "",
                "Whoever asked you sees only whether it is done, never what you chose in it.",
                "If you have no time for it, tell them. No other reminder will follow.",
                "",
            ]
        )


def due(session: Session, *, catalogue: Catalogue, moment: datetime) -> list[Reminder]:
    """Return the messages to be sent now; see `sent`."""
    until = (moment + AHEAD + _DAY_ELSEWHERE).date()
    found = []
    for row, account, practice in store.to_remind(session, until):
        today = periods.local_day(moment, practice.time_zone)
        assigned_on = periods.local_day(row.assigned_at, practice.time_zone)
        if row.due_on - AHEAD <= today <= row.due_on and assigned_on < row.due_on - AHEAD:
            title = title_of(catalogue, row.scenario)
            reminder = Reminder(
                id=row.id,
                address=account.email,
                subject=f"A conversation to rehearse by {_day(row)}",
                first_name=account.name.split()[0],
                title=title,
                day=_day(row),
            )
            found.append(reminder)
    return found


def _day(row: Assignment) -> str:
    return f"{row.due_on.day} {row.due_on:%B}"


def sent(session: Session, *, assignment_id: int, moment: datetime) -> None:
    """Note that a reminder went out, so that it is the only one. Commits."""
    row = session.get(Assignment, assignment_id)
    if row is not None:
        row.reminded_at = moment
    session.commit()
