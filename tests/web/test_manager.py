"""A manager's pages: filters in the address, ways back, people without numbers, the audit's filters."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.pages import Pages
from tests.support.world import World
from training.store.tables import Account, Audit, Staff

SignIn = Callable[[Account], Pages]


@pytest.fixture
def manager(world: World, sign_in: SignIn) -> Pages:
    return sign_in(world.account("manager"))


@pytest.fixture
def nurse(world: World) -> Staff:
    return world.staff()


def test_every_list_of_an_empty_practice_says_what_will_come(manager: Pages) -> None:
    assert "Nobody is on the roster" in manager.get("/people").text
    assert "No teams yet" in manager.get("/teams").text
    assert "Nothing to draw yet" in manager.get("/trends").text


def test_the_ways_onward_and_back_keep_the_filters(manager: Pages, world: World) -> None:
    asked = f"site={world.site_one.public_id}&stage=request"
    page = manager.get(f"/comments?topic=explaining&{asked}&month=2026-02")
    assert f"/trends?topic=explaining&{asked}" in page.links
    assert (
        f"/trends.csv?topic=explaining&{asked}"
        in manager.get(f"/trends?topic=explaining&{asked}").links
    )


def test_a_filter_that_names_nothing_is_no_page(manager: Pages) -> None:
    for query in ("topic=none", "site=none", "team=none", "stage=none"):
        for page in ("/trends", "/trends.csv", "/comments"):
            assert manager.get(f"{page}?{query}", status=404)


def test_people_stand_by_family_name_whatever_is_asked_and_without_numbers(
    manager: Pages, world: World
) -> None:
    for name in ("Young", "Abbot", "Moss"):
        world.staff("Sam", name)
    page = manager.get("/people?sort=criticism&order=desc").text
    assert page.index("Abbot") < page.index("Moss") < page.index("Young")


def test_opening_a_person_is_on_record_and_listing_people_is_not(
    manager: Pages, nurse: Staff, session: Session
) -> None:
    def opened() -> list[int | None]:
        session.expire_all()
        return list(session.scalars(select(Audit.noun_id).where(Audit.verb == "open_person")))

    manager.get("/people")
    assert opened() == []
    assert "Fewer than five comments: not shown." in manager.get(f"/people/{nurse.public_id}").text
    assert opened() == [nurse.id]


def test_a_manager_of_one_site_finds_nobody_and_no_team_of_another(
    world: World, nurse: Staff, sign_in: SignIn
) -> None:
    elsewhere = world.site("Mill Lane")
    theirs = world.staff("Ivo", "Marsh", site=elsewhere)
    manager = sign_in(world.account("manager", sites=[world.site_one]))
    assert "Marsh" not in manager.get("/people").text
    assert manager.get(f"/people/{nurse.public_id}")
    for address in (
        f"/people/{theirs.public_id}",
        f"/teams/nursing/{elsewhere.public_id}",
        f"/teams/nursing/{elsewhere.public_id}/team.csv",
        f"/trends.csv?site={elsewhere.public_id}",
        f"/comments?site={elsewhere.public_id}",
    ):
        assert manager.get(address, status=404)


def test_the_audit_is_filtered_by_its_address(world: World, nurse: Staff, sign_in: SignIn) -> None:
    sign_in(world.account("manager")).get(f"/people/{nurse.public_id}")
    admin = sign_in(world.account("admin"))
    found = admin.get("/admin/audit?verb=open_person&from=2026-03-16&to=2026-03-16").text
    assert "1 entry" in found
    assert "opened a person’s page" in found
    assert "Nothing found" in admin.get("/admin/audit?verb=open_person&to=2026-03-15").text
    assert "Write the day as 2026-03-16." in admin.get("/admin/audit?from=16/03/2026").text


def test_rates_by_role_are_for_managers_and_say_when_there_is_too_little(
    world: World, manager: Pages, nurse: Staff, sign_in: SignIn
) -> None:
    page = manager.get("/trends/fairness")
    assert "Too few to say" in page.text
    assert "/trends/fairness" in manager.get("/trends/disputes").links
    sign_in(world.account(staff=nurse)).get("/trends/fairness", 404)
