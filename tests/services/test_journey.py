"""The journey map: five stages in their order, small numbers hidden, nobody found by what they rehearsed."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from tests.support.viewers import viewer_of
from tests.support.world import NOW, TODAY, World
from training.scenarios import catalogue
from training.services import journey as services
from training.services import plans
from training.services.journey import Journey, StageOfJourney
from training.services.people import NotFound
from training.services.plans import Draft
from training.services.signing_in import Viewer
from training.skills import STAGES
from training.store.tables import Play, ScenarioCopy, Site, Staff


@pytest.fixture
def dana(session: Session, world: World) -> Viewer:
    return viewer_of(session, world.account("manager"))


def look(session: Session, who: Viewer, site: str = "") -> Journey:
    return services.journey(session, viewer=who, site=site, catalogue=catalogue.load(), today=TODAY)


def at(found: Journey, stage: str) -> StageOfJourney:
    return next(one for one in found.stages if one.stage == stage)


def say(world: World, n: int, stage: str, *, critical: int = 0, **more: object) -> None:
    for i in range(n):
        given = {"theme": "wait_length", "skill": None, "day": date(2026, 2, 5), **more}
        sign = "negative" if i < critical else "positive"
        world.read_comment("Words.", sentiment=sign, stage=stage, **given)  # type: ignore[arg-type]


def finish(session: Session, staff: Staff, slug: str) -> None:
    """Say that somebody has finished a conversation."""
    scenario = catalogue.load().get(slug)
    if session.get(ScenarioCopy, scenario.digest) is None:
        session.add(ScenarioCopy(digest=scenario.digest, slug=slug, body=scenario.text))
        session.flush()
    session.add(
        Play(
            practice_id=staff.practice_id, staff_id=staff.id, slug=slug, digest=scenario.digest,
            seed=1, started_at=NOW, finished_at=NOW,
        )
    )  # fmt: skip
    session.commit()


def test_the_stages_stand_in_their_order_even_in_an_empty_practice(
    session: Session, dana: Viewer
) -> None:
    found = look(session, dana)
    assert [one.stage for one in found.stages] == list(STAGES)
    assert {(one.comments, one.praise, one.topics, one.plans) for one in found.stages} == {
        (0, None, (), ())
    }


def test_each_stage_has_its_comments_its_feeling_and_what_is_written_about_most(
    session: Session, world: World, dana: Viewer
) -> None:
    say(world, 12, "request", critical=9, theme="phone_system")
    say(world, 20, "assessment", critical=5)
    found = at(look(session, dana), "request")
    assert (found.comments, found.praise, found.criticism) == (12, 0.25, 0.75)
    assert [line.topic for line in found.topics] == ["phone_system"]


def test_the_order_is_the_same_however_it_hurts(
    session: Session, world: World, dana: Viewer
) -> None:
    say(world, 40, "ongoing", critical=40)
    say(world, 10, "awareness")
    assert [one.stage for one in look(session, dana).stages] == list(STAGES)


def test_a_stage_with_few_comments_shows_nothing_and_hides_another_with_it(
    session: Session, world: World, dana: Viewer
) -> None:
    say(world, 3, "treatment", critical=3)
    say(world, 12, "request")
    say(world, 20, "assessment")
    found = look(session, dana)
    assert (at(found, "treatment").comments, at(found, "treatment").topics) == (None, ())
    assert at(found, "request").comments is None
    assert at(found, "assessment").comments == 20


def test_one_site_can_be_looked_at_and_one_out_of_scope_cannot(
    session: Session, world: World, dana: Viewer
) -> None:
    mill = world.site("Mill Lane")
    say(world, 10, "request", site=mill)
    say(world, 15, "request")
    assert at(look(session, dana, mill.public_id), "request").comments == 10
    jo = viewer_of(session, world.account("manager", sites=[mill]))
    assert at(look(session, jo), "request").comments == 10
    with pytest.raises(NotFound):
        look(session, jo, world.site_one.public_id)


@pytest.mark.parametrize(("people", "said"), [(4, None), (5, 5)])
def test_how_many_rehearsed_is_said_from_five_people_on(
    session: Session, world: World, dana: Viewer, people: int, said: int | None
) -> None:
    scenario = next(iter(catalogue.load()))
    for n in range(people):
        finish(session, world.staff(f"Given{n}", f"Family{n}"), scenario.slug)
    found = at(look(session, dana), scenario.script.stage)
    trained = {one.skill: one.people for one in found.trained}
    assert trained[scenario.script.skills[0]] == said


def test_somebody_who_rehearsed_twice_counts_once(
    session: Session, world: World, dana: Viewer
) -> None:
    scenario = next(iter(catalogue.load()))
    everybody = [world.staff(f"Given{n}", f"Family{n}") for n in range(5)]
    for staff in [*everybody, everybody[0]]:
        finish(session, staff, scenario.slug)
    found = at(look(session, dana), scenario.script.stage)
    assert {one.skill: one.people for one in found.trained}[scenario.script.skills[0]] == 5


def plan(session: Session, who: Viewer, stage: str, site: Site | None, days: int = 0) -> str:
    owner = plans.choices(session, viewer=who).owners[0][0]
    where = site.public_id if site else ""
    day = TODAY + timedelta(days=days)
    draft = Draft("A plan", "Aim", "Change", "wait_length", stage, where, owner, 0.1, day)
    return plans.start(session, viewer=who, draft=draft, moment=NOW)


def test_plans_stand_at_their_stage_while_they_are_under_way(
    session: Session, world: World, dana: Viewer
) -> None:
    mill = world.site("Mill Lane")
    here = plan(session, dana, "request", None)
    plan(session, dana, "request", None, days=3)
    there = plan(session, dana, "request", mill)
    everywhere = plan(session, dana, "", None)
    found = look(session, dana)
    assert {one.public_id for one in at(found, "request").plans} == {here, there}
    assert [one.public_id for one in found.everywhere] == [everywhere]
    at_home = look(session, dana, world.site_one.public_id)
    assert [one.public_id for one in at(at_home, "request").plans] == [here]
