"""The monthly report and the huddle's sheet: thanks first, small numbers hidden, reading audited."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.support.viewers import viewer_of
from tests.support.world import NOW, TODAY, World
from training.scenarios import catalogue
from training.services import plan_work, plans, sheets
from training.services import report as services
from training.services.people import NotFound
from training.services.plans import Draft
from training.services.report import Report
from training.services.signing_in import Viewer
from training.store.tables import Audit, Staff

FEBRUARY = date(2026, 2, 5)


@pytest.fixture
def dana(session: Session, world: World) -> Viewer:
    return viewer_of(session, world.account("manager"))


def report(session: Session, who: Viewer, *, site: str = "", month: str = "") -> Report:
    return services.report(session, viewer=who, site=site, month=month, today=TODAY, moment=NOW)


def say(world: World, n: int, critical: int, text: str = "Words.", **more: object) -> None:
    for i in range(n):
        given = {"theme": "wait_length", "skill": None, "day": FEBRUARY, **more}
        sign = "negative" if i < critical else "positive"
        world.read_comment(text, sentiment=sign, **given)  # type: ignore[arg-type]


def plan(session: Session, who: Viewer, name: str = "Shorter waits") -> str:
    owner = plans.choices(session, viewer=who).owners[0][0]
    draft = Draft(name, "Aim", "Change", "wait_length", "", "", owner, 0.1, FEBRUARY)
    return plans.start(session, viewer=who, draft=draft, moment=NOW)


def test_the_report_is_of_the_last_full_month(session: Session, world: World, dana: Viewer) -> None:
    say(world, 12, 3)
    found = report(session, dana)
    assert (found.month, found.period.label) == ("2026-02", "Feb 2026")
    assert (found.comments, found.praise, found.criticism) == (12, 0.75, 0.25)
    assert [line.topic for line in found.praised] == ["wait_length"]


def test_an_empty_month_has_a_report_too(session: Session, dana: Viewer) -> None:
    found = report(session, dana)
    assert (found.comments, found.praise, found.quotes, found.topics, found.plans) == (
        0, None, (), (), (),
    )  # fmt: skip
    assert found.finding == "No comments in these months."


def test_four_comments_are_not_shown_nor_quoted(
    session: Session, world: World, dana: Viewer
) -> None:
    say(world, 4, 0, question="went_well")
    found = report(session, dana)
    assert (found.comments, found.praise, found.quotes, found.praised) == (None, None, (), ())


def test_praise_is_quoted_as_a_manager_may_read_it_and_that_is_audited(
    session: Session, world: World, dana: Viewer
) -> None:
    world.staff("Ada", "Moss")
    say(world, 6, 0, "Nurse Moss was kind to me.", question="went_well")
    say(world, 6, 0, "Left to learn nothing from.", question="went_well", may_learn=False)
    say(world, 6, 0, "General words.", question="general")
    found = report(session, dana)
    assert len(found.quotes) == 3
    assert all("Moss" not in words and "was kind to me." in words for words in found.quotes)
    (row,) = session.query(Audit).filter_by(verb="read_comments")
    assert row.facts["month"] == "2026-02"


def test_long_praise_is_not_cut_but_left_out(session: Session, world: World, dana: Viewer) -> None:
    say(world, 6, 0, "So kind. " * 40, question="went_well")
    assert report(session, dana).quotes == ()


def test_another_month_or_site_can_be_chosen_and_an_odd_one_cannot(
    session: Session, world: World, dana: Viewer
) -> None:
    mill = world.site("Mill Lane")
    say(world, 10, 0, site=mill, day=date(2026, 1, 5))
    assert report(session, dana, site=mill.public_id, month="2026-01").comments == 10
    for given in ({"month": "2026-03"}, {"month": "soon"}, {"site": "nowhere"}):
        with pytest.raises(NotFound):
            report(session, dana, **given)


def test_plans_come_with_the_steps_that_are_due(session: Session, dana: Viewer) -> None:
    first = plan(session, dana)
    for words, due in (
        ("Soon", date(2026, 4, 1)),
        ("Late", date(2026, 3, 1)),
        ("Far", date(2026, 6, 1)),
    ):
        plan_work.add_step(
            session, viewer=dana, public_id=first, words=words, who="", due_on=due, moment=NOW
        )  # fmt: skip
    found = report(session, dana)
    assert [line.public_id for line in found.plans] == [first]
    assert [one.words for one in found.steps] == ["Late", "Soon"]


def test_a_plan_that_ended_in_the_month_is_named_and_its_steps_are_over(
    session: Session, dana: Viewer
) -> None:
    done = plan(session, dana)
    plan_work.add_step(
        session, viewer=dana, public_id=done, words="A", who="", due_on=TODAY, moment=NOW
    )  # fmt: skip
    plans.end(
        session, viewer=dana, public_id=done, decision="kept", today=date(2026, 2, 20), moment=NOW
    )
    found = report(session, dana)
    assert ([one.public_id for one in found.ended], found.plans, found.steps) == ([done], (), ())
    assert report(session, dana, month="2026-01").ended == ()


def huddle(session: Session, who: Viewer, world: World) -> sheets.Huddle:
    return sheets.huddle(
        session, viewer=who, role_group="nursing", site=world.site_one.public_id,
        catalogue=catalogue.load(), today=TODAY,
    )  # fmt: skip


def about(world: World, staff: Staff, skill: str, n: int, critical: int) -> None:
    for i in range(n):
        world.read_comment(
            "Words.", about=staff, skill=skill, day=FEBRUARY, state="confirmed",
            match_state="confirmed", sentiment="negative" if i < critical else "positive",
        )  # fmt: skip


def test_a_huddle_opens_with_praise_and_has_one_thing_to_talk_about(
    session: Session, world: World, dana: Viewer
) -> None:
    nurse = world.staff("Ada", "Moss")
    about(world, nurse, "explaining", 12, 6)
    about(world, nurse, "empathy", 11, 0)
    found = huddle(session, dana, world)
    assert found.thanks is not None
    assert found.talk is not None
    assert (found.thanks.topic, found.talk.topic) == ("empathy", "explaining")
    assert found.conversation in {one.script.title for one in catalogue.load()}


def test_a_team_with_few_comments_has_a_sheet_without_numbers(
    session: Session, world: World, dana: Viewer
) -> None:
    about(world, world.staff("Ada", "Moss"), "explaining", 4, 4)
    found = huddle(session, dana, world)
    assert (found.thanks, found.talk, found.conversation) == (None, None, "")


def test_a_team_that_does_not_exist_has_no_sheet(
    session: Session, world: World, dana: Viewer
) -> None:
    with pytest.raises(NotFound):
        huddle(session, dana, world)
