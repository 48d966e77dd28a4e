"""Refreshers: one decision, when its day has come, not met before if there is one."""
# ruff: noqa: F811 - the fixtures of another module are asked for by their names

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from tests.scenarios.small import TEXT
from tests.services.test_plays import Player, me, rosa  # noqa: F401
from tests.services.test_review import viewer_of
from tests.support.world import NOW, TODAY, World
from training.scenarios.catalogue import Catalogue, parse
from training.services import mastery, own_skills, refreshers
from training.services.people import NotFound
from training.services.signing_in import Viewer
from training.store.tables import Refresher

OTHER = TEXT.replace("slug: late", "slug: later").replace("title: Late", "title: Later")
NURSES = OTHER.replace("slug: later", "slug: ward").replace("[receptionist]", "[nurse]")
HARD = OTHER.replace("slug: later", "slug: hard").replace(
    "minutes: 2", 'minutes: 2\ncontent_note: "A death."'
)
IN_TWO_DAYS = NOW + timedelta(days=2)


def refresh(
    play: Player, skill: str = "empathy", moment: datetime = IN_TWO_DAYS
) -> refreshers.Look:
    public_id = refreshers.ask(
        play.session, viewer=play.viewer, skill=skill, catalogue=play.catalogue, moment=moment
    )
    return refreshers.look(play.session, viewer=play.viewer, public_id=public_id)


def reply(play: Player, public_id: str, choice: str, moment: datetime = IN_TWO_DAYS) -> None:
    refreshers.answer(
        play.session, viewer=play.viewer, public_id=public_id, choice=choice, moment=moment
    )


def due(play: Player, days: int) -> list[str]:
    today = TODAY + timedelta(days=days)
    return [one.skill for one in refreshers.due(play.session, viewer=play.viewer, today=today)]


@pytest.fixture
def catalogue() -> Catalogue:
    return Catalogue([parse(text) for text in (TEXT, NURSES, OTHER, HARD)])


@pytest.fixture
def play(session: Session, me: Viewer, catalogue: Catalogue) -> Player:
    return Player(session, me, catalogue).whole("seen", "half_hour")


def test_a_skill_is_due_on_the_day_of_its_timetable_and_not_before(play: Player) -> None:
    assert due(play, 1) == []
    assert due(play, 2) == ["empathy", "keeping_informed"]
    with pytest.raises(NotFound):
        refresh(play, moment=NOW)


def test_the_question_is_of_the_own_role_not_met_before_and_comes_with_no_hard_surprise(
    play: Player,
) -> None:
    look = refresh(play)
    assert look.scenario.slug == "later"
    assert look.position.place == "arrive"
    assert look.moment is None


def test_a_decision_in_the_middle_is_shown_with_what_led_to_it(play: Player) -> None:
    first = refresh(play, "keeping_informed")
    reply(play, first.public_id, "busy")
    look = refresh(play, "keeping_informed", NOW + timedelta(days=9))
    assert (look.scenario.slug, look.position.place) == ("later", "ask")
    assert "We are busy." not in [turn.text for turn in look.position.turns]
    assert "Fifty minutes is long, and I'm sorry." in [turn.text for turn in look.position.turns]


def test_the_same_question_stays_until_it_is_answered_and_then_says_when_it_comes_again(
    play: Player,
) -> None:
    look = refresh(play)
    assert refresh(play).public_id == look.public_id
    reply(play, look.public_id, "seen")
    after = refreshers.look(play.session, viewer=play.viewer, public_id=look.public_id)
    assert after.moment
    assert after.moment.is_best
    assert after.moment.you_said == "Fifty minutes is long, and I'm sorry."
    assert after.next_on
    assert after.next_on > TODAY + timedelta(days=8)
    assert "empathy" not in due(play, 2)


def test_an_answer_is_kept_once(session: Session, play: Player) -> None:
    look = refresh(play)
    reply(play, look.public_id, "busy")
    reply(play, look.public_id, "seen")
    assert session.query(Refresher).one().choice == "busy"


@pytest.mark.parametrize("choice", ["", "half_hour", "nothing"])
def test_a_reply_that_is_not_offered_does_not_exist(play: Player, choice: str) -> None:
    look = refresh(play)
    with pytest.raises(NotFound):
        reply(play, look.public_id, choice)


def test_an_answer_to_a_fresh_decision_counts_for_mastery_and_once(
    session: Session,
    play: Player,
    me: Viewer,
) -> None:
    before = mastery.of_person(session, viewer=me, today=TODAY)["empathy"]
    reply(play, refresh(play).public_id, "busy")
    after = mastery.of_person(session, viewer=me, today=TODAY)["empathy"]
    assert (before.decisions, after.decisions) == (1, 2)
    assert after.mean < before.mean
    play.whole("seen", "half_hour", slug="later", moment=IN_TWO_DAYS + timedelta(hours=1))
    again = mastery.of_person(session, viewer=me, today=TODAY)["empathy"]
    assert again.decisions == 2, "it was met in the refresher"
    assert again.mean == pytest.approx(after.mean)


def test_when_every_decision_was_met_the_one_met_longest_ago_comes_again(
    session: Session,
    me: Viewer,
) -> None:
    play = Player(session, me, Catalogue([parse(TEXT), parse(OTHER)]))
    play.whole("seen", "half_hour")
    play.whole("seen", "half_hour", slug="later", moment=NOW + timedelta(days=1))
    assert refresh(play, moment=NOW + timedelta(days=40)).scenario.slug == "late"


def test_a_skill_of_which_no_conversation_is_left_has_no_question(
    session: Session,
    play: Player,
    me: Viewer,
) -> None:
    with pytest.raises(NotFound):
        refresh(Player(session, me, Catalogue([])))


def test_nobody_else_can_reach_a_refresher(
    session: Session, world: World, other_world: World, play: Player
) -> None:
    look = refresh(play)
    for account in (
        world.account(staff=world.staff("Ola", "Berg")),
        world.account("admin"),
        other_world.account(staff=other_world.staff("Ada", "Moss")),
    ):
        other = Player(session, viewer_of(session, account), play.catalogue)
        with pytest.raises(NotFound):
            reply(other, look.public_id, "seen")
        with pytest.raises(NotFound):
            refreshers.look(session, viewer=other.viewer, public_id=look.public_id)


def test_a_refresher_goes_on_as_it_began_when_its_scenario_is_edited(
    session: Session,
    play: Player,
    me: Viewer,
) -> None:
    look = refresh(play)
    Player(session, me, Catalogue([parse(OTHER.replace("We are busy.", "Busy."))]))
    assert "We are busy." in [
        one.say
        for one in refreshers.look(
            session, viewer=me, public_id=look.public_id
        ).position.replies
    ]  # fmt: skip


def test_the_page_of_skills_has_levels_minutes_and_what_comes_back(
    session: Session,
    play: Player,
    me: Viewer,
) -> None:
    play.start("later", moment=IN_TWO_DAYS)
    play.choose("seen", moment=IN_TWO_DAYS + timedelta(minutes=2))
    page = own_skills.page(session, viewer=me, catalogue=play.catalogue, today=TODAY)
    assert [one.slug for one in page.skills] == ["empathy", "keeping_informed"]
    assert [one.minutes for one in page.skills] == [1, 1], "two minutes, shared by both"
    assert page.minutes == 2
    assert page.skills[0].next_on == TODAY + timedelta(days=2)
    assert "dignity" in page.untouched
