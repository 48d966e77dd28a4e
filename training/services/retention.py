"""How long a practice keeps comments, and the erasing of those that are older.

    keep 12 months, today 16 March 2026   ──►   everything left before 1 March 2025 is erased

Months go whole, so that no month of a chart is half of what it was. Erased is everything that was
made of the words too: remarks, scores, matches, decisions, and with them the sums of those months.
A comment that is held and not yet dealt with waits until it is. Running twice changes nothing; a run
that is killed has erased whole comments, and the next one goes on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from training import periods
from training.services.signing_in import Viewer
from training.store import audit, erasing, people

SHORTEST = 6
CHOICES = (SHORTEST, 12, 18, 24, 36, 60, 96)
BATCH = 200


class TooShort(ValueError):
    """Comments are kept for at least half a year: less would leave no month to compare."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """How long comments are kept (None: for good), and what that means on a day.

    Comments from before `border` go: `to_erase` of them now, `held` once they are dealt with.
    """

    months: int | None
    border: date | None
    to_erase: int
    held: int


def border(months: int, today: date) -> date:
    """Return the first day that is kept: that of the month `months` full months before this one."""
    return periods.last_full_months(months, today)[0].start


def now(session: Session, *, viewer: Viewer, today: date) -> Keeping:
    """Return how long the viewer's practice keeps comments, and what that means today."""
    months = people.practice(session, viewer.practice_id).keep_months
    return would_be(session, viewer=viewer, months=months, today=today)


def would_be(session: Session, *, viewer: Viewer, months: int | None, today: date) -> Keeping:
    """Return what keeping comments for so many months would mean today; raise `TooShort`."""
    if months is None:
        return Keeping(None, None, 0, 0)
    if months < SHORTEST:
        raise TooShort
    first = border(months, today)
    return Keeping(
        months,
        first,
        erasing.count_older(session, viewer.practice_id, first),
        erasing.count_held_older(session, viewer.practice_id, first),
    )


def choose(session: Session, *, viewer: Viewer, months: int | None, moment: datetime) -> None:
    """Set how long comments are kept; the next sweep erases what is older. Raises `TooShort`."""
    if months is not None and months < SHORTEST:
        raise TooShort
    people.practice(session, viewer.practice_id).keep_months = months
    audit.note(
        session, practice_id=viewer.practice_id, account_id=viewer.account_id, moment=moment,
        verb="choose_retention", noun="practice", noun_id=viewer.practice_id,
        facts={"months": months},
    )  # fmt: skip
    session.commit()


def erase_due(session: Session, *, practice_id: int, today: date, moment: datetime) -> int:
    """Erase what a practice keeps no longer, some hundred to a transaction; return how many."""
    months = people.practice(session, practice_id).keep_months
    if months is None:
        return 0
    first, gone = border(months, today), 0
    while ids := erasing.older(session, practice_id, first, BATCH):
        erasing.erase(session, ids, moment=moment)
        audit.note(
            session, practice_id=practice_id, account_id=None, moment=moment,
            verb="erase", noun="comments", facts={"comments": len(ids), "before": first.isoformat()},
        )  # fmt: skip
        session.commit()
        gone += len(ids)
    return gone


def erase_again(session: Session, *, public_ids: Sequence[str], moment: datetime) -> int:
    """Erase what a restored copy brought back of comments that had been erased; return how many."""
    back = erasing.back_again(session, public_ids)
    for practice_id, ids in back.items():
        erasing.erase(session, ids, moment=moment)
        audit.note(
            session, practice_id=practice_id, account_id=None, moment=moment,
            verb="erase_again", noun="comments", facts={"comments": len(ids)},
        )  # fmt: skip
    session.commit()
    return sum(map(len, back.values()))
