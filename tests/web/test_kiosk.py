"""The form on a tablet: a question a screen, answers in hidden fields, nothing left for the next person."""

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page as Tab
from sqlalchemy.orm import Session

from tests.support import browser as browsers
from tests.support.codes import invitation_code, poster_code
from tests.support.pages import Page, Pages
from tests.support.world import NOW, World
from training import clock
from training.extensions import bedside
from training.store.tables import Answer, Comment

WORDS = "She listened.\nAnd drew me a picture."


@pytest.fixture
def kiosk(app: Flask, session: Session, world: World) -> str:
    """The address of the kiosk at a site."""
    return f"/c/{poster_code(session, world.site_one, bedside().code_key)}/kiosk"


def go(
    pages: Pages, path: str, page: Page, pressed: str = "next", status: int = 200, **said: str
) -> Page:
    """Press a button of a screen, with what was typed on it and what it carried hidden."""
    return pages.submit(path, {**page.forms[0]["data"], **said, "go": pressed}, status=status)


def field_names(page: Page) -> set[str]:
    return {f.get("name", "") for f in page.fields if f.get("type") != "hidden"} - {"", "go"}


def test_each_screen_asks_one_question_and_the_last_sends(
    stranger: Pages, session: Session, kiosk: str
) -> None:
    page = stranger.get(kiosk)
    assert field_names(page) == {"rating"}
    page = go(stranger, kiosk, page, rating="good")
    assert field_names(page) == {"went_well"}
    page = go(stranger, kiosk, page, went_well=WORDS)
    assert field_names(page) == {"could_be_better"}
    page = go(stranger, kiosk, page)
    assert field_names(page) == {"openness", "contact"}
    page = go(stranger, kiosk, page, openness="anonymous")
    assert field_names(page) == {"learn", "publish", "flags"}
    page = go(stranger, kiosk, page, "send", learn="yes")
    assert "Thank you" in page.text
    kept = session.query(Comment).one()
    assert (kept.rating, kept.source, kept.may_learn, kept.may_publish) == (
        "good",
        "site_code",
        True,
        False,
    )
    assert session.query(Answer).one().text == WORDS


def test_what_was_said_stands_in_no_address_and_no_cookie(stranger: Pages, kiosk: str) -> None:
    page = go(stranger, kiosk, stranger.get(kiosk), rating="poor")
    answer = stranger.client.post(
        kiosk, data={**page.forms[0]["data"], "went_well": WORDS, "go": "next"}
    )
    assert answer.status_code == 200
    assert "Location" not in answer.headers
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
    assert 'autocomplete="off"' in answer.get_data(as_text=True)


def test_going_back_keeps_what_was_typed_on_the_way(stranger: Pages, kiosk: str) -> None:
    page = go(stranger, kiosk, stranger.get(kiosk), rating="poor")
    page = go(stranger, kiosk, page, went_well=WORDS)
    page = go(stranger, kiosk, page, "back", could_be_better="The wait.")
    assert page.forms[0]["data"]["could_be_better"] == "The wait."
    assert page.forms[0]["data"]["rating"] == "poor"
    assert "drew me a picture" in page.text


def test_a_kiosk_where_nothing_was_said_leads_back_to_the_first_screen(
    stranger: Pages, session: Session, kiosk: str
) -> None:
    page = stranger.get(kiosk)
    for _ in range(4):
        page = go(stranger, kiosk, page)
    page = go(stranger, kiosk, page, "send", status=400)
    assert field_names(page) == {"rating"}
    assert "Choose an answer here" in page.text
    assert session.query(Comment).count() == 0


def test_an_answer_is_asked_for_with_a_way_to_send_it(stranger: Pages, kiosk: str) -> None:
    page = stranger.get(kiosk)
    for _ in range(3):
        page = (
            go(stranger, kiosk, page, rating="good")
            if "rating" in field_names(page)
            else go(stranger, kiosk, page)
        )
    page = go(stranger, kiosk, page, openness="contact", status=400)
    assert field_names(page) == {"openness", "contact"}
    assert "Error:" in page.title


def test_sending_a_screen_again_after_the_comment_came_shows_none_of_it(
    stranger: Pages, session: Session, kiosk: str
) -> None:
    first = stranger.get(kiosk).forms[0]["data"]
    filled = {**first, "rating": "good", "went_well": WORDS}
    stranger.post(kiosk, {**filled, "screen": "send", "go": "send"})
    again = stranger.submit(kiosk, {**filled, "screen": "went_well", "go": "next"})
    assert field_names(again) == {"rating"}
    assert "picture" not in str(again.forms) + again.text
    assert again.forms[0]["data"]["post_key"] != first["post_key"]
    stranger.submit(kiosk, {**filled, "screen": "send", "go": "send"})
    assert session.query(Comment).count() == 1


def test_a_screen_that_stood_for_half_an_hour_is_of_somebody_else(
    stranger: Pages, kiosk: str
) -> None:
    page = go(stranger, kiosk, stranger.get(kiosk), rating="good")
    with clock.stopped_at(NOW.replace(hour=10, minute=31)):
        page = go(stranger, kiosk, page, went_well=WORDS)
    assert field_names(page) == {"rating"}
    assert "picture" not in str(page.forms) + page.text


def test_a_visits_code_belongs_on_the_patients_own_phone(
    app: Flask, stranger: Pages, session: Session, world: World
) -> None:
    code = invitation_code(session, world.visit(), bedside().code_key)
    answer = stranger.client.get(f"/c/{code}/kiosk")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/c/{code}")


def test_an_unknown_code_gets_the_page_of_every_code_that_does_not_work(stranger: Pages) -> None:
    for path in ("/c/AAAA-AAAA-AA/kiosk", "/c/AAAA-AAAA-AA/kiosk/thanks"):
        assert "This link does not work" in stranger.get(path, status=404).text


def test_the_thank_you_has_the_practices_wording_and_not_the_patients(
    stranger: Pages, kiosk: str
) -> None:
    page = stranger.get(f"{kiosk}/thanks")
    assert "In a crisis call 111" in page.text
    assert kiosk in page.links


def open_tab(browser: Chromium, address: str) -> Tab:
    tab = browser.new_context(viewport=browsers.DESKTOP, locale="en-GB").new_page()
    tab.clock.install()
    tab.goto(address)
    return tab


def press(tab: Tab, name: str) -> None:
    tab.get_by_role("button", name=name).click()


@pytest.mark.browser
def test_a_tablet_leaves_nothing_behind_and_resets_itself(
    app: Flask, session: Session, browser: Chromium, kiosk: str
) -> None:
    with browsers.serving(app) as address:
        tab = open_tab(browser, address.replace("127.0.0.1", "localhost") + kiosk)
        before = tab.evaluate("history.length")
        tab.get_by_role("radio", name="Very good", exact=True).check()
        press(tab, "Next")
        tab.get_by_role("textbox").fill("Kind.")
        tab.clock.fast_forward(41_000)
        dialog = tab.get_by_role("dialog", name="Are you still there?")
        dialog.wait_for()
        press(tab, "I need more time")
        tab.clock.fast_forward(100_000)
        assert tab.get_by_role("textbox").input_value() == "Kind."
        browsers.check(tab)
        tab.clock.fast_forward(61_000)
        dialog.wait_for()
        tab.clock.run_for(21_000)
        tab.get_by_role("heading", name="Overall").wait_for()
        assert tab.evaluate("history.length") == before
        for said in ("Good", None, None, None):
            if said:
                tab.get_by_role("radio", name=said, exact=True).check()
            press(tab, "Next")
        press(tab, "Send")
        tab.get_by_role("heading", name="Thank you").wait_for()
        tab.clock.fast_forward(31_000)
        tab.get_by_role("heading", name="Overall").wait_for()
        assert tab.evaluate("history.length") == before
        assert tab.locator("input[type=radio]:checked").count() == 0
        tab.context.close()
    assert session.query(Comment).one().rating == "good"
