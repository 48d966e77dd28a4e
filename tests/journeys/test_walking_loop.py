"""The whole loop, as people walk it: a patient's words, a reviewer, the nurse, the manager.

Owen prints a code ─► a patient writes on a phone ─► Siobhan confirms ─► Fiona finds the remark and the
conversation, rehearses it by keyboard, reads the debrief ─► Judith sees the month move.
axe looks at every page they pass.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browser import DESKTOP, PHONE, check, follow
from tests.support.demo import Demo

pytestmark = pytest.mark.browser

WORDS = "Nurse Fiona did not explain what the new tablets were for, she just handed me the leaflet."
LONGEST_PLAY = 12


class Person:
    """Somebody of the demo at a screen of their own."""

    def __init__(
        self, browser: Browser, site: str, demo: Demo, size: dict[str, int], *, scripts: bool = True
    ) -> None:
        self.context = browser.new_context(
            viewport=size,  # type: ignore[arg-type]
            base_url=site,
            reduced_motion="reduce",
            java_script_enabled=scripts,
        )
        self.page: Page = self.context.new_page()
        self.demo = demo
        self.scripts = scripts

    def sign_in(self, first_name: str) -> Page:
        login = self.demo.login(first_name)
        self.page.goto("/sign-in")
        self.page.get_by_label("E-mail address").fill(login.email)
        self.page.get_by_label("Password").fill(login.password)
        self.page.get_by_role("button", name="Sign in").click()
        return self.page

    def at(self, path: str) -> Page:
        self.page.goto(path)
        if self.scripts:
            check(self.page)
        return self.page


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def size(request: pytest.FixtureRequest) -> dict[str, int]:
    found: dict[str, int] = request.param
    return found


@pytest.fixture
def people() -> Iterator[list[Person]]:
    made: list[Person] = []
    yield made
    for person in made:
        person.context.close()


def arrive(
    people: list[Person],
    browser: Browser,
    site: str,
    demo: Demo,
    size: dict[str, int],
    *,
    scripts: bool = True,
) -> Person:
    person = Person(browser, site, demo, size, scripts=scripts)
    people.append(person)
    return person


def explained_badly(page: Page) -> tuple[int, int]:
    """Return (negative, all) comments of the running month from the table under the chart."""
    page.goto("/trends?topic=explaining")
    check(page)
    table = page.get_by_role("region", name="Table of shares by month")
    row = table.get_by_role("row", name=re.compile("^Mar 2026"))
    found = re.search(r"(\d+) of (\d+) comments", row.inner_text())
    assert found, row.inner_text()
    return int(found[1]), int(found[2])


def a_code(owen: Page) -> str:
    """Print a fresh code for a visit that Fiona was on; return its path."""
    owen.goto("/admin/codes?days=28")
    check(owen)
    row = owen.get_by_role("row").filter(has_text="Fiona Mackie").filter(has_text="New code").first
    follow(row.get_by_role("button", name="New code"))
    check(owen)
    shown = re.search(r"/c/[A-Z0-9-]+", owen.inner_text("main"))
    assert shown
    return shown[0]


def write(patient: Person, path: str) -> None:
    page = patient.at(path)
    page.get_by_role("radio", name="Poor", exact=True).check()
    page.get_by_label("What could have been better?").fill(WORDS)
    page.get_by_role("checkbox", name=re.compile("learn")).check()
    page.get_by_role("button", name=re.compile("^Send")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    expect(page.get_by_text("116 123").first).to_be_visible()
    assert "tablets" not in page.content()
    assert patient.context.cookies() == []
    if patient.scripts:
        check(page)


def confirm(siobhan: Page) -> None:
    """Find the newest comment in the queue, confirm it with a key, undo, and confirm it again."""
    siobhan.goto("/review")
    check(siobhan)
    siobhan.locator("a[href^='/review/']").filter(
        has_text=re.compile("Plain explanation")
    ).last.click()
    expect(siobhan.get_by_text("just handed me the leaflet").first).to_be_visible()
    check(siobhan)
    siobhan.locator("body").press("c")
    expect(siobhan.get_by_role("button", name="Undo")).to_be_visible()
    check(siobhan)
    siobhan.get_by_role("button", name="Undo").click()
    expect(siobhan.get_by_text("just handed me the leaflet").first).to_be_visible()
    siobhan.get_by_role("button", name=re.compile("^Confirm: ")).first.click()
    expect(siobhan.get_by_role("button", name="Undo")).to_be_visible()


def rehearse(fiona: Page) -> None:
    """Play to the end with the keyboard alone, then read the debrief and keep a private note."""
    expect(fiona.locator("scenario-player")).to_be_visible()
    check(fiona)
    for _ in range(LONGEST_PLAY):
        if not fiona.locator(".choice").count():
            break
        said = fiona.locator(".turn").count()
        fiona.locator("body").press("1")
        expect(fiona.locator(".turn").nth(said)).to_be_visible()
    check(fiona)
    fiona.get_by_role("link", name="See how it went").click()
    expect(fiona.get_by_text("You said").first).to_be_visible()
    check(fiona)


def test_a_patients_words_become_a_remark_a_rehearsal_and_a_moved_trend(
    people: list[Person], browser: Browser, site: str, demo: Demo, size: dict[str, int]
) -> None:
    judith = arrive(people, browser, site, demo, size).sign_in("judith")
    negative, every = explained_badly(judith)

    owen = arrive(people, browser, site, demo, size).sign_in("owen")
    write(arrive(people, browser, site, demo, size), a_code(owen))

    confirm(arrive(people, browser, site, demo, size).sign_in("siobhan"))

    fiona = arrive(people, browser, site, demo, size)
    page = fiona.sign_in("fiona")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Fiona")
    fiona.at("/home")
    first, second = (
        page.get_by_role("heading", level=2, name=n) for n in ("Thanks", "Worth another look")
    )
    assert first.bounding_box()["y"] < second.bounding_box()["y"], "thanks come first"  # type: ignore[index]
    fiona.at("/what-patients-say")
    expect(page.get_by_text("March 2026").first).to_be_visible()
    fiona.at("/conversations")
    page.goto("/home")
    page.locator("summary").filter(has_text="Why this one?").click()
    expect(page.get_by_text(re.compile(r"likely \d+–\d+ in 20")).first).to_be_visible()
    page.get_by_role("button", name="Practise this").first.click()
    if page.get_by_role("button", name="Start").count():
        check(page)
        page.get_by_role("button", name="Start").click()
    rehearse(page)

    assert explained_badly(judith) == (negative + 1, every + 1)


def test_a_patient_without_javascript_and_cookies_gets_the_same_page(
    people: list[Person], browser: Browser, site: str, demo: Demo
) -> None:
    owen = arrive(people, browser, site, demo, DESKTOP).sign_in("owen")
    write(arrive(people, browser, site, demo, PHONE, scripts=False), a_code(owen))


def test_the_one_who_safeguards_reads_the_serious_comment_first(
    people: list[Person], browser: Browser, site: str, demo: Demo
) -> None:
    person = arrive(people, browser, site, demo, PHONE)
    page = person.sign_in("yetunde")
    person.at("/review")
    follow(page.get_by_role("link", name=re.compile("Possible safety concern")))
    expect(page.get_by_text("chest pain").first).to_be_visible()
    check(page)
    page.get_by_label("Owner", exact=True).select_option(label="Dr Yetunde Balogun")
    follow(page.get_by_role("button", name="Save"))
    expect(page.get_by_text("Owner: Dr Yetunde Balogun.")).to_be_visible()
    page.get_by_label("Acted on").check()
    page.get_by_label("Reason").fill("His daughter was called; the triage words are changed.")
    follow(page.get_by_role("button", name="Close the case"))
    expect(page.get_by_text("Closed: Acted on.")).to_be_visible()
    check(page)
    assert "Possible safety concern" not in person.at("/review").inner_text("main")
    plain = arrive(people, browser, site, demo, DESKTOP)
    plain.sign_in("siobhan")
    assert "Possible safety concern" not in plain.at("/review").inner_text("main")
