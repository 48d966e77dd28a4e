"""A practice manager's week: what moved, what was written, a team, a talk, the file for the meeting.

Monday     trends ─► a topic at a site ─► its comments ─► back, the filters kept; along the points
           by key; a note of what changed, a view under a name
Tuesday    the teams by name ─► one of them ─► all its trends
Wednesday  a person's page before a talk: very little, and in the audit
Thursday   the file, with what was asked and the rule; the page on paper
Friday     the admin finds in the audit who opened and read what
"""

import csv
import re
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import SignedIn
from tests.support.browser import DESKTOP, check, follow
from tests.support.world import TODAY

pytestmark = pytest.mark.browser


def read_what_moved(page: Page) -> None:
    page.goto("/")
    page.get_by_role("navigation").get_by_role("link", name="Trends").first.click()
    page.get_by_label("About", exact=True).select_option(label="Plain explanation and teach-back")
    page.get_by_label("Site", exact=True).select_option(label="Hollowbank")
    follow(page.get_by_role("button", name="Apply"))
    asked = page.url
    assert "topic=explaining" in asked
    assert "site=" in asked
    check(page)
    topics = page.get_by_role("region", name="Table of praise and criticism by topic")
    topics.get_by_role("link", name=re.compile("comments, read them")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"^\d+ comments$"))
    check(page)
    page.go_back()
    assert page.url == asked


def go_along_the_points(page: Page) -> None:
    page.goto("/trends?topic=phone_system")
    points = page.locator("chart-points svg.w-only").first.get_by_role("link")
    newest = points.last.get_attribute("aria-label")
    points.last.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    here = page.locator(":focus").get_attribute("aria-label")
    assert here == points.nth(points.count() - 3).get_attribute("aria-label") != newest
    page.keyboard.press("End")
    assert page.locator(":focus").get_attribute("aria-label") == newest
    stops = page.locator("chart-points svg.w-only").first.locator('a[tabindex="0"]')
    assert stops.count() == 1, "one stop of the Tab key"
    page.keyboard.press("Home")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"^\d+ comments$"))


def note_what_changed(page: Page) -> None:
    page.goto("/trends?topic=explaining")
    follow(page.get_by_role("link", name="Notes on the charts"))
    page.get_by_label("What happened").fill("Teach-back at the team day")
    follow(page.get_by_role("button", name="Add the note"))
    expect(page.get_by_role("alert")).to_contain_text("Write the day as day, month and year.")
    check(page)
    page.get_by_label("Day", exact=True).fill(f"{TODAY - timedelta(days=60)}")
    follow(page.get_by_role("button", name="Add the note"))
    check(page)
    page.goto("/trends?topic=explaining")
    expect(page.locator("figure.chart").first).to_contain_text("Teach-back at the team day")
    page.locator(".views summary").click()
    page.get_by_label("Name of the view").fill("Explaining, everywhere")
    follow(page.get_by_role("button", name="Save", exact=True))
    expect(page.get_by_role("link", name="Explaining, everywhere")).to_be_visible()
    check(page)
    follow(page.get_by_role("link", name="Saved views"))
    check(page)
    page.goto("/trends/notes")
    mine = page.get_by_role("row").filter(has_text="Teach-back at the team day")
    follow(mine.get_by_role("button", name="Remove"))
    expect(page.get_by_role("status")).to_contain_text("The note is off the charts.")


def look_at_a_team(page: Page) -> None:
    page.goto("/teams")
    names = page.locator("main h2").all_inner_texts()
    assert names == sorted(names)
    page.get_by_role("link", name="Nursing, Hollowbank").click()
    expect(page.get_by_text("nothing here says who was meant")).to_be_visible()
    check(page)
    follow(page.get_by_role("link", name="See all trends of this team"))
    assert "team=nursing" in page.url


def prepare_a_talk(page: Page) -> None:
    page.goto("/people")
    everybody = page.get_by_role("table").inner_text()
    assert not re.search(r"\d", everybody), "no number stands beside a name"
    page.get_by_role("link", name="Mrs Fiona Mackie").click()
    expect(page.get_by_text(re.compile(r"likely \d+–\d+ in 20"))).to_be_visible()
    expect(page.get_by_text("Mrs Fiona Mackie can see exactly what you see")).to_be_visible()
    check(page)


def take_the_file(page: Page, folder: Path) -> None:
    page.goto("/trends?topic=explaining")
    shown = page.get_by_role("region", name="Table of shares by month")
    page.locator("summary").filter(has_text="Show the numbers").click()
    newest = shown.get_by_role("row").last.inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    download.value.save_as(folder / "trends.csv")
    with (folder / "trends.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert ["Topic", "Plain explanation and teach-back"] in rows
    assert {"Rule", "Formula"} <= {row[0] for row in rows if row}
    at = next(i for i, row in enumerate(rows) if row[:1] == ["Month"])
    month, comments, negative, *_ = rows[at + 13]
    assert newest.startswith(month)
    assert f"{negative} of {comments} comments" in newest


def put_it_on_paper(page: Page) -> None:
    page.goto("/trends?topic=explaining")
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Apply")).to_be_hidden()
    expect(page.get_by_role("navigation").first).to_be_hidden()
    expect(page.locator(".only-print")).to_contain_text("All sites · All teams · All stages")
    expect(page.get_by_role("region", name="Table of shares by month")).to_be_visible()
    cut = "[...document.querySelectorAll('.scroll-x')].filter(e => e.scrollWidth > e.clientWidth)"
    page.set_viewport_size({"width": 688, "height": 1000})  # a sheet of A4 within its margins
    assert page.evaluate(f"{cut}.length") == 0, "no table is cut off at the edge of the paper"
    page.emulate_media(media="screen")


def find_it_in_the_audit(page: Page) -> None:
    page.goto("/admin/audit")
    page.get_by_label("What", exact=True).select_option("open_person")
    page.get_by_label("Who", exact=True).select_option(label="Mrs Judith Penrose")
    follow(page.get_by_role("button", name="Apply"))
    assert "verb=open_person" in page.url
    (line,) = page.get_by_role("row").filter(has_text="Judith Penrose").all_inner_texts()
    assert "opened a person’s page" in line
    check(page)


def test_a_managers_week(signed_in: SignedIn, tmp_path: Path) -> None:
    judith = signed_in("judith", DESKTOP)
    read_what_moved(judith)
    go_along_the_points(judith)
    note_what_changed(judith)
    look_at_a_team(judith)
    prepare_a_talk(judith)
    take_the_file(judith, tmp_path)
    put_it_on_paper(judith)
    find_it_in_the_audit(signed_in("owen", DESKTOP))
