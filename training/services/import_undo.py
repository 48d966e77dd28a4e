"""Undoing an import: what it added goes, what it changed is put back, what is in use stays.

    visits.csv, yesterday   added V1 … V40        V7 has its comment     ──►  39 go, 1 stays
                            changed V50's site    V50 as the file said   ──►  put back

An import can be undone for seven days, once, as one transaction. A row that a later import touched,
that somebody changed since, or that anything has come to rest on stays as it is, and is said before
anybody is asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from training.services.import_trail import told, untold
from training.services.people import NotFound
from training.services.signing_in import Viewer
from training.store import audit, cases, erasing, import_runs, imports, references
from training.store.base import Base
from training.store.tables import ImportChange, ImportRun

UNDO_FOR = timedelta(days=7)
# The rows that people know an import by; the rest of what it touched belongs to these.
NOUNS = {"roster": "staff", "visits": "visit", "visit_staff": "visit_staff", "comments": "comment"}

# Teams follow their people, and whether a site is in use depends on which people go.
ORDER = ("comment", "visit_staff", "visit", "staff", "membership", "site")
# What an import makes beside its rows, and that goes with them.
PARTS = {"staff": ("membership",), "visit": ("invitation_mail",)}


class TooLate(Exception):
    """The import was done more than seven days ago."""


@dataclass(frozen=True, slots=True)
class Run:
    """An import that was done; `state` is open (can be undone), undone, or over."""

    public_id: str
    kind: str
    name: str
    by: str
    ran_at: datetime
    new: int
    changed: int
    state: str


@dataclass(frozen=True, slots=True)
class Undoing:
    """What undoing an import would do, or has done, in rows of its own kind.

    `later`: stay, a later import touched them. `changed_since`: stay, they are no longer what the
    file said. `in_use`: stay, something rests on them. `gone`: were not there any more.
    """

    removed: int
    restored: int
    later: int
    changed_since: int
    in_use: int
    gone: int

    @property
    def stay(self) -> int:
        """Return how many rows undoing leaves as they are."""
        return self.later + self.changed_since + self.in_use

    @property
    def anything(self) -> bool:
        """Return whether undoing does anything at all."""
        return bool(self.removed or self.restored)


@dataclass(slots=True)
class _Plan:
    """Rows by what is to become of them: numbers to remove, changes to put back, why others stay."""

    remove: dict[str, list[int]] = field(default_factory=dict)
    restore: list[ImportChange] = field(default_factory=list)
    stay: dict[tuple[str, int], str] = field(default_factory=dict)


def recent(session: Session, *, viewer: Viewer, moment: datetime) -> list[Run]:
    """Return the imports of the last seven days, newest first."""
    found = import_runs.recent(session, viewer.practice_id, moment - UNDO_FOR)
    return [_told(run, name, moment) for run, name in found]


def _told(run: ImportRun, by: str, moment: datetime) -> Run:
    over = moment - run.ran_at >= UNDO_FOR
    state = "undone" if run.undone_at else "over" if over else "open"
    return Run(
        run.public_id, run.kind, run.name, by, run.ran_at, run.new, run.changed, state
    )  # fmt: skip


def preview(
    session: Session, *, viewer: Viewer, public_id: str, moment: datetime
) -> tuple[Run, Undoing]:
    """Return an import with what undoing it would do now, or has done; raise `NotFound`."""
    run = _run(session, viewer, public_id)
    shown = _told(run, "", moment)
    if run.outcome is not None:
        return shown, Undoing(**run.outcome)
    return shown, _counted(run, _plan(session, run))


def _run(session: Session, viewer: Viewer, public_id: str) -> ImportRun:
    run = import_runs.one(session, viewer.practice_id, public_id)
    if run is None:
        raise NotFound
    return run


def undo(session: Session, *, viewer: Viewer, public_id: str, moment: datetime) -> Undoing:
    """Undo an import as far as it can be, in one transaction; asked again, say what was done.

    Raises `NotFound`, or `TooLate` after seven days.
    """
    imports.hold(session, viewer.practice_id)
    run = _run(session, viewer, public_id)
    if run.outcome is not None:
        return Undoing(**run.outcome)
    if moment - run.ran_at >= UNDO_FOR:
        raise TooLate
    plan = _plan(session, run)
    done = _counted(run, plan)
    _carry_out(session, plan)
    outcome = {name: getattr(done, name) for name in Undoing.__dataclass_fields__}
    import_runs.finish(session, run.id, moment, outcome)
    audit.note(
        session, practice_id=run.practice_id, account_id=viewer.account_id, moment=moment,
        verb="undo_import", noun=run.kind, noun_id=run.id, facts=dict(outcome),
    )  # fmt: skip
    session.commit()
    return done


def forget_trails(session: Session, *, moment: datetime) -> int:
    """Delete the trails of imports that can no longer be undone; return how many rows."""
    gone = import_runs.forget_trails(session, moment - UNDO_FOR)
    session.commit()
    return gone


def _plan(session: Session, run: ImportRun) -> _Plan:
    """Return what is to become of each row that an import touched."""
    plan, later = _Plan(), import_runs.touched_later(session, run.id)
    by_noun: dict[str, list[ImportChange]] = {}
    for change in import_runs.changes(session, run.id):
        by_noun.setdefault(change.noun, []).append(change)
    for noun in filter(by_noun.__contains__, ORDER):
        found = import_runs.rows(session, noun, [change.row_id for change in by_noun[noun]])
        for change in by_noun[noun]:
            why = _why_it_stays(change, found, later)
            if why:
                plan.stay[noun, change.row_id] = why
            elif change.added:
                plan.remove.setdefault(noun, []).append(change.row_id)
            else:
                plan.restore.append(change)
        _keep_what_is_used(session, plan, noun, found)
    return plan


def _why_it_stays(
    change: ImportChange, found: Mapping[int, Any], later: set[tuple[str, int]]
) -> str:
    row = found.get(change.row_id)
    if row is None:
        return "gone"
    if (change.noun, change.row_id) in later:
        return "later"
    differs = any(told(getattr(row, name)) != value for name, value in change.after.items())
    return "changed_since" if differs else ""


def _keep_what_is_used(session: Session, plan: _Plan, noun: str, found: Mapping[int, Any]) -> None:
    going = plan.remove.get(noun, [])
    for number in _used(session, plan, noun, going, found):
        going.remove(number)
        plan.stay[noun, number] = "in_use"
    if noun == "membership":
        _stay_with_their_people(plan, found)


def _used(
    session: Session, plan: _Plan, noun: str, going: list[int], found: Mapping[int, Any]
) -> set[int]:
    if noun == "comment":
        return import_runs.comments_worked_with(session, going)
    if noun == "visit_staff":
        return import_runs.parts_commented_on(session, going)
    if noun == "site":
        return _sites_used(session, plan, going)
    table = Base.metadata.tables[noun]
    return references.referred(session, table, going, ignoring=PARTS.get(noun, ()))


def _stay_with_their_people(plan: _Plan, found: Mapping[int, Any]) -> None:
    """Leave the teams of people whose own row stays as it is."""

    def stays(number: int) -> bool:
        return ("staff", found[number].staff_id) in plan.stay

    plan.remove["membership"] = [n for n in plan.remove.get("membership", []) if not stays(n)]
    plan.restore = [c for c in plan.restore if c.noun != "membership" or not stays(c.row_id)]


def _sites_used(session: Session, plan: _Plan, going: list[int]) -> set[int]:
    """Return the sites that something belongs to which this undoing neither removes nor moves."""
    table = Base.metadata.tables["site"]
    used = references.referred(session, table, going, ignoring=("staff", "membership"))
    leaving = {(noun, number) for noun, numbers in plan.remove.items() for number in numbers}
    leaving |= {(c.noun, c.row_id) for c in plan.restore if "site_id" in c.before}
    for noun in ("staff", "membership"):
        for number, site_id in import_runs.at_sites(session, noun, going):
            if (noun, number) not in leaving:
                used.add(site_id)
    return used


def _counted(run: ImportRun, plan: _Plan) -> Undoing:
    noun = NOUNS[run.kind]
    why = [reason for (of, _), reason in plan.stay.items() if of == noun]
    return Undoing(
        removed=len(plan.remove.get(noun, [])),
        restored=sum(change.noun == noun for change in plan.restore),
        later=why.count("later"),
        changed_since=why.count("changed_since"),
        in_use=why.count("in_use"),
        gone=why.count("gone"),
    )


def _carry_out(session: Session, plan: _Plan) -> None:
    comments = plan.remove.get("comment", [])
    erasing.forget_in_suggestions(session, comments)
    cases.drop(session, comments)
    for change in plan.restore:
        columns = Base.metadata.tables[change.noun].c
        values = {name: untold(columns[name], value) for name, value in change.before.items()}
        import_runs.put_back(session, change.noun, change.row_id, values)
    for noun in ORDER:
        references.drop(session, Base.metadata.tables[noun], plan.remove.get(noun, []))
