from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.services.test_review import confirm, fresh, viewer_of
from tests.support.world import NOW, World
from training.services import case_work, decisions, remarks, undoing
from training.services.people import NotFound
from training.services.signing_in import Viewer
from training.store.tables import Case, Match, Remark, Staff


@pytest.fixture
def nurse(world: World) -> Staff:
    return world.staff()


@pytest.fixture
def me(session: Session, world: World, nurse: Staff) -> Viewer:
    return viewer_of(session, world.account(staff=nurse))


@pytest.fixture
def reviewer(session: Session, world: World) -> Viewer:
    return viewer_of(session, world.account("manager", review=True, safeguard=True))


def release(session: Session, world: World, **more: Any) -> int:
    given = {"moment": NOW, **more}
    return remarks.release(session, practice_id=world.practice.id, **given)


def praise(world: World, nurse: Staff, text: str = "Ada was kind.", **more: Any) -> Match:
    given = {"sentiment": "positive", "state": "settled", **more}
    match = world.read_comment(text, about=nurse, **given)[2]
    assert match is not None
    return match


def criticism(world: World, nurse: Staff, text: str = "Ada was short.", **more: Any) -> Remark:
    return world.read_comment(text, about=nurse, **more)[1]


def texts(said: remarks.Said) -> list[str]:
    return [one.text for one in (*said.praise, *said.criticism)]


# --- When ---------------------------------------------------------------------------------------


def test_certain_praise_is_shown_at_once(
    session: Session, world: World, nurse: Staff, me: Viewer
) -> None:
    praise(world, nurse)
    assert remarks.said(session, viewer=me).praise == ()
    assert release(session, world) == 1
    session.rollback()  # the sweep closes its session without another word
    assert texts(remarks.said(session, viewer=me)) == ["Ada was kind."]


def test_praise_that_only_may_be_about_somebody_waits_for_a_reviewer(
    session: Session, world: World, nurse: Staff, me: Viewer, reviewer: Viewer
) -> None:
    remark = criticism(world, nurse, "Someone was kind.", sentiment="positive", certain=False)
    assert release(session, world) == 0
    confirm(session, reviewer, remark)
    assert texts(remarks.said(session, viewer=me)) == ["Someone was kind."]


def test_criticism_is_shown_when_three_confirmed_ones_wait(
    session: Session, world: World, nurse: Staff, me: Viewer, reviewer: Viewer
) -> None:
    rows = [criticism(world, nurse, f"Ada was short {n}.") for n in range(3)]
    for row in rows[:2]:
        confirm(session, reviewer, row)
    assert remarks.said(session, viewer=me).criticism == ()
    confirm(session, reviewer, rows[2])
    assert len(remarks.said(session, viewer=me).criticism) == 3


def test_three_about_different_people_are_no_batch(
    session: Session, world: World, nurse: Staff, me: Viewer, reviewer: Viewer
) -> None:
    for person in (nurse, world.staff("Ben", "Rook"), world.staff("Cy", "Vale")):
        confirm(session, reviewer, criticism(world, person))
    assert texts(remarks.said(session, viewer=me)) == []


def test_criticism_is_shown_four_weeks_after_the_oldest_decision(
    session: Session, world: World, nurse: Staff, me: Viewer, reviewer: Viewer
) -> None:
    confirm(session, reviewer, criticism(world, nurse))
    almost = NOW + timedelta(days=28) - timedelta(seconds=1)
    assert release(session, world, moment=almost) == 0
    assert release(session, world, moment=NOW + timedelta(days=28)) == 1
    assert texts(remarks.said(session, viewer=me)) == ["Ada was short."]


def test_criticism_that_nobody_confirmed_is_never_shown(
    session: Session, world: World, nurse: Staff, me: Viewer
) -> None:
    for _ in range(4):
        criticism(world, nurse)
    # certain, and left with nothing to decide: still criticism that no reviewer has seen
    for match_state in ("proposed", "confirmed") * 4:
        criticism(world, nurse, state="settled", match_state=match_state)
    assert release(session, world, moment=NOW + timedelta(days=99)) == 0
    assert texts(remarks.said(session, viewer=me)) == []


@pytest.mark.parametrize("barred", [{"hold": "safety"}, {"hold": "unread"}, {"may_learn": False}])
def test_what_is_held_or_not_consented_to_is_never_shown(
    session: Session, world: World, nurse: Staff, me: Viewer, barred: dict[str, Any]
) -> None:
    praise(world, nurse, **barred)
    praise(world, nurse, shown_at=NOW, **barred)
    for _ in range(3):
        criticism(world, nurse, state="confirmed", match_state="confirmed", **barred)
    assert release(session, world, moment=NOW + timedelta(days=99)) == 0
    assert texts(remarks.said(session, viewer=me)) == []


def test_what_is_rejected_is_never_shown(
    session: Session, world: World, nurse: Staff, me: Viewer, reviewer: Viewer
) -> None:
    for _ in range(3):
        row = criticism(world, nurse)
        decisions.reject(
            session, viewer=reviewer, remark_public_id=row.public_id, version=0, moment=NOW
        )
    assert release(session, world, moment=NOW + timedelta(days=99)) == 0
    assert texts(remarks.said(session, viewer=me)) == []


def test_releasing_a_held_comment_lets_its_praise_through(
    session: Session, world: World, nurse: Staff, me: Viewer, reviewer: Viewer
) -> None:
    world.read_comment(
        "Ada was kind.", about=nurse, sentiment="positive", state="settled", hold="safety"
    )
    case = session.query(Case).one()
    case_work.close(
        session, viewer=reviewer, public_id=case.public_id, version=0, outcome="no_concern",
        words="A joke.", may_count=True, moment=NOW,
    )  # fmt: skip
    assert texts(remarks.said(session, viewer=me)) == ["Ada was kind."]


def test_an_undone_confirmation_takes_back_what_it_showed(
    session: Session, world: World, nurse: Staff, me: Viewer, reviewer: Viewer
) -> None:
    rows = [criticism(world, nurse, f"Ada was short {n}.") for n in range(3)]
    made = [confirm(session, reviewer, row) for row in rows]
    assert len(remarks.said(session, viewer=me).criticism) == 3
    undoing.undo(session, viewer=reviewer, public_id=made[1].public_id, moment=NOW)
    assert set(texts(remarks.said(session, viewer=me))) == {"Ada was short 0.", "Ada was short 2."}
    # what others in the batch showed stays; confirmed again, it waits like any other
    confirm(session, reviewer, fresh(session, rows[1]))
    assert len(remarks.said(session, viewer=me).criticism) == 2


def test_a_remark_that_was_moved_is_shown_to_the_other_person_only(
    session: Session, world: World, nurse: Staff, me: Viewer, reviewer: Viewer
) -> None:
    rook = world.staff("Ben", "Rook")
    theirs = viewer_of(session, world.account(staff=rook))
    for n in range(3):
        row = criticism(world, nurse, f"Short {n}.")
        decisions.move(
            session, viewer=reviewer, remark_public_id=row.public_id, version=0,
            staff_public_id=rook.public_id, moment=NOW,
        )  # fmt: skip
    assert texts(remarks.said(session, viewer=me)) == []
    assert len(remarks.said(session, viewer=theirs).criticism) == 3


def test_another_practice_s_remarks_are_not_released(
    session: Session, world: World, other_world: World
) -> None:
    praise(other_world, other_world.staff())
    assert release(session, world) == 0


# --- What ---------------------------------------------------------------------------------------


def test_a_person_sees_month_stage_and_skill_and_nothing_of_the_day(
    session: Session, world: World, nurse: Staff, me: Viewer
) -> None:
    praise(world, nurse, day=date(2026, 2, 27), stage="treatment", shown_at=NOW)
    (one,) = remarks.said(session, viewer=me).praise
    assert (one.month, one.stage, one.skills) == (date(2026, 2, 1), "treatment", ("empathy",))


def test_within_a_month_the_order_does_not_tell_the_days(
    session: Session, world: World, nurse: Staff, me: Viewer
) -> None:
    made = [
        praise(world, nurse, f"Kind {n}.", day=date(2026, 2, n), shown_at=NOW) for n in range(1, 9)
    ]
    ids = [session.get_one(Remark, match.remark_id).public_id for match in made]
    shown = [one.public_id for one in remarks.said(session, viewer=me).praise]
    assert shown == sorted(ids)


def test_months_come_newest_first(session: Session, world: World, nurse: Staff, me: Viewer) -> None:
    for month in (1, 3, 2):
        praise(world, nurse, f"Month {month}.", day=date(2026, month, 5), shown_at=NOW)
    assert texts(remarks.said(session, viewer=me)) == ["Month 3.", "Month 2.", "Month 1."]


def test_only_the_remark_s_own_words_are_shown(
    session: Session, world: World, nurse: Staff, me: Viewer
) -> None:
    match = praise(world, nurse, "I am Jo Quill. Ada was kind. My toe hurts.", shown_at=NOW)
    row = session.get_one(Remark, match.remark_id)
    row.start, row.stop = 15, 29
    session.commit()
    assert texts(remarks.said(session, viewer=me)) == ["Ada was kind."]


def test_a_patient_s_address_and_number_are_hidden(
    session: Session, world: World, nurse: Staff, me: Viewer
) -> None:
    praise(world, nurse, "Ada rang 07700 900123 and jo@quill.example, kind.", shown_at=NOW)
    assert texts(remarks.said(session, viewer=me)) == [
        "Ada rang [number] and [e-mail address], kind."
    ]


def test_remarks_are_grouped_by_skill_praise_first(
    session: Session, world: World, nurse: Staff, me: Viewer
) -> None:
    praise(world, nurse, "a", skill="listening", shown_at=NOW)
    praise(world, nurse, "b", skill=None, shown_at=NOW)
    praise(world, nurse, "c", skill=None, shown_at=NOW)
    for text in ("d", "e"):
        criticism(
            world, nurse, text, skill="empathy", state="confirmed", match_state="confirmed",
            shown_at=NOW,
        )  # fmt: skip
    groups = remarks.by_skill(remarks.said(session, viewer=me))
    assert [(g.skill, len(g.praise), len(g.criticism)) for g in groups] == [
        ("empathy", 0, 2),
        ("listening", 1, 0),
        ("other", 2, 0),
    ]


def test_one_remark_opens_for_its_person_only(
    session: Session, world: World, nurse: Staff, me: Viewer, reviewer: Viewer
) -> None:
    match = praise(world, nurse, shown_at=NOW)
    public_id = session.get_one(Remark, match.remark_id).public_id
    assert remarks.remark_of(session, viewer=me, public_id=public_id).text == "Ada was kind."
    colleague = viewer_of(session, world.account(staff=world.staff("Ben", "Rook")))
    for other in (colleague, reviewer):
        with pytest.raises(NotFound):
            remarks.remark_of(session, viewer=other, public_id=public_id)


def test_who_is_on_no_roster_has_no_remarks(session: Session, reviewer: Viewer) -> None:
    with pytest.raises(NotFound):
        remarks.said(session, viewer=reviewer)


def test_the_newest_of_each_sign_come_with_how_much_more_there_is(
    session: Session, world: World, nurse: Staff, me: Viewer
) -> None:
    for month in (1, 3, 2):
        praise(world, nurse, f"Month {month}.", day=date(2026, month, 5), shown_at=NOW)
    found = remarks.newest(session, viewer=me, most=2)
    assert texts(found) == ["Month 3.", "Month 2."]
    assert (found.more_praise, found.more_criticism) == (1, 0)


def test_pages_hold_a_hundred_and_every_remark_is_on_one(
    session: Session, world: World, nurse: Staff, me: Viewer
) -> None:
    for n in range(remarks.A_PAGE + 1):
        praise(world, nurse, f"Kind {n}.", day=date(2026, 1, 1 + n % 28), shown_at=NOW)
    first = remarks.page_of(session, viewer=me, number=1)
    last = remarks.page_of(session, viewer=me, number=99)
    assert (first.number, last.number, last.pages) == (1, 2, 2)
    assert len(first.said.praise) == remarks.A_PAGE
    everything = [*first.said.praise, *last.said.praise]
    assert everything == list(remarks.said(session, viewer=me).praise)
