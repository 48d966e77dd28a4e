"""Comments that a patient may not have sent: kept, set apart, and let in or set aside by a reviewer."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.support.codes import invitation_code, poster_code
from tests.support.viewers import viewer_of
from tests.support.world import NOW, TODAY, World
from training.services import comments, doubts, retention, review
from training.services.comments import Words
from training.services.doubts import MOST_PER_CODE, NO_SIGNS, Signs
from training.services.signing_in import Viewer
from training.store.tables import Alert, Audit, Comment, Match

KEY = b"the key of these tests"
ROBOT = Signs(robot=True)
UNKIND = "Ada Moss was rude to me."
KIND = "Ada Moss was kind."


def leave(
    session: Session, code: str, number: int = 1, *, words: str = UNKIND, signs: Signs = NO_SIGNS
) -> Comment:
    said = Words(post_key=f"key-of-this-page-{number:04}", went_well=words, may_learn=True)
    receipt = comments.leave(session, code=code, key=KEY, words=said, moment=NOW, signs=signs)
    assert receipt.comment_id
    assert receipt.reference
    comments.read(session, comment_id=receipt.comment_id, moment=NOW)
    session.expire_all()
    return session.get_one(Comment, receipt.comment_id)


@pytest.fixture
def reviewer(session: Session, world: World) -> Viewer:
    return viewer_of(session, world.account("staff", review=True))


@pytest.fixture
def poster(session: Session, world: World) -> str:
    world.staff("Ada", "Moss")
    return poster_code(session, world.site_one, KEY)


def test_what_a_program_sent_is_kept_and_read_but_waits_apart(
    session: Session, poster: str, reviewer: Viewer
) -> None:
    kept = leave(session, poster, signs=ROBOT)
    assert (kept.hold, kept.doubt, kept.reading_state) == ("doubtful", "robot", "read")
    assert review.queue(session, viewer=reviewer, moment=NOW).total == 0
    assert session.query(Alert).count() == 0
    (shown,) = doubts.page(session, viewer=reviewer, moment=NOW).waiting
    assert (shown.reason, shown.texts) == ("robot", (UNKIND,))
    assert session.query(Audit).filter_by(verb="read_comment", noun_id=kept.id).count() == 1


def test_a_crowd_by_one_code_is_set_apart_and_the_first_of_it_is_not(
    session: Session, poster: str
) -> None:
    held = [leave(session, poster, at).hold for at in range(MOST_PER_CODE + 2)]
    assert held == ["none"] * MOST_PER_CODE + ["doubtful"] * 2


def test_a_patient_with_an_invitation_is_no_crowd(
    session: Session, world: World, poster: str
) -> None:
    for at in range(MOST_PER_CODE):
        leave(session, poster, at)
    own = invitation_code(session, world.visit(), KEY)
    assert leave(session, own, 99).hold == "none"


def test_a_call_for_help_goes_to_those_who_safeguard_whoever_sent_it(
    session: Session, poster: str, world: World
) -> None:
    world.account("staff", safeguard=True)
    kept = leave(session, poster, words="I want to kill myself tonight.", signs=ROBOT)
    assert kept.hold == "safety"
    assert session.query(Alert).count() == 1


def test_what_staff_may_have_sent_is_told_as_that_by_a_poster_and_by_an_invitation(
    session: Session, poster: str, world: World, reviewer: Viewer
) -> None:
    own = invitation_code(session, world.visit(), KEY)
    signs = Signs(staff=True, robot=True, crowded=True)
    for number, code in enumerate((poster, own)):
        assert leave(session, code, number, words=KIND, signs=signs).doubt == "staff"
    page = doubts.page(session, viewer=reviewer, moment=NOW)
    assert [one.reason for one in page.waiting] == ["staff", "staff"]


def shown(session: Session) -> int:
    return session.query(Match).filter(Match.shown_at.is_not(None)).count()


def test_praise_that_staff_may_have_sent_reaches_nobody_until_it_is_let_in(
    session: Session, world: World, reviewer: Viewer
) -> None:
    own = invitation_code(session, world.visit(world.staff("Ada", "Moss")), KEY)
    kept = leave(session, own, words=KIND, signs=Signs(staff=True))
    assert shown(session) == 0
    doubts.settle(session, viewer=reviewer, public_ids=[kept.public_id], let_in=True, moment=NOW)
    session.expire_all()
    assert (kept.hold, shown(session)) == ("none", 1)


def test_a_call_for_help_from_a_signed_in_browser_goes_to_those_who_safeguard(
    session: Session, poster: str
) -> None:
    words = "I want to kill myself tonight."
    assert leave(session, poster, words=words, signs=Signs(staff=True)).hold == "safety"


def test_what_is_let_in_waits_for_review_like_any_other(
    session: Session, poster: str, reviewer: Viewer
) -> None:
    kept = leave(session, poster, signs=ROBOT)
    changed = doubts.settle(
        session, viewer=reviewer, public_ids=[kept.public_id], let_in=True, moment=NOW
    )
    session.expire_all()
    assert (changed, kept.hold, kept.hold_outcome) == (1, "none", "released")
    assert review.queue(session, viewer=reviewer, moment=NOW).total == 1
    assert session.query(Audit).filter_by(verb="let_in", noun_id=kept.id).count() == 1


def test_what_is_set_aside_counts_nowhere_and_can_be_let_in_after_all(
    session: Session, poster: str, reviewer: Viewer
) -> None:
    kept = leave(session, poster, signs=ROBOT)
    ids = [kept.public_id]
    assert doubts.settle(session, viewer=reviewer, public_ids=ids, let_in=False, moment=NOW) == 1
    assert doubts.settle(session, viewer=reviewer, public_ids=ids, let_in=False, moment=NOW) == 0
    page = doubts.page(session, viewer=reviewer, moment=NOW)
    assert (page.total, [one.public_id for one in page.aside]) == (0, ids)
    assert review.queue(session, viewer=reviewer, moment=NOW).total == 0
    assert doubts.settle(session, viewer=reviewer, public_ids=ids, let_in=True, moment=NOW) == 1
    assert review.queue(session, viewer=reviewer, moment=NOW).total == 1


def test_another_site_another_practice_and_whoever_does_not_review_see_nothing(
    session: Session, poster: str, reviewer: Viewer, world: World
) -> None:
    kept = leave(session, poster, signs=ROBOT)
    elsewhere = world.site("Elsewhere").id
    for other in (
        replace(reviewer, site_ids=(elsewhere,)),
        replace(reviewer, practice_id=reviewer.practice_id + 1),
        replace(reviewer, may_review=False),
    ):
        assert doubts.waiting_count(session, viewer=other) == 0
        assert doubts.page(session, viewer=other, moment=NOW).waiting == ()
        assert not doubts.settle(
            session, viewer=other, public_ids=[kept.public_id], let_in=True, moment=NOW
        )
    assert doubts.waiting_count(session, viewer=reviewer) == 1


def test_what_nobody_looked_at_is_erased_with_the_others_when_its_time_is_over(
    session: Session, poster: str, world: World
) -> None:
    kept = leave(session, poster, signs=ROBOT)
    world.practice.keep_months = 12
    session.commit()
    later = timedelta(days=500)
    retention.erase_due(
        session, practice_id=world.practice.id, today=TODAY + later, moment=NOW + later
    )
    session.expire_all()
    assert kept.reading_state == "erased"
