"""A plan's chart: limits from the months before, its outcome in the fixed words, and small numbers."""

from datetime import date

import pytest
from sqlalchemy import inspect
from sqlalchemy.orm import Session

from tests.support.viewers import viewer_of
from tests.support.world import NOW, TODAY, World
from training.periods import last_full_months
from training.services import plan_chart, plans, trends
from training.services.people import NotFound
from training.services.plan_chart import Following
from training.services.plans import Draft
from training.services.signing_in import Viewer
from training.store.tables import Answer, Comment, Remark, RemarkTheme
from training.trends.plan import PlanOutcome


@pytest.fixture
def dana(session: Session, world: World) -> Viewer:
    return viewer_of(session, world.account("manager"))


def fill(world: World, months: int, comments: int, critical: int) -> None:
    """Leave so many comments in each of the last full months, some of them about the phones."""
    world.read_comment("One to be like.", day=date(2020, 1, 1), stage="request")
    like = world.session.query(Comment).filter_by(local_day=date(2020, 1, 1)).one()
    values = {c.key: getattr(like, c.key) for c in inspect(Comment).columns}
    days = [month.start for month in last_full_months(months, TODAY) for _ in range(comments)]
    rows = [
        Comment(**{**values, "id": None, "public_id": None, "import_ref": None, "local_day": day})
        for day in days
    ]
    world.session.add_all(rows)
    world.session.flush()
    answer = world.session.query(Answer).filter_by(comment_id=like.id).one()
    remarks = [
        Remark(
            practice_id=world.practice.id, comment_id=row.id, answer_id=answer.id, start=0, stop=5,
            sentiment="negative", score=-0.8, cause="system", state="settled",
        )
        for n, row in enumerate(rows)
        if n % comments < critical
    ]  # fmt: skip
    world.session.add_all(remarks)
    world.session.flush()
    world.session.add_all(
        RemarkTheme(practice_id=world.practice.id, remark_id=one.id, theme="phone_system")
        for one in remarks
    )
    world.session.commit()


def plan(session: Session, who: Viewer, started_on: date, stage: str = "request") -> str:
    owner = plans.choices(session, viewer=who).owners[0][0]
    draft = Draft(
        "Phones", "Fewer rings", "Ring back", "phone_system", stage, "", owner, 0.1, started_on
    )
    return plans.start(session, viewer=who, draft=draft, moment=NOW)


def follow(session: Session, who: Viewer, public_id: str) -> Following:
    return plan_chart.following(session, viewer=who, public_id=public_id, today=TODAY)


def test_limits_come_from_the_months_before_the_plan_and_stay(
    session: Session, world: World, dana: Viewer
) -> None:
    fill(world, 13, 10, 4)
    found = follow(session, dana, plan(session, dana, date(2026, 2, 1)))
    points = [month.point for month in found.months if month.point]
    assert len(points) == 13
    assert {round(point.centre, 3) for point in points} == {0.4}
    assert found.outcome is PlanOutcome.TOO_EARLY
    assert (found.share_before, found.share_since, found.met) == (0.4, 0.4, False)


def test_the_month_a_plan_began_in_is_not_among_those_its_limits_come_from(
    session: Session, world: World, dana: Viewer
) -> None:
    fill(world, 13, 10, 4)
    found = follow(session, dana, plan(session, dana, date(2026, 2, 20)))
    assert found.counted == "12 months with at least 10 comments before the start, 1 since."


def test_with_fewer_than_twelve_months_before_there_are_no_limits(
    session: Session, world: World, dana: Viewer
) -> None:
    fill(world, 4, 10, 4)
    found = follow(session, dana, plan(session, dana, date(2026, 2, 1)))
    assert found.outcome is PlanOutcome.NO_BASELINE
    assert not any(month.point for month in found.months)
    assert (found.share_before, found.share_since) == (0.4, 0.4)


def test_a_month_of_nine_comments_is_neither_drawn_nor_added_up(
    session: Session, world: World, dana: Viewer
) -> None:
    fill(world, 3, 9, 9)
    found = follow(session, dana, plan(session, dana, date(2026, 2, 1)))
    assert (found.share_before, found.share_since, found.met) == (None, None, None)


def test_a_plan_without_any_comment_cannot_tell(session: Session, dana: Viewer) -> None:
    found = follow(session, dana, plan(session, dana, TODAY))
    assert (found.outcome, found.months) == (PlanOutcome.NO_BASELINE, ())


def test_only_the_plans_stage_counts(session: Session, world: World, dana: Viewer) -> None:
    fill(world, 2, 10, 4)
    found = follow(session, dana, plan(session, dana, date(2026, 3, 1), "treatment"))
    assert found.share_before is None


def test_months_that_were_read_otherwise_are_left_out(
    session: Session, world: World, dana: Viewer
) -> None:
    fill(world, 13, 10, 4)
    for row in session.query(Comment).filter(Comment.local_day < date(2025, 12, 1)):
        row.reader = "older/1"
    session.commit()
    found = follow(session, dana, plan(session, dana, date(2026, 2, 1)))
    assert found.reread
    assert found.counted == "2 months with at least 10 comments before the start, 1 since."


def test_another_practices_plan_has_no_chart(
    session: Session, dana: Viewer, other_world: World
) -> None:
    made = plan(session, dana, TODAY)
    with pytest.raises(NotFound):
        follow(session, viewer_of(session, other_world.account("manager")), made)


def test_the_trend_of_a_plans_topic_is_marked_with_its_start_and_no_other_is(
    session: Session, dana: Viewer
) -> None:
    plan(session, dana, date(2026, 2, 1))
    for topic, marks in (("phone_system", ["Plan: Phones"]), ("wait_length", []), ("", [])):
        page = trends.page(session, viewer=dana, topic=topic, site="", today=TODAY)
        assert [mark.label for mark in page.trend.marks] == marks
