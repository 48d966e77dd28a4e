"""A person's learning records: every decision, the person's own, nothing private."""
# ruff: noqa: F811 - the fixtures of another module are asked for by their names

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.services.test_plays import Player, catalogue, me, play, rosa  # noqa: F401
from tests.services.test_review import viewer_of
from tests.support.world import NOW, World
from training.services import learning_records, refreshers
from training.services.people import NotFound
from training.services.signing_in import Viewer


def test_the_example_of_the_module(session: Session, play: Player, me: Viewer) -> None:
    play.start()
    play.choose("busy")
    play.back()
    play.choose("seen", moment=NOW + timedelta(minutes=1))
    found = learning_records.collect(session, viewer=me).answers
    assert [(one.scene, one.choice, one.taken_back) for one in found] == [
        ("arrive", "busy", True),
        ("arrive", "seen", False),
    ]
    assert [round(one.share or 0, 2) for one in found] == [0.2, 1.0]
    assert [one.best for one in found] == ["seen", "seen"]
    assert found[0].state == {"trust": 40, "told": False}


def test_a_refresher_is_a_record_once_it_is_answered(
    session: Session, play: Player, me: Viewer
) -> None:
    play.whole("seen", "half_hour")
    when = NOW + timedelta(days=2)
    asked = refreshers.ask(
        session, viewer=me, skill="empathy", catalogue=play.catalogue, moment=when
    )
    assert len(learning_records.collect(session, viewer=me).answers) == 2
    refreshers.answer(session, viewer=me, public_id=asked, choice="busy", moment=when)
    last = learning_records.collect(session, viewer=me).answers[-1]
    assert (last.kind, last.scenario.slug, last.choice) == ("refresher", "later", "busy")


def test_the_table_has_a_row_a_decision_in_the_practices_time(
    session: Session, play: Player, me: Viewer
) -> None:
    play.start()
    play.hint()
    play.choose("busy")
    heads, row = learning_records.rows(learning_records.collect(session, viewer=me))
    assert heads[0] == "When"
    assert row == (
        "2026-03-16 10:00", "rehearsal", "Late", "1", "1", "We are busy.", "0.20",
        "Empathy and responding to feelings; Keeping people informed", "yes", "",
    )  # fmt: skip


def test_what_was_written_in_private_is_not_in_them(
    session: Session, play: Player, me: Viewer
) -> None:
    play.whole("seen", "half_hour")
    play.note(reflection="I was tired", intention="I will sit down")
    told = repr(learning_records.collect(session, viewer=me))
    assert "tired" not in told
    assert "sit down" not in told


def test_nobody_finds_anothers_records_in_theirs(
    session: Session, world: World, play: Player
) -> None:
    play.whole("seen", "half_hour")
    other = viewer_of(session, world.account(staff=world.staff("Ola", "Berg")))
    assert learning_records.collect(session, viewer=other).answers == ()
    with pytest.raises(NotFound):
        learning_records.collect(session, viewer=viewer_of(session, world.account("manager")))
