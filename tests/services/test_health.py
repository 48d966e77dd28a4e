"""What waits and what failed, counted for the doctor; nothing about a person or a patient."""

from datetime import timedelta

from sqlalchemy.orm import Session

from tests.support.world import NOW, TODAY, World
from training.services import health


def test_an_empty_practice_is_healthy_but_has_nobody(world: World, session: Session) -> None:
    (found,) = health.of_every_practice(session, moment=NOW)
    assert (found.comments, found.unread, found.failed, found.safety_waiting) == (0, 0, 0, 0)
    assert (found.reviewers, found.safeguarders, found.oldest_waiting) == (0, 0, None)


def test_each_kind_of_waiting_is_counted_in_its_own_practice(
    world: World, other_world: World, session: Session
) -> None:
    world.account(review=True)
    world.account(safeguard=True)
    world.comment("Not read yet.")
    world.comment("Failed.", reading_state="failed", hold="unread")
    held, _, _ = world.read_comment("Serious.", hold="safety", severity=3)
    done, _, _ = world.read_comment("Dealt with.", hold="safety", severity=3)
    done.hold_closed_at, done.hold_outcome = NOW, "dealt_with"
    session.commit()
    mine, other = health.of_every_practice(session, moment=NOW)
    assert (mine.comments, mine.unread, mine.failed, mine.safety_waiting) == (4, 1, 1, 2)
    assert (mine.reviewers, mine.safeguarders) == (1, 1)
    assert mine.oldest_waiting == held.received_at
    assert mine.oldest_unread == held.received_at
    assert other.comments == 0


def test_one_practice_can_be_asked_about_alone(
    world: World, other_world: World, session: Session
) -> None:
    (found,) = health.of_every_practice(session, moment=NOW, practice_id=other_world.practice.id)
    assert found.practice == other_world.practice.name


def test_a_held_comment_that_should_be_erased_by_now_is_counted(
    world: World, session: Session
) -> None:
    world.read_comment("Serious.", hold="safety", severity=3, day=TODAY - timedelta(days=400))
    (found,) = health.of_every_practice(session, moment=NOW)
    assert found.held_too_long == 0
    world.practice.keep_months = 12
    session.commit()
    (found,) = health.of_every_practice(session, moment=NOW)
    assert found.held_too_long == 1


def test_a_comment_about_every_reviewer_is_in_nobodys_queue_until_a_third_may_review(
    world: World, session: Session
) -> None:
    one, two = world.staff("Ada", "Moss"), world.staff("Ben", "Oak")
    for person in (one, two):
        world.account("staff", staff=person, review=True)
    world.comment("Ada was kind; Ben was short.", on_visit=[one, two], tapped=[one, two])
    world.read_comment("Ada was short.", about=one)
    world.read_comment("They were short.", about=one, tapped=[two])
    (found,) = health.of_every_practice(session, moment=NOW)
    assert found.out_of_reach == 1
    world.account("staff", review=True)
    (found,) = health.of_every_practice(session, moment=NOW)
    assert found.out_of_reach == 0
