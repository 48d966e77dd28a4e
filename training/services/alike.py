"""A spike of comments alike about one person: set apart, and let in or set aside one by one.

    read ──► three alike about Ada within 14 days ──► hold `doubtful`, doubt `alike`
                                                      counts nowhere until a reviewer has looked

What a reviewer let in, or decided a remark of, stays as it is; it still tells what is alike.
"""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from training.feedback.alike import WITHIN, Left, spike
from training.store import alike as store


def hold_spikes(session: Session, *, comment_ids: Sequence[int]) -> int:
    """Set apart the comments alike about one person that just-read ones belong to; return how many.

    Does not commit.
    """
    found: set[int] = set()
    for staff_id, new in store.people_of(session, comment_ids).items():
        days = [day for _, day in new]
        near = store.about(session, staff_id, min(days) - WITHIN, max(days) + WITHIN)
        others = {one.number: Left(one.number, one.day, one.text) for one in near}
        for number, _ in new:
            found |= spike(others[number], others.values()) if number in others else set()
    return store.hold(session, sorted(found)) if found else 0
