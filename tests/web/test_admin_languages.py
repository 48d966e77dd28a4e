"""The languages of patients' pages, as an admin chooses them."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from tests.support.pages import Page, Pages
from tests.support.world import World
from training.store.tables import Account

PATH = "/admin/languages"


@pytest.fixture
def admin(world: World, sign_in: Callable[[Account], Pages]) -> Pages:
    return sign_in(world.account("admin"))


def ticked(page: Page) -> list[str]:
    return [f["value"] for f in page.fields if f.get("name") == "languages" and "checked" in f]


def test_an_admin_offers_spanish_and_writes_the_practices_words_in_it(
    session: Session, world: World, admin: Pages
) -> None:
    page = admin.get(PATH)
    assert ticked(page) == []
    assert "In English: In an emergency call 999." in page.text
    saved = admin.submit(PATH, {"languages": "es", "es-emergency_wording": "Llame al 999."})
    assert "Saved." in saved.text
    assert ticked(saved) == ["es"]
    session.expire_all()
    assert world.practice.languages == ["en", "es"]
    assert world.practice.wordings == {"es": {"emergency_wording": "Llame al 999."}}


def test_the_settings_page_says_which_languages_are_offered(
    session: Session, world: World, admin: Pages
) -> None:
    assert "offered in English." in admin.get("/admin/settings").text
    world.practice.languages = ["en", "es"]
    session.commit()
    page = admin.get("/admin/settings")
    assert "offered in English and Spanish." in page.text
    assert PATH in page.links


def test_a_poster_speaks_every_language_that_is_offered(
    session: Session, world: World, admin: Pages
) -> None:
    path = f"/admin/codes/posters/{world.site_one.public_id}"
    assert "Cuéntenoslo" not in admin.post(path, status=200).get_data(as_text=True)
    world.practice.languages = ["en", "es"]
    session.commit()
    html = admin.post(path, status=200).get_data(as_text=True)
    assert "Tell us in your own words." in html
    assert 'lang="es" dir="ltr">Cuéntenoslo con sus palabras.' in html


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"languages": "xx"}, "languages"),
        ({"languages": "es", "es-privacy_notice": "x" * 4001}, "es-privacy_notice"),
    ],
)
def test_what_cannot_be_stored_is_given_back(
    session: Session, world: World, admin: Pages, given: dict[str, str], told: str
) -> None:
    given = given | {"es-crisis_wording": "Llame al 024."}
    answer = admin.post(PATH, given, 400)
    html = answer.get_data(as_text=True)
    assert f'href="#f-{told}"' in html
    assert "Llame al 024." in html
    session.expire_all()
    assert world.practice.languages == ["en"]


def test_no_one_but_an_admin_reaches_it(
    world: World, sign_in: Callable[[Account], Pages], stranger: Pages
) -> None:
    sign_in(world.account("manager")).get(PATH, 404)
    stranger.get(PATH, 303)
