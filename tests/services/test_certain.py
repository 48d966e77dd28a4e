from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.viewers import race, viewer_of
from tests.support.world import NOW, TODAY, World
from training.services import certain, decisions
from training.services.people import NotFound
from training.services.signing_in import Viewer
from training.store.tables import Audit, Decision, Match, Remark


@pytest.fixture
def reviewer(session: Session, world: World) -> Viewer:
    return viewer_of(session, world.account("manager", review=True))


def listed(session: Session, viewer: Viewer) -> list[str]:
    return [one.public_id for one in certain.certain(session, viewer=viewer, moment=NOW)]


def made(world: World, count: int) -> list[Remark]:
    nurse = world.staff()
    return [
        world.read_comment(f"Short {n}.", about=nurse, day=TODAY - timedelta(days=n))[1]
        for n in range(count)
    ]


def picks(*rows: Remark) -> list[tuple[str, int]]:
    return [(row.public_id, row.version) for row in rows]


def confirm(session: Session, viewer: Viewer, *rows: Remark) -> certain.Batch:
    return certain.confirm(session, viewer=viewer, picks=picks(*rows), moment=NOW)


def states(session: Session) -> list[str]:
    session.rollback()
    return list(session.scalars(select(Remark.state).order_by(Remark.id)))


def test_what_is_surely_about_one_person_is_listed_oldest_first(
    session: Session, world: World, reviewer: Viewer
) -> None:
    rows = made(world, 3)
    assert listed(session, reviewer) == [row.public_id for row in reversed(rows)]
    one = certain.certain(session, viewer=reviewer, moment=NOW)[0]
    assert (one.text, one.name, one.topics) == ("Short 2.", "Ada Moss", ("empathy",))


@pytest.mark.parametrize(
    "more",
    [
        {"severity": 2},
        {"certain": False},
        {"hold": "safety"},
        {"state": "confirmed"},
        {"state": "disputed"},
        {"state": "settled"},
    ],
    ids=str,
)
def test_what_is_serious_unsure_held_or_decided_is_neither_listed_nor_confirmed(
    session: Session, world: World, reviewer: Viewer, more: dict[str, object]
) -> None:
    _, remark, _ = world.read_comment("Short.", about=world.staff(), **more)  # type: ignore[arg-type]
    assert listed(session, reviewer) == []
    before = states(session)
    assert confirm(session, reviewer, remark).lost == (remark.public_id,)
    assert states(session) == before


def test_a_remark_with_a_second_candidate_is_not_certain(
    session: Session, world: World, reviewer: Viewer
) -> None:
    _, remark, _ = world.read_comment("Short.", about=world.staff())
    session.add(
        Match(
            practice_id=remark.practice_id, remark_id=remark.id, certain=False, confidence=0.5,
            staff_id=world.staff("Ben", "Rook").id, evidence=["role"], state="proposed",
        )
    )  # fmt: skip
    session.commit()
    assert listed(session, reviewer) == []


def test_nobody_confirms_what_is_about_themselves(session: Session, world: World) -> None:
    nurse = world.staff()
    me = viewer_of(session, world.account("staff", staff=nurse, review=True))
    _, remark, _ = world.read_comment("Short.", about=nurse)
    assert listed(session, me) == []
    assert confirm(session, me, remark).confirmed == 0
    assert states(session) == ["waiting"]


def test_another_remark_of_a_comment_about_oneself_is_left_to_others(
    session: Session, world: World
) -> None:
    nurse, colleague = world.staff(), world.staff("Ben", "Rook")
    me = viewer_of(session, world.account("staff", staff=nurse, review=True))
    comment, remark, _ = world.read_comment("Ada short. Ben late.", about=nurse)
    other = Remark(
        practice_id=remark.practice_id, comment_id=comment.id, answer_id=remark.answer_id,
        start=11, stop=20, sentiment="negative", score=-0.5, cause="person", state="waiting",
    )  # fmt: skip
    session.add(other)
    session.flush()
    session.add(
        Match(
            practice_id=remark.practice_id, remark_id=other.id, staff_id=colleague.id,
            certain=True, confidence=0.95, evidence=["named"], state="proposed",
        )
    )  # fmt: skip
    session.commit()
    assert listed(session, me) == []
    assert confirm(session, me, other).confirmed == 0
    with pytest.raises(NotFound):
        decisions.reject(
            session, viewer=me, remark_public_id=other.public_id, version=0, moment=NOW
        )
    assert states(session) == ["waiting", "waiting"]


def test_without_the_permission_and_out_of_scope_nothing_is_listed(
    session: Session, world: World, other_world: World, reviewer: Viewer
) -> None:
    (remark,) = made(world, 1)
    elsewhere = replace(reviewer, site_ids=(world.site("Mill Lane").id,))
    foreign = viewer_of(session, other_world.account("manager", review=True))
    for viewer in (replace(reviewer, may_review=False), elsewhere, foreign):
        assert listed(session, viewer) == []
        assert confirm(session, viewer, remark).confirmed == 0
        assert certain.standing(session, viewer=viewer, public_ids=[remark.public_id]) == ()
    assert states(session) == ["waiting"]


def test_j09_reading_the_list_is_audited_comment_by_comment(
    session: Session, world: World, reviewer: Viewer
) -> None:
    rows = made(world, 2)
    listed(session, reviewer)
    query = select(Audit.noun_id).where(Audit.verb == "read_comment")
    assert set(session.scalars(query)) == {row.comment_id for row in rows}


def test_each_is_a_decision_of_its_own_and_the_lost_are_told(
    session: Session, world: World, reviewer: Viewer
) -> None:
    one, two, three = made(world, 3)
    seen = picks(one, two, three)
    colleague = viewer_of(session, world.account("manager", review=True))
    decisions.reject(
        session, viewer=colleague, remark_public_id=two.public_id, version=0, moment=NOW
    )
    batch = certain.confirm(session, viewer=reviewer, picks=seen, moment=NOW)
    assert (batch.confirmed, batch.lost) == (2, (two.public_id,))
    assert states(session) == ["confirmed", "rejected", "confirmed"]
    assert session.scalar(select(func.count()).where(Decision.batch == batch.public_id)) == 2
    (lost,) = certain.standing(session, viewer=reviewer, public_ids=batch.lost)
    assert lost.state == "rejected"


def test_a_version_that_was_passed_by_is_lost(
    session: Session, world: World, reviewer: Viewer
) -> None:
    (remark,) = made(world, 1)
    batch = certain.confirm(session, viewer=reviewer, picks=[(remark.public_id, 7)], moment=NOW)
    assert (batch.public_id, batch.lost) == ("", (remark.public_id,))
    assert states(session) == ["waiting"]


def test_a_batch_is_undone_together_except_what_was_decided_since(
    session: Session, world: World, reviewer: Viewer
) -> None:
    one, two = made(world, 2)
    batch = confirm(session, reviewer, one, two).public_id
    assert certain.standing_batch(session, viewer=reviewer, batch=batch) == 2
    session.get_one(Remark, two.id).version = 9
    session.commit()
    assert certain.standing_batch(session, viewer=reviewer, batch=batch) == 1
    assert certain.undo(session, viewer=reviewer, batch=batch, moment=NOW) == (1, 1)
    assert states(session) == ["waiting", "confirmed"]


def test_nobody_else_undoes_a_batch(session: Session, world: World, reviewer: Viewer) -> None:
    batch = confirm(session, reviewer, *made(world, 1)).public_id
    colleague = viewer_of(session, world.account("manager", review=True))
    assert certain.standing_batch(session, viewer=colleague, batch=batch) == 0
    assert certain.undo(session, viewer=colleague, batch=batch, moment=NOW) == (0, 0)
    assert states(session) == ["confirmed"]


def test_h01_two_who_confirm_the_same_batch_at_once_share_it_out(
    app: Flask, session: Session, world: World
) -> None:
    seen = picks(*made(world, 8))
    viewers = [viewer_of(session, world.account("manager", review=True)) for _ in range(2)]
    ends: list[certain.Batch] = []

    def act(own: Session, number: int) -> None:
        ends.append(certain.confirm(own, viewer=viewers[number], picks=seen, moment=NOW))

    assert race(app, act, 2, told=()) == ["won", "won"]
    assert sum(batch.confirmed for batch in ends) == 8
    assert sum(len(batch.lost) for batch in ends) == 8
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Decision)) == 8
