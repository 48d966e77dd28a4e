"""Rates by role: what is counted, of whom, and that small roles and small numbers are not shown."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.support.viewers import viewer_of
from tests.support.world import NOW, World
from training.services import role_rates
from training.services.role_rates import RoleLine
from training.store.tables import Dispute, Match, Staff, Suggestion

FEBRUARY = date(2026, 2, 3)


@pytest.fixture
def desk(world: World) -> list[Staff]:
    return [world.staff(f"D{n}", "Desk", role="receptionist") for n in range(6)]


@pytest.fixture
def nurses(world: World) -> list[Staff]:
    return [world.staff(f"N{n}", "Nurse") for n in range(6)]


def tied(world: World, people: list[Staff], kept: int, taken: int, **more: Any) -> list[Match]:
    """Add remarks that were surely tied to people and decided; return the ties that stayed."""
    made = []
    for number in range(kept + taken):
        state = "confirmed" if number < kept else "rejected"
        given = {
            "state": state, "match_state": state, "day": FEBRUARY,
            "shown_at": NOW if number < kept else None, **more,
        }  # fmt: skip
        _, _, match = world.read_comment("Said.", about=people[number % len(people)], **given)
        assert match
        made.append(match)
    return made[:kept]


def disputed(session: Session, match: Match, outcome: str | None = None) -> None:
    session.add(
        Dispute(
            practice_id=match.practice_id, remark_id=match.remark_id, staff_id=match.staff_id,
            ground="not_about_me", before={}, made_at=NOW, made_on=NOW.date(),
            due_on=NOW.date() + timedelta(days=14), outcome=outcome,
            closed_at=NOW if outcome else None,
        )
    )  # fmt: skip
    session.commit()


def offered(session: Session, person: Staff, **more: Any) -> None:
    at = NOW - timedelta(days=40)
    given = {"offered_at": at, **more}
    session.add(
        Suggestion(
            practice_id=person.practice_id, staff_id=person.id, skill="empathy", scenario="x",
            state="offered", formula="test", need=0.7, score=1.0, reasons={}, remark_ids=[],
            window_start=FEBRUARY, window_end=FEBRUARY, random_order=0.5, selected_at=at, **given,
        )
    )  # fmt: skip
    session.commit()


def lines(session: Session, world: World) -> dict[str, RoleLine]:
    viewer = viewer_of(session, world.account("manager"))
    found = role_rates.page(session, viewer=viewer, today=NOW.date())
    return {line.role_group: line for line in found.lines}


def test_matching_is_the_share_of_sure_ties_that_stayed(
    session: Session, world: World, desk: list[Staff], nurses: list[Staff]
) -> None:
    tied(world, desk, 11, 5)
    tied(world, nurses, 5, 5)
    found = lines(session, world)
    assert (found["front_desk"].matching, found["nursing"].matching) == (70, 50)
    assert found[""].matching == 60


@pytest.mark.parametrize(
    "left_out",
    [
        {"certain": False},
        {"day": date(2025, 2, 28)},  # before the twelve full months
        {"day": date(2026, 3, 2)},  # in the running month
        {"hold": "safety", "severity": 3},
    ],
)
def test_what_is_unsure_out_of_the_year_or_held_is_left_out(
    session: Session, world: World, desk: list[Staff], nurses: list[Staff], left_out: dict[str, Any]
) -> None:
    tied(world, desk, 10, 5)
    tied(world, nurses, 5, 5)
    before = lines(session, world)
    tied(world, desk, 0, 10, **left_out)
    assert {key: one.matching for key, one in lines(session, world).items()} == {
        key: one.matching for key, one in before.items()
    }


def test_disputes_are_a_share_of_what_was_shown_and_those_taken_back_do_not_count(
    session: Session, world: World, desk: list[Staff], nurses: list[Staff]
) -> None:
    shown = tied(world, desk, 20, 0)
    tied(world, nurses, 20, 0)
    for match in shown[:5]:
        disputed(session, match, "kept")
    disputed(session, shown[5], "withdrawn")
    found = lines(session, world)
    assert (found["front_desk"].disputes, found["nursing"].disputes) == (25, 0)
    assert found[""].disputes == 15


def test_one_dispute_is_never_told(
    session: Session, world: World, desk: list[Staff], nurses: list[Staff]
) -> None:
    disputed(session, tied(world, desk, 20, 0)[0])
    tied(world, nurses, 20, 0)
    assert {one.disputes for one in lines(session, world).values()} == {None}


def test_suggestions_are_a_share_of_people_and_nobody_is_told_by_everybody(
    session: Session, world: World
) -> None:
    desk = [world.staff(f"D{n}", "Desk", role="receptionist") for n in range(10)]
    nurses = [world.staff(f"N{n}", "Nurse") for n in range(10)]
    for person in desk[:5] + nurses[:5]:
        offered(session, person)
        offered(session, person)
    offered(session, desk[9], offered_at=None)  # on the waiting list
    found = lines(session, world)
    assert (found["front_desk"].suggestions, found["nursing"].suggestions) == (50, 50)
    for person in desk[5:]:  # now everybody at the desk: of each it would be told
        offered(session, person)
    after = lines(session, world)
    assert (after["front_desk"].suggestions, after["nursing"].suggestions) == (None, None)


def test_a_role_of_two_is_hidden_and_another_with_it(
    session: Session, world: World, desk: list[Staff], nurses: list[Staff]
) -> None:
    tied(world, desk, 10, 5)
    tied(world, nurses, 15, 5)
    two = [world.staff(f"P{n}", "Doctor", role="physician") for n in range(2)]
    tied(world, two, 10, 5)
    found = lines(session, world)
    assert found["clinicians"].matching is None
    assert found["front_desk"].matching is None
    assert found["nursing"].matching == 75
    assert found[""].matching == 70


def test_another_practice_changes_nothing(
    session: Session, world: World, other_world: World, desk: list[Staff], nurses: list[Staff]
) -> None:
    tied(world, desk, 10, 5)
    tied(world, nurses, 5, 5)
    before = lines(session, world)
    theirs = [other_world.staff(f"T{n}", "Theirs", role="receptionist") for n in range(6)]
    tied(other_world, theirs, 0, 15)
    assert lines(session, world) == before
