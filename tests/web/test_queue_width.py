"""Reviewing in its width: the certain together, corrections, masks, notes, ten minutes, keys, disputes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.pages import Page, Pages
from tests.support.world import NOW, TODAY, World
from training.store.tables import Account, Audit, Comment, Dispute, Mask, Remark, ReviewNote, Staff

SignIn = Callable[[Account], Pages]


@pytest.fixture
def reviewer(world: World, sign_in: SignIn) -> Pages:
    return sign_in(world.account("manager", review=True))


@pytest.fixture
def nurse(world: World) -> Staff:
    return world.staff()


def at(comment: Comment, remark: Remark | None = None) -> str:
    return f"/review/{comment.public_id}" + (f"/{remark.public_id}" if remark else "")


def page_of(answer: Any) -> Page:
    return Page(answer.get_data(as_text=True))


def state(session: Session, remark: Remark) -> str:
    session.rollback()
    session.expire_all()
    return session.get_one(Remark, remark.id).state


# --- The certain together ------------------------------------------------------------------------


def test_the_certain_are_all_ticked_and_asked_about_once_more(
    session: Session, world: World, nurse: Staff, reviewer: Pages
) -> None:
    rows = [world.read_comment(f"Short {n}.", about=nurse)[1] for n in range(3)]
    page = reviewer.get("/review/certain")
    ticks = [field for field in page.fields if field.get("name") == "pick"]
    assert len(ticks) == 3
    assert all("checked" in field for field in ticks)
    asked = page_of(
        reviewer.post("/review/certain", {"pick": [ticks[0]["value"], ticks[2]["value"]]}, 200)
    )
    assert asked.headings == ["Confirm 2 remarks?"]
    assert "Short 0." in asked.text
    assert "Short 1." not in asked.text
    assert {state(session, row) for row in rows} == {"waiting"}


def test_confirming_says_how_many_and_undoes_them_together(
    session: Session, world: World, nurse: Staff, reviewer: Pages
) -> None:
    rows = [world.read_comment(f"Short {n}.", about=nurse)[1] for n in range(2)]
    picks = [f"{row.public_id}:0" for row in rows]
    page = reviewer.submit("/review/certain/confirm", {"pick": picks})
    assert "Confirmed 2 remarks." in page.text
    assert [state(session, row) for row in rows] == ["confirmed", "confirmed"]
    form = next(form for form in page.forms if form["action"] == "/review/certain/undo")
    assert "The remarks wait again." in reviewer.submit(form["action"], form["data"]).text
    assert [state(session, row) for row in rows] == ["waiting", "waiting"]
    assert "no longer be undone" in reviewer.submit(form["action"], form["data"]).text


def test_the_lost_are_told_what_stands(
    session: Session, world: World, nurse: Staff, reviewer: Pages
) -> None:
    comment, lost, _ = world.read_comment("Short.", about=nurse)
    _, won, _ = world.read_comment("Late.", about=nurse)
    reviewer.post(at(comment, lost), {"version": "0", "decision": "reject"})
    picks = [f"{row.public_id}:0" for row in (lost, won)]
    page = reviewer.submit("/review/certain/confirm", {"pick": picks})
    assert "Confirmed 1 remark." in page.text
    assert "Not confirmed: 1" in page.text
    assert "Not about our staff." in page.text
    assert state(session, lost) == "rejected"


def test_nothing_ticked_is_an_error_and_nothing_certain_says_so(
    world: World, nurse: Staff, reviewer: Pages
) -> None:
    assert "Nothing certain waits" in reviewer.get("/review/certain").text
    world.read_comment("Short.", about=nurse)
    page = page_of(reviewer.post("/review/certain", {}, 400))
    assert "Tick at least one remark." in page.text
    assert page.title.startswith("Error")


@pytest.mark.parametrize("pick", ["", "x", ":", "x:y", "x:-1", "x:٣", "x:99999999999999999999"])
def test_a_hand_made_pick_confirms_nothing(
    session: Session, world: World, nurse: Staff, reviewer: Pages, pick: str
) -> None:
    _, remark, _ = world.read_comment("Short.", about=nurse)
    answer = reviewer.client.post("/review/certain/confirm", data={"pick": pick})
    assert answer.status_code in {303, 400}
    assert state(session, remark) == "waiting"


# --- Wrongly read, masks, notes ------------------------------------------------------------------


def test_a_remark_is_corrected_on_its_page_with_an_undo_bar(
    session: Session, world: World, nurse: Staff, reviewer: Pages
) -> None:
    comment, remark, _ = world.read_comment("Could not be kinder.", about=nurse)
    given = {"version": "0", "decision": "correct", "sentiment": "positive", "topic": ""}
    page = reviewer.submit(at(comment, remark), given)
    assert "Corrected: from now on it counts as you say." in page.text
    assert "Remark 1 Praise" in page.text
    form = next(form for form in page.forms if form["action"] == "/review/undo")
    assert "Remark 1 Criticism" in reviewer.submit(form["action"], form["data"]).text


def test_a_correction_that_says_nothing_leads_to_its_field(
    world: World, nurse: Staff, reviewer: Pages
) -> None:
    comment, remark, _ = world.read_comment("Short.", about=nurse)
    given = {"version": "0", "decision": "correct"}
    page = page_of(reviewer.post(at(comment, remark), given, 400))
    assert "Choose what the remark is instead." in page.text
    assert "#f-correction-1" in page.links
    assert page.ids["f-correction-1"] == 1


TWO_THOUGHTS = "Grace was kind and Tom was very rude."
AND = str(TWO_THOUGHTS.index("and"))


def test_a_remark_is_split_on_its_page_with_an_undo_bar(world: World, reviewer: Pages) -> None:
    grace, tom = world.staff("Grace", "Oduya"), world.staff("Tom", "Lind")
    comment, remark, _ = world.read_comment(TWO_THOUGHTS, about=grace, on_visit=[grace, tom])
    assert "Grace was kind | and Tom was very rude." in reviewer.get(at(comment)).text
    given = {"version": "0", "decision": "split", "border": AND}
    page = reviewer.submit(at(comment, remark), given)
    assert "Split: both halves were read again." in page.text
    assert "Remark 1 Praise" in page.text
    assert "Remark 2 Criticism" in page.text
    assert "Confirm: Tom Lind" in page.text
    form = next(form for form in page.forms if form["action"] == "/review/undo")
    assert "Remark 2" not in reviewer.submit(form["action"], form["data"]).text


@pytest.mark.parametrize("border", ["", "3", "and"])
def test_a_split_without_a_place_leads_to_its_field(
    world: World, nurse: Staff, reviewer: Pages, border: str
) -> None:
    comment, remark, _ = world.read_comment(TWO_THOUGHTS, about=nurse)
    given = {"version": "0", "decision": "split", "border": border}
    page = page_of(reviewer.post(at(comment, remark), given, 400))
    assert "Choose where the second thought begins." in page.text
    assert "#f-border-1" in page.links
    assert page.ids["f-border-1"] == 1


@pytest.mark.parametrize(
    ("state", "why"), [("settled", "shown this remark already"), ("disputed", "is disputed")]
)
def test_what_cannot_be_split_says_why_before_and_after_it_is_tried(
    world: World, nurse: Staff, reviewer: Pages, state: str, why: str
) -> None:
    comment, remark, _ = world.read_comment(
        TWO_THOUGHTS, about=nurse, sentiment="positive", state=state, shown_at=NOW
    )
    given = {"version": "0", "decision": "split", "border": AND}
    page = page_of(reviewer.post(at(comment, remark), given, 409))
    assert why in page.text
    link = next(link for link in page.links if link.startswith("#f-border_"))
    assert page.ids[link[1:]] == 1
    assert "split" not in [field.get("value") for field in page.fields]


def test_who_splits_second_is_told_what_stands(world: World, nurse: Staff, reviewer: Pages) -> None:
    comment, remark, _ = world.read_comment(TWO_THOUGHTS, about=nurse)
    given = {"version": "0", "decision": "split", "border": AND}
    reviewer.post(at(comment, remark), given)
    page = page_of(reviewer.post(at(comment, remark), given, 409))
    assert "Somebody else decided this first" in page.text


def test_what_is_no_remark_is_rejected(
    session: Session, world: World, nurse: Staff, reviewer: Pages
) -> None:
    comment, remark, _ = world.read_comment("Ada.", about=nurse)
    reviewer.post(at(comment, remark), {"version": "0", "decision": "not_a_remark"})
    assert state(session, remark) == "rejected"


def test_words_are_hidden_by_one_press_and_shown_again(
    session: Session, world: World, nurse: Staff, reviewer: Pages
) -> None:
    comment, _, _ = world.read_comment("My sister Rosa says Ada was short.", about=nurse)
    page = reviewer.get(at(comment))
    assert "Hide Rosa (somebody’s name)" in page.text
    form = next(form for form in page.forms if form["data"].get("words") == "Rosa")
    page = reviewer.submit(form["action"], form["data"])
    assert "Hidden from staff" in page.text
    assert "shown as ▇ (somebody’s name)" in page.text
    (mask,) = session.scalars(select(Mask))
    page = reviewer.submit(f"{at(comment)}/masks/{mask.public_id}")
    assert "Shown again." in page.text


def test_words_that_do_not_stand_there_are_kept_in_the_field(
    world: World, nurse: Staff, reviewer: Pages
) -> None:
    comment, _, _ = world.read_comment("Ada was short.", about=nurse)
    page = page_of(
        reviewer.post(f"{at(comment)}/masks", {"words": "Rosie", "reason": "patient"}, 400)
    )
    assert "Copy the words to hide exactly" in page.text
    assert "#f-words" in page.links
    (field,) = [field for field in page.fields if field.get("id") == "f-words"]
    assert field["value"] == "Rosie"


def test_a_note_stands_beside_the_comment_and_on_no_page_of_staff(
    session: Session, world: World, nurse: Staff, reviewer: Pages, sign_in: SignIn
) -> None:
    comment, _, _ = world.read_comment("Ada was short.", about=nurse)
    page = reviewer.submit(f"{at(comment)}/notes", {"note": "CANARY-4711 <b>"})
    assert "CANARY-4711 <b>" in page.text
    me = sign_in(world.account(staff=nurse))
    for path in ("/home", "/what-patients-say", "/disputes", "/my-data/bedside.json"):
        assert b"CANARY" not in me.client.get(path).data
    (note,) = session.scalars(select(ReviewNote))
    page = reviewer.submit(f"{at(comment)}/notes/{note.public_id}")
    assert "CANARY" not in page.text


def test_an_empty_note_is_an_error(world: World, nurse: Staff, reviewer: Pages) -> None:
    comment, _, _ = world.read_comment("Ada was short.", about=nurse)
    page = page_of(reviewer.post(f"{at(comment)}/notes", {"note": " "}, 400))
    assert "Write a note of at most 1,000 characters." in page.text


def test_what_stands_beside_a_comment_is_not_for_who_it_is_about(
    world: World, nurse: Staff, sign_in: SignIn
) -> None:
    comment, _, _ = world.read_comment("Ada was short.", about=nurse)
    me = sign_in(world.account(staff=nurse, review=True))
    for path, given in (
        ("masks", {"words": "Ada", "reason": "patient"}),
        ("masks/x", {}),
        ("notes", {"note": "Hm."}),
        ("notes/x", {}),
    ):
        me.post(f"{at(comment)}/{path}", given, 404)


# --- Ten minutes and the keys ----------------------------------------------------------------------


def test_ten_minutes_lead_from_one_comment_to_the_next(
    world: World, nurse: Staff, reviewer: Pages
) -> None:
    quick, _, _ = world.read_comment("Quick.", about=nurse)
    old, remark, _ = world.read_comment("Old.", about=nurse, day=TODAY - timedelta(days=25))
    assert "/review/ten-minutes" in reviewer.get("/review").links
    answer = reviewer.client.get("/review/ten-minutes")
    assert answer.headers["Location"] == f"{at(old)}?order=ten"
    page = reviewer.get(f"{at(old)}?order=ten")
    assert f"/review/ten-minutes?after={old.public_id}" in page.links
    left = reviewer.client.get(f"/review/ten-minutes?after={old.public_id}")
    assert left.headers["Location"] == f"{at(quick)}?order=ten"
    given = {"version": "0", "decision": "confirm", "order": "ten"}
    location = reviewer.post(at(old, remark), given).headers["Location"]
    assert location.startswith(at(quick))
    assert "order=ten" in location


def test_an_empty_queue_has_nothing_for_ten_minutes(reviewer: Pages) -> None:
    answer = reviewer.client.get("/review/ten-minutes")
    assert answer.headers["Location"] == "/review?said=nothing"
    assert "There is nothing to do in ten minutes" in reviewer.get("/review?said=nothing").text


def test_nobody_s_pace_is_told(world: World, nurse: Staff, reviewer: Pages) -> None:
    comment, _, _ = world.read_comment("Short.", about=nurse)
    text = reviewer.get(f"{at(comment)}?order=ten").text.lower()
    assert "per minute" not in text
    assert "per hour" not in text


def test_the_keys_are_explained_without_javascript(
    world: World, nurse: Staff, reviewer: Pages
) -> None:
    comment, _, _ = world.read_comment("Short.", about=nurse)
    html = reviewer.client.get(at(comment)).get_data(as_text=True)
    assert '<summary data-key="?">' in html
    assert "Not about our staff" in reviewer.get(at(comment)).text


# --- Disputes --------------------------------------------------------------------------------------


@pytest.fixture
def disputed(session: Session, world: World, nurse: Staff, sign_in: SignIn) -> Remark:
    _, remark, _ = world.read_comment(
        "Ada was short.", about=nurse, state="confirmed", match_state="confirmed", shown_at=NOW
    )
    me = sign_in(world.account(staff=nurse))
    me.post(
        f"/what-patients-say/{remark.public_id}/dispute",
        {"ground": "factually_wrong", "words": "I was on leave."},
    )
    return remark


def path_of(session: Session) -> str:
    session.rollback()
    (made,) = session.scalars(select(Dispute))
    return f"/review/disputes/{made.public_id}"


def test_the_list_of_disputes_shows_no_words_and_opening_one_is_audited(
    session: Session, reviewer: Pages, disputed: Remark
) -> None:
    assert "Disputes: 1" in reviewer.get("/review").text
    page = reviewer.get("/review/disputes")
    path = path_of(session)
    assert path in page.links
    for words in ("short", "Moss", "on leave"):
        assert words not in page.text
    query = select(Audit.noun_id).where(Audit.verb == "read_comment")
    assert session.scalars(query).all() == []
    session.rollback()
    page = reviewer.get(path)
    for words in ("Ada was short.", "Ada Moss", "I was on leave.", "Decide by 30 March 2026"):
        assert words in page.text
    assert session.scalars(query).all() == [disputed.comment_id]


@pytest.mark.parametrize(
    ("decision", "ends", "words"),
    [
        ("uphold", "rejected", "no longer tied to it"),
        ("system", "system", "no longer tied to it"),
        ("keep", "confirmed", "back as it was"),
    ],
)
def test_a_dispute_is_decided_and_undone(
    session: Session, reviewer: Pages, disputed: Remark, decision: str, ends: str, words: str
) -> None:
    path = path_of(session)
    page = reviewer.submit(f"{path}/decide", {"version": "1", "decision": decision})
    assert words in page.text
    assert state(session, disputed) == ends
    reviewer.get(path, 404)
    form = next(form for form in page.forms if form["action"] == "/review/disputes/undo")
    assert "open again" in reviewer.submit(form["action"], form["data"]).text
    assert state(session, disputed) == "disputed"
    assert "no longer be undone" in reviewer.submit(form["action"], form["data"]).text


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"decision": "keep", "version": "0"}, 303),
        ({"decision": "keep"}, 303),
        ({"decision": "shrug", "version": "1"}, 400),
        ({}, 400),
    ],
)
def test_a_hand_made_decision_changes_nothing(
    session: Session, reviewer: Pages, disputed: Remark, given: dict[str, str], status: int
) -> None:
    reviewer.post(f"{path_of(session)}/decide", given, status)
    assert state(session, disputed) == "disputed"


def test_who_confirmed_the_remark_is_told_that_another_decides(
    session: Session, world: World, nurse: Staff, reviewer: Pages, sign_in: SignIn
) -> None:
    comment, remark, match = world.read_comment("Short.", about=nurse)
    reviewer.post(at(comment, remark), {"version": "0", "decision": "confirm"})
    assert match is not None
    session.refresh(match)
    match.shown_at = NOW
    session.commit()
    me = sign_in(world.account(staff=nurse))
    me.post(f"/what-patients-say/{remark.public_id}/dispute", {"ground": "abusive"})
    page = reviewer.get("/review/disputes")
    assert "One more waits for another reviewer, because you confirmed the remark." in page.text
    reviewer.get(path_of(session), 404)


def test_the_rate_is_for_managers_and_hidden_while_small(
    world: World, disputed: Remark, sign_in: SignIn
) -> None:
    manager = sign_in(world.account("manager"))
    assert "Too few to say" in manager.get("/trends/disputes").text
    sign_in(world.account("staff", review=True)).get("/trends/disputes", 404)


def test_an_empty_list_of_disputes_says_so(reviewer: Pages) -> None:
    assert "No dispute waits for you" in reviewer.get("/review/disputes").text
