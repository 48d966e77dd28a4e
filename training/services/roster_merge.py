"""Two rows of the roster that are one person, made one.

    S07 Kate Moss, nurse      keep     ──►   S07 Kate Moss, also called Katherine
    S19 Katherine Moss        remove         the visits, comments, plays and account of both

Files may go on naming S19: it means S07 from now on. This cannot be undone, because nothing says
afterwards which of the two a visit was with.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from training.services import mastery
from training.services.people import NotFound, display_name
from training.services.signing_in import Viewer
from training.store import audit, imports, people, roster
from training.store.joining import Rule, Values
from training.store.tables import Account, Membership, Staff

MANY = 50


class SameRow(Exception):
    """One row of the roster was chosen twice."""


class BothSignIn(Exception):
    """Both rows have an account that can sign in; one of the two has to be disabled first."""


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A row of the roster as the merge page shows it: who, when and by which id; no measure."""

    public_id: str
    roster_id: str
    name: str
    also: tuple[str, ...]
    work: str
    site: str
    active_from: date | None
    active_to: date | None
    email: str


def find(session: Session, *, viewer: Viewer, words: str) -> list[RosterRow]:
    """Return the rows of the roster whose names or id hold every word typed, by family name.

    At most `MANY`; nothing typed finds nobody.
    """
    wanted = words.casefold().split()
    if not wanted:
        return []
    found = [
        row
        for row in people.roster(session, viewer.practice_id)
        if all(word in _searched(row) for word in wanted)
    ]
    return _shown(session, viewer, found[:MANY])


def _searched(row: Staff) -> str:
    names = (row.given_name, row.family_name, row.preferred_name, *row.aliases, row.roster_id)
    return " ".join(names).casefold()


def _shown(session: Session, viewer: Viewer, rows: list[Staff]) -> list[RosterRow]:
    sites = {site.id: site.name for site in people.sites(session, viewer.practice_id)}
    emails = {who.staff_id: who.email for who in people.accounts(session, viewer.practice_id)}
    return [
        RosterRow(
            public_id=row.public_id,
            roster_id=row.roster_id,
            name=display_name(row.given_name, row.family_name, row.preferred_name, row.title),
            also=tuple(row.aliases),
            work=row.role,
            site=sites.get(row.site_id or 0, ""),
            active_from=row.active_from,
            active_to=row.active_to,
            email=emails.get(row.id, ""),
        )
        for row in rows
    ]


def pair(
    session: Session, *, viewer: Viewer, keep: str, remove: str
) -> tuple[RosterRow, RosterRow]:
    """Return two rows as they stand; raise `SameRow`, `NotFound`, or `BothSignIn`."""
    kept, gone = _pair(session, viewer, keep, remove)
    _one_account(session, kept, gone)
    first, second = _shown(session, viewer, [kept, gone])
    return first, second


def _pair(session: Session, viewer: Viewer, keep: str, remove: str) -> tuple[Staff, Staff]:
    if keep == remove:
        raise SameRow
    kept = people.staff_member(session, viewer.practice_id, keep)
    gone = people.staff_member(session, viewer.practice_id, remove)
    if kept is None or gone is None:
        raise NotFound
    return kept, gone


def _one_account(session: Session, kept: Staff, gone: Staff) -> tuple[Account | None, bool]:
    """Return an account that must be untied, and whether there is a second one that stays."""
    mine = people.account_of_staff(session, kept.id)
    theirs = people.account_of_staff(session, gone.id)
    if mine is None or theirs is None:
        return None, False
    if not (mine.disabled_at or theirs.disabled_at):
        raise BothSignIn
    return (mine if mine.disabled_at else theirs), True


def merge(session: Session, *, viewer: Viewer, keep: str, remove: str, moment: datetime) -> str:
    """Give everything of one row to the other and delete it, in one transaction; return the name.

    Raises `NotFound`, also where somebody merged one of them meanwhile, `SameRow`, `BothSignIn`.
    """
    imports.hold(session, viewer.practice_id)
    if keep == remove:
        raise SameRow
    rows = roster.lock(session, viewer.practice_id, (keep, remove))
    if len(rows) < 2:
        raise NotFound
    kept, gone = rows[keep], rows[remove]
    removed = gone.id
    _give(session, kept, gone)
    audit.note(
        session, practice_id=viewer.practice_id, account_id=viewer.account_id, moment=moment,
        verb="merge", noun="staff", noun_id=kept.id, facts={"removed": removed},
    )  # fmt: skip
    mastery.recompute(session, practice_id=viewer.practice_id, staff_id=kept.id, moment=moment)
    session.commit()
    return display_name(kept.given_name, kept.family_name, kept.preferred_name, kept.title)


def _give(session: Session, kept: Staff, gone: Staff) -> None:
    spare, _ = _one_account(session, kept, gone)
    if spare is not None:
        spare.staff_id = None
    kept.aliases = _aliases(kept, gone)
    kept.email = kept.email or gone.email
    kept.active_from = _outer(kept.active_from, gone.active_from, min)
    kept.active_to = _outer(kept.active_to, gone.active_to, max)
    doubled = roster.remarks_of_both(session, kept.id, gone.id)
    roster.lapse_doubled(session, kept.id, gone.id)
    roster.join(session, kept, gone, RULES)
    roster.raise_versions(session, doubled)
    _tidy_teams(session, roster.teams(session, kept.id))


def _outer(mine: date | None, theirs: date | None, pick: Any) -> date | None:
    """Return the earlier first or the later last day; an open end stays open."""
    return None if mine is None or theirs is None else pick(mine, theirs)


def _aliases(kept: Staff, gone: Staff) -> list[str]:
    """Return what the kept person is called besides their names, the other row's names included."""
    whole = f"{gone.given_name} {gone.family_name}" if gone.family_name != kept.family_name else ""
    known = {n.casefold() for n in (kept.given_name, kept.preferred_name, kept.family_name, "")}
    found = []
    for name in (*kept.aliases, *gone.aliases, gone.preferred_name, gone.given_name, whole):
        if name.casefold() not in known:
            known.add(name.casefold())
            found.append(name)
    return found


def _tidy_teams(session: Session, teams: list[Membership]) -> None:
    """Make one of memberships of the same team that touch or overlap."""
    last: dict[tuple[str, int | None], Membership] = {}
    for one in teams:
        before = last.get((one.role_group, one.site_id))
        if before and (before.ends_on is None or one.starts_on <= before.ends_on + timedelta(1)):
            before.ends_on = _outer(before.ends_on, one.ends_on, max)
            session.delete(one)
        else:
            last[one.role_group, one.site_id] = one


_STATES = ("rejected", "proposed", "disputed", "confirmed")


def _stronger_match(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> Values:
    """Keep the match that says more: decided before proposed, then the more confident."""

    def rank(row: Mapping[str, Any]) -> tuple[int, float]:
        return _STATES.index(row["state"]), row["confidence"]

    if rank(mine) >= rank(theirs):
        return {}
    columns = ("confidence", "certain", "evidence", "state", "decided_by", "decided_at", "shown_at")
    return {name: theirs[name] for name in columns}


def _either(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> Values:
    return {name: mine[name] or theirs[name] for name in ("on_visit", "tapped")}


def _some_part(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> Values:
    return {"part": mine["part"] or theirs["part"]}


def _both_words(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> Values:
    return {"words": f"{mine['words']}\n\n{theirs['words']}".strip()}


RULES: dict[str, Rule] = {
    "match": _stronger_match,
    "comment_staff": _either,
    "visit_staff": _some_part,
    "reflection": _both_words,
}
