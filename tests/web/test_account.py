"""Signing in and out, one-time links, set-up, and a person's own page."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.conftest import config_for
from tests.support.pages import Page, Pages
from tests.support.world import NOW, PASSWORD, World
from training import clock, create_app
from training.services import people, signing_in
from training.store.tables import Account
from training.web.forms import tidy_next

SignIn = Callable[[Account], Pages]
NEW = "four other plain words"


@pytest.fixture
def who(world: World) -> Account:
    return world.account("staff", name="Rae Oduya", email="rae@elder.example")


def enter(pages: Pages, password: str, status: int, **more: str) -> TestResponse:
    given = {"email": "rae@elder.example", "password": password, **more}
    return pages.post("/sign-in", given, status=status)


def outbox(folder: Path) -> list[Path]:
    return sorted((folder / "outbox").glob("*.eml"))


def link_in(message: Path) -> str:
    found = re.search(r"http://localhost(/link/[\w-]+)", message.read_text())
    assert found is not None
    return found[1]


# ---- In and out ----


def test_the_start_leads_a_stranger_to_sign_in(stranger: Pages) -> None:
    answer = stranger.client.get("/")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in")


def test_signing_in_leads_back_to_the_page_that_was_asked_for(
    stranger: Pages, who: Account
) -> None:
    asked = stranger.client.get("/me?x=1")
    assert asked.status_code == 303
    page = stranger.get(asked.headers["Location"])
    assert page.forms[0]["data"] == {"next": "/me?x=1"}
    answer = enter(stranger, PASSWORD, 303, next="/me?x=1")
    assert answer.headers["Location"] == "/me?x=1"
    assert stranger.get("/me").headings == ["Rae Oduya"]


@pytest.mark.parametrize(
    "away", ["//evil.example", "https://evil.example", "/\\evil.example", "", "javascript:1", "/\n"]
)
def test_next_never_leads_away(stranger: Pages, who: Account, away: str) -> None:
    assert enter(stranger, PASSWORD, 303, next=away).headers["Location"] == "/"
    assert tidy_next(away) == "/"


def test_the_cookie_is_closed_to_scripts_and_other_sites(stranger: Pages, who: Account) -> None:
    cookie = enter(stranger, PASSWORD, 303).headers["Set-Cookie"]
    assert cookie.startswith("bedside=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}


def test_over_https_the_cookie_is_secure_and_bound_to_the_host(
    app: Flask, who: Account, tmp_path: Path
) -> None:
    secure = create_app(config_for(tmp_path, base_url="https://localhost"))
    answer = secure.test_client().post(
        "/sign-in",
        data={"email": who.email, "password": PASSWORD},
        base_url="https://localhost",
    )
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-bedside=")
    assert "Secure" in cookie
    assert "Domain" not in cookie


@pytest.mark.parametrize("email", ["rae@elder.example", "nobody@elder.example"])
def test_a_wrong_password_and_a_wrong_name_get_the_same_page(
    stranger: Pages, who: Account, email: str
) -> None:
    answer = stranger.post("/sign-in", {"email": email, "password": "guess"}, status=401)
    page = Page(answer.get_data(as_text=True))
    assert "That did not work." in page.text
    assert "Set-Cookie" not in answer.headers


def test_the_sixth_try_waits_even_with_the_right_password(stranger: Pages, who: Account) -> None:
    for _ in range(5):
        enter(stranger, "guess", 401)
    assert "Too many tries" in enter(stranger, PASSWORD, 429).get_data(as_text=True)
    with clock.stopped_at(NOW + timedelta(minutes=16)):
        enter(stranger, PASSWORD, 303)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"email=&password=",
        b"email=rae%40elder.example",
        b"email=" + b"x" * 300 + b"&password=y",
    ],
)
def test_an_unfinished_form_is_told_what_is_missing(
    stranger: Pages, who: Account, body: bytes
) -> None:
    answer = stranger.client.post(
        "/sign-in", data=body, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 400
    assert Page(answer.get_data(as_text=True)).title.startswith("Error:")


@pytest.mark.parametrize("name", [b"rae%00", b"%ED%A0%80", b"%FF%FE", b"' OR 1=1 --", b"{{7*7}}"])
def test_strange_signs_in_a_name_are_a_wrong_name(
    stranger: Pages, who: Account, name: bytes
) -> None:
    answer = stranger.client.post(
        "/sign-in",
        data=b"email=" + name + b"&password=y",
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code == 401


def test_a_password_of_a_megabyte_is_refused_before_it_is_read(
    stranger: Pages, who: Account
) -> None:
    enter(stranger, "x" * 1_100_000, 413)


def test_a_cookie_is_worth_nothing_after_signing_out(
    app: Flask, who: Account, sign_in: SignIn
) -> None:
    pages = sign_in(who)
    cookie = pages.client.get_cookie("bedside")
    assert cookie is not None
    answer = pages.post("/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    replay = Pages(app.test_client())
    replay.client.set_cookie("bedside", cookie.value)
    replay.get("/me", status=303)


def test_a_made_up_cookie_is_a_stranger(app: Flask, who: Account) -> None:
    pages = Pages(app.test_client())
    for value in ("guess", "x" * 4000, "%00"):
        pages.client.set_cookie("bedside", value)
        pages.get("/me", status=303)


def test_a_disabled_account_is_out_at_the_next_click(
    session: Session, who: Account, sign_in: SignIn
) -> None:
    pages = sign_in(who)
    pages.get("/me")
    who.disabled_at = NOW
    session.commit()
    pages.get("/me", status=303)
    pages.post("/admin/people/x/enable", status=401)


def test_a_signed_in_page_is_kept_by_no_cache(who: Account, sign_in: SignIn) -> None:
    assert sign_in(who).client.get("/me").headers["Cache-Control"] == "no-store"


def test_ones_own_page_says_what_one_may(world: World, sign_in: SignIn) -> None:
    page = sign_in(world.account("admin", safeguard=True)).get("/me")
    assert "Set up the practice" in page.text
    assert "Read comments about safety" in page.text
    assert "Review remarks" not in page.text


# ---- Links ----


def test_a_forgotten_password_is_replaced_by_a_link_from_the_outbox(
    stranger: Pages, who: Account, tmp_path: Path
) -> None:
    known = stranger.post("/forgotten", {"email": " RAE@elder.example "}, status=200)
    path = link_in(outbox(tmp_path)[0])
    for _ in range(20):
        stranger.get(path)
    stranger.post(path, {"password": NEW})
    assert stranger.get("/me").headings == ["Rae Oduya"]
    enter(stranger, PASSWORD, 401)
    enter(stranger, NEW, 303)
    unknown = stranger.post("/forgotten", {"email": "nobody@elder.example"}, status=200)
    assert known.get_data() == unknown.get_data()
    assert len(outbox(tmp_path)) == 1


def test_no_message_holds_a_password_and_each_names_where_it_goes(
    stranger: Pages, who: Account, tmp_path: Path
) -> None:
    stranger.post("/forgotten", {"email": who.email}, status=200)
    message = outbox(tmp_path)[0].read_text()
    assert "To: rae@elder.example" in message
    assert PASSWORD not in message


def test_a_used_link_and_a_made_up_one_get_the_same_page(
    stranger: Pages, who: Account, tmp_path: Path
) -> None:
    stranger.post("/forgotten", {"email": who.email}, status=200)
    path = link_in(outbox(tmp_path)[0])
    stranger.post(path, {"password": NEW})
    used = stranger.client.get(path)
    made_up = stranger.client.get("/link/guess")
    assert used.status_code == made_up.status_code == 404
    assert used.get_data() == made_up.get_data()
    stranger.post(path, {"password": NEW}, status=404)


@pytest.mark.parametrize(
    ("password", "words"),
    [("", "Choose a password."), ("short", "at least 10"), ("x" * 129, "at most 128")],
)
def test_a_password_that_will_not_do_says_why_and_keeps_the_link(
    stranger: Pages, who: Account, tmp_path: Path, password: str, words: str
) -> None:
    stranger.post("/forgotten", {"email": who.email}, status=200)
    path = link_in(outbox(tmp_path)[0])
    answer = stranger.post(path, {"password": password}, status=400)
    assert words in answer.get_data(as_text=True)
    stranger.post(path, {"password": NEW})


def test_an_empty_address_is_told_so(stranger: Pages, who: Account) -> None:
    answer = stranger.post("/forgotten", {"email": ""}, status=400)
    assert "Enter your e-mail address." in answer.get_data(as_text=True)


# ---- Set-up ----


def test_the_first_admin_sets_up_with_the_code_and_the_page_is_gone(
    session: Session, stranger: Pages
) -> None:
    code = people.make_set_up_code(session, moment=NOW)
    given = {"code": f" {code} ", "name": "Jo Mercer", "email": "jo@elder.example"}
    stranger.get("/set-up")
    answer = stranger.post("/set-up", given)
    stranger.post(answer.headers["Location"], {"password": NEW})
    assert stranger.submit("/sign-in", {"email": "jo@elder.example", "password": NEW}).headings == [
        "Your practice"
    ]
    stranger.get("/set-up", status=404)
    stranger.post("/set-up", given, status=404)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("code", "guess", "wrong or was used"),
        ("code", "", "Enter the code."),
        ("name", "", "Enter your name."),
        ("email", "jo", "not complete"),
    ],
)
def test_set_up_says_what_is_wrong(
    session: Session, stranger: Pages, field: str, value: str, words: str
) -> None:
    code = people.make_set_up_code(session, moment=NOW) or ""
    given = {"code": code, "name": "Jo Mercer", "email": "jo@elder.example", field: value}
    answer = stranger.post("/set-up", given, status=400)
    assert words in answer.get_data(as_text=True)
    assert session.scalars(select(Account)).all() == []
    stranger.post(
        "/set-up", given | {field: {"code": code, "name": "Jo"}.get(field, "j@e.example")}
    )


def test_extra_fields_of_set_up_are_ignored(session: Session, stranger: Pages) -> None:
    code = people.make_set_up_code(session, moment=NOW) or ""
    given = {"code": code, "name": "Jo", "email": "jo@elder.example", "may_safeguard": "1"}
    stranger.post("/set-up", given | {"practice_id": "9", "password_hash": "x"})
    row = session.scalars(select(Account)).one()
    assert (row.role, row.may_safeguard, row.password_hash) == ("admin", False, None)


def test_a_link_names_the_configured_address_whatever_the_host_says(
    stranger: Pages, who: Account, tmp_path: Path
) -> None:
    headers = {"X-Forwarded-Host": "evil.example"}
    stranger.post("/forgotten", {"email": who.email}, status=200, headers=headers)
    assert "evil" not in outbox(tmp_path)[0].read_text()
    answer = stranger.client.post(
        "/forgotten", data={"email": who.email}, headers={"Host": "evil.example"}
    )
    assert answer.status_code == 400


def test_signing_in_is_slow_for_names_that_do_not_exist_too(app: Flask, session: Session) -> None:
    """The hash of nobody is checked as dearly as a real one."""
    hasher = app.extensions["bedside"].hasher
    assert signing_in._nobody(hasher).split("$")[3] == hasher.hash("x").split("$")[3]
