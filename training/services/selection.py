"""What a viewer chose to look at, and which sets of comments that may show them.

    ?topic=explaining&site=Xb3…&stage=treatment     Filters
    sites in scope, twelve full months and the running one     Ground
    the twelve months before those, for charts alone     another Ground, protected by itself
    all comments ⊃ the team's ⊃ those about the topic          Sets: counts, or None where hidden

Pages, tables, files and lists all ask here, so none shows what another hides.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy.orm import Session

from training import skills
from training.periods import Period, last_full_months, month_of
from training.services.people import NotFound
from training.services.signing_in import Viewer
from training.store import counts, people
from training.store.counts import Said, Scope, TopicCounts
from training.trends.sets import ANY, Part, Table, View, add_up
from training.trends.suppress import FEWEST_SHOWN, hidden_groups

MONTHS = 12
SITE = 0  # its place in a view; a team is shown at one site rather than summed over all
PERSON_FIRST = timedelta(days=14)  # a person reads what is said of them before a manager does


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address of a page says; "" is any. site: a public id; month: 2026-02 or 2026-q1."""

    topic: str = ""
    site: str = ""
    team: str = ""
    stage: str = ""
    month: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """All that a viewer could look at: their sites by public id, and the months, oldest first.

    running: whether the last of the months is not over yet.
    """

    scope: Scope
    sites: Mapping[str, tuple[int, str]]
    months: tuple[Period, ...]
    running: bool = True

    @property
    def period(self) -> Period:
        """The days of all months."""
        return Period(self.months[0].start, self.months[-1].end)

    @property
    def site_names(self) -> tuple[tuple[str, str], ...]:
        """The public id and the name of each site, by name."""
        return tuple((public_id, name) for public_id, (_, name) in self.sites.items())


@dataclass(frozen=True, slots=True)
class Sets:
    """The comments that filters choose, as a part of all: what is counted, what is hidden."""

    table: Table
    chosen: Part
    team: Part | None = None
    topic: Part | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """What somebody looks at: their ground, the filters, the view these name, and its sets."""

    at: Ground
    filters: Filters
    view: View
    sets: Sets

    @property
    def whole(self) -> Part:
        """The comments that a share is of: the team's, or all."""
        return self.sets.team or self.sets.table.all

    def month(self, month: Period) -> View:
        """The part of the view that lies in a month."""
        return self.view[0], self.view[1], (month.start.year, month.start.month)

    @property
    def period(self) -> Period:
        """The days of the month or quarter that is chosen, else of all months."""
        named = months_named(self.filters.month, self.at)
        return Period(named[0].start, named[-1].end)

    def among(self, part: Part) -> int | None:
        """How many comments of a part are in the view, or the quarter, chosen; None: hidden.

        A quarter is shown as the sum of its months, all of which may be shown.
        """
        named = months_named(self.filters.month, self.at)
        if len(named) == len(self.at.months):
            return part.count(self.view)
        known = [part.count(self.month(month)) for month in named]
        shown = [n for n in known if n is not None]
        return sum(shown) if len(shown) == len(known) else None


def choose(session: Session, *, viewer: Viewer, filters: Filters, today: date) -> Chosen:
    """Return what the filters choose of what a viewer could look at; raise `NotFound`."""
    at = ground(session, viewer=viewer, today=today)
    if filters.month and not months_named(filters.month, at):
        at = year_before(at)
    return _chosen(session, at, filters)


def choose_before(session: Session, *, chosen: Chosen) -> Chosen:
    """Return what the same filters choose of the year before, of which charts alone are drawn.

    The comments that a share is of; of a team, those about the topic are not narrowed down to.
    """
    at, filters = year_before(chosen.at), chosen.filters
    narrowed = replace(filters, topic="") if filters.team else filters
    return replace(_chosen(session, at, narrowed), filters=filters)


def _chosen(session: Session, at: Ground, filters: Filters) -> Chosen:
    return Chosen(at, filters, view_of(filters, at), counted(session, at=at, filters=filters))


def ground(session: Session, *, viewer: Viewer, today: date) -> Ground:
    """Return what a viewer could look at on a day."""
    months = (*last_full_months(MONTHS, today), month_of(today))
    sites = {
        row.public_id: (row.id, row.name)
        for row in people.sites(session, viewer.practice_id)
        if not viewer.site_ids or row.id in viewer.site_ids
    }
    # Without a scope of sites, comments that belong to no site are the viewer's too.
    ids = tuple(viewer.site_ids) or None
    running = Scope(viewer.practice_id, ids, months[-1].start, months[-1].end)
    # A few comments of a month that has just begun would hide another month beside it.
    begun = sum(counts.by_cell(session, running).values()) >= FEWEST_SHOWN
    end = running.end if begun else running.start
    return Ground(Scope(viewer.practice_id, ids, months[0].start, end), sites, months)


def year_before(at: Ground) -> Ground:
    """Return the twelve months before those of a ground.

    Nothing is ever added up over both years, so each hides by itself what must be hidden.
    """
    months = last_full_months(MONTHS, at.months[0].start)
    scope = replace(at.scope, start=months[0].start, end=months[-1].end)
    return Ground(scope, at.sites, months, running=False)


def months_named(slug: str, at: Ground) -> tuple[Period, ...]:
    """Return the months that a filter names: one, a whole quarter of them, all for ""; else none."""
    if not slug:
        return at.months
    by_month = tuple(month for month in at.months if slug == month_slug(month))
    by_quarter = tuple(month for month in at.months if slug == quarter_slug(month))
    whole = len(by_quarter) == 3 or (at.running and by_quarter[-1:] == at.months[-1:])
    return by_month or (by_quarter if whole else ())


def view_of(filters: Filters, at: Ground) -> View:
    """Return the view that filters name; raise `NotFound` for what is not there or not in scope.

    A quarter has no view of its own: it is the sum of its months.
    """
    known = (
        (filters.topic, {**skills.SKILLS, **skills.THEMES}),
        (filters.site, at.sites),
        (filters.team, skills.ROLE_GROUPS),
        (filters.stage, skills.STAGES),
    )
    named = months_named(filters.month, at)
    if not named or any(value and value not in allowed for value, allowed in known):
        raise NotFound
    site = at.sites[filters.site][0] if filters.site else ANY
    start = named[0].start
    month = (start.year, start.month) if len(named) == 1 else ANY
    return site, filters.stage or ANY, month


def month_slug(month: Period) -> str:
    """Return a month as an address names it: 2026-02."""
    return f"{month.start:%Y-%m}"


def quarter_slug(month: Period) -> str:
    """Return the quarter of a month as an address names it: 2026-q1."""
    return f"{month.start.year}-q{(month.start.month + 2) // 3}"


def counted(session: Session, *, at: Ground, filters: Filters) -> Sets:
    """Return the counted comments that a topic and a team choose, by site, stage and month."""
    table = Table(counts.by_cell(session, at.scope))
    team = team_parts(table, counts.by_team(session, at.scope)) if filters.team else {}
    said = Said(topic=filters.topic, team=filters.team)
    return _sets(session, at, table, said, team.get(filters.team))


def listed(session: Session, *, chosen: Chosen, today: date) -> Part:
    """Return the comments whose words may be shown: hidden, too, wherever a count is hidden.

    Only those that staff may learn from; under a team only what the person was shown a while ago.
    """
    at, count = chosen.at, chosen.sets
    cells = counts.by_cell(session, at.scope, may_learn=True)
    table = Table(cells, also_hidden=count.table.all.hidden)
    said = readable(chosen.filters, today)
    team = None
    if count.team is not None:
        own = counts.by_cell(session, at.scope, replace(said, topic=""), may_learn=True)
        team = table.within(own, also_hidden=count.team.hidden, give_up=SITE)
    hidden = count.chosen.hidden | (count.topic.hidden if count.topic else frozenset())
    return _sets(session, at, table, said, team, may_learn=True, also_hidden=hidden).chosen


def readable(filters: Filters, today: date) -> Said:
    """Return what a comment must hold so that its words are among those of a topic and a team."""
    before = datetime.combine(today - PERSON_FIRST, time.min, UTC)
    shown_before = before if filters.team else None
    return Said(topic=filters.topic, team=filters.team, shown_before=shown_before)


def _sets(
    session: Session,
    at: Ground,
    table: Table,
    said: Said,
    team: Part | None,
    *,
    may_learn: bool = False,
    also_hidden: frozenset[View] = frozenset(),
) -> Sets:
    """Narrow a table to a team and a topic, each within the sets that it lies in."""
    if said.team and team is None:
        team = table.within({})
    if not said.topic:
        return Sets(table, team or table.all, team)
    plain = Said(topic=said.topic)
    cells = counts.by_cell(session, at.scope, plain, may_learn=may_learn)
    topic = table.within(cells, also_hidden=also_hidden)
    if team is None:
        return Sets(table, topic, topic=topic)
    both = counts.by_cell(session, at.scope, said, may_learn=may_learn)
    chosen = table.within(both, team, topic, also_hidden=also_hidden, give_up=SITE)
    return Sets(table, chosen, team, topic)


def team_parts(table: Table, teams: Mapping[str, TopicCounts]) -> dict[str, Part]:
    """Return each role group's comments; small ones hide another beside them, at every site."""
    by_view = {group: add_up(found.comments) for group, found in teams.items()}
    places = {(site, ANY, ANY) for found in by_view.values() for site, _, _ in found}
    parts = {}
    for group, found in teams.items():
        hidden = {
            place
            for place in places
            if group in hidden_groups({other: n[place] for other, n in by_view.items()})
        }
        parts[group] = table.within(found.comments, also_hidden=hidden, give_up=SITE)
    return parts
