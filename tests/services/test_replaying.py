"""Going on anew from the middle of a finished conversation."""
# ruff: noqa: F811 - the fixtures of another module are asked for by their names

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.services.test_plays import Player, catalogue, me, play, rosa  # noqa: F401
from tests.services.test_review import viewer_of
from tests.support.world import NOW, TODAY, World
from training.services import learning_records, mastery, own_skills, replaying
from training.services.people import NotFound
from training.services.signing_in import Viewer

LATER = NOW + timedelta(hours=1)


def again(play: Player, number: int) -> str:
    play.at = replaying.again_from(
        play.session, viewer=play.viewer, public_id=play.at, number=number, moment=LATER
    )
    return play.at


def test_the_example_of_the_module(play: Player) -> None:
    first = play.whole("seen", "soon").at
    assert again(play, 2) != first
    position = play.look().position
    assert (position.number, position.place) == (2, "ask")
    assert [step.choice.id for step in position.steps] == ["seen"]
    play.choose("half_hour", moment=LATER)
    assert play.debrief().debrief.position.ending


def test_what_was_carried_over_counts_once_and_takes_no_time(
    session: Session, play: Player, me: Viewer
) -> None:
    play.whole("busy", "soon")
    before = mastery.of_person(session, viewer=me, today=TODAY)
    again(play, 2)
    play.choose("half_hour", moment=LATER)
    after = mastery.of_person(session, viewer=me, today=TODAY)
    assert {skill: (one.decisions, one.mean) for skill, one in after.items()} == {
        skill: (one.decisions, one.mean) for skill, one in before.items()
    }
    records = learning_records.collect(session, viewer=me).answers
    assert [one.choice for one in records] == ["busy", "soon", "half_hour"]
    page = own_skills.page(session, viewer=me, catalogue=play.catalogue, today=TODAY)
    assert page.minutes == 0


def test_a_play_that_is_under_way_is_taken_up_instead(play: Player) -> None:
    finished = play.whole("seen", "soon").at
    under_way = play.start()
    play.at = finished
    assert again(play, 2) == under_way


@pytest.mark.parametrize("number", [-1, 0, 3, 10**20])
def test_a_moment_that_there_was_not_is_not_found(play: Player, number: int) -> None:
    play.whole("seen", "soon")
    with pytest.raises(NotFound):
        again(play, number)


def test_an_unfinished_play_and_anothers_cannot_be_gone_on_from(
    session: Session, world: World, play: Player
) -> None:
    play.start()
    play.choose("seen")
    with pytest.raises(NotFound):
        again(play, 1)
    play.choose("soon")
    other = viewer_of(session, world.account(staff=world.staff("Ola", "Berg")))
    with pytest.raises(NotFound):
        replaying.again_from(session, viewer=other, public_id=play.at, number=1, moment=LATER)
