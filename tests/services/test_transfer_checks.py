"""Transfer checks: some days later, once, without hint or step back; what passing one means."""
# ruff: noqa: F811 - the fixtures of another module are asked for by their names

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.scenarios.small import TEXT
from tests.services.test_plays import Player, me, rosa  # noqa: F401
from tests.services.test_review import viewer_of
from tests.support.world import NOW, TODAY, World
from training.scenarios.catalogue import Catalogue, parse
from training.scenarios.mastery import Level
from training.services import conversations, mastery, transfer_checks
from training.services.people import NotFound
from training.services.signing_in import Viewer
from training.services.transfer_checks import AFTER
from training.store.tables import Staff

PARENT = TEXT.replace("debrief: {", "debrief: {transfer: late-2, ")
CHECK = TEXT.replace("slug: late", "slug: late-2\nkind: transfer").replace("Late", "On the phone")
LATER = NOW + AFTER
GOOD, POOR = ("seen", "half_hour"), ("busy", "soon")


@pytest.fixture
def catalogue() -> Catalogue:
    return Catalogue([parse(PARENT), parse(CHECK)])


@pytest.fixture
def play(session: Session, me: Viewer, catalogue: Catalogue) -> Player:
    return Player(session, me, catalogue)


def offered(play: Player, days: int = 0) -> list[str]:
    found = transfer_checks.open_to(
        play.session, viewer=play.viewer, catalogue=play.catalogue,
        today=TODAY + timedelta(days=days),
    )  # fmt: skip
    return [one.scenario.slug for one in found]


def test_a_check_is_offered_a_week_after_its_conversation_was_first_finished(play: Player) -> None:
    assert offered(play, 30) == [], "nothing was played"
    play.start()
    assert offered(play, 30) == [], "nothing was finished"
    play.whole(*GOOD)
    play.whole(*GOOD, moment=NOW + timedelta(days=5))
    assert offered(play, 6) == []
    assert offered(play, 7) == ["late-2"]


def test_a_check_is_not_begun_before_its_day_and_not_twice(play: Player) -> None:
    play.whole(*POOR)
    with pytest.raises(NotFound):
        play.start("late-2", moment=LATER - timedelta(days=1))
    begun = play.start("late-2", moment=LATER)
    assert play.start("late-2", moment=LATER) == begun, "the one begun is gone on with"
    for choice in POOR:
        play.choose(choice, moment=LATER)
    assert offered(play, 30) == []
    with pytest.raises(NotFound):
        play.start("late-2", moment=LATER + timedelta(days=30))


def test_in_a_check_there_is_no_hint_and_nothing_is_taken_back(play: Player) -> None:
    play.whole(*GOOD)
    play.start("late-2", moment=LATER)
    with pytest.raises(NotFound):
        play.hint()
    play.choose("seen", moment=LATER)
    with pytest.raises(NotFound):
        play.back()
    assert play.look().position.number == 2


def test_a_check_has_a_page_only_when_it_is_open_or_was_done(play: Player) -> None:
    def page(days: int) -> conversations.Conversation:
        return conversations.one(
            play.session, viewer=play.viewer, slug="late-2", catalogue=play.catalogue,
            today=TODAY + timedelta(days=days),
        )  # fmt: skip

    with pytest.raises(NotFound):
        page(30)
    play.whole(*GOOD)
    with pytest.raises(NotFound):
        page(6)
    assert page(7).finished == ()
    play.whole(*GOOD, slug="late-2", moment=LATER)
    assert len(page(0).finished) == 1


def test_what_a_check_shows_counts_and_passing_it_is_kept(
    session: Session,
    play: Player,
    rosa: Staff,
) -> None:
    play.whole(*GOOD)
    play.whole(*POOR, slug="late-2", moment=LATER)
    place = {"practice_id": rosa.practice_id, "staff_id": rosa.id}
    found = mastery.evidence(session, **place)
    assert {one.slug for one in found.shown} == {"late", "late-2"}
    assert found.passed == set()


def test_passing_a_check_is_told_skill_by_skill(
    session: Session,
    play: Player,
    rosa: Staff,
) -> None:
    play.whole(*POOR)
    play.whole(*GOOD, slug="late-2", moment=LATER)
    found = mastery.evidence(session, practice_id=rosa.practice_id, staff_id=rosa.id)
    assert found.passed == {"empathy", "keeping_informed"}


def test_without_a_panel_a_passed_check_makes_nobody_solid(play: Player, session: Session) -> None:
    play.whole(*GOOD)
    play.whole(*GOOD, slug="late-2", moment=LATER)
    levels = mastery.of_person(session, viewer=play.viewer, today=TODAY)
    assert {one.level for one in levels.values()} <= {Level.NOT_ENOUGH, Level.WORKING}


def test_the_debrief_says_when_the_check_comes_and_no_longer_when_it_is_done(play: Player) -> None:
    parent = play.whole(*GOOD).at
    page = play.debrief()
    assert page.check
    assert page.check.from_day == TODAY + AFTER
    play.whole(*GOOD, slug="late-2", moment=LATER)
    assert play.debrief().is_check
    play.at = parent
    assert play.debrief().check is None


def test_a_colleagues_plays_open_no_check(
    session: Session, world: World, play: Player, catalogue: Catalogue
) -> None:
    play.whole(*GOOD)
    other = viewer_of(session, world.account(staff=world.staff("Ola", "Berg")))
    assert offered(Player(session, other, catalogue), 30) == []
    nobody = viewer_of(session, world.account("manager"))
    with pytest.raises(NotFound):
        offered(Player(session, nobody, catalogue), 30)


def test_a_conversation_that_was_renamed_keeps_its_plays_its_check_and_its_first_answers(
    session: Session,
    play: Player,
    rosa: Staff,
    me: Viewer,
) -> None:
    play.whole(*POOR)
    begun = play.start(moment=NOW)
    renamed = PARENT.replace("slug: late\n", "slug: very-late\nrenamed_from: [late]\n")
    after = Player(session, me, Catalogue([parse(renamed), parse(CHECK)]))
    assert after.start("very-late") == begun, "the play that was begun is gone on with"
    for choice in GOOD:
        after.choose(choice)
    assert offered(after, 7) == ["late-2"]
    after.whole(*GOOD, slug="very-late")
    found = mastery.of_person(session, viewer=me, today=TODAY)
    assert found["empathy"].decisions == 1, "met three times, under two names"
    assert found["empathy"].scenarios == 1
    assert found["empathy"].mean < 0.5, "the first answer counts"


def test_an_edit_keeps_first_answers_first(session: Session, play: Player, me: Viewer) -> None:
    play.whole(*POOR)
    edited = parse(PARENT.replace("We are busy.", "We're rather busy."))
    after = Player(session, me, Catalogue([edited, parse(CHECK)]))
    after.whole(*GOOD)
    found = mastery.of_person(session, viewer=me, today=TODAY)
    assert found["empathy"].decisions == 1
    assert found["empathy"].mean < 0.5
