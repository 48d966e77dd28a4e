"""A person's learning records: every decision they took in a conversation, for them to take along.

    play 7c…  1 arrive  "We are busy."    taken back   .20 of the best
              1 arrive  "Fifty minutes…"               1
    ──► Answered, Answered, …  ──► a CSV file, or xAPI statements (integrations.xapi)

What was written in private (reflections, plans) and what patients said about the person is not in it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from training.scenarios.catalogue import Scenario
from training.scenarios.debrief import moments_of
from training.scenarios.key import decision
from training.scenarios.play import Move, Position, replay
from training.services import pinned
from training.services.people import NotFound
from training.services.pinned import Recall, Run
from training.services.signing_in import Viewer
from training.skills import topic_name
from training.store import own, people, plays, refreshers

HEADS = (
    *("When", "Kind", "Conversation", "Version", "Moment", "You said", "Credit (0 to 1)"),
    *("Skills", "Hint opened", "Taken back"),
)


@dataclass(frozen=True, slots=True)
class Answered:
    """One decision: what was offered and chosen, and what it earned.

    `share` is the credit as a share of the best reply's, None where a panel disagreed; `best` the
    best reply's id, "" then. `state` is what the conversation remembered before it.
    """

    run: str
    number: int
    kind: str
    scenario: Scenario
    scene: str
    title: str
    offered: Sequence[tuple[str, str]]
    choice: str
    said: str
    share: float | None
    best: str
    skills: tuple[str, ...]
    hinted: bool
    taken_back: bool
    state: Mapping[str, int | bool]
    at: datetime


@dataclass(frozen=True, slots=True)
class Records:
    """Everything one person answered, oldest first; `person` names their account by its public id."""

    person: str
    answers: tuple[Answered, ...]
    zone: str


def collect(session: Session, *, viewer: Viewer) -> Records:
    """Return the viewer's own records; raise `NotFound` for somebody who is on no roster."""
    if viewer.staff_id is None:
        raise NotFound
    place = (viewer.practice_id, viewer.staff_id)
    runs = pinned.runs(session, rows=plays.of_person(session, *place))
    recalls = pinned.recalls(session, rows=refreshers.of_person(session, *place))
    answers = [*_of_runs(runs), *_of_recalls(recalls)]
    return Records(
        person=own.account(session, viewer.account_id).public_id,
        answers=tuple(sorted(answers, key=lambda one: one.at)),
        zone=people.practice(session, viewer.practice_id).time_zone,
    )


def rows(found: Records) -> list[tuple[str, ...]]:
    """Return records as a table, its heads first; times are those of the practice."""
    return [HEADS, *(_row(one, ZoneInfo(found.zone)) for one in found.answers)]


def _row(one: Answered, zone: ZoneInfo) -> tuple[str, ...]:
    return (
        f"{one.at.astimezone(zone):%Y-%m-%d %H:%M}",
        one.kind,
        one.scenario.script.title,
        str(one.scenario.script.version),
        str(one.number),
        one.said,
        "not scored" if one.share is None else f"{one.share:.2f}",
        "; ".join(topic_name(skill) for skill in one.skills),
        "yes" if one.hinted else "",
        "yes" if one.taken_back else "",
    )


def _of_runs(runs: Iterable[Run]) -> Iterator[Answered]:
    for run in runs:
        line: list[Move] = []
        for number, row in enumerate(run.moves, start=1):
            line = [*line[: row.number - 1], Move(row.scene, row.choice, row.hinted)]
            if row.carried:  # it was answered in an earlier play
                continue
            found = replay(run.scenario.script, line, run.row.seed)
            yield _answered(
                found, run.scenario, run.row.public_id, number, run.scenario.script.kind,
                taken_back=row.taken_back_at is not None, at=row.at,
            )  # fmt: skip


def _of_recalls(recalls: Iterable[Recall]) -> Iterator[Answered]:
    for one in recalls:
        if one.row.answered_at is not None:
            found = one.position
            yield _answered(
                found, one.scenario, one.row.public_id, 1, "refresher", taken_back=False,
                at=one.row.answered_at,
            )  # fmt: skip


def _answered(
    found: Position,
    scenario: Scenario,
    run: str,
    number: int,
    kind: str,
    *,
    taken_back: bool,
    at: datetime,
) -> Answered:
    moment, step = moments_of(scenario.script, found)[-1], found.steps[-1]
    key = decision(scenario.script, moment.scene)
    return Answered(
        run=run,
        number=number,
        kind=kind,
        scenario=scenario,
        scene=moment.scene,
        title=moment.title,
        offered=[(one.id, one.say) for one in scenario.script.scenes[moment.scene].choices],
        choice=step.choice.id,
        said=moment.you_said,
        share=moment.quality if moment.scored else None,
        best=key.best if moment.scored else "",
        skills=key.skills,
        hinted=moment.hinted,
        taken_back=taken_back,
        state=step.before,
        at=at,
    )
