"""The pages of improvement plans, from an empty list to a board that patients see."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from tests.support.pages import Pages
from tests.support.world import World
from training.store.tables import Account, Plan, PlanReview, PlanStep


@pytest.fixture
def owner(world: World) -> Account:
    return world.account("manager", name="Dana Whitlock")


@pytest.fixture
def dana(owner: Account, sign_in: Callable[[Account], Pages]) -> Pages:
    return sign_in(owner)


def typed(owner: Account, **more: str) -> dict[str, str]:
    return {
        "name": "No silent <waits>",
        "aim": "Everybody hears from us.",
        "topic": "keeping_informed",
        "stage": "",
        "site": "",
        "owner": owner.public_id,
        "change": "Somebody says who is late.",
        "target": "15",
        "started_on": "2026-03-02",
        "steps": "Agree who tells patients\nTry it for two weeks",
        **more,
    }


@pytest.fixture
def plan(session: Session, owner: Account, dana: Pages) -> str:
    dana.post("/plans/new", typed(owner))
    return f"/plans/{session.query(Plan).one().public_id}"


def test_an_empty_list_offers_templates(dana: Pages) -> None:
    page = dana.get("/plans")
    assert "No plans yet" in page.text
    assert "/plans/new?template=silent-waits" in page.links


def test_a_template_fills_in_the_form_for_who_opens_it(owner: Account, dana: Pages) -> None:
    page = dana.get("/plans/new?template=silent-waits")
    values = {field.get("name"): field.get("value") for field in page.fields}
    assert values["name"] == "No silent waits"
    assert values["started_on"] == "2026-03-16"
    assert "Agree who tells patients when a session runs late" in page.text


def test_a_topic_in_the_address_is_chosen_and_an_odd_one_is_not(dana: Pages) -> None:
    answer = dana.client.get("/plans/new?topic=wait_length&stage=request")
    assert '<option value="wait_length" selected>' in answer.text
    assert '<option value="request" selected>' in answer.text
    dana.get("/plans/new?topic=weather&template=none&site=nowhere")


def test_a_new_plan_is_shown_with_its_words_escaped(dana: Pages, plan: str) -> None:
    page = dana.get(f"{plan}?done=started")
    assert page.headings == ["No silent <waits>"]
    assert "The plan is kept." in page.text
    assert "Is it working? Cannot tell: too few months before the start" in page.text
    assert "Try it for two weeks" in page.text
    assert plan in dana.get("/plans").links


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": ""}, "Give the plan a name."),
        ({"target": "a few"}, "Write the target as a whole number, such as 15."),
        ({"target": "150"}, "The target is a number from 0 to 100."),
        ({"started_on": "soon"}, "Write the day as 2026-03-16."),
        ({"topic": ""}, "Choose what the plan is about."),
    ],
)
def test_a_wrong_form_keeps_every_word_and_says_what_to_do(
    session: Session, owner: Account, dana: Pages, change: dict[str, str], said: str
) -> None:
    page = dana.submit("/plans/new", typed(owner, **change), status=400)
    assert said in page.text
    assert "Somebody says who is late." in page.text
    assert session.query(Plan).count() == 0


def test_a_percent_sign_after_the_target_is_understood(
    session: Session, owner: Account, dana: Pages
) -> None:
    dana.post("/plans/new", typed(owner, target=" 12 % "))
    assert session.query(Plan).one().target == 0.12


def test_a_plan_is_changed(session: Session, owner: Account, dana: Pages, plan: str) -> None:
    assert "15" in [field.get("value") for field in dana.get(f"{plan}/edit").fields]
    page = dana.submit(f"{plan}/edit", typed(owner, name="Better"))
    assert page.headings == ["Better"]
    dana.submit(f"{plan}/edit", typed(owner, aim=""), status=400)
    assert session.query(PlanStep).count() == 2


def test_steps_are_added_ticked_removed_and_put_back(
    session: Session, dana: Pages, plan: str
) -> None:
    dana.post(f"{plan}/steps", {"words": "Ask patients", "who": "Priya", "due_on": "2026-03-30"})
    step = session.query(PlanStep).filter_by(words="Ask patients").one()
    assert "By 30 March 2026" in dana.get(plan).text
    page = dana.submit(f"{plan}/steps/{step.public_id}", {"done": "yes"})
    assert "Done 16 March 2026" in page.text
    page = dana.submit(f"{plan}/steps/{step.public_id}/remove")
    assert "Ask patients" not in page.text
    assert f"{plan}/steps/{step.public_id}/restore" in [form["action"] for form in page.forms]
    assert "Ask patients" in dana.submit(f"{plan}/steps/{step.public_id}/restore").text


def test_a_step_without_words_is_refused_and_what_was_typed_is_kept(dana: Pages, plan: str) -> None:
    page = dana.submit(f"{plan}/steps", {"words": "", "who": "Priya"}, status=400)
    assert "Say what is to be done" in page.text
    assert "Priya" in [field.get("value") for field in page.fields]
    page = dana.submit(f"{plan}/steps", {"words": "A", "due_on": "soon"}, status=400)
    assert "Write the day as 2026-03-16." in page.text


def test_a_review_is_a_day_in_the_calendar(session: Session, dana: Pages, plan: str) -> None:
    dana.post(f"{plan}/reviews", {"on_day": "2026-04-03"})
    review = session.query(PlanReview).one().public_id
    answer = dana.client.get(f"{plan}/reviews/{review}/day.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "SUMMARY:Review: No silent <waits>\r\n" in answer.text
    assert f"URL:http://localhost{plan}\r\n" in answer.text
    dana.get(f"{plan}/reviews/nowhere/day.ics", status=404)
    assert "Held" in dana.submit(f"{plan}/reviews/{review}", {"held": "yes"}).text
    assert (
        "There is a review on that day already."
        in dana.submit(f"{plan}/reviews", {"on_day": "2026-04-03"}, status=400).text
    )


def test_notes_stand_under_their_phase(dana: Pages, plan: str) -> None:
    page = dana.submit(f"{plan}/notes", {"phase": "study", "note": "Fewer <ask>."})
    assert "Fewer <ask>." in page.text
    assert "Write something" in dana.submit(f"{plan}/notes", {"phase": "do"}, status=400).text


def test_a_plan_is_ended_and_gone_on_with(dana: Pages, plan: str) -> None:
    assert "Choose what became of the change." in dana.submit(f"{plan}/end", status=400).text
    page = dana.submit(f"{plan}/end", {"decision": "kept"})
    assert "The plan is ended: kept." in page.text
    assert "End the plan" in dana.submit(f"{plan}/reopen").text


def test_patients_see_a_plan_from_when_it_is_published_until_it_is_taken_down(
    world: World, dana: Pages, stranger: Pages, plan: str
) -> None:
    address = f"/you-said/{world.site_one.public_id}"
    assert "Nothing is here yet." in stranger.get(address).text
    assert address in dana.get(f"{plan}/patients").links
    words = {"said": "Waits are long & silent.", "did": "Somebody says who is late."}
    assert "Patients see it now." in dana.submit(f"{plan}/patients", words).text
    assert "Waits are long & silent." in stranger.get(address).text
    assert "It is down." in dana.submit(f"{plan}/patients/down").text
    assert "Nothing is here yet." in stranger.get(address).text


def test_the_board_sets_no_cookie_and_names_nobody_of_the_staff(
    world: World, dana: Pages, stranger: Pages, plan: str
) -> None:
    dana.post(f"{plan}/patients", {"said": "Waits are long.", "did": "Somebody says who is late."})
    answer = stranger.client.get(f"/you-said/{world.site_one.public_id}")
    assert "Set-Cookie" not in answer.headers
    assert "Dana" not in answer.text
    stranger.get("/you-said/nowhere", status=404)


def test_words_that_must_not_be_public_are_refused_and_kept(dana: Pages, plan: str) -> None:
    page = dana.submit(
        f"{plan}/patients", {"said": "Since Monday waits are long.", "did": "We changed it."}, 400
    )
    assert "Leave out dates" in page.text
    assert "Since Monday waits are long." in page.text
    dana.post(f"{plan}/patients/down", status=404)
