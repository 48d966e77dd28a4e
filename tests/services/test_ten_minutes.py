from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.support.viewers import viewer_of
from tests.support.world import NOW, TODAY, World
from training.services import ten_minutes
from training.services.signing_in import Viewer
from training.store.tables import Comment


@pytest.fixture
def reviewer(session: Session, world: World) -> Viewer:
    return viewer_of(session, world.account("manager", review=True, safeguard=True))


def queue_of_all_kinds(world: World) -> list[Comment]:
    """The comments in the order that helps most, made in another."""
    nurse = world.staff()

    def left(days: int, **more: object) -> Comment:
        day = TODAY - timedelta(days=days)
        return world.read_comment("Short.", about=nurse, day=day, **more)[0]  # type: ignore[arg-type]

    unsure = left(20, certain=False)
    quick = left(2)
    old = left(22)
    oldest = left(30)
    serious = left(1, severity=2)
    praise = left(40, sentiment="positive", certain=False)
    held = left(0, hold="safety", severity=3)
    return [held, serious, oldest, old, quick, praise, unsure]


def test_safety_then_criticism_about_to_be_late_then_the_quickest(
    session: Session, world: World, reviewer: Viewer
) -> None:
    wanted = [row.public_id for row in queue_of_all_kinds(world)]
    assert ten_minutes.order(session, viewer=reviewer, moment=NOW) == wanted


def test_who_does_not_safeguard_begins_with_the_serious(
    session: Session, world: World, reviewer: Viewer
) -> None:
    wanted = [row.public_id for row in queue_of_all_kinds(world)]
    plain = replace(reviewer, may_safeguard=False)
    assert ten_minutes.order(session, viewer=plain, moment=NOW) == wanted[1:]
    only = replace(reviewer, may_review=False)
    assert ten_minutes.order(session, viewer=only, moment=NOW) == wanted[:1]


def test_one_can_be_left_for_later(session: Session, world: World, reviewer: Viewer) -> None:
    rows = [row.public_id for row in queue_of_all_kinds(world)]

    def following(after: str) -> str | None:
        return ten_minutes.following(session, viewer=reviewer, moment=NOW, after=after)

    assert following("") == rows[0]
    assert following(rows[0]) == rows[1]
    assert following(rows[-1]) is None
    assert following("decided meanwhile") == rows[0]


def test_a_comment_about_the_reviewer_is_in_no_order(session: Session, world: World) -> None:
    nurse = world.staff()
    me = viewer_of(session, world.account("staff", staff=nurse, review=True, safeguard=True))
    world.read_comment("Short.", about=nurse)
    world.read_comment("She hit me.", about=nurse, hold="safety")
    assert ten_minutes.order(session, viewer=me, moment=NOW) == []
