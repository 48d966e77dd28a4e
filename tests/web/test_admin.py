"""Set-up, people, imports and codes, as an admin sees them."""

import io
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.support.pages import Page, Pages
from tests.support.world import NOW, PASSWORD, TODAY, World
from training.store.tables import (
    Account,
    AccountSite,
    Comment,
    ImportFile,
    Invitation,
    Practice,
    Site,
    SiteCode,
    Staff,
)

SignIn = Callable[[Account], Pages]
HEAD = "staff_id,given_name,family_name,role,site"


@pytest.fixture
def admin(world: World, sign_in: SignIn) -> Pages:
    return sign_in(world.account("admin", name="Jo Mercer", email="jo@elder.example"))


def again(session: Session) -> Session:
    """The session, looking at the rows afresh."""
    session.expire_all()
    return session


# ---- Set-up ----

GOOD = {
    "name": "Elder Row Surgery",
    "time_zone": "Europe/London",
    "sites": "Quay Street\r\nMill Lane",
    "emergency_wording": "Call 999.",
    "crisis_wording": "Call 111.",
    "complaints_contact": "",
    "privacy_notice": "",
    "reading_on": "yes",
}


def test_an_admins_first_page_is_set_up(session: Session, world: World, admin: Pages) -> None:
    world.practice.set_up_at = None
    session.commit()
    page = admin.submit("/sign-in", {"email": "jo@elder.example", "password": PASSWORD})
    assert page.headings == ["Your practice"]
    saved = admin.submit("/admin/settings", GOOD)
    assert "Saved." in saved.text
    assert again(session).scalars(select(Practice.set_up_at)).one() == NOW


def test_set_up_adds_and_renames_sites(session: Session, world: World, admin: Pages) -> None:
    name = f"site-{world.site_one.public_id}"
    admin.post("/admin/settings", GOOD | {name: "Elder House"})
    names = again(session).scalars(select(Site.name).order_by(Site.name)).all()
    assert names == ["Elder House", "Mill Lane", "Quay Street"]


def test_set_up_says_what_is_missing_and_keeps_what_was_typed(admin: Pages) -> None:
    given = GOOD | {"name": "", "crisis_wording": "", "privacy_notice": "We keep it safe."}
    answer = admin.post("/admin/settings", given, status=400)
    page = Page(answer.get_data(as_text=True))
    assert page.title.startswith("Error:")
    assert "Give the practice its name." in page.text
    assert "We keep it safe." in page.text


def test_both_wordings_that_are_missing_are_named_at_once(admin: Pages) -> None:
    given = GOOD | {"emergency_wording": "", "crisis_wording": "  "}
    html = admin.post("/admin/settings", given, status=400).get_data(as_text=True)
    assert 'href="#f-emergency_wording"' in html
    assert 'href="#f-crisis_wording"' in html


def test_what_comes_next_is_the_roster_only_while_there_is_none(world: World, admin: Pages) -> None:
    assert "Next: import the roster" in admin.get("/admin/settings?saved=1").text
    row = world.staff()
    assert "Next: invite people" in admin.get("/admin/settings?saved=1").text
    world.account(staff=row, review=True)
    assert "Next:" not in admin.get("/admin/settings?saved=1").text


def test_every_wording_can_be_the_one_that_is_refused(admin: Pages) -> None:
    for field, value in (
        ("crisis_wording", " "),
        ("emergency_wording", ""),
        ("time_zone", "Elder/Row"),
        ("privacy_notice", "x" * 4001),
        ("name", "x" * 121),
    ):
        answer = admin.post("/admin/settings", GOOD | {field: value}, status=400)
        assert f'href="#f-{field}"' in answer.get_data(as_text=True)


def test_fields_that_are_not_on_the_form_change_nothing(
    session: Session, world: World, other_world: World, admin: Pages
) -> None:
    extra = {"id": other_world.practice.id, "practice_id": "9", "is_demo": "1", "set_up_at": ""}
    foreign = {f"site-{other_world.site_one.public_id}": "Mine now"}
    admin.post("/admin/settings", GOOD | extra | foreign)
    rows = again(session).scalars(select(Practice).order_by(Practice.id)).all()
    assert [(row.name, row.is_demo) for row in rows] == [
        ("Elder Row Surgery", False),
        ("Quarry Lane Practice", False),
    ]
    assert other_world.site_one.name == "Elder Row"


def test_set_up_tells_a_practice_with_one_reviewer_what_that_means(
    world: World, admin: Pages
) -> None:
    assert "Nobody yet. Remarks wait" in admin.get("/admin/settings").text
    world.account(name="Rae Oduya", review=True)
    page = admin.get("/admin/settings")
    assert "One person reviews." in page.text
    assert "Rae Oduya" in page.text
    world.account(name="Sal Reed", review=True)
    assert "One person reviews." not in admin.get("/admin/settings").text


def test_markup_in_a_wording_is_shown_as_words(admin: Pages) -> None:
    admin.post("/admin/settings", GOOD | {"name": "<img src=x onerror=alert(1)>{{7*7}}"})
    html = admin.client.get("/admin/settings").get_data(as_text=True)
    assert "<img src=x" not in html
    assert "{{7*7}}" in html


# ---- People ----


def link_in(answer: TestResponse) -> str:
    found = re.search(r"http://localhost(/link/[\w-]+)", answer.get_data(as_text=True))
    assert found is not None
    return found[1]


def test_an_empty_roster_says_what_to_do(admin: Pages) -> None:
    assert "Nobody is on the roster yet" in admin.get("/admin/people").text


def test_people_are_listed_without_any_measure(world: World, admin: Pages) -> None:
    nurse = world.staff("Ada", "Moss", title="Dr")
    world.read_comment("Dr Moss was rude.", about=nurse, state="confirmed")
    page = admin.get("/admin/people")
    assert "Dr Ada Moss" in page.text
    assert not re.search(r"\d+ (comment|remark)|rude|%", page.text)


def test_an_invited_person_chooses_a_password_and_signs_in(
    app: Flask, session: Session, world: World, admin: Pages, stranger: Pages, tmp_path: Path
) -> None:
    row = world.staff("Ada", "Moss")
    answer = admin.post(
        f"/admin/people/{row.public_id}/invite",
        {"email": "ada@elder.example", "role": "staff", "may_review": "yes"},
        status=200,
    )
    path = link_in(answer)
    messages = list((tmp_path / "outbox").glob("*.eml"))
    assert len(messages) == 1
    words = messages[0].read_text()
    assert path in words
    for told in ("Jo Mercer invites you to Bedside at Elder Row Surgery", "ranks nobody", "7 days"):
        assert told in words
    assert "opens only on this computer" in answer.get_data(as_text=True)
    assert path not in admin.client.get("/admin/people").get_data(as_text=True)
    stranger.post(path, {"password": PASSWORD})
    assert stranger.get("/me").headings == ["Ada Moss"]
    who = again(session).scalars(select(Account).where(Account.staff_id == row.id)).one()
    assert (who.role, who.may_review, who.may_safeguard) == ("staff", True, False)


def test_the_address_on_the_roster_is_offered_when_somebody_is_invited(
    world: World, admin: Pages
) -> None:
    row = world.staff("Ada", "Moss", email="a.moss@elder.example")
    html = admin.client.get(f"/admin/people/{row.public_id}/invite").get_data(as_text=True)
    assert 'value="a.moss@elder.example"' in html


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"email": ""}, "Enter an e-mail address."),
        ({"email": "ada@elder"}, "not complete"),
        ({"email": "ada@elder.example\nBcc: x@y.example"}, "not complete"),
        ({"email": "JO@elder.example"}, "signs in with this address already"),
        ({"email": "ada@elder.example", "role": "owner"}, "choice"),
    ],
)
def test_an_invitation_that_cannot_be_sent_says_why(
    session: Session, world: World, admin: Pages, given: dict[str, str], words: str
) -> None:
    path = f"/admin/people/{world.staff().public_id}/invite"
    page = Page(admin.post(path, {"role": "staff", **given}, status=400).get_data(as_text=True))
    assert words in page.text
    assert len(again(session).scalars(select(Account)).all()) == 1


def test_extra_fields_of_an_invitation_are_ignored(
    session: Session, world: World, other_world: World, admin: Pages
) -> None:
    row = world.staff()
    extra = {"practice_id": other_world.practice.id, "staff_id": 9, "password_hash": "x", "id": 77}
    admin.post(
        f"/admin/people/{row.public_id}/invite",
        {"email": "ada@elder.example", "role": "staff", **extra},
        status=200,
    )
    who = again(session).scalars(select(Account).where(Account.email == "ada@elder.example")).one()
    assert (who.practice_id, who.staff_id, who.password_hash) == (world.practice.id, row.id, None)
    assert who.id != 77


def test_a_site_of_another_practice_is_refused(
    session: Session, world: World, other_world: World, admin: Pages
) -> None:
    who = world.account("manager", sites=[world.site_one])
    given = {"role": "manager", "sites": other_world.site_one.public_id}
    admin.post(f"/admin/people/{who.public_id}", given, status=400)
    scope = again(session).scalars(select(AccountSite.site_id)).all()
    assert scope == [world.site_one.id]


def test_rights_are_changed_and_count_at_once(world: World, admin: Pages, sign_in: SignIn) -> None:
    who = world.account("staff", name="Rae Oduya")
    theirs = sign_in(who)
    theirs.get("/admin/people", status=404)
    page = admin.submit(f"/admin/people/{who.public_id}", {"role": "admin"})
    assert "Saved." in page.text
    theirs.get("/admin/people")
    admin.post(f"/admin/people/{who.public_id}", {"role": "staff"})
    theirs.get("/admin/people", status=404)


def test_the_last_admin_is_told_why_they_must_stay(session: Session, admin: Pages) -> None:
    me = session.scalars(select(Account.public_id)).one()
    demoted = admin.post(f"/admin/people/{me}", {"role": "staff"}, status=400)
    disabled = admin.post(f"/admin/people/{me}/disable", status=400)
    for answer in (demoted, disabled):
        assert "This is the last admin." in answer.get_data(as_text=True)
    admin.get("/admin/people")


def test_disabling_asks_first_and_ends_sign_ins(
    world: World, admin: Pages, sign_in: SignIn
) -> None:
    who = world.account(name="Rae Oduya")
    theirs = sign_in(who)
    admin.get(f"/admin/people/{who.public_id}/disable")
    theirs.get("/me")
    admin.post(f"/admin/people/{who.public_id}/disable")
    theirs.get("/me", status=303)
    assert "Let them sign in again" in admin.get(f"/admin/people/{who.public_id}").text
    admin.post(f"/admin/people/{who.public_id}/link", status=404)
    assert "They can sign in again." in admin.submit(f"/admin/people/{who.public_id}/enable").text
    theirs.post("/sign-in", {"email": who.email, "password": PASSWORD})


def test_a_new_link_is_shown_and_works(world: World, admin: Pages, stranger: Pages) -> None:
    who = world.account(name="Rae Oduya")
    path = link_in(admin.post(f"/admin/people/{who.public_id}/link", status=200))
    assert "Rae Oduya" in stranger.get(path).text


def test_somebody_already_invited_leads_to_their_account(world: World, admin: Pages) -> None:
    row = world.staff("Ada", "Moss")
    who = world.account(staff=row)
    answer = admin.post(f"/admin/people/{row.public_id}/invite", {"email": "x@y.example"})
    assert answer.headers["Location"].endswith(f"/admin/people/{who.public_id}")


def test_a_leaver_is_shown_as_left_and_not_invited(world: World, admin: Pages) -> None:
    row = world.staff(active_to=TODAY - timedelta(days=1))
    page = admin.get("/admin/people")
    assert "Has left" in page.text
    assert not any("invite" in href for href in page.links)
    admin.get(f"/admin/people/{row.public_id}/invite", status=404)


def test_names_with_markup_are_shown_as_words(world: World, admin: Pages) -> None:
    row = world.staff("<script>alert(1)</script>", "{{7*7}}")
    for path in ("/admin/people", f"/admin/people/{row.public_id}/invite"):
        html = admin.client.get(path).get_data(as_text=True)
        assert "<script>alert" not in html
        assert "{{7*7}}" in html


def test_everything_of_another_practice_is_404(
    session: Session, other_world: World, admin: Pages
) -> None:
    row, who = other_world.staff(), other_world.account("admin")
    visit = other_world.visit(row)
    for path in (f"/admin/people/{row.public_id}/invite", f"/admin/people/{who.public_id}"):
        admin.get(path, status=404)
        admin.post(path, {"email": "x@y.example", "role": "admin"}, status=404)
    for path in (
        f"/admin/people/{who.public_id}/link",
        f"/admin/people/{who.public_id}/disable",
        f"/admin/people/{who.public_id}/enable",
        f"/admin/codes/visits/{visit.public_id}",
        f"/admin/codes/posters/{other_world.site_one.public_id}",
    ):
        admin.post(path, status=404)
    admin.get(f"/admin/codes?site={other_world.site_one.public_id}", status=404)
    admin.post("/admin/codes/visits", {"site": other_world.site_one.public_id}, status=404)
    assert again(session).scalars(select(Invitation)).all() == []


# ---- Imports ----


def send(pages: Pages, kind: str, body: bytes, status: int, name: str = "team.csv") -> TestResponse:
    data = {"kind": kind, "file": (io.BytesIO(body), name)}
    answer = pages.post("/admin/import", data, status=status, content_type="multipart/form-data")
    answer.request.environ["wsgi.input"].close()  # a big body stands in a file of the client's
    return answer


def roster(*rows: str) -> bytes:
    return "\n".join([HEAD, *rows]).encode()


def test_a_good_file_is_checked_then_imported(session: Session, admin: Pages) -> None:
    sent = send(admin, "roster", roster("S7,Bo,Reed,nurse,Quay Street"), 303)
    path = sent.headers["Location"]
    page = admin.get(path)
    assert "1 row in team.csv . Nothing is saved yet." in page.text
    assert "The site “Quay Street” is new" in page.text
    assert again(session).scalars(select(Staff)).all() == []
    done = admin.submit(path)
    assert done.headings == ["Imported"]
    assert "1 row saved" in done.text
    assert again(session).scalars(select(Staff.given_name)).all() == ["Bo"]


def test_pressing_import_twice_imports_once(session: Session, admin: Pages) -> None:
    path = send(admin, "roster", roster("S7,Bo,Reed,nurse,"), 303).headers["Location"]
    for _ in range(2):
        assert "1 row saved" in admin.submit(path).text
    assert len(again(session).scalars(select(Staff)).all()) == 1


def test_rows_that_need_fixing_are_listed_with_line_and_advice(
    session: Session, admin: Pages
) -> None:
    body = roster("S7,Bo,Reed,nurse,", "S8,Cy,Lee,Recep.,")
    path = send(admin, "roster", body, 303).headers["Location"]
    page = admin.get(path)
    assert "3 S8 “Recep.” is not a role we know. Did you mean “receptionist”?" in page.text
    refused = Page(admin.post(path, status=400).get_data(as_text=True))
    assert "Nothing was imported" in refused.text
    assert again(session).scalars(select(Staff)).all() == []
    done = admin.submit(path, {"good_rows": "yes"})
    assert "1 row saved" in done.text


def test_the_faults_can_be_taken_away_as_a_table_without_formulas(admin: Pages) -> None:
    body = roster("=1+1,Bo,Reed,wizard,")
    path = send(admin, "roster", body, 303).headers["Location"]
    answer = admin.client.get(f"{path}/faults.csv")
    assert answer.mimetype == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "2,'=1+1,\"“wizard” is not a role we know. Use one of: receptionist" in answer.get_data(
        as_text=True
    )


def test_cancelling_imports_nothing_and_forgets_the_file(session: Session, admin: Pages) -> None:
    path = send(admin, "roster", roster("S7,Bo,Reed,nurse,"), 303).headers["Location"]
    assert "Cancelled." in admin.submit(f"{path}/cancel").text
    admin.get(path, status=404)
    assert again(session).scalars(select(ImportFile)).all() == []


def test_comments_are_imported_and_read(session: Session, admin: Pages) -> None:
    line = b'{"comment_id": "D1", "left_on": "2026-03-02", "text": "The nurse was kind."}'
    path = send(admin, "comments", line, 303, "comments.jsonl").headers["Location"]
    admin.submit(path)
    assert again(session).scalars(select(Comment.reading_state)).all() == ["read"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "The file is empty."),
        (b"\x89PNG\r\n\x1a\n", "This is a picture"),
        (b"staff_id,given_name\nS\0", "Line 2: This line holds a NUL"),
        (
            b"staff_id,given,family_name,role\n",
            "No column tells first names. Your file has: staff_id, given,",
        ),
        (b"visit_id,staff_id\n", "This looks like a file of who was on the visits"),
        (b"a" + b",b" * 1000, "1,001 columns"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_is_not_kept(
    session: Session, admin: Pages, body: bytes, words: str
) -> None:
    page = Page(send(admin, "roster", body, 400).get_data(as_text=True))
    assert page.title.startswith("Error:")
    assert words in page.text
    assert again(session).scalars(select(ImportFile)).all() == []


def test_a_file_and_its_kind_must_be_chosen(admin: Pages) -> None:
    page = Page(admin.post("/admin/import", {"kind": "payroll"}, status=400).get_data(as_text=True))
    assert "Say what is in the file." in page.text
    assert "Choose a file." in page.text
    admin.post("/admin/import", {"kind": "roster", "file": "not a file"}, status=400)


def test_a_file_over_the_limit_is_413_and_one_below_it_is_taken(app: Flask, admin: Pages) -> None:
    big = roster(*(f"S{n},Bo,Reed,nurse," for n in range(100_000)))
    assert 1024 * 1024 < len(big) < 16 * 1024 * 1024
    send(admin, "roster", big, 303)
    page = Page(send(admin, "roster", big * 12, 413).get_data(as_text=True))
    assert "smaller file" in page.text


def test_other_pages_keep_their_small_limit(admin: Pages) -> None:
    admin.post("/admin/settings", GOOD | {"privacy_notice": "x" * 2 * 1024 * 1024}, status=413)


def test_markup_in_a_file_and_its_name_is_shown_as_words(admin: Pages) -> None:
    body = roster("<i>S7</i>,Bo,Reed,<script>alert(1)</script>,")
    sent = send(admin, "roster", body, 303, "<img src=x onerror=alert(1)>.csv")
    html = admin.client.get(sent.headers["Location"]).get_data(as_text=True)
    assert "&lt;i&gt;S7" in html
    assert "&lt;img src=x" in html
    assert "<script>alert" not in html
    assert "<img" not in html


def test_another_practices_file_is_404(other_world: World, admin: Pages, sign_in: SignIn) -> None:
    path = send(admin, "roster", roster("S7,Bo,Reed,nurse,"), 303).headers["Location"]
    theirs = sign_in(other_world.account("admin"))
    theirs.get(path, status=404)
    theirs.get(f"{path}/faults.csv", status=404)
    theirs.post(path, status=404)
    theirs.post(f"{path}/cancel", status=404)
    admin.get(path)


# ---- Codes ----


def codes_on(answer: TestResponse) -> list[str]:
    return re.findall(r"/c/([\w-]+)<", answer.get_data(as_text=True))


def test_codes_are_made_for_visits_without_one_and_shown_once(
    session: Session, world: World, admin: Pages, stranger: Pages
) -> None:
    for days in (0, 3, 20):
        world.visit(world.staff(), day=TODAY - timedelta(days=days))
    assert "Make 2 codes" in admin.get("/admin/codes").text
    answer = admin.post("/admin/codes/visits", {"days": "7", "site": ""}, status=200)
    codes = codes_on(answer)
    assert len(codes) == len(set(codes)) == 2
    assert f"http://localhost/c/{codes[0]}" in answer.get_data(as_text=True)
    stranger.get(f"/c/{codes[0]}")
    page = admin.get("/admin/codes")
    assert "Every visit shown has had a code." in page.text
    assert not any(code in page.text for code in codes)
    assert codes_on(admin.post("/admin/codes/visits", {"days": "7"}, status=200)) == []


def test_a_fresh_code_for_a_visit_replaces_the_one_before(
    world: World, admin: Pages, stranger: Pages
) -> None:
    visit = world.visit(world.staff())
    path = f"/admin/codes/visits/{visit.public_id}"
    first, second = (codes_on(admin.post(path, status=200))[0] for _ in range(2))
    stranger.get(f"/c/{first}", status=404)
    stranger.get(f"/c/{second}")


def test_a_visit_that_has_its_comment_gets_no_code(
    session: Session, world: World, admin: Pages
) -> None:
    visit = world.visit(world.staff())
    path = f"/admin/codes/visits/{visit.public_id}"
    admin.post(path, status=200)
    session.scalars(select(Invitation)).one().used_on = TODAY
    session.commit()
    answer = admin.post(path, status=409)
    assert "This visit gets no code" in answer.get_data(as_text=True)


def test_codes_can_be_made_for_one_site(session: Session, world: World, admin: Pages) -> None:
    two = world.site("Quay Street")
    for site in (world.site_one, two, two):
        world.visit(world.staff(), site=site)
    assert "Make 2 codes" in admin.get(f"/admin/codes?site={two.public_id}").text
    made = admin.post("/admin/codes/visits", {"days": "1", "site": two.public_id}, status=200)
    assert len(codes_on(made)) == 2
    assert "Make one code" in admin.get("/admin/codes").text


def test_days_that_are_not_offered_are_a_week(world: World, admin: Pages) -> None:
    world.visit(world.staff(), day=TODAY - timedelta(days=20))
    for days in ("9999", "-1", "x", ""):
        assert "No visits on these days" in admin.get(f"/admin/codes?days={days}").text
    assert "Make one code" in admin.get("/admin/codes?days=28&days=1").text


def test_a_posters_code_replaces_the_one_before(
    session: Session, world: World, admin: Pages, stranger: Pages
) -> None:
    path = f"/admin/codes/posters/{world.site_one.public_id}"
    first, second = (codes_on(admin.post(path, status=200))[0] for _ in range(2))
    stranger.get(f"/c/{first}", status=404)
    stranger.get(f"/c/{second}")
    kept = again(session).scalars(select(SiteCode.code_hash)).all()
    assert not {first, second} & set(kept)
    assert "Replace it" in admin.get("/admin/codes").text


# ---- Who may ----

PATHS = ("/admin/settings", "/admin/people", "/admin/import", "/admin/codes")


@pytest.mark.parametrize(
    ("role", "rights"),
    [("staff", {}), ("manager", {}), ("staff", {"review": True, "safeguard": True})],
)
def test_nobody_but_an_admin_finds_these_pages(
    world: World, sign_in: SignIn, role: str, rights: dict[str, bool]
) -> None:
    pages = sign_in(world.account(role, **rights))
    for path in PATHS:
        pages.get(path, status=404)
        pages.post(path, GOOD, status=404 if path in {"/admin/settings", "/admin/import"} else 405)


def test_writes_from_another_site_are_refused(session: Session, world: World, admin: Pages) -> None:
    who = world.account("staff")
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "http://evil.example"}):
        admin.post(f"/admin/people/{who.public_id}", {"role": "admin"}, status=403, headers=headers)
    assert again(session).scalars(select(Account.role).where(Account.id == who.id)).one() == "staff"
