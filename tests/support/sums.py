"""What the practice's sums hold just now: praise and criticism by topic, over a year around the tests."""

from datetime import date

from sqlalchemy.orm import Session

from tests.support.world import World
from training.store import counts


def by_topic(session: Session, world: World) -> dict[str, tuple[int, int]]:
    """Return (praise, criticism) in counted comments by topic; topics without either are left out."""
    session.rollback()  # a transaction of its own sees what was just written
    scope = counts.Scope(world.practice.id, None, date(2025, 4, 1), date(2027, 1, 1))
    found = {
        topic: (sum(cells.praise.values()), sum(cells.criticism.values()))
        for topic, cells in counts.by_topic(session, scope).items()
    }
    return {topic: pair for topic, pair in found.items() if any(pair)}
