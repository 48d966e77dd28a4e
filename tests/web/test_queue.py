import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.pages import Page, Pages
from tests.support.world import TODAY, World
from training.store import topics
from training.store.tables import Account, Audit, Comment, Match, Remark, Staff

SignIn = Callable[[Account], Pages]


@pytest.fixture
def reviewer(world: World, sign_in: SignIn) -> Pages:
    return sign_in(world.account("manager", review=True))


@pytest.fixture
def safeguarder(world: World, sign_in: SignIn) -> Pages:
    return sign_in(world.account("manager", review=True, safeguard=True))


@pytest.fixture
def nurse(world: World) -> Staff:
    return world.staff()


def at(comment: Comment, remark: Remark | None = None) -> str:
    return f"/review/{comment.public_id}" + (f"/{remark.public_id}" if remark else "")


def decide(
    pages: Pages, comment: Comment, remark: Remark, decision: str, status: int = 303, **more: Any
) -> Any:
    given = {"version": str(remark.version), "decision": decision, **more}
    return pages.post(at(comment, remark), given, status)


def fresh(session: Session, row: Any) -> Any:
    number = row.id
    session.rollback()
    session.expire_all()
    return session.get(type(row), number)


def page_of(answer: Any) -> Page:
    return Page(answer.get_data(as_text=True))


# --- The list ------------------------------------------------------------------------------------


def test_an_empty_queue_says_so(reviewer: Pages) -> None:
    assert "Nothing waits" in reviewer.get("/review").text


def test_the_list_shows_no_patient_s_words_and_no_names(
    world: World, nurse: Staff, reviewer: Pages
) -> None:
    comment, _, _ = world.read_comment("Ada Moss was short with me.", about=nurse)
    page = reviewer.get("/review")
    assert at(comment) in page.links
    assert "Empathy and responding to feelings" in page.text
    assert "short with me" not in page.text
    assert "Moss" not in page.text


@pytest.mark.parametrize("given", ["staff={id}", "q=Moss", "sort=staff", "person={id}"])
def test_the_queue_has_no_filter_sort_search_or_count_by_person(
    world: World, nurse: Staff, reviewer: Pages, given: str
) -> None:
    for person in (nurse, world.staff("Ben", "Rook")):
        world.read_comment("Short with me.", about=person)
    plain = reviewer.client.get("/review").data
    assert reviewer.client.get("/review?" + given.format(id=nurse.public_id)).data == plain


def test_a_long_list_comes_in_pages(world: World, nurse: Staff, reviewer: Pages) -> None:
    rows = [world.read_comment("Short.", about=nurse)[0] for _ in range(26)]
    first, second = reviewer.get("/review"), reviewer.get("/review?page=2")
    assert (at(rows[24]) in first.links, at(rows[25]) in first.links) == (True, False)
    assert [link for link in second.links if rows[25].public_id in link]
    assert "/review?page=2" in first.links
    reviewer.get("/review?page=nonsense")


def test_only_who_safeguards_learns_that_a_held_comment_exists(
    world: World, reviewer: Pages, safeguarder: Pages
) -> None:
    empty = reviewer.client.get("/review").data
    comment, _, _ = world.read_comment(
        "I am not safe.", hold="safety", severity=3, day=TODAY - timedelta(days=5)
    )
    assert reviewer.client.get("/review").data == empty
    reviewer.get(at(comment), 404)
    page = safeguarder.get("/review")
    assert "Read these first" in page.text
    assert "5 days" in page.text
    assert "Over one working day" in page.text
    assert "not safe" not in page.text
    case = safeguarder.client.get(at(comment)).headers["Location"]
    assert "I am not safe." in safeguarder.get(case).text


def test_who_only_safeguards_and_has_nothing_waiting_is_told_so(
    world: World, sign_in: SignIn
) -> None:
    page = sign_in(world.account("manager", safeguard=True)).get("/review")
    assert "Nothing waits for you" in page.text
    assert "To review" not in page.text


@pytest.mark.parametrize("role", ["staff", "manager", "admin"])
def test_without_the_permission_there_is_no_queue(
    world: World, nurse: Staff, sign_in: SignIn, role: str
) -> None:
    comment, remark, _ = world.read_comment("Short.", about=nurse)
    pages = sign_in(world.account(role))
    for path in ("/review", at(comment)):
        assert pages.client.get(path).status_code == 404
    assert pages.client.post(at(comment, remark), data={}).status_code == 404


def test_a_stranger_is_sent_to_sign_in(world: World, nurse: Staff, stranger: Pages) -> None:
    comment, remark, _ = world.read_comment("Short.", about=nurse)
    for path in ("/review", at(comment), "/review/nothing"):
        assert stranger.client.get(path).status_code == 303
    assert stranger.client.post(at(comment, remark), data={}).status_code == 401


# --- One comment ---------------------------------------------------------------------------------


def test_a_comment_shows_its_remarks_and_why_they_were_tied_to_whom(
    session: Session, world: World, nurse: Staff, reviewer: Pages
) -> None:
    comment, remark, _ = world.read_comment(
        "Ada was short with me.", about=nurse, question="could_be_better"
    )
    remark.why = ["short"]
    session.commit()
    page = reviewer.get(at(comment))
    for words in (
        "What could have been better?",
        "Criticism",
        "Empathy and responding to feelings",
        "because of short",
        "Ada Moss Nurse Sure: named, on this visit",
        "Confirm: Ada Moss",
    ):
        assert words in page.text
    html = reviewer.client.get(at(comment)).get_data(as_text=True)
    assert '<mark class="said-here">Ada was short with me.<sup>1</sup></mark>' in html
    assert re.findall('data-key="(.)"', html) == ["?", "c", "u", "x", "m", "s", "d"]


def test_j09_opening_a_comment_is_audited_and_opening_the_list_is_not(
    session: Session, world: World, nurse: Staff, reviewer: Pages
) -> None:
    comment, _, _ = world.read_comment("Short.", about=nurse)
    reviewer.get("/review")
    query = select(Audit.noun_id).where(Audit.verb == "read_comment")
    assert session.scalars(query).all() == []
    session.rollback()
    reviewer.get(at(comment))
    assert session.scalars(query).all() == [comment.id]


def test_what_a_patient_writes_is_inert(world: World, nurse: Staff, reviewer: Pages) -> None:
    comment, _, _ = world.read_comment("<script>alert(1)</script>{{7*7}}", about=nurse)
    html = reviewer.client.get(at(comment)).get_data(as_text=True)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}" in html


def test_a_decided_comment_leads_back_to_the_queue(
    world: World, nurse: Staff, reviewer: Pages
) -> None:
    comment, _, _ = world.read_comment("Kind.", about=nurse, state="confirmed")
    answer = reviewer.client.get(at(comment))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/review?said=gone")
    assert "is decided" in reviewer.get("/review?said=gone").text


def test_a_comment_about_the_reviewer_does_not_exist_for_them(
    session: Session, world: World, nurse: Staff, sign_in: SignIn
) -> None:
    account = world.account("manager", review=True, safeguard=True)
    pages = sign_in(account)
    comment, remark, match = world.read_comment("Ada was short.", about=nurse)
    held, _, _ = world.read_comment("Ada hit me.", about=nurse, hold="safety")
    pages.get(at(comment))
    account.staff_id = nurse.id
    session.commit()
    for path in (at(comment), at(held)):
        assert pages.client.get(path).status_code == 404
    for decision in ("confirm", "move", "reject", "system"):
        given = {"decision": decision, "version": "0", "to": world.staff("B").public_id}
        assert pages.client.post(at(comment, remark), data=given).status_code == 404
    assert pages.client.post(f"{at(held)}/hold").status_code == 404
    assert fresh(session, match).state == "proposed"
    assert fresh(session, held).hold_closed_at is None


def test_a01_other_sites_and_practices_do_not_exist(
    world: World, other_world: World, sign_in: SignIn
) -> None:
    pages = sign_in(world.account("manager", review=True, safeguard=True, sites=[world.site_one]))
    there = world.read_comment("Short.", about=world.staff(), site=world.site("Mill Lane"))
    theirs = other_world.read_comment("Short.", about=other_world.staff())
    held = other_world.read_comment("Short.", hold="safety")
    for comment, remark, _ in (there, theirs, held):
        assert pages.client.get(at(comment)).status_code == 404
        given = {"decision": "reject", "version": "0"}
        assert pages.client.post(at(comment, remark), data=given).status_code == 404
        assert pages.client.post(f"{at(comment)}/hold").status_code == 404


# --- Deciding ------------------------------------------------------------------------------------


def test_confirming_goes_on_to_the_next_with_an_undo_bar(
    session: Session, world: World, nurse: Staff, reviewer: Pages
) -> None:
    comment, remark, match = world.read_comment("Ada was short.", about=nurse, severity=2)
    following, _, _ = world.read_comment("Ada was late.", about=nurse)
    page = reviewer.submit(at(comment, remark), {"version": "0", "decision": "confirm"})
    assert "Confirmed: about Ada Moss." in page.text
    assert "Ada was late." in page.text
    assert fresh(session, match).state == "confirmed"
    assert following.public_id in str(page.forms)


def test_undo_leads_back_to_the_comment_and_puts_it_back(
    session: Session, world: World, nurse: Staff, reviewer: Pages
) -> None:
    comment, remark, match = world.read_comment("Ada was short.", about=nurse)
    page = reviewer.submit(at(comment, remark), {"version": "0", "decision": "confirm"})
    form = next(form for form in page.forms if form["action"] == "/review/undo")
    back = reviewer.submit("/review/undo", form["data"])
    assert "Undone. The remark waits again." in back.text
    assert "Confirm: Ada Moss" in back.text
    assert fresh(session, match).state == "proposed"
    assert "can no longer be undone" in reviewer.submit("/review/undo", form["data"]).text


def test_nobody_else_can_undo_a_decision(
    session: Session, world: World, nurse: Staff, reviewer: Pages, safeguarder: Pages
) -> None:
    comment, remark, match = world.read_comment("Ada was short.", about=nurse)
    page = reviewer.submit(at(comment, remark), {"version": "0", "decision": "confirm"})
    form = next(form for form in page.forms if form["action"] == "/review/undo")
    assert "can no longer be undone" in safeguarder.submit("/review/undo", form["data"]).text
    assert fresh(session, match).state == "confirmed"
    location = f"/review?decided={form['data']['decision']}"
    assert "Confirmed: about" not in safeguarder.get(location).text


def test_of_two_candidates_one_is_picked_by_its_button(
    session: Session, world: World, nurse: Staff, reviewer: Pages
) -> None:
    comment, remark, first = world.read_comment("She was short.", about=nurse, certain=False)
    assert first is not None
    second = Match(
        practice_id=remark.practice_id, remark_id=remark.id,
        staff_id=world.staff("Ben", "Rook").id, certain=False, confidence=0.5,
        evidence=["role_on_visit"], state="proposed",
    )  # fmt: skip
    session.add(second)
    session.commit()
    page = reviewer.get(at(comment))
    assert "It is Ada Moss" in page.text
    assert "It is Ben Rook" in page.text
    assert "Not sure: their role on the visit" in page.text
    unclear = decide(reviewer, comment, remark, "confirm", 400)
    assert "Choose which of them" in page_of(unclear).text
    decide(reviewer, comment, remark, f"confirm:{second.public_id}")
    assert fresh(session, second).state == "confirmed"
    assert fresh(session, first).state == "rejected"


def test_moving_offers_the_roster_of_the_day_by_family_name(
    session: Session, world: World, nurse: Staff, reviewer: Pages
) -> None:
    rook = world.staff("Ben", "Rook", role="receptionist")
    comment, remark, _ = world.read_comment("Ada was short.", about=nurse)
    page = reviewer.get(at(comment))
    assert "Moss, Ada (nurse) Rook, Ben (receptionist)" in page.text
    decide(reviewer, comment, remark, "move", to=rook.public_id)
    moved = session.scalars(select(Match).where(Match.staff_id == rook.id)).one()
    assert moved.state == "confirmed"


def test_moving_to_nobody_says_what_to_do(
    session: Session, world: World, nurse: Staff, reviewer: Pages
) -> None:
    comment, remark, _ = world.read_comment("Ada was short.", about=nurse)
    page = page_of(decide(reviewer, comment, remark, "move", 400))
    assert "There is a problem Choose whom the remark is about." in page.text
    assert "#f-to-1" in page.links
    assert page.ids["f-to-1"] == 1
    assert page.title.startswith("Error")
    assert fresh(session, remark).state == "waiting"


def test_the_system_and_a_rejection_are_kept(
    session: Session, world: World, nurse: Staff, reviewer: Pages
) -> None:
    comment, remark, _ = world.read_comment("An hour.", about=nurse)
    decide(reviewer, comment, remark, "system", theme="wait_length")
    assert fresh(session, remark).state == "system"
    assert topics.of(session, [remark.id])[remark.id].themes == ("wait_length",)
    comment, remark, _ = world.read_comment("My sister Ada.", about=nurse)
    decide(reviewer, comment, remark, "reject")
    assert fresh(session, remark).state == "rejected"


def test_h01_the_loser_is_told_what_stands_and_overwrites_nothing(
    session: Session, world: World, nurse: Staff, reviewer: Pages, safeguarder: Pages
) -> None:
    comment, remark, match = world.read_comment("Ada was short.", about=nurse)
    decide(reviewer, comment, remark, "confirm")
    page = page_of(decide(safeguarder, comment, remark, "reject", 409, version="0"))
    assert "Somebody else decided this first: Confirmed: about Ada Moss." in page.text
    assert not any(remark.public_id in form["action"] for form in page.forms)
    assert fresh(session, match).state == "confirmed"
    assert fresh(session, remark).version == 1


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"decision": "confirm"}, 409),
        ({"decision": "confirm", "version": "x"}, 409),
        ({"decision": "confirm", "version": "7"}, 409),
        ({"decision": "shown", "version": "0"}, 400),
        ({"version": "0"}, 400),
        ({"decision": "confirm:nobody", "version": "0"}, 404),
        ({"decision": "move", "version": "0", "to": "nobody"}, 404),
        ({"decision": "system", "version": "0", "theme": "empathy"}, 400),
    ],
)
def test_a_hand_made_form_changes_nothing(
    session: Session,
    world: World,
    nurse: Staff,
    reviewer: Pages,
    given: dict[str, str],
    status: int,
) -> None:
    comment, remark, match = world.read_comment("Ada was short.", about=nurse)
    reviewer.post(at(comment, remark), given, status)
    assert fresh(session, remark).version == 0
    assert fresh(session, match).state == "proposed"


def test_a08_what_the_form_does_not_ask_for_is_ignored(
    session: Session, world: World, nurse: Staff, reviewer: Pages
) -> None:
    comment, remark, match = world.read_comment("Ada was short.", about=nurse)
    more = {"staff_id": "999", "practice_id": "9", "state": "settled", "shown_at": "2026-01-01"}
    decide(reviewer, comment, remark, "confirm", **more)
    row = fresh(session, match)
    assert (row.staff_id, row.practice_id, row.shown_at) == (nurse.id, world.practice.id, None)


def test_c01_a_decision_from_another_site_is_refused(
    session: Session, world: World, nurse: Staff, reviewer: Pages
) -> None:
    comment, remark, _ = world.read_comment("Ada was short.", about=nurse)
    given = {"version": "0", "decision": "confirm"}
    for path in (at(comment, remark), "/review/undo", f"{at(comment)}/hold"):
        elsewhere = {"Sec-Fetch-Site": "cross-site"}
        assert reviewer.client.post(path, data=given, headers=elsewhere).status_code == 403
    assert fresh(session, remark).version == 0


# --- Held comments -------------------------------------------------------------------------------


def test_g05_a_safety_comment_leads_to_its_case_and_is_decided_nowhere_else(
    world: World, nurse: Staff, reviewer: Pages, safeguarder: Pages
) -> None:
    comment, remark, _ = world.read_comment("Ada hit me.", about=nurse, hold="safety", severity=3)
    answer = safeguarder.client.get(at(comment))
    assert answer.status_code == 303
    assert answer.headers["Location"] in safeguarder.get("/review").links
    page = safeguarder.get(answer.headers["Location"])
    assert "Ada hit me." in page.text
    assert "Confirm:" not in page.text
    assert safeguarder.client.post(f"{at(comment)}/hold").status_code == 404
    decide(safeguarder, comment, remark, "confirm", 404)
    reviewer.get(answer.headers["Location"], 404)


def test_a_comment_that_was_not_read_can_be_dealt_with(world: World, safeguarder: Pages) -> None:
    comment, _, _ = world.read_comment("Nikt nie słuchał.", hold="unread")
    page = safeguarder.get(at(comment))
    assert "was not read by Bedside" in page.text
    assert "dealt with" in safeguarder.submit(f"{at(comment)}/hold").text
    safeguarder.get(at(comment), 404)


def test_no_words_of_a_comment_reach_an_address_or_the_log(
    app: Flask, world: World, nurse: Staff, reviewer: Pages, caplog: pytest.LogCaptureFixture
) -> None:
    comment, remark, _ = world.read_comment("CANARY-4711 was short.", about=nurse)
    reviewer.get(at(comment))
    answer = decide(reviewer, comment, remark, "confirm")
    assert "CANARY" not in answer.headers["Location"]
    assert "CANARY" not in caplog.text
