from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.support.viewers import viewer_of
from tests.support.world import NOW, World
from training.services import adjustments, comment_reading, corrections, undoing
from training.services.decisions import Decided
from training.services.signing_in import Viewer
from training.store.tables import Comment, Remark


@pytest.fixture
def reviewer(session: Session, world: World) -> Viewer:
    return viewer_of(session, world.account("manager", review=True))


def corrected(session: Session, world: World, viewer: Viewer, text: str) -> Decided:
    _, remark, _ = world.read_comment(text, about=world.staff())
    return corrections.correct(
        session, viewer=viewer, remark_public_id=remark.public_id, version=remark.version,
        sentiment="positive", moment=NOW,
    )  # fmt: skip


def weights(session: Session, viewer: Viewer) -> dict[str, float]:
    found = adjustments.adjustment(session, practice_id=viewer.practice_id)
    return dict(found.weights)


def test_two_corrections_teach_a_word_and_undoing_one_unteaches_it(
    session: Session, world: World, reviewer: Viewer
) -> None:
    corrected(session, world, reviewer, "Gradely nurse")
    assert weights(session, reviewer) == {}
    last = corrected(session, world, reviewer, "The morning was gradely")
    assert weights(session, reviewer) == {"gradely": 0.6}
    undoing.undo(
        session, viewer=reviewer, public_id=last.public_id, moment=NOW + timedelta(seconds=5)
    )
    assert weights(session, reviewer) == {}


def test_a_held_comment_teaches_nothing(session: Session, world: World, reviewer: Viewer) -> None:
    corrected(session, world, reviewer, "Gradely nurse")
    corrected(session, world, reviewer, "The morning was gradely")
    session.query(Comment).update({"hold": "safety"})
    session.commit()
    assert weights(session, reviewer) == {}


def test_another_practice_learns_nothing_from_it(
    session: Session, world: World, reviewer: Viewer
) -> None:
    corrected(session, world, reviewer, "Gradely nurse")
    corrected(session, world, reviewer, "The morning was gradely")
    other = adjustments.adjustment(session, practice_id=reviewer.practice_id + 1)
    assert other.weights == {}


def test_the_next_comment_is_read_with_what_was_corrected(
    session: Session, world: World, reviewer: Viewer
) -> None:
    corrected(session, world, reviewer, "Gradely nurse")
    corrected(session, world, reviewer, "The morning was gradely")
    comment = world.comment("It was gradely.")
    session.commit()
    comment_reading.read(session, comment_id=comment.id, moment=NOW)
    session.expire_all()
    (remark,) = session.query(Remark).filter_by(comment_id=comment.id)
    assert (remark.sentiment, "gradely" in remark.why) == ("positive", True)
