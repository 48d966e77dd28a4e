"""A person's own: one remark, a note for themselves, a dispute, and the file with all of it."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.pages import Page, Pages
from tests.support.world import NOW, TODAY, World
from training.store.tables import Account, Dispute, Remark, Staff
from training.web.guard import Right

SignIn = Callable[[Account], Pages]
CANARY = "CANARY-4711 I was tired."


@pytest.fixture
def nurse(world: World) -> Staff:
    return world.staff()


@pytest.fixture
def me(world: World, nurse: Staff, sign_in: SignIn) -> Pages:
    return sign_in(world.account(staff=nurse))


@pytest.fixture
def remark(world: World, nurse: Staff) -> Remark:
    return world.read_comment(
        "Ada was short.", about=nurse, state="confirmed", match_state="confirmed", shown_at=NOW
    )[1]


def at(remark: Remark) -> str:
    return f"/what-patients-say/{remark.public_id}"


def page_of(answer: Any) -> Page:
    return Page(answer.get_data(as_text=True))


def test_each_remark_leads_to_a_page_of_its_own(me: Pages, remark: Remark) -> None:
    assert at(remark) in me.get("/what-patients-say").links
    page = me.get(at(remark))
    assert "Ada was short." in page.text
    assert "What you make of it" in page.text
    assert "Dispute this remark" in page.text


def test_a_remark_s_page_is_for_its_person_alone(
    world: World, other_world: World, sign_in: SignIn, stranger: Pages, remark: Remark
) -> None:
    for account in (
        world.account(staff=world.staff("Ben", "Rook")),
        world.account("manager", review=True, safeguard=True),
        world.account("admin"),
        other_world.account(staff=other_world.staff()),
    ):
        pages = sign_in(account)
        pages.get(at(remark), 404)
        pages.post(f"{at(remark)}/reflection", {"reflection": "x"}, 404)
        pages.post(f"{at(remark)}/dispute", {"ground": "abusive"}, 404)
    assert stranger.client.post(f"{at(remark)}/dispute").status_code == 401


def test_a_reflection_is_kept_and_shown_to_its_person(me: Pages, remark: Remark) -> None:
    page = me.submit(f"{at(remark)}/reflection", {"reflection": CANARY})
    assert "Kept. Only you can read it." in page.text
    assert CANARY in me.get(at(remark)).text
    assert CANARY in me.client.get("/my-data/bedside.json").json["reflections"][0]["words"]


def test_a_reflection_too_long_comes_back_with_its_words(me: Pages, remark: Remark) -> None:
    page = page_of(me.post(f"{at(remark)}/reflection", {"reflection": "y" * 2001}, 400))
    assert "Use at most 2,000 characters." in page.text
    assert "y" * 2001 in page.text
    assert page.title.startswith("Error")


def test_a_reflection_stands_on_no_other_page_of_anybody(
    app: Flask, world: World, nurse: Staff, sign_in: SignIn, me: Pages, remark: Remark
) -> None:
    me.post(f"{at(remark)}/reflection", {"reflection": CANARY})
    everyone = {
        "me": me,
        "colleague": sign_in(world.account(staff=world.staff("Ben", "Rook"))),
        "manager": sign_in(world.account("manager", review=True, safeguard=True)),
        "admin": sign_in(world.account("admin", review=True)),
    }
    own = {"/my-data/bedside.json", "/portfolio"}
    asked = 0
    for name, pages in everyone.items():
        for rule in app.url_map.iter_rules():
            view = app.view_functions[rule.endpoint]
            if rule.arguments or "GET" not in (rule.methods or ()):
                continue
            if view.rule.right is Right.ANYONE:  # type: ignore[attr-defined]
                continue
            if name == "me" and rule.rule in own:
                continue
            asked += 1
            assert b"CANARY" not in pages.client.get(rule.rule).data, (name, rule.rule)
        for path in (f"/people/{nurse.public_id}", f"/admin/people/{nurse.public_id}"):
            assert b"CANARY" not in pages.client.get(path).data, (name, path)
    assert asked > 40


def test_disputing_freezes_the_remark_and_leads_to_the_list(
    session: Session, me: Pages, remark: Remark
) -> None:
    page = me.submit(f"{at(remark)}/dispute", {"ground": "not_about_me", "words": "Not me."})
    for words in (
        "out of every sum",
        "It is not about me",
        "Ada was short.",
        "To be decided by 30 March 2026",
        "You added: Not me.",
    ):
        assert words in page.text
    assert "Ada was short." not in me.get("/what-patients-say").text
    me.get(at(remark), 404)


def test_a_dispute_without_a_ground_keeps_what_was_written(me: Pages, remark: Remark) -> None:
    page = page_of(me.post(f"{at(remark)}/dispute", {"words": "Not me."}, 400))
    assert "Choose what is wrong with it." in page.text
    assert "#f-ground" in page.links
    assert "Not me." in page.text


def test_a_dispute_is_taken_back(session: Session, me: Pages, remark: Remark) -> None:
    me.post(f"{at(remark)}/dispute", {"ground": "abusive"})
    (made,) = session.scalars(select(Dispute))
    session.rollback()
    page = me.submit(f"/disputes/{made.public_id}/withdraw")
    assert "Taken back. The remark stands as it did." in page.text
    assert "Ada was short." in me.get("/what-patients-say").text
    me.post(f"/disputes/{made.public_id}/withdraw", status=404)


@pytest.mark.parametrize(
    ("decision", "words", "shown"),
    [("uphold", "A second person agreed with you.", False), ("keep", "the remark stands", True)],
)
def test_the_outcome_is_shown_to_the_person(
    session: Session, world: World, sign_in: SignIn, me: Pages, remark: Remark,
    decision: str, words: str, shown: bool,
) -> None:  # fmt: skip
    me.post(f"{at(remark)}/dispute", {"ground": "abusive"})
    (made,) = session.scalars(select(Dispute))
    session.rollback()
    second = sign_in(world.account("manager", review=True))
    second.post(f"/review/disputes/{made.public_id}/decide", {"version": "1", "decision": decision})
    page = me.get("/disputes")
    assert words in page.text
    assert ("Ada was short." in page.text) is shown


def test_an_empty_list_of_disputes_says_how(me: Pages) -> None:
    assert "You have disputed nothing" in me.get("/disputes").text


def test_the_download_is_a_file_of_one_s_own(
    world: World, sign_in: SignIn, me: Pages, remark: Remark
) -> None:
    assert "Download your data" in me.get("/my-data").text
    answer = me.client.get("/my-data/bedside.json")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="bedside-my-data.json"'
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.json["remarks"][0]["words"] == "Ada was short."
    sign_in(world.account("admin")).get("/my-data/bedside.json", 404)


def test_abuse_is_hidden_and_support_is_offered_while_it_is_decided(
    me: Pages, remark: Remark
) -> None:
    page = me.submit(f"{at(remark)}/dispute", {"ground": "abusive"})
    assert "Ada was short." not in page.text
    assert "▇ (abuse)" in page.text
    assert "Nobody should have to read that." in page.text


@pytest.mark.parametrize("comments", [0, 7, 12])
def test_a_person_sees_what_their_manager_sees_word_for_word(
    world: World, nurse: Staff, sign_in: SignIn, me: Pages, comments: int
) -> None:
    for n in range(comments):
        world.read_comment(
            f"Ada was short {n}.", about=nurse, state="confirmed", match_state="confirmed",
            shown_at=NOW - timedelta(days=30), day=TODAY - timedelta(days=40 + n),
        )  # fmt: skip
    theirs = sections(sign_in(world.account("manager")), f"/people/{nurse.public_id}")
    assert sections(me, "/what-my-manager-sees") == theirs
    assert ["Of ten comments or more" in theirs[0], len(theirs)] == [comments == 12, 2]


def sections(pages: Pages, path: str) -> list[str]:
    """The cards of a page, as they were written."""
    pages.get(path)
    html = pages.client.get(path).get_data(as_text=True)
    return re.findall(r'<section class="card.*?</section>', html, re.DOTALL)


def test_what_the_manager_sees_is_for_who_is_on_the_roster(world: World, sign_in: SignIn) -> None:
    sign_in(world.account("admin")).get("/what-my-manager-sees", 404)
