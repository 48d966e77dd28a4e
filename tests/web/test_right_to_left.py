"""The patient's pages drawn from right to left: nothing is cut off, and axe finds nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from sqlalchemy.orm import Session

from tests.support import pseudo
from tests.support.browser import DESKTOP, PHONE, check, serving
from tests.support.codes import invitation_code, poster_code
from tests.support.world import World
from training.extensions import bedside
from training.web import languages

pytestmark = pytest.mark.browser


@pytest.fixture
def site(app: Flask, session: Session, world: World, tmp_path: Path) -> Iterator[str]:
    """The address of a practice that offers a pretended language, which runs from right to left."""
    languages.install(app, pseudo.write(tmp_path / "translations"))
    world.practice.languages = ["en", pseudo.CODE]
    session.commit()
    with serving(app) as address:
        yield address.replace("127.0.0.1", "localhost")


@pytest.fixture
def link(site: str, session: Session, world: World) -> str:
    """The address of an invitation in that language."""
    visit = world.visit(world.staff("Ada", "Moss", role="nurse"))
    code = invitation_code(session, visit, bedside().code_key)
    session.rollback()
    return f"{site}/c/{code}?lang={pseudo.CODE}"


@pytest.fixture
def kiosk(site: str, session: Session, world: World) -> str:
    """The address of a tablet's first screen in that language."""
    code = poster_code(session, world.site_one, bedside().code_key)
    session.rollback()
    return f"{site}/c/{code}/kiosk?lang={pseudo.CODE}"


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def screen(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(viewport=request.param)
    yield context.new_page()
    context.close()


def middle(page: Page, selector: str) -> float:
    """Return where the middle of the first such element stands, as a share of the window."""
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    return (box["x"] + box["width"] / 2) / page.evaluate("innerWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_form_runs_from_right_to_left(screen: Page, link: str, scheme: str) -> None:
    screen.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    screen.goto(link)
    assert screen.locator("html").get_attribute("dir") == "rtl"
    check(screen)
    assert middle(screen, ".p-org") > 0.5 > middle(screen, ".p-lang")
    assert middle(screen, ".q-num") > 0.5
    assert middle(screen, ".faces .pick:first-child .face") > 0.5


def test_an_error_and_the_thank_you_page_run_from_right_to_left(screen: Page, link: str) -> None:
    screen.goto(link)
    screen.locator("form.stack > button[type=submit]").click()
    assert screen.locator(".error-summary").is_visible()
    check(screen)
    screen.locator("#f-went_well").fill("She drew me a picture.")
    screen.locator("form.stack > button[type=submit]").click()
    screen.wait_for_url("**/thanks?lang=ar&ref=*")
    check(screen)
    assert middle(screen, ".hero-mark") > 0.5


def test_a_dead_link_runs_from_right_to_left(screen: Page, link: str) -> None:
    screen.goto(link.replace("/c/", "/c/X"))
    assert screen.locator("html").get_attribute("dir") == "rtl"
    check(screen)


def test_a_tablets_screens_run_from_right_to_left_and_stay_in_their_language(
    screen: Page, kiosk: str
) -> None:
    screen.goto(kiosk)
    check(screen)
    screen.locator("#f-rating").check()
    screen.locator("button[value=next]").click()
    screen.locator("#f-went_well").wait_for()
    assert screen.locator("html").get_attribute("dir") == "rtl"
    check(screen)
    assert middle(screen, "button[value=next]") < middle(screen, "button[value=back]")
