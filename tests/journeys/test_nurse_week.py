"""A nurse's week: a thought for herself, a dispute, what the manager sees, her own file, a rehearsal.

Fiona writes a reflection ─► disputes a hurtful remark, which is hidden at once ─► a second person keeps
it ─► she compares the manager's page with hers ─► downloads her data ─► rehearses, with a hint and a
step back.
"""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import SignedIn
from tests.support.browser import DESKTOP, PHONE, check, follow

pytestmark = pytest.mark.browser

THOUGHT = "I was short that week; I will say how long it takes."


def a_remark(fiona: Page) -> str:
    """Open the first critical remark; return its words."""
    fiona.goto("/what-patients-say")
    follow(fiona.locator("a[href^='/what-patients-say/']").last)
    check(fiona)
    return fiona.locator("main blockquote, main .quote").first.inner_text().strip()


def a_second_person(signed_in: SignedIn) -> Page:
    """Return the list of disputes of a reviewer who did not confirm the remark."""
    for first_name in ("judith", "yetunde", "siobhan"):
        page = signed_in(first_name, DESKTOP)
        page.goto("/review/disputes")
        if page.get_by_role("link", name="Abusive").count():
            return page
    raise AssertionError("nobody may decide the dispute")


def test_a_thought_stays_hers_and_a_hurtful_remark_is_frozen_until_a_second_person(
    signed_in: SignedIn,
) -> None:
    fiona = signed_in("fiona", PHONE)
    words = a_remark(fiona)
    fiona.get_by_label(re.compile("^For yourself")).fill(THOUGHT)
    fiona.get_by_role("button", name="Keep it").click()
    expect(fiona.get_by_text("Only you can read it.")).to_be_visible()
    fiona.locator("summary").filter(has_text="Dispute this remark").click()
    fiona.get_by_role("radio", name="It is abusive").check()
    fiona.get_by_role("button", name="Dispute it").click()
    expect(fiona.get_by_text("Nobody should have to read that.")).to_be_visible()
    assert words not in fiona.inner_text("main")
    check(fiona)

    second = a_second_person(signed_in)
    follow(second.get_by_role("link", name="Abusive").first)
    check(second)
    assert THOUGHT not in second.content()
    second.get_by_role("button", name="Keep the remark").click()
    expect(second.get_by_role("button", name="Undo")).to_be_visible()

    fiona.goto("/disputes")
    expect(fiona.get_by_text("decided that the remark stands").first).to_be_visible()


def test_her_page_and_her_file_hold_what_is_hers(signed_in: SignedIn) -> None:
    fiona = signed_in("fiona", PHONE)
    fiona.goto("/what-patients-say")
    follow(fiona.get_by_role("link", name="What my manager sees"))
    check(fiona)
    hers = fiona.locator("section.card").all_inner_texts()
    judith = signed_in("judith", PHONE)
    judith.goto("/people")
    follow(judith.get_by_role("link", name=re.compile("Mackie")).first)
    assert judith.locator("section.card").all_inner_texts() == hers

    fiona.goto("/my-data")
    check(fiona)
    with fiona.expect_download() as caught:
        fiona.get_by_role("link", name="Download your data").click()
    held = json.loads(caught.value.path().read_text(encoding="utf-8"))
    assert held["you"]["roster"]["family_name"] == "Mackie"
    assert held["remarks"]


def test_a_conversation_with_a_hint_and_a_step_back_on_a_phone(signed_in: SignedIn) -> None:
    fiona = signed_in("fiona", PHONE)
    fiona.goto("/conversations/show-me-at-home")
    fiona.locator("form[action$='/start'] button").click()
    expect(fiona.locator("scenario-player")).to_be_visible()
    check(fiona)
    fiona.get_by_role("button", name=re.compile("be thinking")).click()
    expect(fiona.locator("#live")).to_contain_text("The hint is open")
    fiona.locator(".choice").first.click()
    expect(fiona.locator("#live")).to_contain_text("now looks")
    fiona.get_by_role("button", name="Take back my last line").click()
    expect(fiona.get_by_role("button", name="Take back my last line")).to_have_count(0)
    check(fiona)
