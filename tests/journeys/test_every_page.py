"""Every page that somebody can reach by links: axe finds nothing, and none is wider than its window.

crawl the demo as each of its people ─► one address a kind of page ─► phone and desktop, light and dark
"""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from bench import crawl
from tests.support.browser import DESKTOP, PHONE, check_both
from tests.support.codes import invitation_code, poster_code
from tests.support.demo import Demo, Local
from training.extensions import bedside, db, writing
from training.store.tables import Site, Visit

pytestmark = pytest.mark.browser

# What no link leads to in the demo; the journeys that send those forms look at them.
AFTER_A_FORM = (
    "admin.withdraw_one",
    "manager.certain_done",
    "manager.dispute",
    "staff.debrief",
    "staff.play",
    "staff.refresher",
)
FILES = ("_csv", "_svg", "_file", "_faults")
PEOPLE = ("owen", "judith", "yetunde", "siobhan", "fiona", "callum")


def staff_pages(app: Flask) -> set[str]:
    """Return the pages of people who are signed in, files apart."""
    return {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or set())
        and rule.endpoint.startswith(("staff.", "manager.", "admin."))
        and not rule.endpoint.endswith((*FILES, "ten_minutes"))
    }


def look(page: Page, address: str) -> None:
    """Open a page and look at it at both sizes, in light, and in dark where only colours differ."""
    page.goto(address)
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        check_both(page)


def crawled(demo: Demo, first_name: str) -> dict[str, str]:
    """Return an address of each kind of page that somebody reaches, files apart."""
    found = crawl.find(demo.app, demo.client(first_name), ["/", "/me"])
    return {name: at for name, at in found.items() if not name.endswith(FILES)}


def a_program_writes(demo: Demo) -> None:
    """Send, by a poster, a comment that is set apart: so that there is a page of them to reach."""
    with demo.app.app_context(), writing():
        place = db.session.query(Site).first()
        assert place
        poster = poster_code(db.session(), place, bedside().code_key)
    Local(demo.app).post(f"/c/{poster}", data={"went_well": "Cheap watches", "website": "x"})


def test_axe_finds_nothing_on_any_page_that_somebody_reaches(
    browser: Browser, site: str, demo: Demo
) -> None:
    with ThreadPoolExecutor(1) as outside:  # the test's own context would be everybody's
        outside.submit(a_program_writes, demo).result()
        reached = {name: outside.submit(crawled, demo, name).result() for name in PEOPLE}
    seen: set[str] = set()
    for first_name, pages in reached.items():
        with browser.new_context(reduced_motion="reduce") as context:
            demo.let_in(context, first_name)
            page = context.new_page()
            for name in sorted(pages.keys() - seen):
                look(page, site + pages[name])
        seen |= pages.keys()
    assert staff_pages(demo.app) - seen == set(AFTER_A_FORM)


def test_axe_finds_nothing_on_a_patients_pages(browser: Browser, site: str, demo: Demo) -> None:
    session, key = db.session(), bedside().code_key
    visit = session.query(Visit).order_by(Visit.id.desc()).first()
    place = session.query(Site).first()
    assert visit
    assert place
    poster = poster_code(session, place, key)
    starts = [
        "/sign-in",
        "/forgotten",
        f"/c/{invitation_code(session, visit, key)}",
        f"/c/{poster}",
        f"/c/{poster}/kiosk",
        "/c/no-such-code",
        "/no-such-page",
    ]
    with browser.new_context(reduced_motion="reduce") as context:
        page = context.new_page()
        for address in starts:
            look(page, site + address)
