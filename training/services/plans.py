"""Improvement plans: what to change, who sees to it, and by which share of comments to tell.

    Draft ──write──► Plan: planned ─(its day comes)─► under way ──end──► kept, changed or stopped
                                                          ▲                        │
                                                          └───────── reopen ───────┘

A manager whose scope is some sites has plans of those sites only.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from training import skills
from training.services.people import NotFound
from training.services.signing_in import Viewer
from training.store import audit, people
from training.store import plans as store
from training.store.tables import Plan, PlanStep
from training.store.tables.plans import DECISIONS

LONGEST_NAME = 120
LONGEST_WORDS = 2000
LONGEST_STEP = 200
WHOLE_PRACTICE = "Whole practice"


class BadPlan(ValueError):
    """A plan cannot be kept like this; `field` names what is wrong and the text says why."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field = field


class State(StrEnum):
    """What a plan is at, in the words that pages use."""

    PLANNED = "Planned"
    UNDER_WAY = "Under way"
    KEPT = "Kept"
    CHANGED = "Changed"
    STOPPED = "Stopped"


OPEN = (State.PLANNED, State.UNDER_WAY)


@dataclass(frozen=True, slots=True)
class Draft:
    """A plan as it was typed; `site` and `owner` are public ids, `target` a share of 0–1.

    "" is the whole practice for `site`, and every stage for `stage`.
    """

    name: str
    aim: str
    change: str
    topic: str
    stage: str
    site: str
    owner: str
    target: float
    started_on: date
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choices:
    """What a plan's form offers: sites and owners, each (public id, name)."""

    sites: tuple[tuple[str, str], ...]
    owners: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan as lists show it; `site` is a name, its public id "" for the whole practice.

    next_review: None where none is to come.
    """

    public_id: str
    name: str
    topic: str
    stage: str
    site: str
    site_public_id: str
    owner: str
    state: State
    started_on: date
    next_review: date | None


@dataclass(frozen=True, slots=True)
class PlanWords:
    """All that was written of a plan itself."""

    line: PlanLine
    aim: str
    change: str
    target: float
    owner_public_id: str
    ended_on: date | None


def state_of(row: Plan, today: date) -> State:
    """Return what a plan is at on a day."""
    if row.decision:
        return State(row.decision.capitalize())
    return State.PLANNED if row.started_on > today else State.UNDER_WAY


def everyone(session: Session, *, viewer: Viewer, today: date) -> tuple[PlanLine, ...]:
    """Return the plans in the viewer's scope: those not ended first, the newest start first."""
    rows = store.of_practice(session, viewer.practice_id, viewer.site_ids)
    lines = _lines(session, viewer, rows, today)
    return tuple(sorted(lines, key=lambda line: line.state not in OPEN))


def _lines(session: Session, viewer: Viewer, rows: list[Plan], today: date) -> list[PlanLine]:
    sites = {row.id: row for row in people.sites(session, viewer.practice_id)}
    names = {one.id: one.name for one in people.accounts(session, viewer.practice_id)}
    coming = store.next_reviews(session, [row.id for row in rows])
    return [
        PlanLine(
            public_id=row.public_id,
            name=row.name,
            topic=row.topic,
            stage=row.stage or "",
            site=sites[row.site_id].name if row.site_id else WHOLE_PRACTICE,
            site_public_id=sites[row.site_id].public_id if row.site_id else "",
            owner=names.get(row.owner_id, ""),
            state=state_of(row, today),
            started_on=row.started_on,
            next_review=coming.get(row.id),
        )
        for row in rows
    ]


def read(session: Session, *, viewer: Viewer, public_id: str, today: date) -> PlanWords:
    """Return what was written of a plan; raise `NotFound`."""
    row = _row(session, viewer, public_id)
    owners = {one.id: one.public_id for one in people.accounts(session, viewer.practice_id)}
    return PlanWords(
        line=_lines(session, viewer, [row], today)[0],
        aim=row.aim,
        change=row.change,
        target=row.target,
        owner_public_id=owners.get(row.owner_id, ""),
        ended_on=row.ended_on,
    )


def choices(session: Session, *, viewer: Viewer) -> Choices:
    """Return the sites and the owners that a plan of the viewer's may have."""
    everywhere = () if viewer.site_ids else (("", WHOLE_PRACTICE),)
    sites = tuple(
        (row.public_id, row.name)
        for row in people.sites(session, viewer.practice_id)
        if not viewer.site_ids or row.id in viewer.site_ids
    )
    owners = store.owners(session, viewer.practice_id)
    return Choices((*everywhere, *sites), tuple((row.public_id, row.name) for row in owners))


def start(session: Session, *, viewer: Viewer, draft: Draft, moment: datetime) -> str:
    """Keep a new plan with its first steps and return its public id; raise `BadPlan`."""
    row = Plan(practice_id=viewer.practice_id, created_at=moment)
    _fill(session, viewer, row, draft)
    session.add(row)
    session.flush()
    session.add_all(
        PlanStep(practice_id=viewer.practice_id, plan_id=row.id, words=words)
        for words in _steps(draft.steps)
    )
    record(session, viewer=viewer, number=row.id, verb="start_plan", moment=moment)
    session.commit()
    return row.public_id


def rewrite(
    session: Session, *, viewer: Viewer, public_id: str, draft: Draft, moment: datetime
) -> None:
    """Change what was written of a plan; raise `NotFound` or `BadPlan`. Its steps stay."""
    row = _row(session, viewer, public_id)
    _fill(session, viewer, row, draft)
    record(session, viewer=viewer, number=row.id, verb="change_plan", moment=moment)
    session.commit()


def end(
    session: Session,
    *,
    viewer: Viewer,
    public_id: str,
    decision: str,
    today: date,
    moment: datetime,
) -> None:
    """Say what became of the change: kept, changed or stopped; raise `NotFound` or `BadPlan`."""
    row = _row(session, viewer, public_id)
    if decision not in DECISIONS:
        raise BadPlan("decision", "Choose what became of the change.")
    row.decision, row.ended_on = decision, today
    record(
        session,
        viewer=viewer,
        number=row.id,
        verb="end_plan",
        moment=moment,
        facts={"decision": decision},
    )
    session.commit()


def reopen(session: Session, *, viewer: Viewer, public_id: str, moment: datetime) -> None:
    """Take back that a plan was ended; raise `NotFound`."""
    row = _row(session, viewer, public_id)
    row.decision = row.ended_on = None
    record(session, viewer=viewer, number=row.id, verb="reopen_plan", moment=moment)
    session.commit()


def number_of(session: Session, *, viewer: Viewer, public_id: str) -> int:
    """Return the number of a plan in the viewer's scope; raise `NotFound`."""
    row = store.one(session, viewer.practice_id, viewer.site_ids, public_id)
    if row is None:
        raise NotFound
    return row.id


def record(
    session: Session,
    *,
    viewer: Viewer,
    number: int,
    verb: str,
    moment: datetime,
    facts: dict[str, audit.Fact] | None = None,
) -> None:
    """Record what was done to a plan, without a word of it. Does not commit."""
    audit.note(
        session, practice_id=viewer.practice_id, account_id=viewer.account_id, moment=moment,
        verb=verb, noun="plan", noun_id=number, facts=facts,
    )  # fmt: skip


def _row(session: Session, viewer: Viewer, public_id: str) -> Plan:
    return session.get_one(Plan, number_of(session, viewer=viewer, public_id=public_id))


def _fill(session: Session, viewer: Viewer, row: Plan, draft: Draft) -> None:
    row.name = _needed("name", draft.name, LONGEST_NAME, "Give the plan a name.")
    row.aim = _needed("aim", draft.aim, LONGEST_WORDS, "Say what should get better.")
    row.change = _needed("change", draft.change, LONGEST_WORDS, "Say what you will do differently.")
    if draft.topic not in {**skills.SKILLS, **skills.THEMES}:
        raise BadPlan("topic", "Choose what the plan is about.")
    if draft.stage and draft.stage not in skills.STAGES:
        raise BadPlan("stage", "Choose a stage, or every stage.")
    if not 0 <= draft.target <= 1:
        raise BadPlan("target", "The target is a number from 0 to 100.")
    row.topic, row.stage, row.target = draft.topic, draft.stage or None, draft.target
    row.started_on, row.site_id = draft.started_on, _site(session, viewer, draft.site)
    row.owner_id = _owner(session, viewer, draft.owner, row.owner_id)


def _needed(field: str, text: str, longest: int, otherwise: str) -> str:
    text = text.strip()
    if not text:
        raise BadPlan(field, otherwise)
    if len(text) > longest:
        raise BadPlan(field, f"Use at most {longest:,} characters.")
    return text


def _site(session: Session, viewer: Viewer, public_id: str) -> int | None:
    if not public_id and not viewer.site_ids:
        return None
    for row in people.sites(session, viewer.practice_id):
        if row.public_id == public_id and (not viewer.site_ids or row.id in viewer.site_ids):
            return row.id
    raise BadPlan("site", "Choose a site.")


def _owner(session: Session, viewer: Viewer, public_id: str, before: int | None) -> int:
    """Return the owner's account; who has left may stay the owner of a plan, not become it."""
    found = people.account(session, viewer.practice_id, public_id)
    if found is None or (found.disabled_at and found.id != before):
        raise BadPlan("owner", "Choose who sees to the plan.")
    return found.id


def _steps(texts: tuple[str, ...]) -> list[str]:
    if any(len(text.strip()) > LONGEST_STEP for text in texts):
        raise BadPlan("steps", f"Use at most {LONGEST_STEP} characters a step.")
    return [text.strip() for text in texts if text.strip()]
