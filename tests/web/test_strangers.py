"""Every route and every kind of stranger: nobody, each role, another practice, a disabled account."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.routing import Rule as Route

from tests.support.pages import Pages
from tests.support.world import NOW, World
from training.store.tables import Account
from training.web.guard import Right, Rule

# Who holds which right, written out anew: the guard must not be its own witness.
HOLDERS = {
    Right.SIGNED_IN: {"plain", "staff", "manager", "reviewer", "safeguarder", "admin"},
    Right.PERSON: {"staff"},
    Right.MANAGER: {"manager", "admin"},
    Right.REVIEWER: {"reviewer", "safeguarder"},
    Right.PAPER: {"manager", "admin", "reviewer"},
    Right.SAFEGUARDER: {"safeguarder"},
    Right.ADMIN: {"admin"},
}


def cast(world: World) -> dict[str, Account]:
    return {
        "plain": world.account("staff"),
        "staff": world.account("staff", staff=world.staff()),
        "manager": world.account("manager"),
        "reviewer": world.account("staff", review=True),
        "safeguarder": world.account("staff", safeguard=True),
        "admin": world.account("admin"),
    }


def routes(app: Flask) -> Iterator[tuple[Route, Rule, str, str]]:
    """Every route with its rule, a path with ids that exist nowhere, and a method it takes."""
    for route in app.url_map.iter_rules():
        rule: Rule = app.view_functions[route.endpoint].rule  # type: ignore[attr-defined]
        with app.test_request_context():
            values = dict.fromkeys(route.arguments, "nowhere")
            _, path = route.build(values) or ("", "")
        for method in sorted((route.methods or set()) & {"GET", "POST"}):
            yield route, rule, path, method


def ask(pages: Pages, method: str, path: str) -> int:
    return pages.client.open(path, method=method).status_code


def test_a_stranger_is_sent_to_sign_in_for_a_page_and_refused_anything_else(
    app: Flask, stranger: Pages
) -> None:
    closed = [(p, m) for _, rule, p, m in routes(app) if rule.right is not Right.ANYONE]
    assert len(closed) > 15
    for path, method in closed:
        answer = stranger.client.open(path, method=method)
        assert answer.status_code == (303 if method == "GET" else 401), (method, path)
        if method == "GET":
            assert answer.headers["Location"].startswith("/sign-in?next=")


def test_each_role_reaches_just_what_is_declared(
    app: Flask, world: World, sign_in: Callable[[Account], Pages]
) -> None:
    for name, account in cast(world).items():
        pages = sign_in(account)
        for route, rule, path, method in routes(app):
            if rule.right is Right.ANYONE:
                continue
            status = ask(pages, method, path)
            if name not in HOLDERS[rule.right]:
                assert status == 404, (name, method, path)
            elif route.arguments:
                assert status in {404, 400}, (name, method, path, "an id that exists nowhere")
            else:
                assert status in {200, 303, 400}, (name, method, path, status)


def test_a_disabled_account_is_a_stranger_at_the_next_request(
    world: World, session: Session, sign_in: Callable[[Account], Pages]
) -> None:
    account = world.account("admin")
    pages = sign_in(account)
    pages.get("/me")
    account.disabled_at = NOW
    session.commit()
    pages.get("/me", status=303)


def test_a_lower_role_counts_at_the_next_request(
    world: World, session: Session, sign_in: Callable[[Account], Pages]
) -> None:
    account = world.account("admin")
    pages = sign_in(account)
    pages.get("/admin/people")
    account.role = "staff"
    session.commit()
    pages.get("/admin/people", status=404)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_what_another_sites_page_sends_is_refused(
    app: Flask, world: World, sign_in: Callable[[Account], Pages], headers: dict[str, str]
) -> None:
    pages = sign_in(world.account("admin"))
    for _, rule, path, method in routes(app):
        if method == "POST" and not rule.cross_site:
            assert pages.client.post(path, headers=headers).status_code == 403, path


def test_no_route_but_a_patients_takes_a_post_from_elsewhere(app: Flask) -> None:
    open_ones = {
        route.endpoint.split(".")[0] for route, rule, _, _ in routes(app) if rule.cross_site
    }
    assert open_ones == {"patient"}


def test_another_host_name_is_refused(stranger: Pages) -> None:
    assert stranger.client.get("/sign-in", headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("method", ["TRACE", "PROPFIND", "PUT", "DELETE"])
def test_odd_methods_are_not_answered(stranger: Pages, method: str) -> None:
    assert stranger.client.open("/sign-in", method=method).status_code == 405


@pytest.mark.parametrize("path", ["/sign-in", "/nowhere", "/home", "/static/0/core.css", "/ping"])
def test_every_answer_carries_the_headers_that_keep_it_safe(stranger: Pages, path: str) -> None:
    headers = stranger.client.get(path).headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert "Cache-Control" in headers


@pytest.mark.parametrize("path", ["/review/%00", "/trends?topic=%00", "/c/AB%00", "/link/%00"])
def test_a_nul_in_an_address_leads_nowhere(
    world: World, sign_in: Callable[[Account], Pages], path: str
) -> None:
    sign_in(world.account("manager", review=True)).get(path, status=404)
