"""The debrief of a finished play, for the person alone: what it showed, and why they were given it.

moves ──► debrief (core) ─┐
remark or suggestion ─────┼──► Page
first answers, next step ─┘
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from training import periods
from training.feedback import suggestion_words
from training.feedback.suggestion import Reasons
from training.scenarios.catalogue import Catalogue, Scenario
from training.scenarios.debrief import Debrief, debrief
from training.scenarios.mastery import Mastery
from training.services import mastery, pinned, remarks, transfer_checks
from training.services.people import NotFound
from training.services.pinned import Run
from training.services.remarks import Shown
from training.services.signing_in import Viewer
from training.services.transfer_checks import Check
from training.store import people, plays


class NotFinished(Exception):
    """The conversation goes on: there is nothing to look back on yet."""


@dataclass(frozen=True, slots=True)
class Next:
    """A conversation not finished yet, and the skill of this play that it trains ("" for none)."""

    scenario: Scenario
    skill: str


@dataclass(frozen=True, slots=True)
class Page:
    """A debrief as its person sees it.

    `first_said` is what was said first, by number of the moments at which a line was taken back.
    `remark` and `sentence` say why the conversation was given: a patient's words or the numbers of
    a suggestion; neither where the person picked it. `check` is the transfer check that waits.
    """

    public_id: str
    scenario: Scenario
    debrief: Debrief
    finished_on: date
    first_said: Mapping[int, str]
    remark: Shown | None
    sentence: str
    mastery: Mapping[str, Mastery]
    next: Next | None
    reflection: str
    intention: str
    check: Check | None

    @property
    def is_check(self) -> bool:
        """Whether it was a transfer check, which is played once."""
        return self.scenario.script.kind == "transfer"


def page(
    session: Session, *, viewer: Viewer, public_id: str, catalogue: Catalogue, today: date
) -> Page:
    """Return the debrief of the viewer's own play; raise `NotFound`, `NotFinished`."""
    if viewer.staff_id is None:
        raise NotFound
    row = plays.own(session, viewer.practice_id, viewer.staff_id, public_id)
    if row is None:
        raise NotFound
    if row.finished_at is None:
        raise NotFinished
    run = pinned.runs(session, rows=[row])[0]
    found = debrief(run.scenario.script, run.kept, row.seed)
    zone = people.practice(session, viewer.practice_id).time_zone
    return Page(
        public_id=public_id,
        scenario=run.scenario,
        debrief=found,
        finished_on=periods.local_day(row.finished_at, zone),
        first_said=_first_said(run),
        remark=_remark(session, viewer, row.remark_id),
        sentence=_sentence(session, viewer, row.suggestion_id),
        mastery=mastery.of_person(session, viewer=viewer, today=today),
        next=_next(session, viewer, catalogue, found),
        reflection=row.reflection,
        intention=row.intention,
        check=_check(session, viewer, catalogue, run.scenario),
    )


def _check(
    session: Session, viewer: Viewer, catalogue: Catalogue, scenario: Scenario
) -> Check | None:
    waiting = transfer_checks.waiting(session, viewer=viewer, catalogue=catalogue)
    slug = catalogue.current(scenario.slug)
    return next((one for one in waiting if one.parent.slug == slug), None)


def _first_said(run: Run) -> dict[int, str]:
    """Return what was said first at each moment whose first answer was taken back."""
    first = {one.scene: one for one in reversed(run.moves)}
    found = {}
    for number, move in enumerate(run.kept, start=1):
        earlier = first[move.scene]
        choice = run.scenario.script.scenes[move.scene].choice(earlier.choice)
        if earlier.taken_back_at is not None and choice is not None:
            found[number] = choice.say
    return found


def _remark(session: Session, viewer: Viewer, remark_id: int | None) -> Shown | None:
    """Return the remark that led here, while it is still one that the person may see."""
    if remark_id is None:
        return None
    public_id = plays.remark_public_id(session, viewer.practice_id, remark_id)
    try:
        return remarks.remark_of(session, viewer=viewer, public_id=public_id or "")
    except NotFound:
        return None


def _sentence(session: Session, viewer: Viewer, suggestion_id: int | None) -> str:
    if suggestion_id is None or viewer.staff_id is None:
        return ""
    row = plays.suggestion(session, viewer.practice_id, viewer.staff_id, suggestion_id)
    return suggestion_words.sentence(Reasons.from_data(row.reasons)) if row else ""


def _next(session: Session, viewer: Viewer, catalogue: Catalogue, found: Debrief) -> Next | None:
    """Return a conversation for the skill with least credit that has one, else any of the role's."""
    assert viewer.staff_id is not None
    role = plays.person(session, viewer.practice_id, viewer.staff_id).role
    rows = plays.of_person(session, viewer.practice_id, viewer.staff_id)
    done = {catalogue.current(row.slug) for row in rows if row.finished_at}
    weakest_first = sorted(found.skills, key=lambda credit: credit.share)
    for credit in weakest_first:
        if scenario := _fresh(catalogue.for_skill(credit.skill, role), done):
            return Next(scenario, credit.skill)
    scenario = _fresh(catalogue.for_role(role), done)
    return Next(scenario, "") if scenario else None


def _fresh(scenarios: Iterable[Scenario], done: set[str]) -> Scenario | None:
    return next((one for one in scenarios if one.slug not in done), None)
