"""A reviewer's week: the certain together, one reading corrected, words hidden, the keys.

Siobhan ticks the certain by keyboard and undoes them ─► confirms them without JavaScript ─► corrects a
reading in the ten-minute order, which goes on ─► hides words and shows them again ─► looks up the keys.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import SignedIn
from tests.support.browser import DESKTOP, PHONE, check, follow

pytestmark = pytest.mark.browser

NOTE = "Asked the desk; they know of it."


def press(page: Page, name: str) -> None:
    """Reach a button with Tab alone, and press it."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText").startswith(name):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"Tab never reached {name}")


def test_the_certain_are_confirmed_together_by_keyboard_and_undone(signed_in: SignedIn) -> None:
    page = signed_in("siobhan", DESKTOP)
    page.goto("/review/certain")
    check(page)
    page.locator("input[name=pick]").first.focus()
    page.keyboard.press("Space")
    ticked = page.locator("input[name=pick]:checked").count()
    press(page, "Go on with those ticked")
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"Confirm {ticked} remark")
    check(page)
    press(page, "Confirm ")
    expect(page.get_by_text(re.compile(f"Confirmed {ticked} remark"))).to_be_visible()
    check(page)
    press(page, "Undo")
    page.wait_for_url("**/review?said=batch_undone*")
    page.goto("/review/certain")
    expect(page.locator("input[name=pick]")).to_have_count(ticked + 1)


def test_the_certain_are_confirmed_together_without_javascript(signed_in: SignedIn) -> None:
    page = signed_in("siobhan", PHONE, scripts=False)
    page.goto("/review/certain")
    ticked = page.locator("input[name=pick]:checked").count()
    page.get_by_role("button", name="Go on with those ticked").click()
    page.get_by_role("button", name=re.compile("^Confirm ")).click()
    expect(page.get_by_text(re.compile(f"Confirmed {ticked} remark"))).to_be_visible()


def test_a_reading_is_corrected_a_note_kept_and_the_next_one_follows(signed_in: SignedIn) -> None:
    page = signed_in("siobhan", DESKTOP)
    page.goto("/review")
    check(page)
    follow(page.get_by_role("link", name="I have ten minutes"))
    first = page.url
    page.locator("summary").filter(has_text="Write a note").click()
    page.get_by_label("Note to other reviewers").fill(NOTE)
    page.get_by_role("button", name="Keep the note").click()
    expect(page.get_by_text(NOTE)).to_be_visible()
    page.locator("summary").filter(has_text="rongly read").first.click()
    page.get_by_role("button", name="Not a remark at all").first.click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    check(page)
    assert page.url != first


def test_words_are_hidden_and_shown_again_and_the_keys_are_explained(signed_in: SignedIn) -> None:
    siobhan = signed_in("siobhan", DESKTOP)
    siobhan.goto("/review/ten-minutes")
    word = siobhan.locator(".comment-text mark").first.inner_text().split()[0]
    siobhan.locator("summary").filter(has_text="Hide other words").click()
    siobhan.get_by_label("Words to hide, exactly as written").fill(word)
    siobhan.get_by_role("button", name="Hide them").click()
    expect(siobhan.get_by_role("list", name="Hidden from staff")).to_contain_text(word)
    check(siobhan)
    siobhan.get_by_role("button", name=re.compile("^Show again")).first.click()
    expect(siobhan.get_by_role("list", name="Hidden from staff")).to_have_count(0)
    expect(siobhan.get_by_text("Choose somebody else")).not_to_be_visible()
    siobhan.locator("body").press("?")
    expect(siobhan.get_by_text("Choose somebody else")).to_be_visible()


def test_the_queue_is_decided_with_a_key_press_a_remark_and_two_requests(
    signed_in: SignedIn,
) -> None:
    """Ninety comments in ten minutes: nothing but one key each stands between a person and the next."""
    page = signed_in("siobhan", DESKTOP)
    waiting = len(page.request.get("/review").text().split('class="qitem')) - 1
    page.goto("/review/ten-minutes")
    asked: list[str] = []  # style, scripts and letters come from the browser's own store
    page.on("request", lambda it: asked.append(it.method) if it.is_navigation_request() else None)
    keys = 0
    while (choice := page.locator("button[data-key='c'], button[data-key='1']")).count():
        with page.expect_navigation():
            page.keyboard.press(choice.first.get_attribute("data-key") or "")
        keys += 1
    expect(page.get_by_text("Nothing waits")).to_be_visible()
    assert waiting <= keys <= 2 * waiting, f"{keys} key presses for {waiting} comments"
    assert asked == ["POST", "GET"] * keys, "a decision and the next page, nothing else"
