from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.support.pages import Pages
from tests.support.world import NOW, TODAY, World
from training import clock
from training.scenarios import catalogue
from training.services import suggestions
from training.services.fitting import fitting
from training.store.tables import Account, Staff, Suggestion

SignIn = Callable[[Account], Pages]
FITTING = fitting(catalogue.load(), skill="empathy", role="nurse")
assert FITTING


@pytest.fixture
def nurse(world: World) -> Staff:
    return world.staff()


@pytest.fixture
def me(world: World, nurse: Staff, sign_in: SignIn) -> Pages:
    return sign_in(world.account(staff=nurse))


def praise(world: World, nurse: Staff, text: str = "Ada was kind.", **more: Any) -> Any:
    given = {"sentiment": "positive", "state": "settled", "shown_at": NOW, **more}
    return world.read_comment(text, about=nurse, **given)


def criticism(world: World, nurse: Staff, text: str = "Ada was short.", **more: Any) -> Any:
    given = {"state": "confirmed", "match_state": "confirmed", "shown_at": NOW, **more}
    return world.read_comment(text, about=nurse, **given)


@pytest.fixture
def offered(session: Session, world: World, nurse: Staff) -> Suggestion:
    for n in range(5):
        criticism(world, nurse, f"Short {n}.", day=date(2025, 12, 1 + n))
    suggestions.refresh(
        session, practice_id=world.practice.id, today=TODAY, moment=NOW, catalogue=catalogue.load()
    )
    (row,) = session.query(Suggestion).all()
    return row


def state(session: Session, row: Suggestion) -> str:
    session.rollback()
    session.expire_all()
    return session.get_one(Suggestion, row.id).state


# --- Home ----------------------------------------------------------------------------------------


def test_an_empty_home_says_what_will_come(me: Pages) -> None:
    page = me.get("/home")
    for words in ("No thanks yet", "Nothing here", "in your kind of work starts", "yours alone"):
        assert words in page.text
    assert "Nothing yet" in me.get("/what-patients-say").text


@pytest.mark.parametrize(
    ("hour", "words"),
    [(10, "Good morning, Ada"), (11, "Good afternoon, Ada"), (17, "Good evening, Ada")],
)
def test_the_greeting_follows_the_practice_s_own_clock(
    world: World, nurse: Staff, sign_in: SignIn, hour: int, words: str
) -> None:
    account = world.account(staff=nurse)
    # an hour earlier than in London
    with clock.stopped_at(datetime(2026, 7, 1, hour, 30, tzinfo=UTC)):
        page = sign_in(account).get("/home")
    assert page.headings == [words]
    assert "1 July 2026" in page.text


def test_thanks_come_before_criticism(world: World, nurse: Staff, me: Pages) -> None:
    criticism(world, nurse, "Ada was short.")
    praise(world, nurse, "Ada was kind.")
    page = me.get("/home")
    assert page.text.index("Ada was kind.") < page.text.index("Ada was short.")
    assert page.text.index("Worth another look") < page.text.index("Ada was short.")


@pytest.mark.parametrize("path", ["/home", "/what-patients-say"])
def test_the_month_is_shown_and_never_the_day(
    world: World, nurse: Staff, me: Pages, path: str
) -> None:
    praise(world, nurse, day=date(2026, 1, 23))
    page = me.get(path)
    assert "January 2026" in page.text
    assert "23" not in page.text


@pytest.mark.parametrize("path", ["/home", "/what-patients-say"])
def test_every_remark_with_a_skill_can_be_practised(
    world: World, nurse: Staff, me: Pages, path: str
) -> None:
    _, thanks, _ = praise(world, nurse)
    _, other, _ = criticism(world, nurse)
    begins = [f for f in me.get(path).forms if f["action"].endswith("/start")]
    assert {f["action"] for f in begins} == {f"/conversations/{FITTING.slug}/start"}
    assert {f["data"]["remark"] for f in begins} == {thanks.public_id, other.public_id}


def test_a_conversation_written_for_others_says_for_whom(world: World, sign_in: SignIn) -> None:
    helper = world.staff("Bo", role="interpreter")
    praise(world, helper, skill="explaining")
    page = sign_in(world.account(staff=helper)).get("/home")
    assert "Written for another role: " in page.text


def test_a_remark_that_no_conversation_fits_has_no_button(
    world: World, nurse: Staff, me: Pages
) -> None:
    praise(world, nurse, skill=None)
    page = me.get("/home")
    assert "Ada was kind." in page.text
    assert "Practise this" not in page.text


def test_nobody_sees_what_is_said_of_somebody_else(
    world: World, nurse: Staff, sign_in: SignIn
) -> None:
    praise(world, nurse, "Ada was kind.")
    colleague = sign_in(world.account(staff=world.staff("Ben", "Rook")))
    for path in ("/home", "/what-patients-say"):
        assert "Ada was kind." not in colleague.get(path).text


@pytest.mark.parametrize("role", ["manager", "admin"])
def test_who_is_not_on_the_roster_has_no_such_pages(
    world: World, sign_in: SignIn, role: str
) -> None:
    pages = sign_in(world.account(role, review=True, safeguard=True))
    for path in ("/home", "/what-patients-say"):
        pages.get(path, 404)


@pytest.mark.parametrize(
    "more",
    [
        {"shown_at": None},
        {"hold": "safety"},
        {"may_learn": False},
        {"state": "waiting", "match_state": "proposed"},
        {"state": "rejected", "match_state": "rejected"},
    ],
    ids=["not released", "held", "no consent", "undecided", "rejected"],
)
def test_what_must_not_be_shown_stands_on_no_page(
    world: World, nurse: Staff, me: Pages, more: dict[str, Any]
) -> None:
    criticism(world, nurse, "CANARY-4711.", **more)
    for path in ("/home", "/what-patients-say"):
        assert "CANARY" not in me.get(path).text


def test_what_a_patient_writes_is_inert(world: World, nurse: Staff, me: Pages) -> None:
    praise(world, nurse, "<img src=x onerror=alert(1)>{{7*7}}")
    for path in ("/home", "/what-patients-say"):
        html = me.client.get(path).get_data(as_text=True)
        assert "&lt;img src=x onerror=alert(1)&gt;{{7*7}}" in html


# --- What patients say ---------------------------------------------------------------------------


def test_remarks_stand_under_their_skill_praise_first(
    world: World, nurse: Staff, me: Pages
) -> None:
    criticism(world, nurse, "Ada was short.", skill="welcome")
    praise(world, nurse, "Ada said hello.", skill="welcome")
    praise(world, nurse, "Ada was lovely.", skill=None)
    text = me.get("/what-patients-say").text
    places = [
        text.index(words)
        for words in ("Ada said hello.", "Ada was short.", "Everything else", "Ada was lovely.")
    ]
    # the first "Everything else" is the link at the top
    assert places[0] < places[1] < places[3]
    assert places[2] < places[0]


def test_the_page_says_where_counting_ends(world: World, nurse: Staff, me: Pages) -> None:
    assert "end on 15 March 2026" in me.get("/what-patients-say").text
    criticism(world, nurse, day=date(2026, 2, 9), state="waiting", match_state="proposed")
    page = me.get("/what-patients-say")
    assert "end on 8 February 2026" in page.text
    assert "the last day before which nothing is undecided" in page.text


# --- The suggestion ------------------------------------------------------------------------------


def test_a_suggestion_says_why_with_its_numbers(me: Pages, offered: Suggestion) -> None:
    page = me.get("/home")
    assert FITTING.script.title in page.text
    assert "Why this one?" in page.text
    assert (
        "5 of your 5 comments about empathy and responding to feelings were negative" in page.text
    )
    assert "Counted up to 15 March 2026" in page.text
    assert "/what-patients-say#skill-empathy" in page.links
    assert me.get("/what-patients-say").ids["skill-empathy"] == 1


def test_accepting_leads_to_the_conversation(
    session: Session, me: Pages, offered: Suggestion
) -> None:
    answer = me.post(f"/suggestions/{offered.public_id}", {"reply": "accepted"})
    assert answer.headers["Location"].startswith(f"/conversations/{FITTING.slug}")
    assert state(session, offered) == "accepted"
    assert "Go on" in me.get("/home").text


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        ("later", "comes back in two weeks"),
        ("not_useful", "not suggested again for half a year"),
        ("already_did", "rests for two months"),
        ("not_about_me", "it leaves the counts at once"),
    ],
)
def test_another_answer_takes_it_from_the_page(
    session: Session, me: Pages, offered: Suggestion, reply: str, words: str
) -> None:
    page = me.submit(f"/suggestions/{offered.public_id}", {"reply": reply})
    assert words in page.text
    assert "Why this one?" not in page.text
    assert state(session, offered) == reply


@pytest.mark.parametrize("reply", ["later", "not_useful", "already_did", "not_about_me"])
def test_an_answer_given_by_mistake_is_taken_back_where_it_is_told(
    session: Session, me: Pages, offered: Suggestion, reply: str
) -> None:
    page = me.submit(f"/suggestions/{offered.public_id}", {"reply": reply})
    (undo,) = [form["action"] for form in page.forms if form["action"].endswith("/undo")]
    page = me.submit(undo, {})
    assert "Taken back." in page.text
    assert FITTING.script.title in page.text
    assert not [form for form in page.forms if form["action"].endswith("/undo")]
    assert state(session, offered) == "offered"


def test_an_answer_that_stands_says_why_and_offers_no_undo(
    session: Session, me: Pages, offered: Suggestion
) -> None:
    path = f"/suggestions/{offered.public_id}"
    me.post(path, {"reply": "not_useful"})
    offered.answered_at = NOW - timedelta(days=2)
    session.commit()
    told = me.get(f"/home?answered=not_useful&suggestion={offered.public_id}")
    assert "not suggested again" in told.text
    assert f"{path}/undo" not in [form["action"] for form in told.forms]
    assert "can be taken back for a day" in me.submit(f"{path}/undo", {}).text
    assert state(session, offered) == "not_useful"


@pytest.mark.parametrize("reply", ["", "offered", "finished", "lapsed"])
def test_an_answer_that_does_not_exist_is_refused(
    session: Session, me: Pages, offered: Suggestion, reply: str
) -> None:
    me.post(f"/suggestions/{offered.public_id}", {"reply": reply}, 404)
    assert state(session, offered) == "offered"


def test_a_suggestion_is_seen_and_answered_by_the_person_alone(
    session: Session,
    world: World,
    other_world: World,
    sign_in: SignIn,
    offered: Suggestion,
    stranger: Pages,
) -> None:
    others = [
        world.account("manager", review=True, safeguard=True),
        world.account("admin", review=True, safeguard=True),
        world.account("staff", staff=world.staff("Ben", "Rook")),
        world.account("manager", staff=world.staff("Cy", "Vale")),
        other_world.account("staff", staff=other_world.staff()),
    ]
    path = f"/suggestions/{offered.public_id}"
    for account in others:
        pages = sign_in(account)
        pages.post(path, {"reply": "not_useful"}, 404)
        pages.post(f"{path}/undo", {}, 404)
        for page in ("/home", "/what-patients-say", "/trends", "/review", "/me"):
            html = pages.client.get(page).get_data(as_text=True)
            assert offered.public_id not in html
            assert "Why this one?" not in html
    assert stranger.client.post(path, data={"reply": "later"}).status_code == 401
    assert state(session, offered) == "offered"


def test_a_conversation_taken_out_of_the_library_is_not_offered(
    session: Session, me: Pages, offered: Suggestion
) -> None:
    offered.scenario = "no-longer-there"
    session.commit()
    page = me.get("/home")
    assert "Why this one?" not in page.text
    assert "Nothing in particular" in page.text


def test_many_thanks_are_shortened_on_the_home_page(world: World, nurse: Staff, me: Pages) -> None:
    for n in range(9):
        praise(world, nurse, f"Thanks {n}.", day=TODAY - timedelta(days=31 * n))
    assert sum(f"Thanks {n}." in me.get("/home").text for n in range(9)) == 4
    assert sum(f"Thanks {n}." in me.get("/what-patients-say").text for n in range(9)) == 9
