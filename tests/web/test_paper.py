"""Cards typed in by staff: kept as paper, read like any other, and audited."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.support.pages import Pages
from tests.support.world import NOW, TODAY, World
from training import clock
from training.store.tables import Account, Alert, Answer, Audit, Comment

SignIn = Callable[[Account], Pages]
WORDS = "The nurse was kind.\nShe took her time."


@pytest.fixture
def manager(world: World, sign_in: SignIn) -> Pages:
    return sign_in(world.account("manager"))


def card(world: World, pages: Pages, **more: Any) -> dict[str, Any]:
    """Return what the form posts: its own key, the first site, today, and what a test adds."""
    page = pages.get("/paper")
    key = next(f["data"]["post_key"] for f in page.forms if "post_key" in f["data"])
    return {
        "post_key": key,
        "site": world.site_one.public_id,
        "day": TODAY.isoformat(),
        "went_well": WORDS,
        **more,
    }


def test_a_card_is_kept_read_and_audited(world: World, session: Session, manager: Pages) -> None:
    day = TODAY - timedelta(days=4)
    said = card(world, manager, day=day.isoformat(), rating="good", writer="carer", learn="yes")
    assert "The card is kept" in manager.submit("/paper", said).text
    kept = session.query(Comment).one()
    assert (kept.source, kept.local_day, kept.received_at) == ("paper", day, NOW)
    assert (kept.reading_state, kept.rating, kept.writer) == ("read", "good", "carer")
    assert (kept.site_id, kept.visit_id, kept.may_learn) == (world.site_one.id, None, True)
    assert session.query(Answer).one().text == WORDS
    noted = session.query(Audit).filter_by(verb="enter_paper").one()
    assert (noted.noun_id, noted.facts) == (kept.id, {})


def test_the_same_card_sent_twice_is_one_comment(
    world: World, session: Session, manager: Pages
) -> None:
    said = card(world, manager)
    for _ in range(2):
        manager.submit("/paper", said)
    assert session.query(Comment).count() == 1
    assert session.query(Audit).filter_by(verb="enter_paper").count() == 1


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"went_well": " "}, "Choose an answer here, or write a few words below."),
        ({"day": "yesterday"}, "Write the day as 2026-03-16."),
        ({"day": "2026-03-17"}, "The day is to come, or more than three months ago."),
        ({"day": "2025-12-01"}, "The day is to come, or more than three months ago."),
        ({"openness": "contact"}, "Write an email address or phone number"),
        ({"went_well": "é" * 5001}, "1 character too long"),
        ({"site": "nowhere"}, "Not a valid choice."),
    ],
)
def test_what_is_wrong_with_a_card_is_said_and_nothing_typed_is_lost(
    world: World, session: Session, manager: Pages, wrong: dict[str, str], told: str
) -> None:
    said = {**card(world, manager), "could_be_better": "The long wait.", **wrong}
    if wrong == {"went_well": " "}:
        del said["could_be_better"]
    page = manager.submit("/paper", said, status=400)
    assert told in page.text
    assert page.title.startswith("Error: ")
    assert "could_be_better" not in said or "The long wait." in page.text
    assert session.query(Comment).count() == 0


def test_a_card_about_somebodys_safety_is_told_of_like_any_other(
    world: World, session: Session, manager: Pages
) -> None:
    world.account("manager", safeguard=True)
    manager.submit("/paper", card(world, manager, flags="safety"))
    assert session.query(Comment).one().hold == "safety"
    assert session.query(Alert).count() == 1


def test_who_keeps_to_one_site_types_in_cards_of_that_site(
    world: World, session: Session, sign_in: SignIn
) -> None:
    two = world.site("Quay Street")
    pages = sign_in(world.account("staff", review=True, sites=[two]))
    assert "Elder Row" not in [f.get("value") for f in pages.get("/paper").fields]
    pages.submit("/paper", card(world, pages), status=400)
    pages.submit("/paper", card(world, pages, site=two.public_id))
    assert session.query(Comment).one().site_id == two.id


@pytest.mark.parametrize(
    ("role", "grants"), [("staff", {}), ("staff", {"safeguard": True})], ids=["staff", "safeguards"]
)
def test_others_do_not_find_the_page(
    world: World, sign_in: SignIn, role: str, grants: dict[str, bool]
) -> None:
    sign_in(world.account(role, **grants)).get("/paper", status=404)


def test_after_midnight_of_the_practice_the_new_day_is_offered(
    world: World, sign_in: SignIn
) -> None:
    with clock.stopped_at(NOW.replace(month=7, hour=23, minute=30)):  # 00:30 in London
        page = sign_in(world.account("manager")).get("/paper")
    assert next(f for f in page.fields if f.get("name") == "day")["value"] == "2026-07-17"
