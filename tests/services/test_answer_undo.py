"""An answer to a suggestion is taken back for a day, while nothing has come in its place."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.services.test_suggestions import answer, made, months_of, refresh
from tests.support.viewers import viewer_of
from tests.support.world import NOW, World
from training.scenarios import catalogue
from training.services import answer_undo, plays, suggestions
from training.services.answer_undo import UNDOABLE, AnswerStands
from training.services.people import NotFound
from training.services.signing_in import Viewer
from training.store.tables import Audit, Staff, Suggestion


@pytest.fixture
def nurse(world: World) -> Staff:
    return world.staff()


@pytest.fixture
def me(session: Session, world: World, nurse: Staff) -> Viewer:
    return viewer_of(session, world.account(staff=nurse))


@pytest.fixture
def row(session: Session, world: World, nurse: Staff) -> Suggestion:
    months_of(world, nurse, 9, 0)
    refresh(session, world)
    return made(session)[0]


def undo(session: Session, who: Viewer, row: Suggestion, hours: int = 0) -> None:
    moment = NOW + timedelta(hours=hours)
    answer_undo.undo(session, viewer=who, public_id=row.public_id, moment=moment)


def can_undo(session: Session, who: Viewer, row: Suggestion, hours: int = 0) -> bool:
    moment = NOW + timedelta(hours=hours)
    return answer_undo.undoable(session, viewer=who, public_id=row.public_id, moment=moment)


def refused(session: Session, who: Viewer, row: Suggestion, hours: int = 0) -> str:
    assert not can_undo(session, who, row, hours)
    with pytest.raises(AnswerStands) as told:
        undo(session, who, row, hours)
    return told.value.why


@pytest.mark.parametrize("reply", UNDOABLE)
def test_a_suggestion_whose_answer_is_taken_back_is_what_it_was(
    session: Session, me: Viewer, row: Suggestion, reply: str
) -> None:
    before = suggestions.mine(session, viewer=me)
    answer(session, me, row, reply)
    assert suggestions.mine(session, viewer=me) == []
    assert can_undo(session, me, row, 24)
    undo(session, me, row, 24)
    undo(session, me, row, 24)
    assert suggestions.mine(session, viewer=me) == before
    assert made(session)[0].answered_at is None


def test_a_skill_no_longer_rests_once_the_answer_is_taken_back(
    session: Session, world: World, me: Viewer, row: Suggestion
) -> None:
    answer(session, me, row, "not_useful")
    undo(session, me, row)
    assert refresh(session, world) == 0
    assert [one.state for one in made(session)] == ["offered"]


def test_a_suggestion_whose_rehearsal_began_is_accepted_again(
    session: Session, me: Viewer, row: Suggestion
) -> None:
    plays.start(
        session, viewer=me, slug=row.scenario, catalogue=catalogue.load(),
        suggestion=row.public_id, moment=NOW,
    )  # fmt: skip
    answer(session, me, row, "not_useful", moment=NOW + timedelta(hours=1))
    undo(session, me, row, 2)
    kept = made(session)[0]
    assert (kept.state, kept.answered_at) == ("accepted", NOW)


def test_after_a_day_an_answer_stands(session: Session, me: Viewer, row: Suggestion) -> None:
    answer(session, me, row, "already_did")
    assert refused(session, me, row, 25) == "day_over"
    assert made(session)[0].state == "already_did"


def test_an_answer_stands_where_other_suggestions_have_its_place(
    session: Session, world: World, nurse: Staff, me: Viewer, row: Suggestion
) -> None:
    answer(session, me, row, "not_about_me")
    for skill in ("explaining", "welcome"):
        months_of(world, nurse, 9, 0, skill=skill)
    assert refresh(session, world) == 2
    assert refused(session, me, row) == "place_taken"
    assert [one.state for one in made(session)] == ["not_about_me", "offered", "offered"]


def test_one_other_suggestion_leaves_room(
    session: Session, world: World, nurse: Staff, me: Viewer, row: Suggestion
) -> None:
    answer(session, me, row, "not_useful")
    months_of(world, nurse, 9, 0, skill="explaining")
    assert refresh(session, world) == 1
    undo(session, me, row)
    assert [one.state for one in made(session)] == ["offered", "offered"]


@pytest.mark.parametrize("state", ["lapsed", "finished", "accepted"])
def test_what_has_gone_on_has_no_answer_to_take_back(
    session: Session, me: Viewer, row: Suggestion, state: str
) -> None:
    row.state, row.answered_at = state, NOW
    session.commit()
    assert refused(session, me, row) == "went_on"
    assert made(session)[0].state == state


def test_an_answer_is_taken_back_by_its_person_alone_and_nobody_else_learns_of_it(
    session: Session, world: World, other_world: World, me: Viewer, row: Suggestion
) -> None:
    answer(session, me, row, "not_useful")
    others = (
        world.account(staff=world.staff("Ben", "Rook")),
        world.account("admin"),
        other_world.account(staff=other_world.staff()),
    )
    for other in [viewer_of(session, account) for account in others]:
        assert not can_undo(session, other, row)
        with pytest.raises(NotFound):
            undo(session, other, row)
    before = session.query(Audit).count()
    undo(session, me, row)
    assert session.query(Audit).count() == before
