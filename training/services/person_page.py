"""What a manager sees of one person: very little, and only what the person was shown first.

    comments in 12 full months   0–4              5–9                   10 and more
    a manager sees               nothing but      "too few to           the share with criticism as an
                                 "not shown"      compare"              interval, beside what is usual

A team's page stands beside this one: what it counts, less what is shown of one's colleagues, would be
the colleague with three comments. So the person with the fewest of those with ten is then not shown
either, and how many comments there are is said in steps: ten and more, thirty and more.

The window is fixed and there are no filters. Counting ends before the first comment with something
that the person was not shown at least two weeks ago, praise and criticism alike; so nothing here is
news to them. The person's own page "what my manager sees" draws this same object.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from types import MappingProxyType

from sqlalchemy.orm import Session

from training import periods
from training.feedback.suggestion import Basis, Others, Usual, usual_rate
from training.periods import Period
from training.rates import Interval, about, likely, percent, posterior
from training.services.evidence import Counted, count
from training.services.people import NotFound, display_name
from training.services.selection import MONTHS, PERSON_FIRST
from training.services.signing_in import Viewer
from training.skills import group_of
from training.store import audit, people
from training.store import shown as store
from training.store.tables import Staff
from training.trends.suppress import FEWEST_DRAWN, FEWEST_SHOWN, hidden_groups, sight


class Band(StrEnum):
    """How much may be shown, by the number of comments about the person.

    COVERED: enough to be shown, were there not a colleague who could then be worked out.
    """

    NOT_SHOWN = "not_shown"
    TOO_FEW = "too_few"
    COVERED = "covered"
    INTERVAL = "interval"


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody of the roster as the list of people names them."""

    public_id: str
    name: str
    role: str
    site: str


@dataclass(frozen=True, slots=True)
class Share:
    """The share of comments with criticism: what is believed of it, and what is usual among others."""

    mean: float
    interval: Interval
    usual: Usual

    @property
    def words(self) -> str:
        """The share with its interval: "about 28% of comments hold criticism, likely 3–9 in 20"."""
        return f"about {percent(self.mean)} of comments hold criticism, {likely(*self.interval)}"

    @property
    def peers(self) -> str:
        """What is usual, among whom, and how the person stands to it, in words."""
        among = {
            Basis.ROLE: "Among colleagues in similar roles",
            Basis.PRACTICE: "Across the practice",
            Basis.DEFAULT: "Until there is enough to compare with, we assume that",
        }[self.usual.basis]
        return f"{among} {about(self.usual.mean)} is usual. {self._standing}"

    @property
    def _standing(self) -> str:
        low, high = self.interval
        if low <= self.usual.mean <= high:
            return "The usual share lies inside the interval: nothing here is out of the ordinary."
        return "The usual share lies outside the interval: read comments together before you judge."


@dataclass(frozen=True, slots=True)
class PersonPage:
    """What may be shown of a person; without a share `at_least` is None.

    `at_least` is the step below the number of comments, 10 or 30.
    """

    person: PersonRow
    period: Period
    band: Band
    at_least: int | None
    share: Share | None


def everyone(session: Session, *, viewer: Viewer, today: date) -> tuple[PersonRow, ...]:
    """Return who works today in the viewer's scope, by family name and by nothing else."""
    sites = {row.id: row.name for row in people.sites(session, viewer.practice_id)}
    return tuple(
        _row(staff, sites)
        for staff in people.working_on(session, viewer.practice_id, today)
        if _in_scope(viewer, staff)
    )


def _row(staff: Staff, sites: dict[int, str]) -> PersonRow:
    name = display_name(staff.given_name, staff.family_name, staff.preferred_name, staff.title)
    return PersonRow(staff.public_id, name, staff.role, sites.get(staff.site_id or 0, ""))


def _in_scope(viewer: Viewer, staff: Staff) -> bool:
    return not viewer.site_ids or staff.site_id in viewer.site_ids


def person_page(
    session: Session, *, viewer: Viewer, staff_public_id: str, today: date
) -> PersonPage:
    """Return what a manager may see of a person; the person may see it too.

    Raises `NotFound` for somebody of another practice or out of the viewer's scope.
    """
    staff = people.staff_member(session, viewer.practice_id, staff_public_id)
    if staff is None or not (_in_scope(viewer, staff) or staff.id == viewer.staff_id):
        raise NotFound
    sites = {row.id: row.name for row in people.sites(session, viewer.practice_id)}
    months = periods.last_full_months(MONTHS, today)
    period = Period(months[0].start, months[-1].end)
    counted = count(session, practice_id=staff.practice_id, today=today)
    signs = _told(session, staff.practice_id, counted, period, today)
    mine = signs.get(staff.id, {})
    band = _band(len(mine))
    if band is Band.INTERVAL and _covers(session, staff, signs, period):
        band = Band.COVERED
    shown = band is Band.INTERVAL
    return PersonPage(
        person=_row(staff, sites),
        period=period,
        band=band,
        at_least=int(sight(len(mine))) if shown else None,
        share=_share(counted, staff, mine, period) if shown else None,
    )


def _covers(session: Session, staff: Staff, signs: dict[int, "Signs"], period: Period) -> bool:
    """Return whether somebody of a person's team could be worked out if the person were shown."""
    teams = people.teams_between(session, staff.practice_id, period.start, period.end)
    return any(
        staff.id
        in hidden_groups({who: len(signs.get(who, ())) for who in team}, fewest=FEWEST_DRAWN)
        for team in teams.values()
        if staff.id in team
    )


def _band(n: int) -> Band:
    if n < FEWEST_SHOWN:
        return Band.NOT_SHOWN
    return Band.TOO_FEW if n < FEWEST_DRAWN else Band.INTERVAL


def own_page(session: Session, *, viewer: Viewer, today: date) -> PersonPage:
    """Return what a manager may see of the viewer, for the viewer; raise `NotFound` off the roster."""
    if viewer.staff_id is None:
        raise NotFound
    staff = session.get_one(Staff, viewer.staff_id)
    return person_page(session, viewer=viewer, staff_public_id=staff.public_id, today=today)


def open_person(
    session: Session, *, viewer: Viewer, staff_public_id: str, today: date, moment: datetime
) -> PersonPage:
    """Return a person's page to a manager; that it was opened is audited. Raises `NotFound`."""
    found = person_page(session, viewer=viewer, staff_public_id=staff_public_id, today=today)
    staff = people.staff_member(session, viewer.practice_id, staff_public_id)
    audit.note(
        session, practice_id=viewer.practice_id, account_id=viewer.account_id, moment=moment,
        verb="open_person", noun="staff", noun_id=staff.id if staff else None,
    )  # fmt: skip
    session.commit()
    return found


Signs = dict[int, bool]  # by comment, whether it holds criticism


def _told(
    session: Session, practice_id: int, counted: Counted, period: Period, today: date
) -> dict[int, Signs]:
    """Return by person the comments about them of which nothing is news to them."""
    before = datetime.combine(today - PERSON_FIRST, time.min, UTC)
    news = store.first_news(session, practice_id, period.start, before)
    return _by_person(counted, period.end, news)


def _by_person(
    counted: Counted, end: date, ends: Mapping[int, date] = MappingProxyType({})
) -> dict[int, Signs]:
    """Return by person the comments about them left before a day, their own if that is earlier."""
    found: dict[int, Signs] = {}
    for (who, _), words in counted.words.items():
        signs = found.setdefault(who, {})
        for word in words:
            if word.day < min(end, ends.get(who, end)):
                signs[word.comment_id] = signs.get(word.comment_id, False) or word.negative
    return found


def _share(counted: Counted, staff: Staff, signs: Signs, period: Period) -> Share:
    others = _by_person(counted, period.end)
    others.pop(staff.id, None)
    group = group_of(staff.role).slug
    peers = [one for who, one in others.items() if counted.groups[who] == group]
    usual = usual_rate(_added(peers), _added(others.values()))
    belief = posterior(sum(signs.values()), len(signs), mean=usual.mean, weight=usual.weight)
    return Share(belief.mean, belief.interval(), usual)


def _added(everybody: Iterable[Signs]) -> Others:
    """Return how many people, comments and comments with criticism there are in all."""
    some = [signs for signs in everybody if signs]
    comments = sum(len(signs) for signs in some)
    return Others(len(some), comments, sum(sum(signs.values()) for signs in some))
