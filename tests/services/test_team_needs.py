"""What a team needs, for the team; nothing about one of its people."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.services.test_review import viewer_of
from tests.services.test_suggestions import SKILL, counted, months_of, refresh
from tests.support.pages import Pages
from tests.support.world import NOW, TODAY, World
from training.scenarios import catalogue
from training.services import next_steps, priors, team_needs
from training.services.next_steps import NextSteps
from training.services.people import NotFound
from training.services.signing_in import Viewer
from training.services.team_needs import TeamHelp
from training.store.tables import Account, KeepDoing, Play, ScenarioCopy, Staff, Suggestion


@pytest.fixture
def manager(session: Session, world: World) -> Viewer:
    return viewer_of(session, world.account("manager"))


def a_team(world: World, people: int, negatives: int = 3, praise: int = 4) -> list[Staff]:
    """Nurses of whom much is said, and receptionists who say what is usual."""
    nurses = [world.staff(f"N{n}") for n in range(people)]
    for one in nurses:
        months_of(world, one, negatives, praise)
    for n in range(6):
        months_of(world, world.staff(f"R{n}", role="receptionist"), 1, 9)
    return nurses


def night(session: Session, world: World) -> int:
    now: dict[str, Any] = {"practice_id": world.practice.id, "today": TODAY, "moment": NOW}
    priors.fit(session, **now)
    return team_needs.learn(session, **now)


def help_of(session: Session, world: World, who: Viewer, group: str = "nursing") -> TeamHelp:
    return team_needs.of_team(
        session, viewer=who, role_group=group, site=world.site_one.public_id, today=TODAY,
        moment=NOW,
    )  # fmt: skip


def steps(session: Session, world: World, who: Staff, **more: Any) -> NextSteps:
    viewer = viewer_of(session, world.account(staff=who))
    given = {"catalogue": catalogue.load(), "has_suggestions": False, **more}
    return next_steps.of_person(session, viewer=viewer, **given)


def test_a_team_of_six_is_told_what_it_needs_together(
    session: Session, world: World, manager: Viewer
) -> None:
    nurses = a_team(world, 6)
    assert night(session, world) == 1
    assert help_of(session, world, manager) == TeamHelp(hidden=False, skill=SKILL, offered=None)
    found = steps(session, world, nurses[0])
    assert found.team is not None
    assert (found.team.skill, found.team.negatives, found.team.comments) == (SKILL, 18, 42)
    assert found.core == ()


def test_of_four_people_nothing_is_said(session: Session, world: World, manager: Viewer) -> None:
    nurses = a_team(world, 4, negatives=7, praise=0)
    assert night(session, world) == 0
    assert help_of(session, world, manager) == TeamHelp(hidden=True)
    assert steps(session, world, nurses[0]).team is None


def test_how_many_were_offered_something_is_hidden_below_five_and_where_it_is_all(
    session: Session, world: World, manager: Viewer
) -> None:
    nurses = a_team(world, 7, negatives=9, praise=0)
    for count, shown in [(4, None), (5, 5), (6, 6), (7, None)]:
        session.query(Suggestion).delete()
        refresh(session, world)
        for row in session.query(Suggestion).all():
            if row.staff_id not in {one.id for one in nurses[:count]}:
                session.delete(row)
        session.commit()
        assert help_of(session, world, manager).offered == shown


def test_a_team_elsewhere_or_out_of_scope_is_not_found(
    session: Session, world: World, other_world: World
) -> None:
    other = viewer_of(session, other_world.account("manager"))
    annex = world.site("Annex")
    scoped = viewer_of(session, world.account("manager", sites=[annex]))
    for who in (other, scoped):
        with pytest.raises(NotFound):
            help_of(session, world, who)


def test_without_evidence_the_core_curriculum_is_offered_two_at_a_time(
    session: Session, world: World
) -> None:
    desk, colleague = (world.staff(name, role="receptionist") for name in ("Cy", "Dee"))
    mine, theirs = (viewer_of(session, world.account(staff=one)) for one in (desk, colleague))
    given: dict[str, Any] = {"catalogue": catalogue.load(), "has_suggestions": False}
    first, second = next_steps.of_person(session, viewer=mine, **given).core
    assert (first.slug, second.slug) == ("fifty-minutes-late", "nothing-until-the-14th")
    session.add(ScenarioCopy(digest=first.digest, slug=first.slug, body=first.text))
    session.flush()
    session.add(
        Play(
            practice_id=desk.practice_id, staff_id=desk.id, slug=first.slug, digest=first.digest,
            seed=1, started_at=NOW, finished_at=NOW + timedelta(minutes=5), ending="calm",
        )
    )  # fmt: skip
    session.commit()
    assert next_steps.of_person(session, viewer=mine, **given).core[0] == second
    assert next_steps.of_person(session, viewer=theirs, **given).core[0] == first


def test_a_suggestion_takes_the_place_of_the_team_and_of_the_core(
    session: Session, world: World
) -> None:
    nurses = a_team(world, 6)
    night(session, world)
    found = steps(session, world, nurses[0], has_suggestions=True)
    assert (found.team, found.core) == (None, ())


def test_what_is_done_well_is_named_with_its_numbers(session: Session, world: World) -> None:
    nurse = world.staff()
    months_of(world, nurse, 0, 30)
    refresh(session, world)
    kept = steps(session, world, nurse).keep_doing
    assert kept is not None
    assert kept.skill == SKILL
    assert kept.sentence.startswith("None of your 30 comments about")


def test_what_was_done_well_goes_when_the_comments_no_longer_say_so(
    session: Session, world: World
) -> None:
    nurse = world.staff()
    months_of(world, nurse, 0, 30)
    refresh(session, world)
    assert session.query(KeepDoing).count() == 1
    refresh(session, world)
    assert session.query(KeepDoing).count() == 1
    months_of(world, nurse, 27, 0)
    refresh(session, world)
    assert session.query(KeepDoing).count() == 0


def test_praise_that_was_not_shown_yet_is_not_counted_out_to_its_person(
    session: Session, world: World
) -> None:
    nurse = world.staff()
    months_of(world, nurse, 0, 30, shown_at=None)
    refresh(session, world)
    assert counted(session, world).about(nurse.id) == 30
    assert steps(session, world, nurse).keep_doing is None


def test_who_is_on_no_roster_has_no_next_steps(
    session: Session, world: World, manager: Viewer
) -> None:
    with pytest.raises(NotFound):
        next_steps.of_person(
            session, viewer=manager, catalogue=catalogue.load(), has_suggestions=False
        )


@pytest.mark.parametrize(
    ("people", "words"),
    [
        (4, "Nothing is said of a team of fewer than five people."),
        (6, "more often than comments about others do, whoever of the team is left out"),
    ],
)
def test_the_teams_page_says_what_to_rehearse_or_that_the_team_is_too_small(
    session: Session,
    world: World,
    sign_in: Callable[[Account], Pages],
    people: int,
    words: str,
) -> None:
    a_team(world, people)
    night(session, world)
    pages = sign_in(world.account("manager"))
    page = pages.get(f"/teams/nursing/{world.site_one.public_id}")
    assert words in page.text


def test_a_persons_home_names_the_need_as_the_teams_and_what_they_do_well_as_theirs(
    session: Session, world: World, sign_in: Callable[[Account], Pages]
) -> None:
    nurses = a_team(world, 6)
    months_of(world, nurses[0], 0, 30, skill="listening")
    night(session, world)
    refresh(session, world)
    session.query(Suggestion).delete()
    session.commit()
    page = sign_in(world.account(staff=nurses[0])).get("/home")
    assert "Your team as a whole, not you in particular: 18 of 42 comments" in page.text
    assert "None of your 30 comments about" in page.text
