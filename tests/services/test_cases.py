"""Cases: who opens them, who meets them, what is done about them, and that nobody else learns of one."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.services.test_import_undo import COMMENTS_HEAD
from tests.services.test_import_undo import Desk as Importer
from tests.support import sums
from tests.support.viewers import race, viewer_of
from tests.support.world import NOW, TODAY, World
from training.services import (
    alerts,
    audit_log,
    case_opening,
    case_work,
    cases,
    comments,
    opening,
    remarks,
    review,
    ten_minutes,
    withdrawing,
)
from training.services.audit_log import AuditFilters
from training.services.case_opening import NotSaid
from training.services.case_work import Changed
from training.services.people import NotFound
from training.services.signing_in import Viewer
from training.store import erasing
from training.store.tables import Account, Alert, Audit, Case, CaseEntry, Comment, Staff

LATER = NOW + timedelta(hours=1)


@dataclass
class Desk:
    """Somebody who safeguards, working on cases."""

    session: Session
    viewer: Viewer

    def page(self, show: str = "open", **more: Any) -> cases.Cases:
        given = {"page": 1, "today": TODAY, **more}
        return cases.page(self.session, viewer=self.viewer, show=show, **given)

    def open(self, public_id: str, today: date = TODAY) -> cases.OpenCase:
        return cases.open_case(
            self.session, viewer=self.viewer, public_id=public_id, today=today, moment=NOW
        )

    def close(self, public_id: str, **more: Any) -> None:
        given = {
            "version": self.open(public_id).version, "outcome": "acted_on", "words": "Called her.",
            "may_count": False, "moment": LATER, **more,
        }  # fmt: skip
        case_work.close(self.session, viewer=self.viewer, public_id=public_id, **given)

    def reopen(self, public_id: str, **more: Any) -> None:
        given = {"version": self.open(public_id).version, "words": "More came.", "moment": LATER}
        case_work.open_again(
            self.session, viewer=self.viewer, public_id=public_id, **{**given, **more}
        )

    def assign(self, public_id: str, owner: Account, **more: Any) -> None:
        given = {
            "version": self.open(public_id).version, "owner": owner.public_id,
            "due_on": TODAY + timedelta(days=2), "moment": LATER, **more,
        }  # fmt: skip
        case_work.assign(self.session, viewer=self.viewer, public_id=public_id, **given)


@pytest.fixture
def account(world: World) -> Account:
    return world.account("manager", review=True, safeguard=True, name="Yetunde Cole")


@pytest.fixture
def desk(session: Session, account: Account) -> Desk:
    return Desk(session, viewer_of(session, account))


@pytest.fixture
def reviewer(session: Session, world: World) -> Viewer:
    return viewer_of(session, world.account("manager", review=True))


@pytest.fixture
def nurse(world: World) -> Staff:
    return world.staff()


def held(world: World, text: str = "Ada hit me.", **more: Any) -> Case:
    """Add a comment that is held for safety; return its case."""
    comment, _, _ = world.read_comment(text, hold="safety", severity=3, **more)
    return case_of(world.session, comment)


def case_of(session: Session, comment: Comment) -> Case:
    return session.scalars(select(Case).where(Case.comment_id == comment.id)).one()


def read(session: Session, comment: Comment) -> Case:
    comments.read(session, comment_id=comment.id, moment=NOW)
    session.expire_all()
    return case_of(session, comment)


def log_of(case: Case, session: Session) -> list[tuple[str, str, str]]:
    rows = session.scalars(select(CaseEntry).where(CaseEntry.case_id == case.id))
    return [(row.verb, row.fact, row.words) for row in rows]


def hand_over(session: Session, viewer: Viewer, comment: Comment, **more: Any) -> None:
    given = {"kind": "safeguarding", "words": "A child is named.", "moment": NOW, **more}
    case_opening.hand_over(session, viewer=viewer, public_id=comment.public_id, **given)


# --- Opening one -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("I want to end my life.", "self_harm"),
        ("I was sexually assaulted by the doctor.", "safeguarding"),
        ("She gave me the wrong tablets and I nearly died.", "safety"),
    ],
)
def test_reading_a_grave_comment_opens_its_case(
    session: Session, world: World, text: str, kind: str
) -> None:
    case = read(session, world.comment(text))
    assert (case.kind, case.owner_id, case.opened_by, case.due_on) == (
        kind, None, None, TODAY + timedelta(days=1),
    )  # fmt: skip
    assert case.site_id == world.site_one.id
    assert log_of(case, session) == [("opened", kind, "")]


@pytest.mark.parametrize("text", ["She was short with me.", "I waited an hour.", "All fine."])
def test_an_ordinary_comment_opens_none(session: Session, world: World, text: str) -> None:
    comments.read(session, comment_id=world.comment(text).id, moment=NOW)
    assert session.query(Case).count() == 0


def test_a_comment_has_one_case_which_a_later_reading_makes_more_pressing(
    session: Session, world: World
) -> None:
    comment = world.comment(
        "I want to end my life.", asked_for="complaint", flags=["complaint"], hold="safety"
    )
    case_opening.ensure(session, comment=comment, moment=NOW)
    session.commit()
    assert (case_of(session, comment).kind, case_of(session, comment).due_on) == (
        "complaint", TODAY + timedelta(days=3),
    )  # fmt: skip
    case = read(session, comment)
    assert (case.kind, case.due_on) == ("self_harm", TODAY + timedelta(days=1))
    assert [verb for verb, _, _ in log_of(case, session)] == ["opened", "kind"]


def test_a_comment_that_could_not_be_read_is_no_case(session: Session, world: World) -> None:
    world.practice.reading_on = False
    session.commit()
    comments.read(session, comment_id=world.comment("I want to end my life.").id, moment=NOW)
    assert session.query(Case).count() == 0


# --- Who meets one -----------------------------------------------------------------------------


def everything(session: Session, viewer: Viewer, case: Case) -> list[Callable[[], object]]:
    """Every way to a case, for a viewer who should find none."""
    given = {"viewer": viewer, "public_id": case.public_id, "moment": NOW}
    versioned = {**given, "version": case.version}
    due = TODAY + timedelta(days=2)
    return [
        lambda: cases.open_case(session, today=TODAY, **given),
        lambda: case_work.note(session, words="Mine.", **given),
        lambda: case_work.assign(session, owner="", due_on=due, **versioned),
        lambda: case_work.close(
            session, outcome="acted_on", words="Gone.", may_count=False, **versioned
        ),
        lambda: case_work.open_again(session, words="Again.", **versioned),
    ]


def strangers(session: Session, world: World, other_world: World, nurse: Staff) -> list[Viewer]:
    annexe = world.site("Annexe")
    accounts = [
        world.account("admin", review=True),
        world.account("manager", review=True),
        world.account("staff", staff=nurse, review=True, safeguard=True),
        world.account("manager", review=True, safeguard=True, sites=[annexe]),
        other_world.account("admin", review=True, safeguard=True),
    ]
    return [viewer_of(session, account) for account in accounts]


def test_a_case_exists_for_nobody_without_the_right_site_and_practice_or_whom_it_is_about(
    session: Session, world: World, other_world: World, nurse: Staff
) -> None:
    case = held(world, about=nurse, match_state="rejected")
    for viewer in strangers(session, world, other_world, nurse):
        for way in everything(session, viewer, case):
            with pytest.raises(NotFound):
                way()
        assert cases.count(session, viewer=viewer, today=TODAY).open == 0
        assert review.queue(session, viewer=viewer, moment=NOW).held == ()
        assert ten_minutes.order(session, viewer=viewer, moment=NOW) == []
        if viewer.may_safeguard:
            assert Desk(session, viewer).page().lines == ()
        else:
            with pytest.raises(NotFound):
                Desk(session, viewer).page()
    assert log_of(case, session) == [("opened", "safety", "")]


def test_whoever_a_patient_tapped_never_meets_the_case(
    session: Session, world: World, nurse: Staff
) -> None:
    case = held(world, "They hit me.", tapped=[nurse])
    me = Desk(session, viewer_of(session, world.account(staff=nurse, safeguard=True)))
    assert me.page().counts.open == 0
    with pytest.raises(NotFound):
        me.open(case.public_id)


def test_a_case_of_no_known_site_reaches_every_safeguarder(session: Session, world: World) -> None:
    case = held(world)
    case.site_id = None
    session.commit()
    account = world.account("manager", safeguard=True, sites=[world.site("Annexe")])
    assert Desk(session, viewer_of(session, account)).open(case.public_id).comment


def test_nobody_is_told_by_message_of_a_case_about_themselves(
    session: Session, world: World, account: Account, nurse: Staff
) -> None:
    mine = world.account(staff=nurse, safeguard=True)
    comment, _, _ = world.read_comment("Ada hit me.", about=nurse, hold="safety", severity=3)
    alerts.owe(session, comment=comment, moment=NOW)
    session.commit()
    told = set(session.scalars(select(Alert.account_id)))
    assert told == {account.id}
    assert mine.id not in told


def test_who_does_not_safeguard_finds_no_case_in_the_audit(
    session: Session, world: World, other_world: World, nurse: Staff, desk: Desk
) -> None:
    case = held(world, about=nurse)
    desk.open(case.public_id)
    assert {line.verb for line in seen(session, desk.viewer)} >= {"case_opened", "case_read"}
    for viewer in strangers(session, world, other_world, nurse):
        assert not [line for line in seen(session, viewer) if "case" in line.verb + line.noun]
        page = audit_log.page(session, viewer=viewer, filters=AuditFilters(), page=1)
        assert not [verb for verb, _ in page.verbs if "case" in verb]
        only = AuditFilters(verb="case_opened")
        assert audit_log.page(session, viewer=viewer, filters=only, page=1).total == 0


def seen(session: Session, viewer: Viewer) -> tuple[audit_log.AuditLine, ...]:
    return audit_log.everything(session, viewer=viewer, filters=AuditFilters())


# --- The list and one of them ------------------------------------------------------------------


def test_the_open_come_first_due_first_and_the_closed_newest_first(
    world: World, desk: Desk
) -> None:
    days = (TODAY, TODAY - timedelta(days=9), TODAY - timedelta(days=4))
    new, oldest, old = (held(world, day=day) for day in days)
    assert [line.public_id for line in desk.page().lines] == [
        oldest.public_id, old.public_id, new.public_id,
    ]  # fmt: skip
    assert [line.overdue for line in desk.page().lines] == [True, True, False]
    assert [line.public_id for line in desk.page("overdue").lines] == [
        oldest.public_id, old.public_id,
    ]  # fmt: skip
    desk.close(new.public_id, moment=LATER)
    desk.close(old.public_id, moment=LATER + timedelta(minutes=1))
    found = desk.page("closed")
    assert [line.public_id for line in found.lines] == [old.public_id, new.public_id]
    assert [line.outcome for line in found.lines] == ["acted_on", "acted_on"]
    assert (found.counts.open, found.counts.overdue, found.counts.closed) == (1, 1, 2)


def test_a_case_is_overdue_the_day_after_it_was_due(world: World, desk: Desk) -> None:
    case = held(world)
    assert desk.page("overdue", today=case.due_on).lines == ()
    assert len(desk.page("overdue", today=case.due_on + timedelta(days=1)).lines) == 1


def test_a_long_list_comes_in_pages(world: World, desk: Desk) -> None:
    for _ in range(cases.PAGE + 1):
        held(world)
    assert (len(desk.page().lines), len(desk.page(page=2).lines), desk.page().pages) == (25, 1, 2)
    assert (desk.page(page=99).page, desk.page(page=-1).page) == (2, 1)
    assert desk.page("nonsense").show == "open"


def test_opening_a_case_shows_the_words_and_is_audited(
    session: Session, world: World, desk: Desk, nurse: Staff
) -> None:
    case = held(world, about=nurse)
    found = desk.open(case.public_id)
    assert found.comment
    assert "".join(p.text for a in found.comment.answers for p in a.pieces) == "Ada hit me."
    assert found.comment.remarks[0].ties[0].name == "Ada Moss"
    [row] = session.scalars(select(Audit).where(Audit.verb == "case_read"))
    assert (row.account_id, row.noun_id, row.facts) == (desk.viewer.account_id, case.id, {})


def test_what_somebody_took_leaves_the_queue_and_not_the_list(
    session: Session, world: World, desk: Desk, account: Account
) -> None:
    case = held(world)
    assert [one.case for one in review.queue(session, viewer=desk.viewer, moment=NOW).held] == [
        case.public_id
    ]
    desk.assign(case.public_id, account)
    assert review.queue(session, viewer=desk.viewer, moment=NOW).held == ()
    [line] = desk.page().lines
    assert (line.owner, line.mine) == ("Yetunde Cole", True)
    late = NOW + timedelta(days=3)
    assert review.overdue(session, viewer=desk.viewer, moment=late) == 1  # taken is not closed


def test_the_queue_leads_from_a_held_comment_to_its_case(
    session: Session, world: World, desk: Desk
) -> None:
    comment, _, _ = world.read_comment("a", hold="safety")
    with pytest.raises(review.HandedOver) as over:
        opening.open_comment(session, viewer=desk.viewer, public_id=comment.public_id, moment=NOW)
    assert over.value.case == case_of(session, comment).public_id


# --- Working on one ----------------------------------------------------------------------------


def test_every_change_is_a_line_of_the_log_and_of_the_audit_without_its_words(
    session: Session, world: World, desk: Desk, account: Account
) -> None:
    case = held(world)
    case_work.note(
        session, viewer=desk.viewer, public_id=case.public_id, words=" Rang. ", moment=NOW
    )
    desk.assign(case.public_id, account)
    desk.close(case.public_id, outcome="passed_on", words="With the lead.")
    desk.reopen(case.public_id)
    due = (TODAY + timedelta(days=2)).isoformat()
    assert log_of(case, session) == [
        ("opened", "safety", ""),
        ("noted", "", "Rang."),
        ("assigned", "Yetunde Cole", ""),
        ("due", due, ""),
        ("closed", "passed_on", "With the lead."),
        ("reopened", "", "More came."),
    ]
    rows = session.scalars(select(Audit).where(Audit.noun == "case", Audit.verb != "case_read"))
    assert [(row.verb, row.facts) for row in rows] == [
        (f"case_{verb}", {}) for verb, _, _ in log_of(case, session)
    ]
    entry = desk.open(case.public_id).entries[3]
    assert (entry.name, entry.due, entry.fact) == ("Yetunde Cole", TODAY + timedelta(days=2), "")


@pytest.mark.parametrize("words", ["", "  \n", "x" * (case_opening.LONGEST + 1)])
def test_words_that_say_nothing_or_too_much_are_refused(
    session: Session, world: World, desk: Desk, words: str
) -> None:
    case = held(world)
    with pytest.raises(NotSaid, match="note"):
        case_work.note(
            session, viewer=desk.viewer, public_id=case.public_id, words=words, moment=NOW
        )
    with pytest.raises(NotSaid, match="reason"):
        desk.close(case.public_id, words=words)
    desk.close(case.public_id)
    with pytest.raises(NotSaid, match="again"):
        desk.reopen(case.public_id, words=words)
    assert [verb for verb, _, _ in log_of(case, session)] == ["opened", "closed"]


def test_only_who_may_meet_a_case_can_own_it(
    session: Session, world: World, other_world: World, desk: Desk, account: Account, nurse: Staff
) -> None:
    case = held(world, about=nurse)
    here = world.account("staff", safeguard=True, sites=[world.site_one], name="Bo Here")
    barred = [
        world.account(staff=nurse, safeguard=True),
        world.account("manager", review=True),
        world.account("staff", safeguard=True, sites=[world.site("Annexe")]),
        other_world.account("admin", safeguard=True),
    ]
    gone = world.account("staff", safeguard=True)
    gone.disabled_at = NOW
    session.commit()
    assert [name for _, name in desk.open(case.public_id).owners] == ["Bo Here", "Yetunde Cole"]
    for who in (*barred, gone):
        with pytest.raises(NotSaid, match="owner"):
            desk.assign(case.public_id, who)
    desk.assign(case.public_id, here)
    here.may_safeguard = False
    session.commit()
    found = desk.open(case.public_id)
    assert (found.line.owner, found.owner_gone, found.owner_id) == ("Bo Here", True, "")


@pytest.mark.parametrize("due", [None, TODAY - timedelta(days=1), TODAY + timedelta(days=400)])
def test_a_day_that_cannot_be_is_refused(
    world: World, desk: Desk, account: Account, due: date | None
) -> None:
    case = held(world)
    with pytest.raises(NotSaid, match="due"):
        desk.assign(case.public_id, account, due_on=due)


def test_whoever_comes_second_is_told_and_nothing_is_overwritten(
    session: Session, world: World, desk: Desk, account: Account
) -> None:
    case = held(world)
    desk.close(case.public_id, version=0)
    with pytest.raises(Changed):
        desk.close(case.public_id, version=0, outcome="no_concern", may_count=True)
    with pytest.raises(Changed):
        desk.assign(case.public_id, account, version=1)  # a closed case has no new owner
    desk.reopen(case.public_id)
    with pytest.raises(Changed):
        desk.reopen(case.public_id, version=2)
    with pytest.raises(Changed):
        desk.assign(case.public_id, account, version=1)
    session.expire_all()
    assert (case.outcome, case.version) == (None, 2)


def test_h01_of_four_who_close_at_once_exactly_one_does(
    app: Flask, session: Session, world: World, desk: Desk
) -> None:
    case = held(world)
    public_id = case.public_id
    session.rollback()

    def close(own: Session, number: int) -> None:
        case_work.close(
            own, viewer=desk.viewer, public_id=public_id, version=0, outcome="acted_on",
            words=f"By {number}.", may_count=False, moment=LATER,
        )  # fmt: skip

    assert race(app, close, told=(Changed,)) == ["told", "told", "told", "won"]
    session.expire_all()
    assert [verb for verb, _, _ in log_of(case, session)] == ["opened", "closed"]


# --- What becomes of the comment ---------------------------------------------------------------


def test_a_closed_case_keeps_its_comment_out_of_every_sum(
    session: Session, world: World, desk: Desk, nurse: Staff
) -> None:
    case = held(world, about=nurse)
    desk.close(case.public_id)
    comment = session.get_one(Comment, case.comment_id)
    assert (comment.hold, comment.hold_outcome) == ("safety", "dealt_with")
    assert sums.by_topic(session, world) == {}


def test_no_such_concern_lets_a_comment_count_and_opening_again_takes_it_out(
    session: Session, world: World, desk: Desk, nurse: Staff, reviewer: Viewer
) -> None:
    me = viewer_of(session, world.account(staff=nurse))
    case = held(world, "Ada killed it.", about=nurse, sentiment="positive", state="settled")
    desk.close(case.public_id, outcome="no_concern", may_count=True)
    assert desk.open(case.public_id).counts_again
    assert sums.by_topic(session, world) == {"empathy": (1, 0)}
    assert len(remarks.said(session, viewer=me).praise) == 1
    desk.reopen(case.public_id)
    assert sums.by_topic(session, world) == {}
    assert remarks.said(session, viewer=me).praise == ()
    comment = session.get_one(Comment, case.comment_id)
    with pytest.raises(NotFound):
        opening.open_comment(session, viewer=reviewer, public_id=comment.public_id, moment=NOW)


def test_a_real_concern_for_safety_never_goes_to_review(
    session: Session, world: World, desk: Desk
) -> None:
    case = held(world)
    with pytest.raises(NotSaid, match="may_count"):
        desk.close(case.public_id, outcome="acted_on", may_count=True)
    session.expire_all()
    assert case.closed_at is None


def test_a_complaint_that_was_answered_may_count(
    session: Session, world: World, desk: Desk
) -> None:
    comment, _, _ = world.read_comment(
        "Parking.", theme="parking", skill=None, hold="safety", flags=["complaint"]
    )
    case = case_of(session, comment)
    assert case.kind == "complaint"
    desk.close(case.public_id, outcome="answered", may_count=True)
    assert sums.by_topic(session, world) == {"parking": (0, 1)}


# --- Handing one over --------------------------------------------------------------------------


def test_what_a_reviewer_hands_over_is_seen_by_them_no_more_and_leaves_every_sum(
    session: Session, world: World, desk: Desk, reviewer: Viewer, nurse: Staff, account: Account
) -> None:
    me = viewer_of(session, world.account(staff=nurse))
    comment, _, _ = world.read_comment(
        "Ada knows where my girl lives.", about=nurse, state="confirmed",
        match_state="confirmed", shown_at=NOW,
    )  # fmt: skip
    assert len(remarks.said(session, viewer=me).criticism) == 1
    hand_over(session, reviewer, comment)
    assert review.queue(session, viewer=reviewer, moment=NOW).total == 0
    with pytest.raises(NotFound):
        opening.open_comment(
            session, viewer=reviewer, public_id=comment.public_id, moment=NOW, decided_too=True
        )
    assert remarks.said(session, viewer=me).criticism == ()
    assert sums.by_topic(session, world) == {}
    case = case_of(session, comment)
    assert (case.kind, case.opened_by) == ("safeguarding", reviewer.account_id)
    assert desk.open(case.public_id).entries[0].words == "A child is named."
    assert set(session.scalars(select(Alert.account_id))) == {account.id}


def test_what_came_back_from_a_case_and_is_handed_over_again_is_the_same_case(
    session: Session, world: World, desk: Desk, reviewer: Viewer, nurse: Staff
) -> None:
    case = held(world, about=nurse)
    desk.close(case.public_id, outcome="no_concern", may_count=True)
    comment = session.get_one(Comment, case.comment_id)
    hand_over(session, reviewer, comment, kind="privacy", moment=LATER)
    session.expire_all()
    assert (case.kind, case.closed_at, comment.hold, comment.hold_outcome) == (
        "privacy", None, "safety", None,
    )  # fmt: skip
    assert [verb for verb, _, _ in log_of(case, session)] == ["opened", "closed", "reopened"]


def test_of_four_reviewers_who_hand_over_at_once_one_does(
    app: Flask, session: Session, world: World, reviewer: Viewer, nurse: Staff
) -> None:
    comment, _, _ = world.read_comment("Ada was short.", about=nurse)
    public_id = comment.public_id
    session.rollback()

    def give(own: Session, number: int) -> None:
        case_opening.hand_over(
            own, viewer=reviewer, public_id=public_id, kind="other", words=f"By {number}.",
            moment=NOW,
        )  # fmt: skip

    assert race(app, give, told=(NotFound,)) == ["told", "told", "told", "won"]
    assert session.query(Case).count() == 1


@pytest.mark.parametrize(
    ("given", "field"),
    [({"kind": "none"}, "kind"), ({"words": " "}, "why"), ({"kind": ""}, "kind")],
)
def test_handing_over_asks_what_it_may_be_and_why(
    session: Session, world: World, reviewer: Viewer, nurse: Staff, given: Any, field: str
) -> None:
    comment, _, _ = world.read_comment("Ada was short.", about=nurse)
    with pytest.raises(NotSaid, match=field):
        hand_over(session, reviewer, comment, **given)
    assert comment.hold == "none"


def test_who_does_not_review_hands_nothing_over(
    session: Session, world: World, reviewer: Viewer, nurse: Staff
) -> None:
    comment, _, _ = world.read_comment("Ada was short.", about=nurse)
    for viewer in (
        viewer_of(session, world.account("admin")),
        replace(reviewer, staff_id=nurse.id),
        replace(reviewer, site_ids=(world.site("Annexe").id,)),
    ):
        with pytest.raises(NotFound):
            hand_over(session, viewer, comment)


# --- Erasing -----------------------------------------------------------------------------------


def test_a_patient_who_takes_back_a_comment_leaves_an_open_case_without_words(
    session: Session, world: World, desk: Desk, nurse: Staff
) -> None:
    case = held(world, about=nurse)
    case_work.note(
        session, viewer=desk.viewer, public_id=case.public_id, words="Ada hit her.", moment=NOW
    )
    comment = session.get_one(Comment, case.comment_id)
    admin = viewer_of(session, world.account("admin"))
    withdrawing.withdraw(session, viewer=admin, reference=comment.public_id, moment=NOW)
    found = desk.open(case.public_id)
    assert found.comment is None
    assert [(one.verb, one.words) for one in found.entries] == [("opened", ""), ("noted", "")]
    desk.close(case.public_id)
    assert desk.page().counts.closed == 1


def test_a_closed_case_goes_with_its_comment_and_an_open_one_is_kept_by_retention(
    session: Session, world: World, desk: Desk
) -> None:
    old = TODAY - timedelta(days=900)
    closed, still = held(world, day=old), held(world, day=old)
    desk.close(closed.public_id)
    gone = erasing.older(session, world.practice.id, TODAY - timedelta(days=800), 10)
    assert gone == [closed.comment_id]
    erasing.erase(session, gone, moment=NOW)
    session.commit()
    assert session.scalars(select(Case.public_id)).all() == [still.public_id]
    assert {row.case_id for row in session.scalars(select(CaseEntry))} == {still.id}


@pytest.mark.parametrize(("touched", "left"), [(True, 1), (False, 0)])
def test_an_import_is_undone_with_the_cases_nobody_touched(
    session: Session, world: World, desk: Desk, account: Account, touched: bool, left: int
) -> None:
    importer = Importer(session, world)
    run = importer.run("comments", COMMENTS_HEAD, "C1,2026-03-10,I want to end my life.")
    comments.read_waiting(session, moment=NOW)
    session.expire_all()
    case = session.scalars(select(Case)).one()
    if touched:
        desk.assign(case.public_id, account)
    importer.undo(run)
    session.expire_all()
    assert session.query(Case).count() == left
    assert session.query(CaseEntry).count() == (3 if touched else 0)
