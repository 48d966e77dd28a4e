"""A week of patients, and of those at the desk who look after what they leave.

Owen prints a poster and sends the list of visits ─► a patient scans it in Spanish ─► a tablet clears
itself ─► Siobhan types in a card ─► an invitation is opened from the outbox, then stopped ─► a patient
takes a comment back, and Owen erases it.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from tests.support.browser import DESKTOP, PHONE, check, follow
from tests.support.demo import Demo
from tests.support.world import NOW
from training import clock, jobs
from training.extensions import bedside

pytestmark = pytest.mark.browser

ADDRESS = "pat.week@post.example"
VISITS = f"""visit_id,occurred_at,channel,stage,site,email,consent_to_contact,sensitive
W1,2026-03-16T08:00,in_person,assessment,Hollowbank,{ADDRESS},yes,
W2,2026-03-16T08:10,in_person,treatment,Hollowbank,{ADDRESS},yes,
W3,2026-03-16T08:20,in_person,treatment,Hollowbank,loss.week@post.example,yes,yes
W4,2026-03-16T08:30,in_person,treatment,Hollowbank,quiet.week@post.example,no,
"""
LATER = "W5,2026-03-16T08:40,phone,request,Hollowbank," + ADDRESS.upper() + ",yes,\n"
CARD = "The new door at Ferry Lane is so heavy that I could not open it with my frame."


class Tabs:
    """A browser for each person, without scripts where a test says so."""

    def __init__(self, browser: Browser, site: str, demo: Demo) -> None:
        self._browser, self._site, self._demo = browser, site, demo

    def patient(self, *, scripts: bool = True, language: str = "en-GB") -> Page:
        """Return a phone that has never been here."""
        return self._browser.new_context(
            viewport=PHONE, base_url=self._site, locale=language,  # type: ignore[arg-type]
            reduced_motion="reduce", java_script_enabled=scripts,
        ).new_page()  # fmt: skip

    def staff(self, first_name: str) -> Page:
        """Return the screen of somebody who has signed in."""
        context = self._browser.new_context(
            viewport=DESKTOP, base_url=self._site, locale="en-GB", reduced_motion="reduce"  # type: ignore[arg-type]
        )  # fmt: skip
        self._demo.let_in(context, first_name)
        return context.new_page()


@pytest.fixture
def tabs(browser: Browser, site: str, demo: Demo) -> Iterator[Tabs]:
    yield Tabs(browser, site, demo)
    for context in browser.contexts:
        context.close()


def poster(owen: Page) -> str:
    """Print the first site's poster; return the path of its code."""
    owen.goto("/admin/codes")
    follow(owen.locator("form[action*='/posters/'] button").first)
    check(owen)
    expect(owen.get_by_role("img", name=re.compile("QR code"))).to_be_visible()
    found = re.search(r"/c/[A-Z0-9-]+", owen.inner_text("article.poster"))
    assert found
    return found[0]


def send_visits(owen: Page, text: str) -> None:
    owen.goto("/admin/import")
    owen.get_by_role("radio", name=re.compile("^Visits")).check()
    file = {"name": "visits.csv", "mimeType": "text/csv", "buffer": text.encode()}
    owen.get_by_label("The file").set_input_files(file)  # type: ignore[arg-type]
    follow(owen.get_by_role("button", name="Check the file"))
    check(owen)
    owen.get_by_role("button", name=re.compile("^Import ")).click()
    expect(owen.get_by_role("heading", level=1)).to_have_text("Imported")


def letters() -> list[EmailMessage]:
    """Send what is due by now, and return the invitations that lie in the outbox."""
    with clock.stopped_at(NOW + timedelta(minutes=5)):
        jobs.sweep()
    found = sorted(Path(bedside().config.outbox).glob("*.eml"))
    read = (message_from_bytes(path.read_bytes(), policy=policy.default) for path in found)
    return [letter for letter in read if letter["List-Unsubscribe"]]


def path_in(letter: EmailMessage, start: str) -> str:
    found = re.search(rf"/{start}/[\w-]+", letter.get_content())
    assert found
    return found[0]


def test_a_poster_is_scanned_in_spanish_and_a_tablet_keeps_nothing(tabs: Tabs) -> None:
    code = poster(tabs.staff("owen"))

    phone = tabs.patient(language="es-MX")
    phone.goto(code)
    expect(phone.locator("html")).to_have_attribute("lang", "es")
    check(phone)
    follow(phone.get_by_role("button", name="Enviar"))
    check(phone)
    expect(phone.locator("#f-rating-error")).to_be_visible()
    phone.get_by_role("textbox").first.fill("Me explicaron todo con paciencia.")
    phone.get_by_role("button", name="Enviar").dblclick()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Gracias")
    check(phone)
    assert "paciencia" not in phone.inner_text("main")
    assert phone.context.cookies() == []

    tablet = tabs.patient(scripts=False)
    tablet.goto(f"{code}/kiosk")
    tablet.get_by_role("radio", name="Very good", exact=True).check()
    tablet.get_by_role("button", name="Next").click()
    tablet.get_by_role("textbox").fill("The lady at the desk was kind.")
    for _ in range(3):
        tablet.get_by_role("button", name="Next").click()
    tablet.get_by_role("button", name="Send").click()
    expect(tablet.get_by_role("heading", level=1)).to_contain_text("Thank you")
    follow(tablet.get_by_role("link", name="Ready for the next person"))
    assert tablet.locator("input[type=radio]:checked").count() == 0
    tablet.go_back()
    with pytest.raises(Error, match="CACHE_MISS"):  # the browser kept no screen to go back to
        tablet.go_back()
    assert tablet.context.cookies() == []


def test_an_invitation_is_opened_from_the_outbox_and_stop_is_kept(tabs: Tabs) -> None:
    """Two visits of one person and a bereavement make one letter; after STOP there is no other."""
    owen = tabs.staff("owen")
    send_visits(owen, VISITS)
    (letter,) = letters()
    assert letter["To"] == ADDRESS
    owen.goto("/admin/codes?days=1")
    check(owen)
    expect(owen.get_by_role("row").filter(has_text="W3")).to_contain_text("not asked")

    patient = tabs.patient()
    patient.goto(path_in(letter, "c"))
    patient.get_by_role("radio", name="Good", exact=True).check()
    patient.get_by_role("button", name="Send").click()
    expect(patient.get_by_role("heading", level=1)).to_contain_text("Thank you")
    patient.goto(path_in(letter, "stop"))
    check(patient)
    patient.get_by_role("button", name="Stop the e-mails").click()
    expect(patient.get_by_role("heading", level=1)).to_contain_text("no more")
    check(patient)
    assert patient.context.cookies() == []

    send_visits(owen, VISITS + LATER)
    assert len(letters()) == 1


def test_a_card_is_typed_in_and_taken_back_at_the_patients_wish(tabs: Tabs) -> None:
    siobhan, owen = tabs.staff("siobhan"), tabs.staff("owen")
    siobhan.goto("/")
    follow(siobhan.get_by_role("link", name="Paper cards"))
    check(siobhan)
    siobhan.get_by_label("Site").select_option(label="Ferry Lane")
    follow(siobhan.get_by_role("button", name="Keep this card"))
    check(siobhan)
    siobhan.get_by_label("What could have been better?").fill(CARD)
    siobhan.get_by_role("checkbox", name="Someone is not safe").check()
    siobhan.get_by_role("button", name="Keep this card").click()
    expect(siobhan.get_by_text("The card is kept.")).to_be_visible()

    owen.goto("/review")
    owen.locator("a[href^='/cases/']").filter(has_text="safety concern").last.click()
    expect(owen.get_by_text("with my frame").first).to_be_visible()
    case = owen.url
    found = re.search(r"Reference\s*([\w-]+)", owen.locator("main").text_content() or "")
    assert found

    owen.get_by_role("link", name="Withdraw").click()
    owen.get_by_label("Reference").fill("no such thing")
    follow(owen.get_by_role("button", name="Find the comment"))
    check(owen)
    owen.get_by_label("Reference").fill(found[1])
    follow(owen.get_by_role("button", name="Find the comment"))
    check(owen)
    assert "frame" not in owen.inner_text("main")
    owen.get_by_role("button", name="Erase it for good").click()
    expect(owen.get_by_text("The comment is erased.")).to_be_visible()
    owen.goto(case)
    expect(owen.get_by_text("its words are gone")).to_be_visible()
    assert "frame" not in owen.content()
    owen.goto("/review")
    assert found[1] not in owen.content()
    assert case.rpartition("/")[2] not in owen.content()
