"""The journey map: the five stages of a patient's way, and what stands at each of them.

    First contact     Request          Assessment …
    34 comments       120 comments     410 comments
    praise 60%        praise 41%       praise 72%
    websites          the phones       waits, explaining        what is written about most
    –                 6 people         12 people rehearsed      fewer than five: not said
                      1 plan           2 plans                  under way

Stages stand in the order of the journey, never by any number.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy.orm import Session

from training import skills
from training.periods import Period
from training.scenarios.catalogue import Catalogue
from training.services import plans, selection, topics
from training.services.plans import PlanLine, State
from training.services.selection import Chosen, Filters
from training.services.signing_in import Viewer
from training.services.topics import TopicLine, TopicSets, share
from training.store import counts, practised
from training.trends.sets import ANY, add_up
from training.trends.suppress import FEWEST_SHOWN

TOP = 3


@dataclass(frozen=True, slots=True)
class Trained:
    """A skill that conversations of a stage train; people: who finished one; None: fewer than five."""

    skill: str
    people: int | None


@dataclass(frozen=True, slots=True)
class StageOfJourney:
    """What stands at one stage; comments None: too few to show; shares None below ten comments."""

    stage: str
    comments: int | None
    praise: float | None
    criticism: float | None
    topics: tuple[TopicLine, ...]
    trained: tuple[Trained, ...]
    plans: tuple[PlanLine, ...]


@dataclass(frozen=True, slots=True)
class Journey:
    """The whole way, over the last twelve full months and the one that is running.

    everywhere: plans under way that are about every stage.
    """

    site: str
    sites: tuple[tuple[str, str], ...]
    period: Period
    stages: tuple[StageOfJourney, ...]
    everywhere: tuple[PlanLine, ...]


def journey(
    session: Session, *, viewer: Viewer, site: str, catalogue: Catalogue, today: date
) -> Journey:
    """Return the journey map of the viewer's sites, or of one (a public id); raise `NotFound`."""
    chosen = selection.choose(session, viewer=viewer, filters=Filters(site=site), today=today)
    sets = topics.topic_sets(session, chosen=chosen)
    found = counts.by_sign(session, chosen.at.scope)
    feeling = {sign: add_up(found[sign]) for sign in counts.SIGNS}
    trained = _trained(session, viewer, chosen, catalogue)
    under_way = _under_way(session, viewer, site, today)
    views = {stage: (chosen.view[0], stage, ANY) for stage in skills.STAGES}
    comments = {stage: chosen.whole.count(view) for stage, view in views.items()}
    return Journey(
        site=site,
        sites=chosen.at.site_names,
        period=chosen.at.period,
        stages=tuple(
            StageOfJourney(
                stage=stage,
                comments=comments[stage],
                praise=share(feeling["positive"][view], comments[stage]),
                criticism=share(feeling["negative"][view], comments[stage]),
                topics=_top(sets, view),
                trained=trained[stage],
                plans=tuple(plan for plan in under_way if plan.stage == stage),
            )
            for stage, view in views.items()
        ),
        everywhere=tuple(plan for plan in under_way if not plan.stage),
    )


def _top(sets: TopicSets, view: tuple[object, ...]) -> tuple[TopicLine, ...]:
    """Return what is written about most at a stage; what is hidden is not named either."""
    lines = (line for line in topics.lines_of(sets, view) if line.comments is not None)
    return tuple(lines)[:TOP]


def _trained(
    session: Session, viewer: Viewer, chosen: Chosen, catalogue: Catalogue
) -> dict[str, tuple[Trained, ...]]:
    """Return by stage the skills that its conversations train, by name."""
    since = datetime.combine(chosen.at.period.start, time.min, UTC)
    sites = (int(str(chosen.view[0])),) if chosen.filters.site else viewer.site_ids
    finished = practised.finished(session, viewer.practice_id, sites, since)
    who: dict[str, dict[str, set[int]]] = {stage: {} for stage in skills.STAGES}
    for scenario in catalogue:
        people = set[int]().union(*(finished.get(slug, ()) for slug in scenario.slugs))
        for skill in scenario.script.skills:
            who[scenario.script.stage].setdefault(skill, set()).update(people)
    return {stage: _counted(found) for stage, found in who.items()}


def _counted(found: dict[str, set[int]]) -> tuple[Trained, ...]:
    return tuple(
        Trained(skill, len(people) if len(people) >= FEWEST_SHOWN else None)
        for skill, people in sorted(found.items(), key=lambda pair: skills.topic_name(pair[0]))
    )


def _under_way(session: Session, viewer: Viewer, site: str, today: date) -> list[PlanLine]:
    """Return the plans that run, those of the site and of the whole practice."""
    lines = plans.everyone(session, viewer=viewer, today=today)
    return [
        line
        for line in lines
        if line.state is State.UNDER_WAY and (not site or line.site_public_id in {"", site})
    ]
