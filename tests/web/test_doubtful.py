"""The page of comments that may not be patients', and what the form itself says of who fills it in."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.support.codes import poster_code, said
from tests.support.pages import Pages
from tests.support.world import NOW, World
from training import clock
from training.crowds import MOST
from training.extensions import bedside
from training.services import comments
from training.store.tables import Account, Audit, Comment
from training.store.tables import SignIn as SignIns

SignIn = Callable[[Account], Pages]
UNKIND = "The receptionist <b>was rude</b> to me."


@pytest.fixture
def poster(app: Flask, session: Session, world: World) -> str:
    return f"/c/{poster_code(session, world.site_one, bedside().code_key)}"


def send(stranger: Pages, poster: str, **more: str) -> None:
    page = stranger.submit(poster, said(stranger.get(poster), UNKIND, learn="yes", **more))
    assert "Thank you." in page.text


def held(session: Session) -> list[str]:
    session.expire_all()
    return [row.hold for row in session.query(Comment).order_by(Comment.id)]


def test_a_program_that_fills_in_what_nobody_sees_gets_the_same_thanks(
    stranger: Pages, poster: str, session: Session
) -> None:
    send(stranger, poster, website="https://spam.example")
    assert held(session) == ["doubtful"]


def test_the_field_for_programs_is_hidden_from_people(stranger: Pages, poster: str) -> None:
    html = stranger.client.get(poster).text
    assert '<div hidden><label for="f-website">' in html


@pytest.mark.parametrize(("seconds", "hold"), [(1, "doubtful"), (2, "none"), (90, "none")])
def test_a_form_sent_sooner_than_anybody_writes_is_set_apart(
    app: Flask, stranger: Pages, poster: str, session: Session, seconds: int, hold: str
) -> None:
    settings = replace(bedside().config, quickest_seconds=2)
    app.extensions["bedside"] = replace(bedside(), config=settings)
    page = stranger.get(poster)
    (shown_at,) = [f["value"] for f in page.fields if f.get("name") == "shown_at"]
    form = said(page, UNKIND, shown_at=shown_at)
    with clock.stopped_at(NOW + timedelta(seconds=seconds)):
        answer = stranger.client.post(poster, data=form)
    assert answer.status_code == 303
    assert held(session) == [hold]


def test_a_crowd_from_one_network_is_kept_and_set_apart(
    stranger: Pages, poster: str, session: Session
) -> None:
    for at in range(MOST):
        bedside().crowds.crowded(f"127.0.0.{at}", NOW)
    send(stranger, poster)
    assert held(session) == ["doubtful"]


def test_what_is_sent_where_a_colleague_is_signed_in_gets_the_same_thanks_and_a_look(
    poster: str, session: Session, world: World, sign_in: SignIn, stranger: Pages
) -> None:
    nurse = world.staff()
    account = world.account("staff", staff=nurse)
    desk, seen = sign_in(account), session.query(SignIns).one().last_seen
    with clock.stopped_at(NOW + timedelta(minutes=5)):
        send(desk, poster)
        send(stranger, poster)
    assert held(session) == ["doubtful", "none"]
    row = session.query(Comment).order_by(Comment.id).first()
    assert row
    assert row.doubt == "staff"
    assert session.query(SignIns).one().last_seen == seen, "who it was is noted nowhere"
    assert session.query(Audit).filter(Audit.noun == "comment").count() == 0
    page = sign_in(world.account("staff", review=True)).get("/review/doubtful")
    assert "May have been written by somebody who works here" in page.text
    assert account.name not in page.text


def test_a_colleague_of_another_practice_is_a_patient_here(
    poster: str, session: Session, other_world: World, sign_in: SignIn
) -> None:
    send(sign_in(other_world.account("staff", staff=other_world.staff())), poster)
    assert held(session) == ["none"]


def test_who_has_signed_out_is_a_patient_like_any_other(
    poster: str, session: Session, world: World, sign_in: SignIn
) -> None:
    desk = sign_in(world.account("staff", staff=world.staff()))
    desk.post("/sign-out", {})
    send(desk, poster)
    assert held(session) == ["none"]


def test_a_tablet_that_a_colleague_set_up_is_no_doubt(
    poster: str, session: Session, world: World, sign_in: SignIn
) -> None:
    tablet = sign_in(world.account("admin"))
    first = tablet.get(f"{poster}/kiosk")
    sent = first.forms[0]["data"] | {"rating": "good", "screen": "send", "go": "send"}
    tablet.post(f"{poster}/kiosk", sent)
    assert held(session) == ["none"]


def test_a_reviewer_lets_in_and_sets_aside(
    stranger: Pages, poster: str, session: Session, world: World, sign_in: SignIn
) -> None:
    for _ in range(2):
        send(stranger, poster, website="x")
    reviewer = sign_in(world.account("staff", review=True))
    assert "/review/doubtful" in reviewer.get("/review").links
    page = reviewer.get("/review/doubtful")
    assert "<b>was rude</b>" in page.text, "a patient's words stand as they were written"
    picks = [f["value"] for f in page.fields if f.get("name") == "pick"]
    assert len(picks) == 2
    at = "/review/doubtful/settle"
    assert "Tick at least one comment." in reviewer.submit(at, {"press": "let_in"}).text
    assert "1 comment let in." in reviewer.submit(at, {"press": "let_in", "pick": picks[0]}).text
    aside = reviewer.submit(at, {"press": "set_aside", "pick": picks[1]})
    assert "1 comment set aside." in aside.text
    assert "Let it in after all" in aside.text
    assert held(session) == ["none", "doubtful"]
    assert "Nothing is set apart" in reviewer.get("/review/doubtful").text
    assert "/review/doubtful" not in reviewer.get("/review").links


def test_an_unknown_press_is_refused(world: World, sign_in: SignIn) -> None:
    reviewer = sign_in(world.account("staff", review=True))
    reviewer.post("/review/doubtful/settle", {"press": "burn", "pick": "x"}, status=400)


def test_what_is_alike_is_shown_with_its_reason_and_let_in_one_by_one(
    session: Session, world: World, sign_in: SignIn
) -> None:
    nurse = world.staff()
    text = "Ada Moss was rude to me and she never listened."
    rows = [world.comment(text, on_visit=[nurse]) for _ in range(3)]
    comments.read_many(session, comment_ids=[row.id for row in rows], moment=NOW)
    pages = sign_in(world.account("manager", review=True))
    page = pages.get("/review/doubtful")
    assert "Hardly differs from others about one person , Ada Moss" in page.text
    assert page.text.count("Let it in") == 3
    given = {"press": "let_in", "pick": [row.public_id for row in rows]}
    assert "0 comments let in" in pages.submit("/review/doubtful/settle", given).text
    assert held(session) == ["doubtful"] * 3
    given = {"press": "let_in", "pick": rows[0].public_id}
    assert "1 comment let in" in pages.submit("/review/doubtful/settle", given).text
    assert held(session) == ["none", "doubtful", "doubtful"]
