"""The page of one's skills, refreshers and checks: calm, private, without JavaScript."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.support.pages import Pages
from tests.support.world import NOW, World
from training import clock
from training.scenarios import catalogue
from training.scenarios.debrief import strong_play
from training.store.tables import Account

SLUG = "one-more-thing"
CHECK = "one-more-thing-2"
SignIn = Callable[[Account], Pages]
IN_A_WEEK = NOW + timedelta(days=7)


@pytest.fixture
def account(world: World) -> Account:
    return world.account(staff=world.staff("Ines", "Roy", role="physician"))


@pytest.fixture
def pages(account: Account, sign_in: SignIn) -> Pages:
    return sign_in(account)


def begin(pages: Pages, slug: str) -> str:
    """Begin a conversation; return its address."""
    return pages.post(f"/conversations/{slug}/start").headers["Location"].split("#")[0]


def play_well(pages: Pages, slug: str) -> str:
    """Play a conversation with the strongest replies; return the address of its debrief."""
    at = begin(pages, slug)
    for number, step in enumerate(strong_play(catalogue.load().get(slug).script).steps, start=1):
        pages.post(
            f"{at}/move", {"number": str(number), "scene": step.scene, "choice": step.choice.id}
        )
    return f"{at}/debrief"


def test_before_anything_was_practised_the_page_says_so(pages: Pages) -> None:
    assert "Nothing practised yet" in pages.get("/skills").text
    assert "If you have two minutes" not in pages.get("/home").text


def test_after_a_play_the_page_has_levels_minutes_and_the_next_day(pages: Pages) -> None:
    play_well(pages, SLUG)
    text = pages.get("/skills").text
    assert "not enough yet to say" in text
    assert "0 minutes practised. It comes back on 18 March 2026." in text
    assert "From 23 March 2026: a short check" in text
    assert "%" not in text, "no retention is guessed at"


def test_a_refresher_from_home_to_its_answer(account: Account, sign_in: SignIn) -> None:
    play_well(sign_in(account), SLUG)
    with clock.stopped_at(NOW + timedelta(days=2)):
        pages = sign_in(account)
        assert "Refresh keeping people informed" in pages.get("/home").text
        at = pages.post("/skills/keeping_informed/refresh").headers["Location"]
        assert "What do you say?" in pages.get(at).text
        html = pages.client.get(at).get_data(as_text=True)
        choice = html.split('name="choice" value="')[1].split('"')[0]
        pages.post(f"{at}/answer", {"choice": choice})
        told = pages.get(at).text
        assert "The strongest reply" in told or "That was the strongest reply." in told
        assert "Not yet rated by a panel" in told
        assert "Keeping people informed comes back on" in told
        assert "Refresh keeping people informed" not in pages.get("/home").text


def test_a_check_is_offered_played_once_and_then_only_looked_at(
    account: Account, sign_in: SignIn
) -> None:
    pages = sign_in(account)
    assert "From 23 March 2026" in pages.get(play_well(pages, SLUG)).text
    pages.get(f"/conversations/{CHECK}", status=404)
    with clock.stopped_at(IN_A_WEEK):
        pages = sign_in(account)
        assert f"/conversations/{CHECK}" in pages.get("/home").links
        assert "what you say stays said" in pages.get(f"/conversations/{CHECK}").text
        debrief = play_well(pages, CHECK)
        text = pages.get(debrief).text
        assert "Check passed" in text
        assert "Play again" not in text
        assert "You have done this check." in pages.get(f"/conversations/{CHECK}").text
        pages.post(f"/conversations/{CHECK}/start", {}, status=404)


def test_the_player_of_a_check_offers_no_hint_and_no_way_back(
    account: Account, sign_in: SignIn
) -> None:
    play_well(sign_in(account), SLUG)
    with clock.stopped_at(IN_A_WEEK):
        pages = sign_in(account)
        at = begin(pages, CHECK)
        text = pages.get(at).text
        assert "be thinking?" not in text
        assert "What you say stays said: this is a check." in text
        pages.post(f"{at}/hint", {"number": "1"}, status=404)
        pages.post(f"{at}/back", {"number": "1"}, status=404)


def test_a_skill_whose_day_has_not_come_is_not_found(pages: Pages) -> None:
    pages.post("/skills/empathy/refresh", {}, status=404)


def test_a_plan_is_brought_to_mind_for_four_weeks_and_taken_away_by_emptying_it(
    account: Account, sign_in: SignIn
) -> None:
    pages = sign_in(account)
    debrief = play_well(pages, SLUG)
    note = debrief.replace("/debrief", "/note")
    assert "You meant to try" not in pages.get("/home").text
    pages.post(note, {"reflection": "", "intention": "When <b>late</b>, I will say so."})
    assert "When <b>late</b>, I will say so." in pages.get("/home").text
    with clock.stopped_at(NOW + timedelta(days=29)):
        assert "You meant to try" not in sign_in(account).get("/home").text
    pages.post(note, {"reflection": "", "intention": ""})
    assert "You meant to try" not in pages.get("/home").text
