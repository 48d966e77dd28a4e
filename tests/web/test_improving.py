"""The pages beside the plans: the journey map, whether training helped; each with its empty state."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.support.pages import Pages
from tests.support.world import World
from training.store.tables import Account


@pytest.fixture
def dana(world: World, sign_in: Callable[[Account], Pages]) -> Pages:
    return sign_in(world.account("manager"))


def test_an_empty_journey_has_five_stages_to_start_plans_from(dana: Pages) -> None:
    page = dana.get("/journey")
    assert page.text.count("No comments yet.") == 5
    assert "/plans/new?stage=treatment" in page.links


def test_a_stage_leads_to_its_trends_and_a_plan_about_its_first_topic(
    world: World, dana: Pages
) -> None:
    for _ in range(12):
        world.read_comment("Words.", theme="wait_length", skill=None, stage="request")
    page = dana.get("/journey")
    assert "/trends?stage=request" in page.links
    assert "/plans/new?stage=request&topic=wait_length" in page.links
    assert "12 comments" in page.text


def test_a_site_that_does_not_exist_has_no_journey(dana: Pages) -> None:
    dana.get("/journey?site=nowhere", status=404)


def test_before_anybody_was_offered_anything_the_effect_page_says_so(dana: Pages) -> None:
    page = dana.get("/effect")
    assert page.headings == ["Nobody was offered a conversation about this yet."]
    assert "Nothing to compare yet" in page.text


def test_a_skill_nobody_was_offered_has_a_page_and_a_file_that_say_so(dana: Pages) -> None:
    assert "fewer than five people who were offered it" in dana.get("/effect?skill=empathy").text
    answer = dana.client.get("/effect.csv?skill=empathy")
    assert "Finding,Nobody was offered a conversation about this yet." in answer.text
    dana.get("/effect?skill=juggling", status=404)


def test_staff_take_part_once_and_are_thanked(
    world: World, sign_in: Callable[[Account], Pages]
) -> None:
    jo = sign_in(world.account("staff"))
    assert "/self-assessment/answer" in jo.get("/me").links
    page = jo.get("/self-assessment/answer")
    assert "Nobody can know what you answered." in page.text
    page = jo.submit("/self-assessment/answer", {"greeted": "mostly"})
    assert "Thank you, you have taken part" in page.text
    assert "Thank you" in jo.submit("/self-assessment/answer", {"greeted": "never"}).text


def test_an_empty_form_is_told_what_to_do(
    world: World, sign_in: Callable[[Account], Pages]
) -> None:
    jo = sign_in(world.account("staff"))
    assert "Answer one statement at least." in jo.submit("/self-assessment/answer", {}, 400).text


def test_managers_see_their_answers_beside_what_patients_say(dana: Pages) -> None:
    assert (
        "Fewer than five staff and 0 managers have taken part." in dana.get("/self-assessment").text
    )
    dana.post("/self-assessment/answer", {"get_through": "always"})
    page = dana.get("/self-assessment?half=2026-01-01")
    assert "1 of 1" in page.text
    assert "/plans/new?stage=request" in page.links
    for half in ("2026-03-01", "soon"):
        dana.get(f"/self-assessment?half={half}", status=404)


def test_the_report_opens_with_thanks_even_in_an_empty_month(dana: Pages) -> None:
    page = dana.get("/report")
    assert page.headings == ["What patients told us in February 2026"]
    assert "Thank you No comments reached us in this month." in page.text
    dana.get("/report?month=2030-01", status=404)


def test_the_report_shows_praise_with_its_words_escaped(world: World, dana: Pages) -> None:
    for _ in range(12):
        world.read_comment(
            "Kind <people>.", sentiment="positive", question="went_well", day=date(2026, 2, 5),
            theme="wait_length", skill=None,
        )  # fmt: skip
    page = dana.get("/report?month=2026-02")
    assert "100% of 12 comments hold praise. It is yours." in page.text
    assert "Kind <people>." in page.text


def test_sheets_to_print_for_a_team_and_a_person(world: World, dana: Pages) -> None:
    nurse = world.staff("Ada", "Moss")
    address = f"/teams/nursing/{world.site_one.public_id}"
    assert f"{address}/huddle" in dana.get(address).links
    assert "Too few comments to show of this team." in dana.get(f"{address}/huddle").text
    assert f"/people/{nurse.public_id}/one-to-one" in dana.get(f"/people/{nurse.public_id}").links
    page = dana.get(f"/people/{nurse.public_id}/one-to-one")
    assert page.headings == ["One to one: Ada Moss"]
    assert "Fewer than five comments: not shown." in page.text
    dana.get("/people/nowhere/one-to-one", status=404)
    dana.get("/teams/nursing/nowhere/huddle", status=404)
