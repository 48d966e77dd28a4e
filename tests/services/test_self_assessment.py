"""The self-assessment: nothing ties an answer to a person, and five people's answers come at once."""

from datetime import date

import pytest
from sqlalchemy import inspect
from sqlalchemy.orm import Session

from tests.support.viewers import viewer_of
from tests.support.world import NOW, TODAY, World
from training.services import self_assessment as services
from training.services.people import NotFound
from training.services.self_assessment import AlreadyAnswered, NothingAnswered, Results, StageLine
from training.services.signing_in import Viewer
from training.skills import STAGES
from training.store.tables import SelfAnswered, SelfTally
from training.trends.instrument import STATEMENTS

WELL = {one.slug: "always" for one in STATEMENTS}
BADLY = {one.slug: "never" for one in STATEMENTS}


@pytest.fixture
def dana(session: Session, world: World) -> Viewer:
    return viewer_of(session, world.account("manager"))


def answer(
    session: Session, who: Viewer, answers: dict[str, str] = WELL, today: date = TODAY
) -> None:
    services.answer(session, viewer=who, answers=answers, today=today, moment=NOW)


def staff(session: Session, world: World, people: int, answers: dict[str, str] = WELL) -> None:
    for _ in range(people):
        answer(session, viewer_of(session, world.account("staff")), answers)


def look(session: Session, who: Viewer, half: date | None = None) -> Results:
    return services.results(session, viewer=who, half=half, today=TODAY)


def at(found: Results, stage: str = "request") -> StageLine:
    return next(one for one in found.stages if one.stage == stage)


def test_before_anybody_answered_every_stage_stands_empty(session: Session, dana: Viewer) -> None:
    found = look(session, dana)
    assert [one.stage for one in found.stages] == list(STAGES)
    assert (found.label, found.staff, found.managers) == ("Jan–Jun 2026", None, 0)
    assert (at(found).staff.share, at(found).managers.share, at(found).gap) == (None, None, False)


def test_no_column_ties_an_answer_to_a_person_or_a_moment() -> None:
    columns = {column.key for column in inspect(SelfTally).columns}
    assert columns == {
        "id", "practice_id", "half", "side", "statement", "answer", "shown", "waiting",
    }  # fmt: skip
    assert {column.key for column in inspect(SelfAnswered).columns} == {
        "id", "practice_id", "account_id", "half", "side",
    }  # fmt: skip


def test_staffs_answers_appear_when_five_peoples_are_together(
    session: Session, world: World, dana: Viewer
) -> None:
    staff(session, world, 4)
    assert (look(session, dana).staff, at(look(session, dana)).staff.share) == (None, None)
    staff(session, world, 1)
    assert (at(look(session, dana)).staff.agree, at(look(session, dana)).staff.total) == (15, 15)


def test_a_sixth_answer_changes_nothing_that_is_shown(
    session: Session, world: World, dana: Viewer
) -> None:
    staff(session, world, 5)
    before = look(session, dana).stages
    staff(session, world, 1, BADLY)
    assert look(session, dana).stages == before
    staff(session, world, 4, BADLY)
    assert at(look(session, dana)).staff.share == 0.5


def test_a_statement_that_four_answered_is_not_shown(
    session: Session, world: World, dana: Viewer
) -> None:
    staff(session, world, 4)
    staff(session, world, 1, {**WELL, "greeted": "dont_know"})
    found = at(look(session, dana))
    assert [one.staff.total for one in found.statements] == [5, 5, None]
    assert found.staff.total is None


def test_managers_are_counted_apart_and_from_the_first_on(
    session: Session, world: World, dana: Viewer
) -> None:
    answer(session, dana)
    answer(session, viewer_of(session, world.account("admin")), BADLY)
    found = look(session, dana)
    assert (found.managers, at(found).managers.share, at(found).staff.share) == (2, 0.5, None)


def test_a_person_takes_part_once_a_half_year(session: Session, world: World, dana: Viewer) -> None:
    who = viewer_of(session, world.account("staff"))
    assert services.may_answer(session, viewer=who, today=TODAY)
    answer(session, who)
    assert not services.may_answer(session, viewer=who, today=TODAY)
    with pytest.raises(AlreadyAnswered):
        answer(session, who)
    session.rollback()
    answer(session, who, today=date(2026, 7, 1))
    assert session.query(SelfAnswered).count() == 2


@pytest.mark.parametrize("answers", [{}, {"greeted": "perhaps"}, {"weather": "always"}])
def test_nothing_that_is_an_answer_is_refused(
    session: Session, dana: Viewer, answers: dict[str, str]
) -> None:
    with pytest.raises(NothingAnswered):
        answer(session, dana, answers)
    assert services.may_answer(session, viewer=dana, today=TODAY)


def test_thinking_well_of_what_patients_criticise_is_a_gap(
    session: Session, world: World, dana: Viewer
) -> None:
    answer(session, dana)
    for n in range(12):
        world.read_comment(
            "Words.", sentiment="negative" if n < 4 else "positive", stage="request",
            day=date(2026, 2, 5), theme="phone_system", skill=None,
        )  # fmt: skip
    found = look(session, dana)
    assert at(found).criticism == pytest.approx(4 / 12)
    assert [one.stage for one in found.stages if one.gap] == ["request"]


def test_earlier_half_years_can_be_looked_at_and_others_cannot(
    session: Session, world: World, dana: Viewer
) -> None:
    answer(session, dana, today=date(2025, 11, 3))
    found = look(session, dana, date(2025, 7, 1))
    assert (found.label, found.managers) == ("Jul–Dec 2025", 1)
    assert [label for _, label in found.halves] == ["Jan–Jun 2026", "Jul–Dec 2025"]
    for day in (date(2024, 1, 1), date(2026, 3, 1)):
        with pytest.raises(NotFound):
            look(session, dana, day)


def test_another_practices_answers_are_its_own(
    session: Session, other_world: World, dana: Viewer
) -> None:
    answer(session, dana)
    found = look(session, viewer_of(session, other_world.account("manager")))
    assert (found.managers, at(found).managers.share) == (0, None)
