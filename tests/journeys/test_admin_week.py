"""An admin's first week: set-up, files, people who come and go, and what is kept.

Owen mends the crisis words ─► sends visits with a faulty line, mends them, imports them, undoes them
Owen imports a new nurse, who is on the roster twice ─► invites her to one site ─► makes the two rows one
    ─► she signs in ─► her row gets a last day ─► her next click ends at the door
Owen sees what keeping comments for a year would erase, says yes ─► the doctor says how things stand
"""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import SignedIn
from tests.support.browser import DESKTOP, PHONE, check, follow

pytestmark = pytest.mark.browser

ROSTER = "staff_id;given_name;family_name;role;site;active_to"
HEAD = "Visit ID;Occurred at;Channel;Stage"
GOOD = ["ZZ1;14/03/2026 09:20;phone;request", "ZZ2;03/03/2026 10:00;phone;request"]
BAD = "ZZ3;03/03/2026 11:00;telephone;request"


def send(page: Page, *lines: str, kind: str = "Visits", head: str = HEAD) -> None:
    """Send lines of a file as a Windows program writes them."""
    page.goto("/admin/import")
    page.get_by_role("radio", name=re.compile(f"^{kind}")).check()
    body = "\r\n".join([head, *lines]).encode("utf-8-sig")
    page.get_by_label("The file").set_input_files(
        {"name": f"{kind.lower()}.csv", "mimeType": "text/csv", "buffer": body}
    )
    page.get_by_role("button", name="Check the file").click()


def test_a_file_with_a_fault_is_mended_imported_and_undone(signed_in: SignedIn) -> None:
    page = signed_in("owen", DESKTOP)
    send(page, *GOOD, BAD)
    expect(page.get_by_text("Did you mean “phone”?")).to_be_visible()
    check(page)
    page.get_by_role("button", name="Cancel, import nothing").click()
    expect(page.get_by_text("Nothing was imported.")).to_be_visible()
    send(page, *GOOD)
    expect(page.get_by_text("were read as day/month/year")).to_be_visible()
    follow(page.get_by_role("button", name=re.compile("^Import 2")))
    page.goto("/admin/import")
    follow(page.get_by_role("link", name=re.compile(r"^Undo\b.*visits\.csv")).first)
    check(page)
    follow(page.get_by_role("button", name="Undo the import"))
    page.goto("/admin/import")
    expect(page.get_by_role("link", name=re.compile("^Undone")).first).to_be_visible()


def test_set_up_shows_the_practices_words_and_says_what_is_missing(signed_in: SignedIn) -> None:
    page = signed_in("owen", PHONE)
    page.goto("/admin/settings")
    page.get_by_label("In a crisis").fill("")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_be_visible()
    check(page)
    page.get_by_label("In a crisis").fill("Call Samaritans on 116 123, at any hour.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Patients read the new words from now on.")).to_be_visible()
    check(page)


def at_roster(page: Page, name: str, doing: str) -> None:
    """Follow what can be done about somebody on the roster."""
    page.goto("/admin/people")
    page.get_by_role("link", name=re.compile(rf"^{doing}\s+{name}")).click()


def import_roster(page: Page, *lines: str) -> None:
    send(page, *lines, kind="Roster", head=ROSTER)
    page.get_by_role("button", name=re.compile("^Import")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Imported")


def invited(page: Page) -> str:
    """Invite the new nurse to one site; return her link."""
    at_roster(page, "Tess Newland", "Invite")
    page.get_by_label("Work e-mail address").fill("tess@hollowbank.example")
    page.get_by_role("checkbox", name="Ferry Lane").check()
    check(page)
    follow(page.get_by_role("button", name="Invite"))
    check(page)
    found = re.search(r"/link/[\w-]+", page.inner_text("main"))
    assert found
    return found[0]


def merge(page: Page) -> None:
    """Make one of the two rows that are one nurse."""
    page.goto("/admin/people")
    page.get_by_role("link", name="Merge two rows of the roster").click()
    page.get_by_label("Name or id").fill("newland")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("radio", name="Keep Tess Newland, ZN1").check()
    page.get_by_role("radio", name="Remove Tessa Newland, ZN2").check()
    check(page)
    follow(page.get_by_role("button", name="Look at both"))
    check(page)
    page.get_by_role("button", name="Merge them").click()
    expect(page.get_by_text("The two rows are one.")).to_be_visible()


def test_somebody_new_is_invited_to_a_site_made_one_of_two_rows_and_leaves(
    signed_in: SignedIn, browser: Browser, site: str
) -> None:
    owen = signed_in("owen", DESKTOP)
    import_roster(owen, "ZN1;Tess;Newland;nurse;Ferry Lane;", "ZN2;Tessa;Newland;nurse;Ferry Lane;")
    link = invited(owen)
    merge(owen)
    expect(owen.get_by_role("row").filter(has_text="Newland")).to_have_count(1)
    expect(owen.get_by_role("row").filter(has_text="Newland")).to_contain_text("Ferry Lane alone")

    tess = browser.new_context(base_url=site, viewport=PHONE).new_page()  # type: ignore[arg-type]
    tess.goto(link)
    tess.get_by_label("Password").fill("willow amber thistle")
    tess.get_by_role("button", name="Save and sign in").click()
    expect(tess.get_by_role("heading", level=1)).to_contain_text("Tess")

    import_roster(owen, "ZN1;Tess;Newland;nurse;Ferry Lane;2026-03-01")
    tess.goto("/home")
    expect(tess).to_have_url(re.compile("/sign-in"))
    owen.goto("/admin/people")
    expect(owen.get_by_role("row").filter(has_text="Newland")).to_contain_text("Has left")
    check(owen)


def test_keeping_for_less_says_what_it_erases_and_the_doctor_answers(signed_in: SignedIn) -> None:
    page = signed_in("owen", DESKTOP)
    page.goto("/admin/keeping")
    page.get_by_label("Keep comments for").select_option(label="12 months")
    follow(page.get_by_role("button", name="See what that means"))
    check(page)
    page.get_by_role("link", name="Cancel").click()
    expect(page.get_by_text("Comments are kept for good.")).to_be_visible()
    page.get_by_label("Keep comments for").select_option(label="8 years")
    page.get_by_role("button", name="See what that means").click()
    page.get_by_role("button", name="Keep them for 8 years").click()
    expect(page.get_by_text("Comments are kept for 8 years")).to_be_visible()
    page.goto("/admin/doctor")
    expect(page.get_by_role("heading", name="Backups")).to_be_visible()
    check(page)
