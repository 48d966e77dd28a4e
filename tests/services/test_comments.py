"""A comment's way in: kept first, once, and without a way back where the patient wants none."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.support.codes import invitation_code, poster_code
from tests.support.world import NOW, TODAY, World
from training.services import comments
from training.services.comments import ALREADY, BadWords, Counts, Receipt, Words
from training.services.doors import CodeGone
from training.store.tables import Alert, Answer, Comment, CommentStaff, Invitation, Visit

KEY = b"the key of these tests"
PRAISE = "Ada listened to me and was so kind."


def code_of(session: Session, visit: Visit, moment: datetime = NOW) -> str:
    return invitation_code(session, visit, KEY, moment)


def poster(session: Session, world: World) -> str:
    return poster_code(session, world.site_one, KEY)


def leave(session: Session, code: str, moment: datetime = NOW, **said: Any) -> Receipt:
    words = Words(**{"post_key": "key-of-this-page-0001", "went_well": PRAISE, **said})
    return comments.leave(session, code=code, key=KEY, words=words, moment=moment)


def only(session: Session) -> Comment:
    session.expire_all()
    return session.query(Comment).one()


def test_a_comment_is_kept_then_read_and_its_code_is_spent(session: Session, world: World) -> None:
    ada = world.staff("Ada", "Moss")
    receipt = leave(session, code_of(session, world.visit(ada)))
    kept = only(session)
    assert receipt == Receipt(kept.id, kept.public_id)
    assert (kept.reading_state, kept.source, kept.had_visit) == ("waiting", "code", True)
    assert session.query(Answer).one().text == PRAISE
    assert session.query(Invitation).one().used_on == TODAY
    assert comments.read(session, comment_id=kept.id, moment=NOW) == Counts(read=1)
    assert only(session).reading_state == "read"


def test_what_was_left_is_committed_before_anything_else(session: Session, world: World) -> None:
    leave(session, code_of(session, world.visit()))
    session.rollback()
    assert only(session).reading_state == "waiting"


def test_an_anonymous_comment_keeps_a_copy_and_no_way_back(session: Session, world: World) -> None:
    ada, ben = world.staff("Ada", "Moss"), world.staff("Ben", "Oak")
    visit = world.visit(ada, ben, stage="treatment", channel="phone")
    leave(session, code_of(session, visit), about=(ada.public_id,), contact="me@home.example")
    kept = only(session)
    assert (kept.visit_id, kept.invitation_id, kept.contact) == (None, None, None)
    assert (kept.stage, kept.channel, kept.site_id) == ("treatment", "phone", world.site_one.id)
    rows = session.query(CommentStaff).order_by(CommentStaff.staff_id)
    assert [(r.staff_id, r.on_visit, r.tapped) for r in rows] == [
        (ada.id, True, True),
        (ben.id, True, False),
    ]


def test_a_patient_who_may_be_contacted_stays_tied_to_the_visit(
    session: Session, world: World
) -> None:
    visit = world.visit()
    leave(session, code_of(session, visit), openness="contact", contact=" me@home.example ")
    kept = only(session)
    assert (kept.visit_id, kept.contact) == (visit.id, "me@home.example")


def test_contact_details_are_kept_only_for_those_who_want_an_answer(
    session: Session, world: World
) -> None:
    visit = world.visit()
    leave(session, code_of(session, visit), openness="known", contact="me@home.example")
    kept = only(session)
    assert (kept.visit_id, kept.contact) == (visit.id, None)


def test_the_day_is_the_practices_own(session: Session, world: World) -> None:
    late = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    code = code_of(session, world.visit(), moment=late)
    leave(session, code, moment=late)
    assert only(session).local_day.isoformat() == "2026-07-02"


def test_the_patients_own_stage_goes_before_the_visits(session: Session, world: World) -> None:
    leave(session, code_of(session, world.visit(stage="treatment")), stage="request")
    assert only(session).stage == "request"


@pytest.mark.parametrize(
    ("tapped", "kept"),
    [
        ((), "unsaid"),
        (("someone_else",), "someone_else"),
        (("not_a_person",), "not_a_person"),
        (("nobody-we-know",), "unsaid"),
    ],
)
def test_who_it_is_about_is_kept_as_the_patient_said(
    session: Session, world: World, tapped: tuple[str, ...], kept: str
) -> None:
    leave(session, code_of(session, world.visit(world.staff())), about=tapped)
    assert only(session).about == kept
    assert not session.query(CommentStaff).one().tapped


def test_staff_who_were_not_on_the_visit_cannot_be_tapped(
    session: Session, world: World, other_world: World
) -> None:
    elsewhere, foreign = world.staff("Eve", "Elm"), other_world.staff("Fay", "Fir")
    tapped = (elsewhere.public_id, foreign.public_id)
    leave(session, code_of(session, world.visit(world.staff())), about=tapped)
    assert only(session).about == "unsaid"
    assert session.query(CommentStaff).count() == 1


def test_one_code_takes_one_comment(session: Session, world: World) -> None:
    code = code_of(session, world.visit())
    leave(session, code)
    assert leave(session, code) == ALREADY
    assert leave(session, code, post_key="key-of-another-page-1") == ALREADY
    assert session.query(Comment).count() == 1


def test_one_post_to_a_poster_is_one_comment_and_another_is_another(
    session: Session, world: World
) -> None:
    code = poster(session, world)
    assert leave(session, code).comment_id
    assert leave(session, code) == ALREADY
    assert leave(session, code, post_key="key-of-another-page-1").comment_id
    kept = session.query(Comment).all()
    assert [(c.source, c.had_visit, c.site_id) for c in kept] == [
        ("site_code", False, world.site_one.id)
    ] * 2


def test_a_rating_alone_is_enough(session: Session, world: World) -> None:
    leave(session, code_of(session, world.visit()), went_well="", rating="poor")
    kept = only(session)
    comments.read(session, comment_id=kept.id, moment=NOW)
    kept = only(session)
    assert (kept.rating, kept.reading_state, kept.sentiment) == ("poor", "read", None)


@pytest.mark.parametrize("text", ["", " \n ", "\x00\u202e", "a" * 5_001])
def test_nothing_and_too_much_are_refused_and_spend_no_code(
    session: Session, world: World, text: str
) -> None:
    code = code_of(session, world.visit())
    with pytest.raises(BadWords):
        leave(session, code, went_well=text)
    assert session.query(Comment).count() == 0
    assert session.query(Invitation).one().used_on is None


def test_a_text_of_5000_code_points_is_kept_whole(session: Session, world: World) -> None:
    text = "👩‍⚕️" * 1_250
    assert len(text) == 5_000
    leave(session, code_of(session, world.visit()), went_well=text)
    assert session.query(Answer).one().text == text


def test_nul_and_lone_surrogates_are_cleaned_before_storing(session: Session, world: World) -> None:
    leave(session, code_of(session, world.visit()), went_well="Ki\x00nd \ud800staff")
    session.expire_all()
    assert session.query(Answer).one().text == "Kind staff"


def test_an_unknown_or_expired_code_keeps_nothing(session: Session, world: World) -> None:
    code = code_of(session, world.visit())
    with pytest.raises(CodeGone):
        leave(session, "AB7K-92QX-MW")
    with pytest.raises(CodeGone):
        leave(session, code, moment=NOW + timedelta(days=15))
    assert session.query(Comment).count() == 0


def test_the_poster_of_a_closed_site_takes_no_comment(session: Session, world: World) -> None:
    code = poster(session, world)
    world.site_one.closed_on = TODAY
    session.commit()
    with pytest.raises(CodeGone):
        leave(session, code)


def test_someone_is_not_safe_is_held_and_told_of_before_it_is_read(
    session: Session, world: World
) -> None:
    world.account("manager", safeguard=True)
    leave(session, code_of(session, world.visit()), asks=("safety", "complaint"))
    kept = only(session)
    assert (kept.hold, kept.asked_for, kept.flags) == (
        "safety",
        "safety",
        ["complaint", "safety"],
    )
    assert session.query(Alert).one().comment_id == kept.id
    counts = comments.read(session, comment_id=kept.id, moment=NOW)
    assert counts == Counts(read=1, held=1)
    assert only(session).hold == "safety"
    assert session.query(Alert).count() == 1


def test_a_formal_complaint_reaches_a_person_and_is_no_score(
    session: Session, world: World
) -> None:
    world.account("manager", safeguard=True)
    leave(session, code_of(session, world.visit()), asks=("complaint",))
    comments.read_waiting(session, moment=NOW)
    kept = only(session)
    assert (kept.asked_for, kept.hold) == ("complaint", "safety")
    assert "complaint" in kept.flags
    assert session.query(Alert).count() == 1


def test_contact_details_are_deleted_after_fourteen_days(session: Session, world: World) -> None:
    leave(session, code_of(session, world.visit()), openness="contact", contact="me@home.example")
    assert comments.forget_contacts(session, moment=NOW + timedelta(days=14)) == 0
    assert comments.forget_contacts(session, moment=NOW + timedelta(days=14, seconds=1)) == 1
    assert only(session).contact is None
