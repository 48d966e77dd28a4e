"""Is everybody treated alike? Matching, disputes and suggestions by role, for the whole practice.

    of 100 sure ties to the front desk that a reviewer decided, 95 stayed      matching
    of 100 remarks that the front desk was shown, 5 were disputed              disputes
    of the people at the front desk, one half was offered a conversation       suggestions

Rates in steps of 5 %, without counts, over the last twelve full months and without any filter; small
ones are hidden, and others with them (trends/by_role.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy.orm import Session

from training import periods
from training.periods import Period
from training.services.signing_in import Viewer
from training.skills import ROLE_GROUPS, group_of
from training.store import people
from training.store import role_rates as store
from training.store.role_rates import Counts
from training.trends.by_role import Part, rates
from training.trends.suppress import FEWEST_SHOWN

MONTHS = 12
EVERYBODY = ""


@dataclass(frozen=True, slots=True)
class RoleLine:
    """The rates of a role group ("": everybody), in per cent; None is hidden."""

    role_group: str
    matching: int | None
    disputes: int | None
    suggestions: int | None


@dataclass(frozen=True, slots=True)
class RoleRates:
    """The lines by name, everybody last, and the days they are of."""

    lines: tuple[RoleLine, ...]
    period: Period

    @property
    def anything(self) -> bool:
        """Return whether any rate may be shown."""
        found = ((one.matching, one.disputes, one.suggestions) for one in self.lines)
        return any(rate is not None for line in found for rate in line)


def page(session: Session, *, viewer: Viewer, today: date) -> RoleRates:
    """Return the rates by role group of a viewer's whole practice."""
    months = periods.last_full_months(MONTHS, today)
    period = Period(months[0].start, months[-1].end)
    groups = {row.id: group_of(row.role).slug for row in people.roster(session, viewer.practice_id)}
    here = {row.id for row in people.working_on(session, viewer.practice_id, today)}
    days = (viewer.practice_id, period.start, period.end)
    offered = store.offered(
        session, viewer.practice_id, _start_of(period.start), _start_of(period.end)
    )
    measured = [
        rates(_parts(store.kept(session, *days), groups, here)),
        rates(_parts(store.disputed(session, *days), groups, here)),
        rates(
            _parts({who: (int(who in offered), 1) for who in here}, groups, here),
            fewest=FEWEST_SHOWN,
        ),
    ]
    names = sorted({groups[who] for who in here}, key=lambda slug: ROLE_GROUPS[slug].name)
    lines = [RoleLine(slug, *(by_role.get(slug) for by_role, _ in measured)) for slug in names]
    everybody = RoleLine(EVERYBODY, *(rate for _, rate in measured))
    return RoleRates((*lines, everybody), period)


def _parts(counts: Counts, groups: Mapping[int, str], here: set[int]) -> dict[str, Part]:
    """Add up people's counts by role group; whoever left still counts, but not as a person there."""
    parts = {groups[who]: Part(0, 0, 0) for who in here}
    for who in here | counts.keys():
        yes, of = counts.get(who, (0, 0))
        parts[groups[who]] = parts.get(groups[who], Part(0, 0, 0)) + Part(int(who in here), yes, of)
    return parts


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)
