"""The library for its authors: checks by scene, and what is chosen, never about one person."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.scenarios.small import TEXT
from tests.services.test_plays import Player
from tests.services.test_review import viewer_of
from tests.support.world import NOW, World
from training.scenarios.catalogue import Catalogue, parse
from training.services import library
from training.services.people import NotFound
from training.services.signing_in import Viewer

CATALOGUE = Catalogue([parse(TEXT)])
LATER = NOW + timedelta(days=20)


@pytest.fixture
def manager(session: Session, world: World) -> Viewer:
    return viewer_of(session, world.account("manager"))


@pytest.fixture
def many(session: Session, world: World) -> "list[Player]":
    """A dozen people who have not played yet."""
    return [
        Player(
            session, viewer_of(session, world.account(staff=world.staff(f"Given{n}"))), CATALOGUE
        )
        for n in range(12)
    ]


def detail(session: Session, viewer: Viewer, found: Catalogue = CATALOGUE) -> library.Detail:
    return library.one(session, viewer=viewer, slug="late", catalogue=found, moment=LATER)


def test_first_answers_are_counted_by_person(
    session: Session, manager: Viewer, many: "list[Player]"
) -> None:
    for n, player in enumerate(many[:11]):
        player.whole("seen" if n < 6 else "busy", "half_hour")
        player.whole("busy", "soon")
    chosen = detail(session, manager).chosen
    assert chosen["arrive"].people == 11
    assert chosen["arrive"].counts == {"seen": 6, "busy": 5}
    assert chosen["ask"].counts == {"half_hour": 11, "soon": 0}
    assert chosen["ask"].everybody
    assert not chosen["arrive"].everybody


def test_a_line_that_was_taken_back_is_the_first_answer_all_the_same(
    session: Session, manager: Viewer, many: "list[Player]"
) -> None:
    for player in many[:5]:
        player.start()
        player.choose("busy")
        player.back()
        player.choose("seen")
    assert detail(session, manager).chosen["arrive"].counts == {"seen": 0, "busy": 5}


def test_below_five_people_there_is_no_number(
    session: Session, manager: Viewer, many: "list[Player]"
) -> None:
    for player in many[:4]:
        player.whole("seen", "half_hour")
    found = detail(session, manager)
    assert found.chosen["arrive"].people is None
    assert set(found.chosen["arrive"].counts.values()) == {None}
    assert (found.begun, found.left) == (None, None)


def test_one_person_cannot_be_worked_out_from_the_others(
    session: Session, manager: Viewer, many: "list[Player]"
) -> None:
    for n, player in enumerate(many):
        player.whole("seen" if n else "busy", "half_hour")
    counts = detail(session, manager).chosen["arrive"].counts
    assert counts == {"seen": None, "busy": None}


def test_early_quits_are_told_after_two_weeks_and_only_where_many_are(
    session: Session, manager: Viewer, many: "list[Player]"
) -> None:
    for n, player in enumerate(many):
        player.start()
        if n < 6:
            player.choose("seen")
            player.choose("soon")
    found = detail(session, manager)
    assert (found.begun, found.left) == (12, 6)
    for player in many[6:11]:
        player.choose("seen")
        player.choose("soon")
    assert detail(session, manager).left is None, "the one who is left could be found out"
    soon = library.one(
        session, viewer=manager, slug="late", catalogue=CATALOGUE, moment=NOW + timedelta(days=1)
    )
    assert soon.begun is None


def test_another_practices_people_do_not_count(
    session: Session, other_world: World, many: "list[Player]"
) -> None:
    for player in many:
        player.whole("seen", "half_hour")
    other = viewer_of(session, other_world.account("manager"))
    assert detail(session, other).chosen["arrive"].people is None


def test_an_edit_keeps_what_was_answered_to_the_same_words_and_only_that(
    session: Session, manager: Viewer, many: "list[Player]"
) -> None:
    for player in many[:6]:
        player.whole("seen", "half_hour")
    text = TEXT.replace("You noticed.", "You saw her.").replace(
        "Half an hour, perhaps", "One hour,"
    )
    chosen = detail(session, manager, Catalogue([parse(text)])).chosen
    assert chosen["arrive"].people == 6
    assert chosen["ask"].people is None


def test_answers_given_under_a_former_name_count(
    session: Session, manager: Viewer, many: "list[Player]"
) -> None:
    for player in many[:6]:
        player.whole("seen", "half_hour")
    renamed = parse(TEXT.replace("slug: late\n", "slug: very-late\nrenamed_from: [late]\n"))
    assert detail(session, manager, Catalogue([renamed])).chosen["arrive"].people == 6


def test_every_fault_stands_at_its_scene(session: Session, manager: Viewer) -> None:
    found = detail(session, manager)
    messages = [fault.message for faults in found.faults.values() for fault in faults]
    assert any("There are 2 replies" in one.message for one in found.faults["ask"])
    assert any("A play takes 2 to 2 decisions." in one for one in messages)
    assert found.bots is None


def test_trying_keeps_nothing_and_takes_only_what_is_offered(session: Session) -> None:
    _, position = library.tried(catalogue=CATALOGUE, slug="late", said=["seen", "soon"])
    assert position.ending
    for said in (["half_hour"], ["seen", "soon", "soon"], [""]):
        with pytest.raises(NotFound):
            library.tried(catalogue=CATALOGUE, slug="late", said=said)
    with pytest.raises(NotFound):
        library.tried(catalogue=CATALOGUE, slug="nowhere", said=[])


def test_the_shelf_has_checks_last_and_says_what_cannot_be_read() -> None:
    check = TEXT.replace("slug: late", "slug: a-check\nkind: transfer").replace("Late", "A check")
    found = Catalogue([parse(check), parse(TEXT)])
    shelf = library.shelf(catalogue=found)
    assert [one.slug for one in shelf.scenarios] == ["late", "a-check"]
    assert shelf.coverage.stages[2].conversations == 1
