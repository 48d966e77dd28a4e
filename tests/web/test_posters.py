"""Posters and printed codes: a page for paper, with the address as QR, shown this once."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from tests.support.pages import Page, Pages
from tests.support.world import World
from training.integrations import qr
from training.store.tables import Account


@pytest.fixture
def admin(world: World, sign_in: Callable[[Account], Pages]) -> Pages:
    return sign_in(world.account("admin"))


def address_in(html: str) -> str:
    found = re.search(r"http://localhost/c/[\w-]+(?=<)", html)
    assert found is not None
    return found[0]


def test_a_poster_names_the_place_draws_its_address_and_says_what_to_do_in_an_emergency(
    world: World, admin: Pages, stranger: Pages
) -> None:
    answer = admin.post(f"/admin/codes/posters/{world.site_one.public_id}", status=200)
    html = answer.get_data(as_text=True)
    address = address_in(html)
    assert qr.svg(address) in html
    for words in (
        "Elder Row Surgery",
        "In an emergency call 999",
        "Print this page now.",
        "This poster opens only",
    ):
        assert words in Page(html).text
    assert f"{address}/kiosk" in html
    path = address.removeprefix("http://localhost")
    stranger.get(path)
    stranger.get(f"{path}/kiosk")


def test_a_practice_without_its_own_emergency_wording_prints_the_common_numbers(
    world: World, session: Session, admin: Pages
) -> None:
    world.practice.emergency_wording = ""
    session.commit()
    answer = admin.post(f"/admin/codes/posters/{world.site_one.public_id}", status=200)
    assert "In an emergency call 999 in the UK, 112" in answer.get_data(as_text=True)


def test_each_printed_code_has_its_address_as_a_drawing(world: World, admin: Pages) -> None:
    for _ in range(2):
        world.visit()
    html = admin.post("/admin/codes/visits", {"days": "7"}, status=200).get_data(as_text=True)
    addresses = re.findall(r"http://localhost/c/[\w-]+(?=<)", html)
    assert len(set(addresses)) == 2
    assert all(qr.svg(address) in html for address in addresses)


def test_a_sensitive_visit_is_listed_as_not_asked_and_gets_no_code(
    world: World, session: Session, admin: Pages
) -> None:
    visit = world.visit()
    visit.sensitive = True
    session.commit()
    page = admin.get("/admin/codes")
    assert "Sensitive: not asked" in page.text
    assert "Make one code" not in page.text
    admin.post(f"/admin/codes/visits/{visit.public_id}", status=409)
