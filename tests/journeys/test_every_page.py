"""Every page that somebody can reach by links: axe finds nothing, and none is wider than its window.

crawl the demo as each of its people ─► one address a kind of page ─► phone and desktop, light and dark
"""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext
from werkzeug.test import Cookie, TestResponse

from bench import crawl
from tests.support.browser import DESKTOP, PHONE, check_both
from tests.support.codes import invitation_code, poster_code
from tests.support.demo import Demo
from training.extensions import bedside, db, writing
from training.store.tables import Site, Visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("pages")]

# What no link leads to in the demo; the journeys that send those forms look at them.
AFTER_A_FORM = (
    "admin.withdraw_one",
    "manager.certain_done",
    "manager.dispute",
    "staff.debrief",
    "staff.play",
    "staff.refresher",
)
PEOPLE = ("owen", "judith", "yetunde", "siobhan", "fiona", "callum")


class Local(FlaskClient):
    """A client that asks where the demo is served."""

    def open(self, *args: Any, **given: Any) -> TestResponse:
        """Ask for an address."""
        return super().open(*args, **{"base_url": "http://127.0.0.1", **given})


def staff_pages(app: Flask) -> set[str]:
    """Return the pages of people who are signed in, files apart."""
    return {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or set())
        and rule.endpoint.startswith(("staff.", "manager.", "admin."))
        and not rule.endpoint.endswith(("_csv", "_svg", "_file", "_faults", "ten_minutes"))
    }


def look(context: BrowserContext, address: str) -> None:
    """Open a page and look at it at both sizes, in light, and in dark where only colours differ."""
    page = context.new_page()
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.goto(address)
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        check_both(page)
    page.close()


def crawled(demo: Demo, first_name: str) -> tuple[Cookie, dict[str, str]]:
    """Sign somebody in; return their cookie and an address of each kind of page, files apart."""
    login = demo.login(first_name)
    client = demo.app.test_client()
    client.post("/sign-in", data={"email": login.email, "password": login.password})
    cookie = client.get_cookie("bedside", domain="127.0.0.1")
    assert cookie, first_name
    found = crawl.find(demo.app, client, ["/", "/me"])
    drawn = {name: at for name, at in found.items() if client.get(at).mimetype == "text/html"}
    return cookie, drawn


def a_program_writes(demo: Demo) -> None:
    """Send, by a poster, a comment that is set apart: so that there is a page of them to reach."""
    with demo.app.app_context(), writing():
        place = db.session.query(Site).first()
        assert place
        poster = poster_code(db.session(), place, bedside().code_key)
    demo.app.test_client().post(f"/c/{poster}", data={"went_well": "Cheap watches", "website": "x"})


def test_axe_finds_nothing_on_any_page_that_somebody_reaches(
    browser: Browser, site: str, demo: Demo
) -> None:
    demo.app.test_client_class = Local
    with ThreadPoolExecutor(1) as outside:
        outside.submit(a_program_writes, demo).result()
    seen: set[str] = set()
    for first_name in PEOPLE:
        with ThreadPoolExecutor(1) as outside:  # the test's own context would be everybody's
            cookie, reached = outside.submit(crawled, demo, first_name).result()
        with browser.new_context() as context:
            context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site}])
            for name in sorted(reached.keys() - seen):
                look(context, site + reached[name])
        seen |= reached.keys()
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
    with browser.new_context() as context:
        for address in starts:
            look(context, site + address)
