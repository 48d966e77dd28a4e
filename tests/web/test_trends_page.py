"""The trends page: its states, notes, saved views, picture, and an order that no score changes."""

import re
from collections.abc import Callable
from datetime import date
from random import Random
from xml.etree import ElementTree

import pytest
from sqlalchemy.orm import Session

from tests.support.bulk import add_comments
from tests.support.pages import Pages
from tests.support.world import World
from training.store.tables import Account

SignIn = Callable[[Account], Pages]
YEAR = [date(2025, month, 5) for month in range(3, 13)] + [date(2026, 1, 5), date(2026, 2, 5)]


@pytest.fixture
def manager(world: World, sign_in: SignIn) -> Pages:
    return sign_in(world.account("manager"))


@pytest.fixture
def steady(session: Session, world: World) -> World:
    """A year of twenty comments a month, of which five grumble about the phones."""
    for day in YEAR:
        add_comments(session, world, day, 5, "phone_system", "negative")
        add_comments(session, world, day, 15, "phone_system", "positive")
    return world


# ---- states ----


def test_one_comment_is_not_shown_anywhere(session: Session, world: World, manager: Pages) -> None:
    add_comments(session, world, YEAR[-1], 1, "phone_system", "negative")
    page = manager.get("/trends").text

    assert "Fewer than 5 comments: not shown." in page
    assert "Nothing to draw yet" in page
    assert "Too few to show" in page


def test_a_steady_year_is_said_in_words_beside_every_mark(steady: World, manager: Pages) -> None:
    page = manager.get("/trends?topic=phone_system")

    assert page.headings[0].startswith("Negative comments about the phone system are steady")
    for words in (
        "Each point is a month. The band is what counting comments explains (P chart).",
        "The newest month is still running.",
        "About 1 in 4",
        "Normal variation",
        "This one chart would probably not light up by chance.",
    ):
        assert words in page.text
    assert "/comments?topic=phone_system&month=2026-02" in page.links


def test_a_month_that_stands_out_is_named_with_its_rule(
    session: Session, steady: World, manager: Pages
) -> None:
    add_comments(session, steady, YEAR[5], 40, "phone_system", "negative")
    page = manager.get("/trends?topic=phone_system").text

    assert "Aug 2025 Higher than chance explains" in page
    assert "Unusually high" in page


def test_a_year_of_nothing_still_has_its_chart_and_no_sums(
    session: Session, world: World, manager: Pages
) -> None:
    for month in (5, 6, 7):
        add_comments(session, world, date(2024, month, 5), 20, "phone_system", "negative")
    page = manager.get("/trends").text

    assert "up to Jul 2024; no month since has enough comments to draw." in page
    assert "No month of this year has enough" in page


def test_a_theme_that_appeared_yesterday_is_new_and_too_rare_for_rules(
    session: Session, steady: World, manager: Pages
) -> None:
    add_comments(session, steady, date(2026, 3, 15), 12, "staffing", "positive")
    add_comments(session, steady, date(2026, 3, 15), 1, "staffing", "negative")
    page = manager.get("/trends?topic=staffing").text

    assert "came up in Mar 2026 for the first time" in page
    assert "criticism is rare here" in page


def test_a_site_that_closed_says_up_to_when_it_was_heard_of(
    session: Session, world: World, manager: Pages
) -> None:
    quay = world.site("Quay")
    for day in YEAR[:6]:
        add_comments(session, world, day, 12, "phone_system", "negative", site=quay)
    page = manager.get(f"/trends?site={quay.public_id}").text

    assert "up to Aug 2025; no month since has enough comments to draw." in page


def test_small_months_are_quarters_whose_points_lead_to_their_comments(
    session: Session, world: World, manager: Pages
) -> None:
    for day in YEAR:
        add_comments(session, world, day, 6, "phone_system", "negative")
    page = manager.get("/trends")

    assert "Each point is a quarter, because a month usually has fewer than 10" in page.text
    assert "/comments?month=2025-q4" in page.links
    assert "18 comments" in manager.get("/comments?month=2025-q4").text


# ---- notes ----


def test_a_note_is_written_seen_removed_and_put_back(steady: World, manager: Pages) -> None:
    said = {
        "on_day": "2025-09-01",
        "kind": "training",
        "words": "Phone course",
        "topic": "",
        "site": "",
    }
    manager.post("/trends/notes", data=said, status=303)
    assert "Phone course" in manager.get("/trends").text
    listed = manager.get("/trends/notes")
    (removing,) = [f["action"] for f in listed.forms if f["action"].endswith("/remove")]

    gone = manager.post(removing, status=303).headers["Location"]
    assert "The note is off the charts." in manager.get(gone).text
    assert "Phone course" not in manager.get("/trends").text
    manager.post(removing.replace("/remove", "/restore"), status=303)
    assert "Phone course" in manager.get("/trends").text


def test_a_note_that_says_nothing_comes_back_with_what_is_wrong(manager: Pages) -> None:
    said = {"on_day": "", "kind": "training", "words": "", "topic": "", "site": ""}
    page = manager.post("/trends/notes", data=said, status=400).text

    assert "<title>Error: Notes on the charts" in page
    assert "Write the day as day, month and year." in page
    said["on_day"] = "2025-09-01"
    assert (
        "Say in a few words what happened."
        in manager.post("/trends/notes", data=said, status=400).text
    )


def test_notes_and_views_of_nobody_are_no_page(manager: Pages) -> None:
    for what in ("notes", "views"):
        for act in ("remove", "restore"):
            manager.post(f"/trends/{what}/nowhere/{act}", status=404)


# ---- saved views ----


def test_a_view_is_saved_opened_deleted_and_brought_back(steady: World, manager: Pages) -> None:
    said = {"name": "Phones", "topic": "phone_system", "site": "", "team": "", "stage": ""}
    manager.post("/trends/views", data=said, status=303)
    assert "/trends?topic=phone_system" in manager.get("/trends/views").links
    assert "Phones" in manager.get("/trends").text
    again = manager.post("/trends/views", data=said, status=400).text
    assert "You have a view of this name. Choose another." in again

    (form,) = [f for f in manager.get("/trends/views").forms if f["action"].endswith("/remove")]
    gone = manager.post(form["action"], status=303).headers["Location"]
    assert "The view is deleted." in manager.get(gone).text
    assert "No saved views yet" in manager.get("/trends/views").text
    manager.post(form["action"].replace("/remove", "/restore"), status=303)
    assert "Phones" in manager.get("/trends/views").text


def test_a_view_that_cannot_come_back_says_why(manager: Pages) -> None:
    said = {"name": "Mine", "topic": "", "site": "", "team": "", "stage": ""}
    manager.post("/trends/views", data=said, status=303)
    (form,) = [f for f in manager.get("/trends/views").forms if f["action"].endswith("/remove")]
    manager.post(form["action"], status=303)
    manager.post("/trends/views", data=said, status=303)

    back = manager.post(form["action"].replace("/remove", "/restore"), status=303)
    assert "It could not come back" in manager.get(back.headers["Location"]).text


# ---- the picture ----


def test_the_chart_as_a_picture_says_by_itself_what_it_is_of(steady: World, manager: Pages) -> None:
    answer = manager.client.get("/trends.svg?topic=phone_system")
    drawing = ElementTree.fromstring(answer.data)
    words = " ".join("".join(drawing.itertext()).split())

    assert answer.headers["Content-Type"].startswith("image/svg+xml")
    assert 'filename="bedside-trends-2026-03-16.svg"' in answer.headers["Content-Disposition"]
    for said in (
        "The phone system · All sites",
        "formula shares/2",
        "fewer than 5 comments",
        "Average 25%",
    ):
        assert said in words


def test_without_a_chart_the_picture_leads_back_to_the_page(manager: Pages) -> None:
    answer = manager.client.get("/trends.svg?topic=phone_system")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/trends?topic=phone_system")


# ---- no ranks ----

NAMES = re.compile(r"Mill \d|Family\d")


def test_permuting_all_scores_leaves_every_pages_order_unchanged(
    session: Session, world: World, manager: Pages
) -> None:
    remarks = []
    roles = (
        "nurse",
        "receptionist",
        "physician",
        "call_handler",
        "practice_manager",
        "billing_clerk",
    )
    for number, role in enumerate(roles):
        mill = world.site(f"Mill {number}")
        person = world.staff(f"Pat{number}", f"Family{number}", role=role, site=mill)
        for day in YEAR[-3:]:
            remarks += add_comments(
                session, world, day, 6 + number, "empathy", "negative", about=person, site=mill
            )
    signs = ["negative" if i % 3 else "positive" for i in range(len(remarks))]
    pages = ("/trends", "/trends.csv", "/teams", "/people", "/trends?topic=empathy")
    orders, texts = set(), set()
    for seed in range(4):
        Random(seed).shuffle(signs)
        for remark, sign in zip(remarks, signs, strict=True):
            remark.sentiment = sign
        session.commit()
        shown = [manager.client.get(page).get_data(as_text=True) for page in pages]
        texts.add(shown[0])
        orders.add(tuple(tuple(NAMES.findall(text)) for text in shown))

    assert len(texts) == 4, "the scores are on the page"
    assert len(orders) == 1, "and no name stands elsewhere for them"
