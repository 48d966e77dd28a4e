"""Teams: a role group at a site, with what patients say of its people; never by any number.

    Front desk, Elder Row     64 comments   praise 58%   criticism 31%
    Nursing, Ferry Lane       Too few to show

A team's comments are those left about a visit at its site with a remark that is tied to somebody
who was of the role group on that day.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from training import skills
from training.periods import Period
from training.rates import Interval
from training.services import months, selection
from training.services.months import Sides
from training.services.people import NotFound, display_name
from training.services.selection import Chosen, Filters, Ground
from training.services.signing_in import Viewer
from training.services.topics import TopicLine, lines_of, share, topic_sets
from training.store import counts, people
from training.store.counts import NO_SITE, TopicCounts
from training.store.tables import Staff
from training.trends.sets import ANY, Part, View, add_up
from training.trends.shares import ShareTrend


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A team: comments about it, and the shares with praise and with criticism; None: too few.

    likely: between what shares with criticism the truth probably lies, drawn to what is usual.
    """

    role_group: str
    site_public_id: str
    name: str
    comments: int | None
    praise: float | None
    criticism: float | None
    why_hidden: str
    likely: Interval | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of a team, as a page names them."""

    public_id: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Team:
    """A team of the list: its people by family name, and its line where there are comments."""

    role_group: str
    site_public_id: str
    name: str
    people: tuple[Member, ...]
    line: TeamLine | None


@dataclass(frozen=True, slots=True)
class TeamPage:
    """One team: `trend`, `sides` and `skills` hold nothing where it has too few comments."""

    team: Team
    period: Period
    trend: ShareTrend
    sides: tuple[Sides, ...]
    skills: tuple[TopicLine, ...]
    readable: frozenset[date]


def lines(session: Session, *, chosen: Chosen) -> tuple[TeamLine, ...]:
    """Return the teams that have comments, by name, at the site and the stage that are chosen."""
    at, table, view = chosen.at, chosen.sets.table, chosen.view
    found = counts.by_team(session, at.scope)
    parts = selection.team_parts(table, found)
    names = {site: (public_id, name) for public_id, (site, name) in at.sites.items()}
    made = [
        _line(group, team, parts[group], (site, *view[1:]), names.get(site, ("", "")))
        for group, team in found.items()
        for site in sorted({cell[0] for cell in team.comments})
        if view[0] in {ANY, site}
    ]
    return tuple(sorted(filter(None, made), key=lambda line: line.name))


def _line(
    group: str, team: TopicCounts, part: Part, view: View, site: tuple[str, str]
) -> TeamLine | None:
    if not part.counts.get(view):
        return None
    n = part.count(view)
    return TeamLine(
        role_group=group,
        site_public_id=site[0],
        name=team_name(group, site[1]),
        comments=n,
        praise=share(add_up(team.praise)[view], n),
        criticism=share(add_up(team.criticism)[view], n),
        why_hidden="Too few to show" if n is None else "",
    )


def team_name(role_group: str, site: str) -> str:
    """Return the name of a team: Front desk, Elder Row."""
    known = role_group in skills.ROLE_GROUPS
    group = skills.ROLE_GROUPS[role_group].name if known else role_group
    return f"{group}, {site}" if site else group


def everyone(session: Session, *, viewer: Viewer, today: date) -> tuple[Team, ...]:
    """Return the teams that somebody works in today, or that have comments, by name."""
    chosen = selection.choose(session, viewer=viewer, filters=Filters(), today=today)
    at = chosen.at
    found = {
        (line.role_group, line.site_public_id): line
        for line in lines(session, chosen=chosen)
        if line.site_public_id
    }
    members = _members(session, at, today)
    teams = [_team(at, key, members.get(key, ()), found.get(key)) for key in {**members, **found}]
    return tuple(sorted(teams, key=lambda team: team.name))


def _team(
    at: Ground, key: tuple[str, str], members: tuple[Member, ...], line: TeamLine | None
) -> Team:
    return Team(*key, team_name(key[0], at.sites[key[1]][1]), members, line)


def _members(
    session: Session, at: Ground, today: date
) -> dict[tuple[str, str], tuple[Member, ...]]:
    """Return who works today by role group and site, by family name."""
    places = {site: public_id for public_id, (site, _) in at.sites.items()}
    found: dict[tuple[str, str], tuple[Member, ...]] = {}
    for row in people.working_on(session, at.scope.practice_id, today):
        place = places.get(row.site_id or NO_SITE)
        if place:
            key = (skills.group_of(row.role).slug, place)
            found[key] = (*found.get(key, ()), member_of(row))
    return found


def page(session: Session, *, viewer: Viewer, role_group: str, site: str, today: date) -> TeamPage:
    """Return what may be shown of one team; raise `NotFound` where there is none in scope."""
    team = next(
        (
            team
            for team in everyone(session, viewer=viewer, today=today)
            if (team.role_group, team.site_public_id) == (role_group, site)
        ),
        None,
    )
    if team is None:
        raise NotFound
    filters = Filters(team=role_group, site=site)
    chosen = selection.choose(session, viewer=viewer, filters=filters, today=today)
    topics = lines_of(topic_sets(session, chosen=chosen), chosen.view)
    years = months.years_of(session, chosen=chosen)
    signs = months.signs_of_any(session, years=years)
    story = months.story(session, years=years, signs=signs, today=today)
    return TeamPage(
        team=team,
        period=chosen.at.period,
        trend=story.trend,
        sides=story.sides,
        skills=tuple(line for line in topics if line.topic in skills.SKILLS),
        readable=story.readable,
    )


def member_of(row: Staff) -> Member:
    """Return somebody of the roster as a page names them."""
    name = display_name(row.given_name, row.family_name, row.preferred_name, row.title)
    return Member(row.public_id, name, row.role)
