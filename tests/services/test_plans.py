"""Improvement plans: what is kept, what is refused, who sees which, and that each act is audited."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.support.viewers import viewer_of
from tests.support.world import NOW, TODAY, World
from training.services import plan_work, plans
from training.services.people import NotFound
from training.services.plans import BadPlan, Draft, State
from training.services.signing_in import Viewer
from training.store.tables import Account, Audit


@pytest.fixture
def owner(world: World) -> Account:
    return world.account("manager", name="Dana Whitlock")


@pytest.fixture
def dana(session: Session, owner: Account) -> Viewer:
    return viewer_of(session, owner)


@pytest.fixture
def draft(owner: Account) -> Draft:
    return Draft(
        name="No silent waits",
        aim="Everybody hears from us before they ask.",
        change="Somebody says every 20 minutes who is late.",
        topic="keeping_informed",
        stage="assessment",
        site="",
        owner=owner.public_id,
        target=0.15,
        started_on=TODAY,
        steps=("Agree who tells patients", " ", "Try it for two weeks"),
    )


def start(session: Session, who: Viewer, draft: Draft) -> str:
    return plans.start(session, viewer=who, draft=draft, moment=NOW)


def state(session: Session, who: Viewer, public_id: str, today: date = TODAY) -> State:
    return plans.read(session, viewer=who, public_id=public_id, today=today).line.state


def test_a_plan_is_kept_with_its_steps_and_found_in_the_list(
    session: Session, dana: Viewer, draft: Draft
) -> None:
    made = start(session, dana, draft)
    (line,) = plans.everyone(session, viewer=dana, today=TODAY)
    assert (line.public_id, line.name, line.owner) == (made, "No silent waits", "Dana Whitlock")
    assert (line.site, line.state) == ("Whole practice", State.UNDER_WAY)
    work = plan_work.read(session, viewer=dana, public_id=made, today=TODAY)
    assert [one.words for one in work.steps] == ["Agree who tells patients", "Try it for two weeks"]


def test_a_plan_that_starts_later_is_planned_until_its_day(
    session: Session, dana: Viewer, draft: Draft
) -> None:
    made = start(session, dana, replace(draft, started_on=date(2026, 4, 1)))
    assert state(session, dana, made) is State.PLANNED
    assert state(session, dana, made, date(2026, 4, 1)) is State.UNDER_WAY


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "  "),
        ("name", "x" * 121),
        ("aim", ""),
        ("change", "x" * 2001),
        ("topic", "weather"),
        ("stage", "lunch"),
        ("site", "nowhere"),
        ("owner", "nobody"),
        ("target", 1.01),
        ("steps", ("x" * 201,)),
    ],
)
def test_what_is_wrong_with_a_plan_is_said_of_its_field(
    session: Session, dana: Viewer, draft: Draft, field: str, value: object
) -> None:
    with pytest.raises(BadPlan) as caught:
        start(session, dana, replace(draft, **{field: value}))  # type: ignore[arg-type]
    assert caught.value.field == field
    session.rollback()
    assert plans.everyone(session, viewer=dana, today=TODAY) == ()


def test_who_has_left_stays_the_owner_and_becomes_it_no_more(
    session: Session, world: World, dana: Viewer, draft: Draft
) -> None:
    leaver = world.account("staff", name="Theo Lane")
    made = start(session, dana, replace(draft, owner=leaver.public_id))
    leaver.disabled_at = NOW
    session.commit()
    kept = replace(draft, owner=leaver.public_id, name="Better")
    plans.rewrite(session, viewer=dana, public_id=made, draft=kept, moment=NOW)
    assert plans.read(session, viewer=dana, public_id=made, today=TODAY).line.owner == "Theo Lane"
    with pytest.raises(BadPlan, match="who sees to the plan"):
        start(session, dana, kept)


def test_ended_plans_come_last_and_can_be_gone_on_with(
    session: Session, dana: Viewer, draft: Draft
) -> None:
    first = start(session, dana, replace(draft, started_on=date(2026, 3, 15)))
    older = start(session, dana, replace(draft, started_on=date(2026, 1, 1)))
    plans.end(
        session, viewer=dana, public_id=first, decision="kept", today=TODAY, moment=NOW
    )  # fmt: skip
    listed = plans.everyone(session, viewer=dana, today=TODAY)
    assert [one.public_id for one in listed] == [older, first]
    assert state(session, dana, first) is State.KEPT
    plans.reopen(session, viewer=dana, public_id=first, moment=NOW)
    assert state(session, dana, first) is State.UNDER_WAY


def test_a_plan_is_ended_by_a_known_word_only(session: Session, dana: Viewer, draft: Draft) -> None:
    made = start(session, dana, draft)
    with pytest.raises(BadPlan):
        plans.end(session, viewer=dana, public_id=made, decision="", today=TODAY, moment=NOW)


def test_another_practices_plan_is_not_there(
    session: Session, dana: Viewer, draft: Draft, other_world: World
) -> None:
    made = start(session, dana, draft)
    stranger = viewer_of(session, other_world.account("manager"))
    assert plans.everyone(session, viewer=stranger, today=TODAY) == ()
    with pytest.raises(NotFound):
        plans.read(session, viewer=stranger, public_id=made, today=TODAY)
    with pytest.raises(NotFound):
        plans.rewrite(session, viewer=stranger, public_id=made, draft=draft, moment=NOW)


def test_a_manager_of_one_site_has_plans_of_that_site_only(
    session: Session, world: World, dana: Viewer, draft: Draft
) -> None:
    mill = world.site("Mill Lane")
    jo = viewer_of(session, world.account("manager", sites=[mill]))
    start(session, dana, draft)
    own = start(session, jo, replace(draft, site=mill.public_id))
    assert [one.public_id for one in plans.everyone(session, viewer=jo, today=TODAY)] == [own]
    assert plans.choices(session, viewer=jo).sites == ((mill.public_id, "Mill Lane"),)
    for elsewhere in ("", world.site_one.public_id):
        with pytest.raises(BadPlan, match="Choose a site"):
            start(session, jo, replace(draft, site=elsewhere))


def test_each_act_is_audited_without_a_word_of_the_plan(
    session: Session, dana: Viewer, draft: Draft
) -> None:
    made = start(session, dana, draft)
    plans.end(session, viewer=dana, public_id=made, decision="stopped", today=TODAY, moment=NOW)
    plans.reopen(session, viewer=dana, public_id=made, moment=NOW)
    rows = session.query(Audit).filter_by(noun="plan").order_by(Audit.id).all()
    assert [row.verb for row in rows] == ["start_plan", "end_plan", "reopen_plan"]
    assert [row.facts for row in rows] == [{}, {"decision": "stopped"}, {}]
