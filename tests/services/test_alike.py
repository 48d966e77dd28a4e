"""Fairness: hardly differing comments about one person wait for a look, one by one, and count nowhere."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.support import sums
from tests.support.viewers import viewer_of
from tests.support.world import NOW, TODAY, World
from training.services import certain, comments, decisions, doubts, remarks, review
from training.services.signing_in import Viewer
from training.store.tables import Comment, Match, Remark, Staff

VOICES = (
    "Ada Moss was rude to me and she never listened.",
    "Ada Moss was so rude to me and she never listened!",
    "ada moss was rude to me and never once listened",
)
KIND = "Ada Moss was wonderfully kind and explained it all to me."


@pytest.fixture
def nurse(world: World) -> Staff:
    return world.staff()


@pytest.fixture
def reviewer(session: Session, world: World) -> Viewer:
    return viewer_of(session, world.account("manager", review=True))


def left(
    session: Session, world: World, nurse: Staff, *texts: str, day: date = TODAY, **more: Any
) -> list[Comment]:
    rows = [world.comment(text, day=day, on_visit=[nurse], **more) for text in texts]
    comments.read_many(session, comment_ids=[row.id for row in rows], moment=NOW)
    session.expire_all()
    return rows


def holds(rows: list[Comment]) -> list[tuple[str, str | None]]:
    return [(row.hold, row.doubt) for row in rows]


@pytest.mark.parametrize("together", [True, False])
def test_a_spike_of_one_voice_waits_for_a_look_and_counts_nowhere(
    session: Session, world: World, nurse: Staff, reviewer: Viewer, together: bool
) -> None:
    if together:
        rows = left(session, world, nurse, *VOICES)
    else:
        rows = [row for text in VOICES for row in left(session, world, nurse, text)]
    assert holds(rows) == [("doubtful", "alike")] * 3
    assert sums.by_topic(session, world) == {}
    assert review.queue(session, viewer=reviewer, moment=NOW).total == 0
    assert certain.certain(session, viewer=reviewer, moment=NOW) == ()
    found = doubts.page(session, viewer=reviewer, moment=NOW)
    assert found.waiting == ()
    assert [(one.reason, one.about) for one in found.alike] == [("alike", ("Ada Moss",))] * 3
    assert doubts.waiting_count(session, viewer=reviewer) == 3


def test_two_voices_are_no_spike(session: Session, world: World, nurse: Staff) -> None:
    assert holds(left(session, world, nurse, *VOICES[:2])) == [("none", None)] * 2


def test_the_same_words_about_three_people_are_no_spike(session: Session, world: World) -> None:
    names = (("Ada", "Moss"), ("Ben", "Rook"), ("Cleo", "Hart"))
    rows = [
        left(session, world, world.staff(*name), VOICES[0].replace("Ada Moss", " ".join(name)))[0]
        for name in names
    ]
    assert holds(rows) == [("none", None)] * 3


def test_what_was_left_long_before_does_not_make_a_spike(
    session: Session, world: World, nurse: Staff
) -> None:
    old = left(session, world, nurse, *VOICES[:2], day=TODAY - timedelta(days=15))
    new = left(session, world, nurse, VOICES[2])
    assert holds(old + new) == [("none", None)] * 3


def test_praise_that_is_one_voice_leaves_the_persons_page_until_it_is_let_in(
    session: Session, world: World, nurse: Staff, reviewer: Viewer
) -> None:
    me = viewer_of(session, world.account(staff=nurse))
    left(session, world, nurse, KIND, KIND)
    before = len(remarks.said(session, viewer=me).praise)
    assert before >= 2
    [last] = left(session, world, nurse, KIND)
    assert remarks.said(session, viewer=me).praise == ()
    doubts.settle(session, viewer=reviewer, public_ids=[last.public_id], let_in=True, moment=NOW)
    assert len(remarks.said(session, viewer=me).praise) == before // 2


def test_several_are_never_let_in_together(
    session: Session, world: World, nurse: Staff, reviewer: Viewer
) -> None:
    rows = left(session, world, nurse, *VOICES)
    ids = [row.public_id for row in rows]
    for let_in in (True, False):
        given = {"viewer": reviewer, "let_in": let_in, "moment": NOW}
        assert doubts.settle(session, public_ids=ids, **given) == 0
    session.expire_all()
    assert holds(rows) == [("doubtful", "alike")] * 3
    assert doubts.settle(session, viewer=reviewer, public_ids=ids[:1], let_in=True, moment=NOW) == 1
    assert doubts.settle(session, viewer=reviewer, public_ids=ids[1:2], let_in=False, moment=NOW)
    session.expire_all()
    assert [row.hold for row in rows] == ["none", "doubtful", "doubtful"]
    assert [row.hold_outcome for row in rows] == ["released", "dealt_with", None]


def test_what_was_let_in_stays_and_the_next_of_that_voice_waits(
    session: Session, world: World, nurse: Staff, reviewer: Viewer
) -> None:
    rows = left(session, world, nurse, *VOICES)
    for row in rows:
        doubts.settle(session, viewer=reviewer, public_ids=[row.public_id], let_in=True, moment=NOW)
    [new] = left(session, world, nurse, VOICES[0])
    session.expire_all()
    assert holds(rows) == [("none", "alike")] * 3
    assert holds([new]) == [("doubtful", "alike")]


def test_what_a_reviewer_decided_stays_as_it_is(
    session: Session, world: World, nurse: Staff, reviewer: Viewer
) -> None:
    [first] = left(session, world, nurse, VOICES[0])
    for remark in session.query(Remark).filter_by(comment_id=first.id, state="waiting"):
        decisions.confirm(
            session, viewer=reviewer, remark_public_id=remark.public_id, version=0, moment=NOW
        )
    rows = left(session, world, nurse, *VOICES[1:])
    session.expire_all()
    assert first.hold == "none"
    assert holds(rows) == [("doubtful", "alike")] * 2


def test_who_the_comments_are_about_never_meets_them(
    session: Session, world: World, nurse: Staff
) -> None:
    left(session, world, nurse, *VOICES)
    assert session.query(Match).count() > 0
    me = viewer_of(session, world.account(staff=nurse, review=True))
    assert doubts.page(session, viewer=me, moment=NOW).alike == ()
    assert doubts.waiting_count(session, viewer=me) == 0


def test_what_is_about_safety_is_a_case_before_it_is_alike(
    session: Session, world: World, nurse: Staff
) -> None:
    grave = "Ada Moss gave me the wrong tablets and I nearly died of it."
    rows = left(session, world, nurse, grave, grave, grave)
    assert holds(rows) == [("safety", None)] * 3
