"""The library, the player and the debrief as pages, without a line of JavaScript."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.pages import Pages
from tests.support.world import NOW, World
from training.scenarios import catalogue
from training.scenarios.debrief import strong_play
from training.scenarios.script import Script
from training.services.plays import LONGEST_NOTE
from training.store.tables import Account, Mastery, Move, Play, Staff
from training.web.staff.shown import Line, _where_to_look

SLUG = "fifty-minutes-late"
BASE = f"/conversations/{SLUG}"
SECRET = "canary-reflection-7f3a I was short with him"
SignIn = Callable[[Account], Pages]


@pytest.fixture
def rosa(world: World) -> Staff:
    return world.staff("Rosa", "Lindqvist", role="receptionist")


@pytest.fixture
def pages(world: World, rosa: Staff, sign_in: SignIn) -> Pages:
    return sign_in(world.account(staff=rosa))


def script() -> Script:
    return catalogue.load().get(SLUG).script


def best() -> list[tuple[str, str]]:
    """The scene and the choice of every move of a strong play."""
    return [(step.scene, step.choice.id) for step in strong_play(script()).steps]


def start(pages: Pages, **fields: str) -> str:
    return pages.post(f"{BASE}/start", fields).headers["Location"]


def move(pages: Pages, at: str, number: int, scene: str, choice: str, status: int = 303) -> Any:
    fields = {"number": number, "scene": scene, "choice": choice}
    return pages.post(f"{at}/move", fields, status=status)


def finish(pages: Pages, at: str) -> None:
    for number, (scene, choice) in enumerate(best(), start=1):
        move(pages, at, number, scene, choice)


def choices(html: str) -> list[str]:
    return re.findall(r'name="choice" value="(\w+)"', html)


# --- What the player draws ----------------------------------------------------------------------


def test_the_patients_reaction_comes_first_and_the_coach_second(pages: Pages) -> None:
    at = start(pages)
    scene, choice = best()[0]
    move(pages, at, 1, scene, choice)
    text = pages.get(at).text
    made = script().scenes[scene].choice(choice)
    assert made is not None
    said, reaction, coach = (text.index(t) for t in (made.say, made.patient_reacts, made.why))
    assert said < reaction < coach < text.index("What do you say?")


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        ([Line("scene", ""), Line("patient", "")], 1),
        ([Line("patient", ""), Line("you", "", True), Line("patient", "", True)], 2),
        ([Line("patient", ""), Line("you", "", True), Line("scene", "", True)], 2),
        ([Line("patient", "", True), Line("thought", "", True), Line("ask", "", True)], 1),
    ],
    ids=["at the start", "a new line", "an ending without words", "a hint"],
)
def test_the_reader_is_led_to_the_newest_line_that_matters(lines: list[Line], where: int) -> None:
    assert _where_to_look(lines) == where


def test_a_page_of_the_player_says_everything_that_it_draws(pages: Pages) -> None:
    page = pages.get(start(pages))
    assert page.headings == ["Conversation: Fifty minutes late"]
    assert page.title.startswith("Mr Okafor, moment 1 of about 8")
    for words in ("Looks tense", "Trust: 3 of 5", "Moment 1 of about 8", script().aim):
        assert words in page.text


def test_a_patients_lines_are_there_to_be_read_and_what_they_earn_is_not(pages: Pages) -> None:
    html = pages.client.get(start(pages)).get_data(as_text=True)
    assert len(choices(html)) == 4
    assert "credit" not in html
    assert script().scenes["arrive"].choices[0].why not in html


# --- The library --------------------------------------------------------------------------------


def test_the_library_says_what_is_begun_and_what_is_finished(pages: Pages) -> None:
    assert "Begun" not in pages.get("/conversations").text
    at = start(pages)
    move(pages, at, 1, *best()[0])
    assert "Begun: moment 2" in pages.get("/conversations").text
    assert "Continue at moment 2" in pages.get(BASE).text
    finish(pages, at)
    assert "Finished" in pages.get("/conversations").text
    assert "Mr Okafor felt looked after, 16 March 2026" in pages.get(BASE).text.replace(" ,", ",")


def test_a_role_that_nothing_was_written_for_is_told_so(world: World, sign_in: SignIn) -> None:
    interpreter = sign_in(world.account(staff=world.staff("Bo", role="interpreter")))
    text = interpreter.get("/conversations").text
    assert "None for your role yet" in text
    assert "Fifty minutes late" in text


def test_a_conversation_says_plainly_that_no_panel_has_rated_it(pages: Pages) -> None:
    text = pages.get(BASE).text
    assert "Not yet rated by a panel" in text
    assert script().brief in text
    assert script().aim in text


def test_what_led_here_is_passed_on_to_the_start(pages: Pages) -> None:
    page = pages.get(f"{BASE}?remark=abc&suggestion=%22%3E%3Cscript%3E")
    (form,) = [one for one in page.forms if one["action"] == f"{BASE}/start"]
    assert form["data"] == {"remark": "abc", "suggestion": '"><script>'}


def test_a_conversation_that_is_not_there_is_not_found(pages: Pages) -> None:
    pages.get("/conversations/nowhere", status=404)
    pages.post("/conversations/nowhere/start", status=404)
    pages.post(f"{BASE}/start", {"remark": "nowhere"}, status=404)
    pages.post(f"{BASE}/start", {"suggestion": "nowhere"}, status=404)


# --- From start to debrief ----------------------------------------------------------------------


def test_a_whole_play_without_javascript(pages: Pages) -> None:
    at = start(pages)
    for number, (scene, choice) in enumerate(best(), start=1):
        assert f"Moment {number} of about" in pages.get(at).text
        answer = move(pages, at, number, scene, choice)
        assert answer.headers["Location"] == f"{at}#now"
    end = pages.get(at)
    assert "The conversation ends here" in end.text
    assert f"{at}/debrief" in end.links
    text = pages.get(f"{at}/debrief").text
    assert f"{len(best())} of your {len(best())} replies were the strongest" in text
    assert text.count("That was the strongest reply.") == len(best())


def test_a_debrief_puts_the_strongest_reply_beside_yours_with_both_reasons(pages: Pages) -> None:
    at = start(pages)
    move(pages, at, 1, "arrive", "five_minutes")
    number, html = 2, pages.client.get(at).get_data(as_text=True)
    while offered := choices(html):
        scene = re.search(r'name="scene" value="(\w+)"', html)
        assert scene
        move(pages, at, number, scene[1], offered[0])
        number, html = number + 1, pages.client.get(at).get_data(as_text=True)
    text = pages.get(f"{at}/debrief").text
    arrive = script().scenes["arrive"]
    for reply in (arrive.choice("five_minutes"), arrive.choice("seen")):
        assert reply
        assert reply.say in text
        assert reply.why in text
    assert "Only you can see what you write here." in text
    assert "Not yet rated by a panel" in text


def test_there_is_no_debrief_before_the_end(pages: Pages) -> None:
    at = start(pages)
    answer = pages.client.get(f"{at}/debrief")
    assert (answer.status_code, answer.headers["Location"]) == (303, at)
    pages.post(f"{at}/note", {"reflection": "x"}, status=404)
    pages.post(f"{at}/note", {"reflection": "x" * (LONGEST_NOTE + 1)}, status=404)


def test_a_hint_shows_the_thought_and_says_what_it_costs(pages: Pages) -> None:
    at = start(pages)
    thought = script().scenes["arrive"].thought or ""
    assert thought not in pages.get(at).text
    page = pages.submit(f"{at}/hint", {"number": 1})
    assert thought in page.text
    assert "this moment counts half" in page.text
    finish(pages, at)
    assert "Hint opened: counts half" in pages.get(f"{at}/debrief").text


def test_a_line_taken_back_is_shown_as_such_in_the_debrief(pages: Pages) -> None:
    at = start(pages)
    move(pages, at, 1, "arrive", "in_turn")
    assert "Moment 1 of" in pages.submit(f"{at}/back", {"number": 2}).text
    finish(pages, at)
    text = pages.get(f"{at}/debrief").text
    assert "You said first, and took back You're still on the list." in text
    assert "what counts for your skills is your first answers" in text


def test_the_debrief_shows_the_remark_that_led_here_with_its_month_only(
    world: World, rosa: Staff, pages: Pages
) -> None:
    _, remark, _ = world.read_comment(
        "Rosa <b>never</b> looked up.", about=rosa, state="confirmed", match_state="confirmed",
        shown_at=NOW, day=date(2026, 2, 3),
    )  # fmt: skip
    at = start(pages, remark=remark.public_id)
    finish(pages, at)
    text = pages.get(f"{at}/debrief").text
    assert "Why you were given this" in text
    assert "Rosa <b>never</b> looked up." in text
    assert "February 2026" in text
    assert "3 February" not in text


def test_a_conversation_that_the_person_picked_gives_no_reason(pages: Pages) -> None:
    at = start(pages)
    finish(pages, at)
    assert "Why you were given this" not in pages.get(f"{at}/debrief").text


# --- H02, H03: two tabs, double clicks, odd posts -----------------------------------------------


def test_h02_a_tab_left_behind_is_told_that_the_conversation_went_on(
    session: Session, pages: Pages
) -> None:
    at = start(pages)
    scene, choice = best()[0]
    move(pages, at, 1, scene, choice)
    move(pages, at, 2, *best()[1])
    stale = pages.submit(f"{at}/move", {"number": 1, "scene": scene, "choice": "short_staffed"})
    assert "This conversation went on in another tab" in stale.text
    assert "Moment 3 of" in stale.text
    again = pages.submit(f"{at}/move", {"number": 1, "scene": scene, "choice": choice})
    assert "went on in another tab" not in again.text
    assert session.scalar(select(func.count()).select_from(Move)) == 2


def at_once(app: Flask, tabs: list[Pages], path: str, fields: dict[str, str]) -> set[str]:
    """Post the same from every tab at the same time; return where they were led."""

    def click(tab: Pages) -> str:
        with app.app_context():
            return tab.post(path, fields).headers["Location"]

    with ThreadPoolExecutor(len(tabs)) as threads:
        return set(threads.map(click, tabs))


def test_five_clicks_at_once_are_one_move(
    app: Flask, session: Session, world: World, rosa: Staff, sign_in: SignIn
) -> None:
    account = world.account(staff=rosa)
    tabs = [sign_in(account) for _ in range(5)]
    at = start(tabs[0])
    session.rollback()
    scene, choice = best()[0]
    fields = {"number": "1", "scene": scene, "choice": choice}
    assert at_once(app, tabs, f"{at}/move", fields) == {f"{at}#now"}
    assert session.scalar(select(func.count()).select_from(Move)) == 1


def test_starting_at_once_in_five_tabs_is_one_play(
    app: Flask, session: Session, world: World, rosa: Staff, sign_in: SignIn
) -> None:
    account = world.account(staff=rosa)
    tabs = [sign_in(account) for _ in range(5)]
    session.rollback()
    assert len(at_once(app, tabs, f"{BASE}/start", {})) == 1
    assert session.scalar(select(func.count()).select_from(Play)) == 1


def test_h03_finishing_twice_even_at_once_writes_one_result(
    app: Flask, session: Session, world: World, rosa: Staff, sign_in: SignIn
) -> None:
    account = world.account(staff=rosa)
    tabs = [sign_in(account) for _ in range(4)]
    at = start(tabs[0])
    *first, (scene, choice) = best()
    for number, made in enumerate(first, start=1):
        move(tabs[0], at, number, *made)
    session.rollback()
    fields = {"number": str(len(first) + 1), "scene": scene, "choice": choice}
    assert at_once(app, tabs, f"{at}/move", fields) == {f"{at}#now"}
    result = [(row.skill, row.mean, row.decisions) for row in session.scalars(select(Mastery))]
    assert len(result) == 3
    tabs[0].post(f"{at}/move", fields)
    session.rollback()
    again = [(row.skill, row.mean, row.decisions) for row in session.scalars(select(Mastery))]
    assert again == result
    assert session.scalar(select(func.count()).select_from(Move)) == len(best())


@pytest.mark.parametrize("choice", ["straight", "nothing", "", "seen' OR 1=1 --"])
def test_a_choice_made_by_hand_is_not_found(session: Session, pages: Pages, choice: str) -> None:
    at = start(pages)
    move(pages, at, 1, "arrive", choice, status=404)
    assert session.scalar(select(func.count()).select_from(Move)) == 0


@pytest.mark.parametrize("number", ["", "two", "-1", "0", "7", "9" * 40, "1.0", None])
@pytest.mark.parametrize("deed", ["move", "hint", "back"])
def test_a_number_made_by_hand_changes_nothing(
    session: Session, pages: Pages, deed: str, number: str | None
) -> None:
    at = start(pages)
    fields = {"scene": "arrive", "choice": "seen"} | ({} if number is None else {"number": number})
    page = pages.submit(f"{at}/{deed}", fields)
    assert "Moment 1 of" in page.text
    row = session.scalars(select(Play)).one()
    assert (row.hints, session.scalar(select(func.count()).select_from(Move))) == ([], 0)


def test_extra_fields_change_nothing_but_what_the_form_is_for(
    session: Session, pages: Pages
) -> None:
    at = start(pages, seed="1", staff_id="9", finished_at="2020-01-01", practice_id="9")
    extra = {"number": 1, "scene": "arrive", "choice": "seen", "credit": "9", "hinted": "true"}
    pages.post(f"{at}/move", extra)
    play, made = session.scalars(select(Play)).one(), session.scalars(select(Move)).one()
    assert (play.finished_at, made.hinted, made.number) == (None, False, 1)


# --- Nobody else --------------------------------------------------------------------------------


def others(world: World, other_world: World) -> list[Account]:
    return [
        world.account(staff=world.staff("Ola", role="receptionist")),
        world.account("manager", review=True, safeguard=True, staff=world.staff("Mia")),
        world.account("admin", staff=world.staff("Ines")),
        other_world.account("admin", staff=other_world.staff("Rosa", role="receptionist")),
    ]


def test_another_persons_play_is_not_found_whatever_is_asked_of_it(
    world: World, other_world: World, session: Session, pages: Pages, sign_in: SignIn
) -> None:
    at = start(pages)
    for account in others(world, other_world):
        other = sign_in(account)
        other.get(at, status=404)
        other.get(f"{at}/debrief", status=404)
        move(other, at, 1, "arrive", "seen", status=404)
        for deed in ("hint", "back", "note"):
            other.post(f"{at}/{deed}", {"number": 1}, status=404)
    row = session.scalars(select(Play)).one()
    assert (row.hints, row.reflection) == ([], "")


def test_a_stranger_is_asked_to_sign_in(pages: Pages, stranger: Pages) -> None:
    at = start(pages)
    stranger.get(at, status=303)
    move(stranger, at, 1, "arrive", "seen", status=401)


def test_a_note_is_saved_and_shown_to_the_person(pages: Pages) -> None:
    at = start(pages)
    finish(pages, at)
    note = {"reflection": "</textarea><script>alert(1)</script>", "intention": "When … I will …"}
    page = pages.submit(f"{at}/note", note)
    assert "Saved. Only you can see it." in page.text
    assert note["reflection"] in page.text
    assert "Saved" not in pages.get(f"{at}/debrief").text


def test_a_note_that_is_too_long_comes_back_with_its_words(session: Session, pages: Pages) -> None:
    at = start(pages)
    finish(pages, at)
    long = "word " * LONGEST_NOTE
    page = pages.submit(f"{at}/note", {"reflection": long, "intention": "kept too"}, status=400)
    assert "Use at most 2,000 characters." in page.text
    assert long.strip() in page.text
    assert "kept too" in page.text
    assert session.scalars(select(Play)).one().reflection == ""


def addresses(app: Flask, at: str) -> list[str]:
    """Every page there is, with the ids of this play and this conversation where one is asked."""
    values = {"public_id": at.rsplit("/", 1)[1], "slug": SLUG}
    found = []
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or set()) and rule.arguments <= values.keys():
            with app.test_request_context():
                built = rule.build({name: values[name] for name in rule.arguments})
            assert built
            found.append(built[1])
    return found


def test_a_reflection_is_on_no_other_persons_page_and_in_no_log(
    app: Flask, world: World, other_world: World, pages: Pages, sign_in: SignIn,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    at = start(pages)
    finish(pages, at)
    with caplog.at_level(0):
        assert (
            SECRET in pages.submit(f"{at}/note", {"reflection": SECRET, "intention": SECRET}).text
        )
    paths = addresses(app, at)
    assert f"{at}/debrief" in paths
    assert len(paths) > 10
    for account in others(world, other_world):
        client = sign_in(account).client
        for path in paths:
            assert SECRET not in client.get(path).get_data(as_text=True), path
    assert SECRET not in caplog.text


def test_signing_in_again_finds_the_play_where_it_was_left(
    world: World, rosa: Staff, sign_in: SignIn
) -> None:
    account = world.account(staff=rosa)
    at = start(sign_in(account))
    move(sign_in(account), at, 1, *best()[0])
    elsewhere = sign_in(account)
    assert "Moment 2 of" in elsewhere.get(at).text
    assert start(elsewhere) == at
