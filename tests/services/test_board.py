"""You said, we did: public by an explicit act alone, undone by another, and without anybody in it."""

import pytest
from sqlalchemy.orm import Session

from tests.support.viewers import viewer_of
from tests.support.world import NOW, TODAY, World
from training.services import board, plans
from training.services.people import NotFound
from training.services.plans import BadPlan, Draft
from training.services.signing_in import Viewer
from training.store.tables import Audit, BoardNote

SAID = "You told us that waits are long and that nobody says why."
DID = "Somebody now says every twenty minutes who is running late."


@pytest.fixture
def dana(session: Session, world: World) -> Viewer:
    return viewer_of(session, world.account("manager"))


@pytest.fixture
def plan(session: Session, dana: Viewer) -> str:
    return made(session, dana)


def made(session: Session, who: Viewer, site: str = "") -> str:
    owner = plans.choices(session, viewer=who).owners[0][0]
    draft = Draft("Waits", "Shorter", "A slot.", "wait_length", "", site, owner, 0.1, TODAY)
    return plans.start(session, viewer=who, draft=draft, moment=NOW)


def publish(session: Session, who: Viewer, plan: str, said: str = SAID, did: str = DID) -> None:
    board.publish(
        session, viewer=who, public_id=plan, said=said, did=did, today=TODAY, moment=NOW
    )  # fmt: skip


def items(session: Session, site: str) -> tuple[tuple[str, str, str], ...]:
    return board.board(session, site_public_id=site).items


def test_a_plan_is_on_no_board_before_somebody_publishes_it(
    session: Session, world: World, dana: Viewer, plan: str
) -> None:
    assert items(session, world.site_one.public_id) == ()
    draft = board.told(session, viewer=dana, public_id=plan)
    assert (draft.said, draft.did) == ("You told us about the length of waits.", "A slot.")
    assert (draft.up, draft.published_on) == (False, None)
    publish(session, dana, plan)
    assert items(session, world.site_one.public_id) == ((SAID, DID, "Mar 2026"),)


def test_what_was_taken_down_is_gone_from_the_board_and_stays_on_record(
    session: Session, world: World, dana: Viewer, plan: str
) -> None:
    publish(session, dana, plan)
    board.take_down(session, viewer=dana, public_id=plan, moment=NOW)
    assert items(session, world.site_one.public_id) == ()
    assert not board.told(session, viewer=dana, public_id=plan).up
    assert session.query(BoardNote).one().taken_down_by == dana.account_id
    with pytest.raises(NotFound):
        board.take_down(session, viewer=dana, public_id=plan, moment=NOW)


def test_new_words_stand_in_place_of_the_old(
    session: Session, world: World, dana: Viewer, plan: str
) -> None:
    publish(session, dana, plan)
    publish(session, dana, plan, did="We put one more slot into each session.")
    ((_, did, _),) = items(session, world.site_one.public_id)
    assert did == "We put one more slot into each session."


def test_a_site_shows_its_own_plans_and_the_whole_practices(
    session: Session, world: World, other_world: World, dana: Viewer, plan: str
) -> None:
    mill = world.site("Mill Lane")
    own = made(session, dana, mill.public_id)
    publish(session, dana, plan)
    publish(session, dana, own, did="Mill Lane opens earlier.")
    assert len(items(session, mill.public_id)) == 2
    assert len(items(session, world.site_one.public_id)) == 1
    assert items(session, other_world.site_one.public_id) == ()
    assert board.boards(session, viewer=dana, public_id=own) == ((mill.public_id, "Mill Lane"),)


def test_a_closed_site_has_no_board(
    session: Session, world: World, dana: Viewer, plan: str
) -> None:
    publish(session, dana, plan)
    world.site_one.closed_on = TODAY
    session.commit()
    with pytest.raises(NotFound):
        items(session, world.site_one.public_id)
    assert board.boards(session, viewer=dana, public_id=plan) == ()


@pytest.mark.parametrize(
    "words",
    [
        "",
        "x" * 401,
        "Ada Moss now says who is late.",
        "Write to waits@elder.example and we answer.",
        "Since 3 March somebody says who is late.",
        "On Tuesday we changed the desk.",
        "Ring 01632 960 111 for news.",
    ],
)
def test_what_could_point_at_somebody_is_refused(
    session: Session, world: World, dana: Viewer, plan: str, words: str
) -> None:
    world.staff("Ada", "Moss")
    with pytest.raises(BadPlan) as caught:
        publish(session, dana, plan, did=words)
    assert caught.value.field == "did"
    session.rollback()
    assert items(session, world.site_one.public_id) == ()


def test_a_patients_own_words_need_their_leave(
    session: Session, world: World, dana: Viewer, plan: str
) -> None:
    world.read_comment("Two hours and no one said why, again.")
    with pytest.raises(BadPlan, match="did not allow it"):
        publish(session, dana, plan, said="“Two hours and no one said why!”")
    session.rollback()
    world.read_comment("They forgot about us in the waiting room.", may_publish=True)
    publish(session, dana, plan, said="“They forgot about us in the waiting room.”")
    assert len(items(session, world.site_one.public_id)) == 1


def test_telling_patients_is_audited(session: Session, dana: Viewer, plan: str) -> None:
    publish(session, dana, plan)
    board.take_down(session, viewer=dana, public_id=plan, moment=NOW)
    verbs = [row.verb for row in session.query(Audit).filter_by(noun="plan").order_by(Audit.id)]
    assert verbs == ["start_plan", "publish_plan", "take_down_plan"]


def test_another_practices_plan_cannot_be_published(
    session: Session, other_world: World, plan: str
) -> None:
    stranger = viewer_of(session, other_world.account("manager"))
    with pytest.raises(NotFound):
        publish(session, stranger, plan)
