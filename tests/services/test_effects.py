"""Did training help: of groups, with honest refusals, small numbers hidden, and nothing undecided."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from tests.support.viewers import viewer_of
from tests.support.world import TODAY, World
from training.services import effect_file, effects
from training.services.effects import NOBODY, Panel
from training.services.people import NotFound
from training.services.signing_in import Viewer
from training.store.tables import Staff, Suggestion
from training.trends.effect import Outcome, Refusal

OFFERED = date(2025, 11, 3)
BEFORE, AFTER = OFFERED - timedelta(days=30), OFFERED + timedelta(days=40)


@pytest.fixture
def dana(session: Session, world: World) -> Viewer:
    return viewer_of(session, world.account("manager"))


def read(session: Session, who: Viewer, skill: str = "explaining") -> Panel:
    return effects.read(session, viewer=who, skill=skill, today=TODAY)


def offer(session: Session, staff: Staff, *, state: str = "offered") -> None:
    at = datetime(OFFERED.year, OFFERED.month, OFFERED.day, 12, tzinfo=UTC)
    session.add(
        Suggestion(
            practice_id=staff.practice_id, staff_id=staff.id, skill="explaining",
            scenario="show-me-at-home", state=state, formula="t", need=0.9, score=0.9, reasons={},
            remark_ids=[], window_start=BEFORE, window_end=OFFERED, random_order=0.5,
            selected_at=at, offered_at=at,
        )
    )  # fmt: skip
    session.commit()


def said(world: World, staff: Staff, day: date, comments: int, negative: int) -> None:
    for n in range(comments):
        world.read_comment(
            "Words.", about=staff, day=day, skill="explaining", state="confirmed",
            match_state="confirmed", sentiment="negative" if n < negative else "positive",
        )  # fmt: skip


def team(world: World, people: int, first: int = 0) -> list[Staff]:
    return [world.staff(f"Given{first + n}", f"Family{first + n}") for n in range(people)]


def practice_with(world: World, session: Session, offered: int, others: int) -> None:
    """Those offered were criticised much and are no more; others stay as they are."""
    for n, staff in enumerate(team(world, offered)):
        said(world, staff, BEFORE, 3, 2 + n % 2)
        said(world, staff, AFTER, 3, 0)
        offer(session, staff)
    for n, staff in enumerate(team(world, others, offered)):
        said(world, staff, BEFORE, 3, 1 + n % 3)
        said(world, staff, AFTER, 3, 1 + n % 2)


def test_an_empty_practice_has_nothing_to_compare(session: Session, dana: Viewer) -> None:
    found = read(session, dana, "")
    assert (found.skill, found.skills, found.sentence) == ("", (), NOBODY)


def test_an_unknown_skill_is_not_there(session: Session, dana: Viewer) -> None:
    with pytest.raises(NotFound):
        read(session, dana, "juggling")


def test_ten_people_in_each_group_make_an_estimate_in_the_fixed_words(
    session: Session, world: World, dana: Viewer
) -> None:
    practice_with(world, session, 10, 10)
    found = read(session, dana)
    assert found.effect is not None
    assert found.sentence == Outcome.HELPED
    assert "10 people were offered it and 10 were not; 60 comments." in found.finding
    assert found.visible.startswith("We could only have seen a change of about")
    assert found.grey_line.startswith("Simple before–after would say about 83 fewer in 100.")
    assert (found.offered, found.others) == (10, 10)
    rows = dict(row[:2] for row in effect_file.rows(panel=found, made_on=TODAY) if row)
    assert rows["Finding"] == "Probably helped"
    assert rows["Offered"] == "10"


def test_nine_people_are_too_few_however_clear_it_looks(
    session: Session, world: World, dana: Viewer
) -> None:
    practice_with(world, session, 9, 10)
    found = read(session, dana)
    assert (found.sentence, found.effect) == (Refusal.TOO_FEW, None)
    assert (found.offered, found.finding, found.grey_line) == (9, "", "")


def test_groups_below_five_are_not_counted_out(
    session: Session, world: World, dana: Viewer
) -> None:
    practice_with(world, session, 2, 4)
    found = read(session, dana)
    assert (found.offered, found.others) == (None, None)
    assert [level.words for level in found.levels[:2]] == ["Fewer than 10 people: not shown."] * 2
    assert (
        "Fewer than 10 people: not shown."
        in dict(row[:2] for row in effect_file.rows(panel=found, made_on=TODAY)).values()
    )


def test_where_everybody_was_offered_it_nobody_can_tell(
    session: Session, world: World, dana: Viewer
) -> None:
    for staff in team(world, 3):
        offer(session, staff)
    assert read(session, dana).sentence == Refusal.NO_COMPARISON


def test_only_role_groups_in_which_it_was_offered_are_compared(
    session: Session, world: World, dana: Viewer
) -> None:
    for staff in team(world, 3):
        offer(session, staff)
    world.staff("Rae", "Front", role="receptionist")
    assert read(session, dana).sentence == Refusal.NO_COMPARISON


def test_from_the_first_comment_that_waits_for_a_reviewer_on_nothing_counts(
    session: Session, world: World, dana: Viewer
) -> None:
    (staff,) = team(world, 1)
    offer(session, staff)
    said(world, staff, BEFORE, 2, 1)
    said(world, staff, AFTER, 2, 0)
    world.read_comment("Waits.", about=staff, day=OFFERED, state="waiting")
    assert member(session, world, dana) == ((1, 2), (0, 0))


def member(session: Session, world: World, who: Viewer) -> tuple[tuple[int, int], tuple[int, int]]:
    offers = effects.store.offers(session, world.practice.id, (), "explaining")
    (found,) = effects._members(session, who, "explaining", offers, TODAY)
    return found.before, found.after


def test_comments_of_the_two_weeks_after_the_offer_count_on_neither_side(
    session: Session, world: World, dana: Viewer
) -> None:
    (staff,) = team(world, 1)
    offer(session, staff)
    for days in (1, 13):
        said(world, staff, OFFERED + timedelta(days=days), 3, 0)
    said(world, staff, OFFERED, 2, 1)
    said(world, staff, OFFERED + timedelta(days=14), 1, 1)
    assert member(session, world, dana) == ((1, 2), (1, 1))


def test_another_practices_offers_are_not_seen(
    session: Session, world: World, other_world: World
) -> None:
    offer(session, team(world, 1)[0])
    stranger = viewer_of(session, other_world.account("manager"))
    assert read(session, stranger, "").sentence == NOBODY


def test_a_manager_of_one_site_sees_offers_of_that_site_only(
    session: Session, world: World
) -> None:
    offer(session, team(world, 1)[0])
    jo = viewer_of(session, world.account("manager", sites=[world.site("Mill Lane")]))
    assert read(session, jo).sentence == NOBODY


def test_ten_answers_are_enough_to_say_how_many_took_it_up(
    session: Session, world: World, dana: Viewer
) -> None:
    for n, staff in enumerate(team(world, 10)):
        offer(session, staff, state="finished" if n < 7 else "not_useful")
    assert read(session, dana).levels[0].words == "7 of 10 people took the offer up."
