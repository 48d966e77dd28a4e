"""The pages of cases: the list and its empty states, one case from its opening to its closing, and 404."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.pages import Pages
from tests.support.world import NOW, TODAY, World
from training import clock
from training.store.tables import Account, Case, Comment, Staff

SignIn = Callable[[Account], Pages]
WORDS = "Ada hit me, and <b>laughed</b>."


@pytest.fixture
def account(world: World) -> Account:
    return world.account("manager", review=True, safeguard=True, name="Yetunde Cole")


@pytest.fixture
def pages(account: Account, sign_in: SignIn) -> Pages:
    return sign_in(account)


@pytest.fixture
def nurse(world: World) -> Staff:
    return world.staff()


@pytest.fixture
def case(session: Session, world: World, nurse: Staff) -> Case:
    world.read_comment(WORDS, about=nurse, hold="safety", severity=3)
    return session.scalars(select(Case)).one()


def at(case: Case, *more: str) -> str:
    return "/".join(["/cases", case.public_id, *more])


def fresh(session: Session, row: Any) -> Any:
    number = row.id
    session.rollback()
    session.expire_all()
    return session.get(type(row), number)


def test_every_list_of_no_cases_says_what_will_come(pages: Pages) -> None:
    assert "No case is open" in pages.get("/cases").text
    assert "No case is overdue" in pages.get("/cases?show=overdue").text
    assert "No case is closed yet" in pages.get("/cases?show=closed").text


def test_the_list_holds_no_words_and_leads_to_the_case(pages: Pages, case: Case) -> None:
    page = pages.get("/cases")
    assert "Nobody has taken it" in page.text
    assert "hit me" not in page.text
    assert at(case) in page.links
    found = pages.get(at(case))
    assert WORDS in found.text
    assert "Ada Moss" in found.text
    assert "Cases: 1" in pages.get("/review").text


def test_whoever_leaves_a_case_for_later_goes_on_with_the_next_comment(
    world: World, nurse: Staff, pages: Pages, case: Case
) -> None:
    waiting, _, _ = world.read_comment("Ada was short.", about=nurse)
    [onward] = [link for link in pages.get(at(case)).links if "ten-minutes" in link]
    answer = pages.client.get(onward)
    assert answer.headers["Location"].startswith(f"/review/{waiting.public_id}")


def test_a_case_from_its_opening_to_its_closing_and_again(
    session: Session, pages: Pages, case: Case, account: Account, sign_in: SignIn
) -> None:
    due = TODAY + timedelta(days=3)
    given = {"version": "0", "owner": account.public_id, "due": due.isoformat()}
    assert "Owner: Yetunde Cole." in pages.submit(at(case, "owner"), given).text
    assert "Nothing" not in pages.submit(at(case, "log"), {"note": "Rang the <i>lead</i>."}).text
    page = pages.get(at(case))
    assert "Rang the <i>lead</i>." in page.text
    assert "Due by 19 March 2026" in page.text
    with clock.stopped_at(NOW + timedelta(days=9)):
        later = sign_in(account)
        assert "Cases: 1, 1 overdue" in later.get("/review").text
        assert "Overdue case" in later.get(at(case)).text
    closing = {"version": "1", "outcome": "passed_on", "reason": "With the lead."}
    closed = pages.submit(at(case, "close"), closing)
    assert "Closed: Passed on to others." in closed.text
    assert "Yours" in pages.get("/cases?show=closed").text
    again = pages.submit(at(case, "reopen"), {"version": "2", "again": "A second letter."})
    assert "A second letter." in again.text
    assert fresh(session, case).version == 3


@pytest.mark.parametrize(
    ("path", "given", "told"),
    [
        ("log", {"note": " "}, "Write a note"),
        ("owner", {"owner": "", "due": "2026-03-20"}, "Choose who owns the case."),
        ("owner", {"owner": "me", "due": "soon"}, "Choose a day"),
        ("close", {"reason": "Done."}, "Choose what became of it."),
        ("close", {"outcome": "acted_on", "reason": ""}, "Say why it is closed"),
        (
            "close",
            {"outcome": "acted_on", "reason": "x", "may_count": "yes"},
            "Only a case without",
        ),
        ("reopen", {"again": ""}, "Say why it is opened again"),
    ],
)
def test_a_form_with_a_fault_is_shown_again_with_what_was_typed(
    pages: Pages, case: Case, account: Account, path: str, given: dict[str, str], told: str
) -> None:
    if path == "reopen":
        pages.post(at(case, "close"), {"version": "0", "outcome": "answered", "reason": "Done."})
    if given.get("owner") == "me":
        given = {**given, "owner": account.public_id}
    answer = pages.post(at(case, path), {"version": "0", **given}, 400)
    assert told in answer.text
    assert 'href="#f-' in answer.text
    if "reason" in given:
        assert given["reason"] in answer.text


def test_whoever_comes_second_is_told(session: Session, pages: Pages, case: Case) -> None:
    given = {"version": "0", "outcome": "acted_on", "reason": "Done."}
    pages.post(at(case, "close"), given)
    assert "Somebody else changed this case first" in pages.post(at(case, "close"), given, 409).text


def test_a01_a_case_does_not_exist_for_anybody_else(
    session: Session, world: World, other_world: World, case: Case, nurse: Staff, sign_in: SignIn
) -> None:
    strangers = [
        world.account("admin", review=True),
        world.account(staff=nurse, review=True, safeguard=True),
        world.account("manager", safeguard=True, sites=[world.site("Annexe")]),
        other_world.account("admin", review=True, safeguard=True),
    ]
    given = {"version": "0", "outcome": "acted_on", "reason": "x", "note": "x", "again": "x"}
    for stranger in strangers:
        theirs = sign_in(stranger)
        assert theirs.client.get(at(case)).status_code == 404
        for path in ("log", "owner", "close", "reopen"):
            assert theirs.client.post(at(case, path), data=given).status_code == 404
        for page in ("/cases", "/review", "/trends", "/trends.csv", "/comments", "/admin/audit"):
            answer = theirs.client.get(page)
            assert case.public_id not in answer.text
            assert "hit me" not in answer.text
            assert "opened a case" not in answer.text
    assert (fresh(session, case).version, case.closed_at) == (0, None)


def test_a08_no_field_more_than_a_form_has_changes_anything(
    session: Session, pages: Pages, case: Case
) -> None:
    extra = {"kind": "other", "practice_id": "9", "opened_on": "2020-01-01", "closed_at": "now"}
    pages.post(at(case, "log"), {"note": "Rang.", **extra})
    row = fresh(session, case)
    assert (row.kind, row.opened_on, row.closed_at) == ("safety", TODAY, None)


def test_a_reviewer_hands_a_comment_over_and_finds_it_no_more(
    session: Session, world: World, nurse: Staff, pages: Pages, sign_in: SignIn
) -> None:
    reviewer = sign_in(world.account("manager", review=True))
    comment, _, _ = world.read_comment("Ada knows where my girl lives.", about=nurse)
    path = f"/review/{comment.public_id}"
    assert "Hand it to those who safeguard" in reviewer.get(path).text
    missing = reviewer.post(f"{path}/hand-over", {"kind": "", "why": "Look."}, 400)
    assert "Choose what it may be." in missing.text
    assert "Look." in missing.text
    given = {"kind": "safeguarding", "why": "A child is named."}
    after = reviewer.submit(f"{path}/hand-over", given)
    assert "Handed to those who safeguard" in after.text
    reviewer.get(path, 404)
    reviewer.post(f"{path}/hand-over", given, 404)
    case = session.scalars(select(Case)).one()
    assert "A child is named." in pages.get(at(case)).text


def test_a_case_whose_comment_was_taken_back_says_so(
    session: Session, world: World, pages: Pages, case: Case, sign_in: SignIn
) -> None:
    comment = session.get_one(Comment, case.comment_id)
    admin = sign_in(world.account("admin"))
    admin.post(f"/admin/withdraw/{comment.public_id}")
    page = pages.get(at(case))
    assert "its words are gone" in page.text
    assert "hit me" not in page.text
