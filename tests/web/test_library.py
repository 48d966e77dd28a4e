"""The pages for authors: library, map, trying; for managers and admins."""

from collections.abc import Callable

import pytest

from tests.support.pages import Pages
from tests.support.world import World
from training.scenarios import catalogue
from training.scenarios.debrief import strong_play
from training.store.tables import Account, Play

SLUG = "fifty-minutes-late"
SignIn = Callable[[Account], Pages]


@pytest.fixture
def pages(world: World, sign_in: SignIn) -> Pages:
    return sign_in(world.account("manager"))


def test_the_library_lists_every_scenario_and_what_is_covered(pages: Pages) -> None:
    page = pages.get("/library")
    for scenario in catalogue.load().every:
        assert f"/library/{scenario.slug}" in page.links
        assert scenario.script.title in page.text
    assert "What is covered" in page.text
    assert "Who is in them" in page.text
    assert "author, not rated" in page.text


def test_a_scenario_has_its_map_in_a_drawing_and_in_words(pages: Pages) -> None:
    page = pages.get(f"/library/{SLUG}")
    script = catalogue.load().get(SLUG).script
    for name in (*script.scenes, *script.endings):
        assert page.links.count(f"#at-{name}") >= 1
        assert page.ids[f"at-{name}"] == 1
    assert "Not yet rated by a panel." in page.text
    assert "No fault" in page.text
    assert "not shown" in page.text


def test_a_conversation_can_be_tried_to_its_end_by_links_alone(pages: Pages) -> None:
    said: list[str] = []
    for step in strong_play(catalogue.load().get(SLUG).script).steps:
        page = pages.get(f"/library/{SLUG}/try?said={'.'.join(said)}")
        said.append(step.choice.id)
        assert f"/library/{SLUG}/try?said={'.'.join(said)}#ask" in page.links
    assert "Try again" in pages.get(f"/library/{SLUG}/try?said={'.'.join(said)}").text


def test_trying_leaves_no_play(pages: Pages, world: World) -> None:
    pages.get(f"/library/{SLUG}/try?said=seen")
    assert world.session.query(Play).count() == 0


@pytest.mark.parametrize(
    "path", ["/library/nowhere", "/library/nowhere/try", f"/library/{SLUG}/try?said=nonsense"]
)
def test_what_is_not_there_is_not_found(pages: Pages, path: str) -> None:
    pages.get(path, status=404)


def test_staff_do_not_see_what_earns_what(world: World, sign_in: SignIn) -> None:
    sign_in(world.account(staff=world.staff())).get(f"/library/{SLUG}", status=404)
