from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.support.viewers import viewer_of
from tests.support.world import NOW, World
from training.scenarios import catalogue
from training.scenarios.catalogue import Catalogue
from training.services import plays
from training.services.fitting import Fit, fitting, nearest
from training.services.people import NotFound
from training.services.practising import for_remarks
from training.services.remarks import Shown, remark_of
from training.services.signing_in import Viewer
from training.store.tables import Play

LATE, SOON, VOICE = "fifty-minutes-late", "nothing-until-the-14th", "voice-in-the-waiting-room"
HOME = "show-me-at-home"
FOR_NURSES = ("nurse", "nurse_practitioner", "pharmacist")
FOUR = Catalogue(catalogue.load().get(slug) for slug in (LATE, SOON, VOICE, HOME))


def slug(skill: str, role: str, **rehearsed: int) -> str | None:
    """The conversation for a skill; `rehearsed` counts the days since, by slug with _ for -."""
    days = {key.replace("_", "-"): NOW - timedelta(ago) for key, ago in rehearsed.items()}
    found = fitting(FOUR, skill=skill, role=role, rehearsed=days)
    return found.slug if found else None


def test_a_nurse_gets_what_her_group_never_had_and_nothing_that_is_not_its_work() -> None:
    assert slug("empathy", "nurse") == VOICE
    assert slug("empathy", "nurse", voice_in_the_waiting_room=1) == VOICE
    assert slug("explaining", "receptionist") is None
    asked = nearest(FOUR, skills=("explaining",), role="receptionist")
    assert asked == Fit(HOME, FOR_NURSES)


def test_a_conversation_of_the_same_role_group_will_do() -> None:
    assert slug("empathy", "phlebotomist") == VOICE
    assert slug("explaining", "physician") == HOME
    assert nearest(FOUR, skills=("explaining",), role="physician") == Fit(HOME)


def test_where_the_skill_leads_comes_first_then_what_was_not_rehearsed_then_what_was_longest_ago() -> (
    None
):
    assert slug("empathy", "receptionist") == LATE
    assert slug("empathy", "receptionist", fifty_minutes_late=1) == SOON
    both = {"fifty_minutes_late": 9, "nothing_until_the_14th": 1}
    assert slug("empathy", "receptionist", **both) == VOICE
    assert slug("empathy", "receptionist", **both, voice_in_the_waiting_room=2) == LATE


def test_of_several_skills_one_of_their_own_work_comes_before_the_first() -> None:
    both = ("no_such_skill", "explaining", "empathy")
    assert nearest(FOUR, skills=both, role="receptionist") == Fit(LATE)
    assert nearest(FOUR, skills=(), role="nurse") is None
    assert nearest(Catalogue([]), skills=both, role="nurse") is None


@pytest.fixture
def me(session: Session, world: World) -> Viewer:
    return viewer_of(session, world.account(staff=world.staff(role="receptionist")))


def a_remark(session: Session, world: World, me: Viewer, skill: str) -> Shown:
    about = world.session.get_one(type(world.staff()), me.staff_id)
    _, remark, _ = world.read_comment(
        "Ada, thank you.", about=about, sentiment="positive", state="settled", skill=skill,
        match_state="proposed", shown_at=NOW,
    )  # fmt: skip
    return remark_of(session, viewer=me, public_id=remark.public_id)


def practise(session: Session, me: Viewer, shown: Shown) -> Fit:
    found = for_remarks(session, viewer=me, shown=[shown], catalogue=FOUR)
    return found[shown.public_id]


def test_what_a_person_rehearsed_last_is_not_what_they_practise_next(
    session: Session, world: World, me: Viewer
) -> None:
    shown = a_remark(session, world, me, "empathy")
    assert practise(session, me, shown) == Fit(LATE)
    plays.start(session, viewer=me, slug=LATE, catalogue=FOUR, moment=NOW)
    assert practise(session, me, shown) == Fit(LATE), "what is begun is taken up again"
    session.query(Play).one().finished_at = NOW
    session.commit()
    assert practise(session, me, shown) == Fit(SOON)


def test_a_colleagues_rehearsals_change_nothing_for_oneself(
    session: Session, world: World, me: Viewer
) -> None:
    shown = a_remark(session, world, me, "empathy")
    other = viewer_of(session, world.account(staff=world.staff()))
    plays.start(session, viewer=other, slug=LATE, catalogue=FOUR, moment=NOW)
    session.query(Play).one().finished_at = NOW
    session.commit()
    assert practise(session, me, shown) == Fit(LATE)


def test_who_is_on_no_roster_practises_nothing(session: Session, world: World) -> None:
    with pytest.raises(NotFound):
        for_remarks(
            session, viewer=viewer_of(session, world.account("admin")), shown=[], catalogue=FOUR
        )
