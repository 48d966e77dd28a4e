"""Trends pages under a name: one's own alone, by name, deleted and brought back."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from tests.support.viewers import viewer_of
from tests.support.world import NOW, TODAY, World
from training.services import saved_views
from training.services.people import NotFound
from training.services.saved_views import MOST, Kept, NotSaved
from training.services.selection import Filters
from training.services.signing_in import Viewer

PHONES = Filters(topic="phone_system")


@pytest.fixture
def dana(session: Session, world: World) -> Viewer:
    return viewer_of(session, world.account("manager"))


def save(session: Session, viewer: Viewer, name: str, filters: Filters = PHONES) -> str:
    return saved_views.save(
        session, viewer=viewer, name=name, filters=filters, today=TODAY, moment=NOW
    )


def views(session: Session, viewer: Viewer) -> tuple[Kept, ...]:
    return saved_views.of_viewer(session, viewer=viewer, today=TODAY)


def test_views_keep_their_filters_and_stand_by_name(
    session: Session, world: World, dana: Viewer
) -> None:
    site = world.site_one.public_id
    save(session, dana, "phones")
    save(session, dana, "  Front   desk ", Filters(site=site, team="front_desk", stage="request"))

    assert [(v.name, v.filters, v.site) for v in views(session, dana)] == [
        ("Front desk", Filters(site=site, team="front_desk", stage="request"), "Elder Row"),
        ("phones", PHONES, ""),
    ]


def test_a_view_is_nobody_elses(session: Session, world: World, dana: Viewer) -> None:
    number = save(session, dana, "Phones")
    colleague = viewer_of(session, world.account("manager"))

    assert views(session, colleague) == ()
    with pytest.raises(NotFound):
        saved_views.remove(session, viewer=colleague, public_id=number, moment=NOW)
    save(session, colleague, "Phones")


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "PHONES"])
def test_a_name_is_needed_and_not_taken_twice(session: Session, dana: Viewer, name: str) -> None:
    save(session, dana, "Phones")
    with pytest.raises(NotSaved):
        save(session, dana, name)


def test_only_so_many_can_be_kept(session: Session, dana: Viewer) -> None:
    for number in range(MOST):
        save(session, dana, f"View {number}")
    with pytest.raises(NotSaved, match="Delete one first"):
        save(session, dana, "One more")


def test_a_deleted_view_comes_back_unless_its_name_is_taken_by_now(
    session: Session, dana: Viewer
) -> None:
    number = save(session, dana, "Phones")
    saved_views.remove(session, viewer=dana, public_id=number, moment=NOW)
    assert views(session, dana) == ()
    saved_views.restore(session, viewer=dana, public_id=number)
    assert [view.name for view in views(session, dana)] == ["Phones"]

    saved_views.remove(session, viewer=dana, public_id=number, moment=NOW)
    save(session, dana, "Phones")
    with pytest.raises(NotSaved):
        saved_views.restore(session, viewer=dana, public_id=number)


def test_filters_that_name_nothing_in_scope_are_not_kept(
    session: Session, other_world: World, dana: Viewer
) -> None:
    for filters in (Filters(topic="none"), Filters(site=other_world.site_one.public_id)):
        with pytest.raises(NotFound):
            save(session, dana, "Nothing", filters)


def test_a_view_of_a_site_that_one_no_longer_sees_leads_nowhere(
    session: Session, world: World, dana: Viewer
) -> None:
    save(session, dana, "Elder Row", Filters(site=world.site_one.public_id))
    elsewhere = replace(dana, site_ids=(world.site("Mill Lane").id,))
    (view,) = views(session, elsewhere)

    assert (view.reachable, view.site) == (False, "")
