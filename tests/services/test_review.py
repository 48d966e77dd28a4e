from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.viewers import race, viewer_of
from tests.support.world import NOW, TODAY, World
from training.services import alerts, decisions, opening, review, undoing
from training.services.people import NotFound
from training.services.signing_in import Viewer
from training.store import topics
from training.store.tables import Audit, Comment, Decision, Match, Remark, Staff

FRIDAY = datetime(2026, 3, 13, 15, 0, tzinfo=UTC)


@pytest.fixture
def reviewer(session: Session, world: World) -> Viewer:
    return viewer_of(session, world.account("manager", review=True))


@pytest.fixture
def safeguarder(session: Session, world: World) -> Viewer:
    return viewer_of(session, world.account("manager", review=True, safeguard=True))


def ids(queue: review.Queue) -> list[str]:
    return [item.public_id for item in queue.waiting]


def fresh(session: Session, row: Any) -> Any:
    number = row.id
    session.rollback()  # a transaction of its own sees what other threads wrote
    session.expire_all()
    return session.get(type(row), number)


def confirm(session: Session, viewer: Viewer, remark: Remark, **more: Any) -> decisions.Decided:
    given = {"version": remark.version, "moment": NOW, **more}
    return decisions.confirm(session, viewer=viewer, remark_public_id=remark.public_id, **given)


# --- What is in the queue ----------------------------------------------------------------------


def test_the_queue_goes_by_severity_and_then_by_age(
    session: Session, world: World, reviewer: Viewer
) -> None:
    nurse = world.staff()
    made = [
        world.read_comment("She was short with me.", about=nurse, severity=severity, day=day)[0]
        for severity, day in (
            (1, TODAY),
            (1, TODAY - timedelta(days=3)),
            (2, TODAY - timedelta(days=1)),
        )
    ]
    found = review.queue(session, viewer=reviewer, moment=NOW)
    assert ids(found) == [made[2].public_id, made[1].public_id, made[0].public_id]
    assert [item.days for item in found.waiting] == [1, 3, 0]
    assert found.waiting[0].topics == ("empathy",)


def test_the_queue_holds_undecided_comments_only(
    session: Session, world: World, reviewer: Viewer
) -> None:
    nurse = world.staff()
    for state in ("settled", "confirmed", "rejected", "system"):
        world.read_comment("She was kind.", about=nurse, state=state)
    assert review.queue(session, viewer=reviewer, moment=NOW).total == 0


def test_a_long_queue_comes_in_pages_of_25(
    session: Session, world: World, reviewer: Viewer
) -> None:
    nurse = world.staff()
    for _ in range(27):
        world.read_comment("She was short with me.", about=nurse)
    first = review.queue(session, viewer=reviewer, moment=NOW)
    second = review.queue(session, viewer=reviewer, moment=NOW, page=2)
    assert (len(first.waiting), len(second.waiting), first.pages) == (25, 2, 2)
    assert not set(ids(first)) & set(ids(second))
    assert review.queue(session, viewer=reviewer, moment=NOW, page=99).page == 2
    assert review.queue(session, viewer=reviewer, moment=NOW, page=-1).page == 1


@pytest.mark.parametrize("match_state", ["proposed", "confirmed", "rejected"])
def test_a_reviewer_never_meets_a_comment_about_themselves(
    session: Session, world: World, match_state: str
) -> None:
    nurse, other = world.staff(), world.staff("Ben", "Rook")
    me = viewer_of(session, world.account("staff", staff=nurse, review=True, safeguard=True))
    comment, remark, _ = world.read_comment("Ada was short.", about=nurse, match_state=match_state)
    held, _, _ = world.read_comment("Ada hit me.", about=nurse, hold="safety", severity=3)
    theirs, _, _ = world.read_comment("Ben was short.", about=other)
    found = review.queue(session, viewer=me, moment=NOW)
    assert ids(found) == [theirs.public_id]
    assert found.held == ()
    for public_id in (comment.public_id, held.public_id):
        with pytest.raises(NotFound):
            opening.open_comment(session, viewer=me, public_id=public_id, moment=NOW)
    with pytest.raises(NotFound):
        confirm(session, me, remark)


def test_a_reviewer_never_meets_a_comment_whose_writer_tapped_them(
    session: Session, world: World
) -> None:
    nurse = world.staff()
    me = viewer_of(session, world.account("staff", staff=nurse, review=True))
    world.read_comment("Short with me.", tapped=[nurse])
    world.read_comment("Short with me.", on_visit=[nurse])
    assert review.queue(session, viewer=me, moment=NOW).total == 1


def test_a_scope_of_sites_bounds_the_queue(session: Session, world: World) -> None:
    nurse, other = world.staff(), world.site("Mill Lane")
    here, _, _ = world.read_comment("Short with me.", about=nurse)
    there, remark, _ = world.read_comment("Short with me.", about=nurse, site=other)
    account = world.account("manager", review=True, safeguard=True, sites=[world.site_one])
    me = viewer_of(session, account)
    assert ids(review.queue(session, viewer=me, moment=NOW)) == [here.public_id]
    with pytest.raises(NotFound):
        opening.open_comment(session, viewer=me, public_id=there.public_id, moment=NOW)
    with pytest.raises(NotFound):
        confirm(session, me, remark)


def test_another_practice_s_comments_do_not_exist(
    session: Session, world: World, other_world: World, safeguarder: Viewer
) -> None:
    theirs, remark, _ = other_world.read_comment("Short.", about=other_world.staff())
    other_world.read_comment("Hit.", hold="safety")
    found = review.queue(session, viewer=safeguarder, moment=NOW)
    assert (found.total, found.held) == (0, ())
    with pytest.raises(NotFound):
        opening.open_comment(session, viewer=safeguarder, public_id=theirs.public_id, moment=NOW)
    with pytest.raises(NotFound):
        confirm(session, safeguarder, remark)


# --- Safety ------------------------------------------------------------------------------------


def test_held_comments_are_for_those_who_safeguard_oldest_first(
    session: Session, world: World, reviewer: Viewer, safeguarder: Viewer
) -> None:
    late, _, _ = world.read_comment("a", hold="safety", day=TODAY - timedelta(days=4))
    new, remark, _ = world.read_comment("b", about=world.staff(), hold="unread")
    for_reviewer = review.queue(session, viewer=reviewer, moment=NOW)
    assert (for_reviewer.held, for_reviewer.total) == ((), 0)
    held = review.queue(session, viewer=safeguarder, moment=NOW).held
    assert [item.public_id for item in held] == [late.public_id, new.public_id]
    assert [(item.late, item.unread) for item in held] == [(True, False), (False, True)]
    with pytest.raises(NotFound):
        opening.open_comment(session, viewer=reviewer, public_id=late.public_id, moment=NOW)
    with pytest.raises(NotFound):
        confirm(session, safeguarder, remark)


def test_who_only_safeguards_sees_no_ordinary_comment(session: Session, world: World) -> None:
    only = viewer_of(session, world.account("manager", safeguard=True))
    comment, remark, _ = world.read_comment("Short with me.", about=world.staff())
    assert review.queue(session, viewer=only, moment=NOW).total == 0
    with pytest.raises(NotFound):
        opening.open_comment(session, viewer=only, public_id=comment.public_id, moment=NOW)
    with pytest.raises(NotFound):
        confirm(session, only, remark)


def test_somebody_in_danger_comes_before_what_is_older_and_what_was_not_read_comes_last(
    world: World, session: Session, safeguarder: Viewer
) -> None:
    unread, _, _ = world.read_comment("Gracias.", hold="unread", day=TODAY - timedelta(days=9))
    hands, _, _ = world.read_comment("No gloves.", hold="safety", day=TODAY - timedelta(days=5))
    danger, _, _ = world.read_comment("I want to die.", hold="safety", flags=["self_harm"])
    found = review.queue(session, viewer=safeguarder, moment=NOW).held
    assert [it.public_id for it in found] == [it.public_id for it in (danger, hands, unread)]


def test_only_those_who_safeguard_see_the_number_of_a_comment_in_the_file_it_came_with(
    world: World, session: Session, safeguarder: Viewer, reviewer: Viewer
) -> None:
    held, _, _ = world.read_comment("Quiero morir.", hold="unread")
    plain, _, _ = world.read_comment("Ada was short.", about=world.staff())
    seen = [
        opening.open_comment(session, viewer=who, public_id=row.public_id, moment=NOW)
        for who, row in ((safeguarder, held), (reviewer, plain))
    ]
    assert [it.file_reference for it in seen] == [held.import_ref, ""]


def test_a_held_comment_of_another_site_is_neither_seen_nor_overdue(
    session: Session, world: World
) -> None:
    there, _, _ = world.read_comment(
        "a", hold="safety", site=world.site("Mill Lane"), day=TODAY - timedelta(days=9)
    )
    account = world.account("admin", safeguard=True, sites=[world.site_one])
    me = viewer_of(session, account)
    assert review.queue(session, viewer=me, moment=NOW).held == ()
    assert review.overdue(session, viewer=me, moment=NOW) == 0
    with pytest.raises(NotFound):
        opening.open_comment(session, viewer=me, public_id=there.public_id, moment=NOW)


def test_a_held_comment_of_no_known_site_reaches_every_safeguarder(
    session: Session, world: World
) -> None:
    comment, _, _ = world.read_comment("a", hold="safety")
    comment.site_id = None
    session.commit()
    account = world.account("manager", safeguard=True, sites=[world.site_one])
    found = review.queue(session, viewer=viewer_of(session, account), moment=NOW)
    assert [item.public_id for item in found.held] == [comment.public_id]


def test_dealt_with_leaves_the_queue_and_is_audited(
    session: Session, world: World, safeguarder: Viewer
) -> None:
    comment, _, _ = world.read_comment("a", hold="unread")
    review.close_hold(session, viewer=safeguarder, public_id=comment.public_id, moment=NOW)
    row = fresh(session, comment)
    assert (row.hold, row.hold_outcome, row.hold_closed_by) == (
        "unread",
        "dealt_with",
        safeguarder.account_id,
    )
    assert review.queue(session, viewer=safeguarder, moment=NOW).held == ()
    assert audited(session) == ["dealt_with"]


@pytest.mark.parametrize("hold", ["safety", "unread"])
def test_a_reviewer_cannot_close_a_hold(
    session: Session, world: World, reviewer: Viewer, hold: str
) -> None:
    comment, _, _ = world.read_comment("a", hold=hold)
    with pytest.raises(NotFound):
        review.close_hold(session, viewer=reviewer, public_id=comment.public_id, moment=NOW)
    assert fresh(session, comment).hold_closed_at is None


def test_what_may_be_about_safety_is_closed_as_a_case_only(
    session: Session, world: World, safeguarder: Viewer
) -> None:
    comment, _, _ = world.read_comment("a", hold="safety")
    with pytest.raises(NotFound):
        review.close_hold(session, viewer=safeguarder, public_id=comment.public_id, moment=NOW)
    assert fresh(session, comment).hold_closed_at is None


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 3, 16, 15, 0, tzinfo=UTC), FRIDAY),
        (datetime(2026, 3, 14, 10, 0, tzinfo=UTC), datetime(2026, 3, 13, 0, 0, tzinfo=UTC)),
        (datetime(2026, 3, 17, 0, 0, tzinfo=UTC), datetime(2026, 3, 16, 0, 0, tzinfo=UTC)),
        (datetime(2026, 7, 1, 10, 0, tzinfo=UTC), datetime(2026, 6, 30, 10, 0, tzinfo=UTC)),
    ],
)
def test_a_working_day_leaves_the_weekend_out(moment: datetime, expected: datetime) -> None:
    assert review.a_working_day_before(moment, "Europe/London") == expected


def test_only_held_comments_older_than_a_working_day_are_overdue(
    session: Session, world: World, other_world: World
) -> None:
    admin = viewer_of(session, world.account("admin"))
    friday = FRIDAY.date()  # comments of the world arrive at 9.30, NOW is Monday at 10
    world.read_comment("a", hold="safety", day=friday)
    world.read_comment("b", hold="safety", day=TODAY)
    world.read_comment("c", day=friday)
    dealt, _, _ = world.read_comment("d", hold="safety", day=friday)
    dealt.hold_closed_at, dealt.hold_outcome = NOW, "dealt_with"
    other_world.read_comment("e", hold="safety", day=friday)
    session.commit()
    assert review.overdue(session, viewer=admin, moment=NOW) == 1
    assert review.overdue(session, viewer=admin, moment=NOW - timedelta(hours=1)) == 0


def test_an_old_comment_that_came_with_an_import_today_is_not_overdue_yet(
    session: Session, world: World
) -> None:
    admin = viewer_of(session, world.account("admin"))
    comment, _, _ = world.read_comment("a", hold="safety", day=TODAY - timedelta(days=140))
    alerts.owe(session, comment=comment, moment=NOW)
    session.commit()
    assert review.overdue(session, viewer=admin, moment=NOW) == 0
    assert review.overdue(session, viewer=admin, moment=NOW + timedelta(days=1, hours=1)) == 1


# --- Opening -----------------------------------------------------------------------------------


def audited(session: Session) -> list[str]:
    query = select(Audit.verb).where(Audit.noun.in_(("comment", "remark"))).order_by(Audit.id)
    return list(session.scalars(query))


def test_the_remarks_of_an_answer_are_marked_where_they_stand(
    session: Session, world: World, reviewer: Viewer
) -> None:
    text = "Dr Lee was kind. Nobody said how long it would take."
    comment, first, _ = world.read_comment(text, about=world.staff("Mei", "Lee"))
    first.stop = 16
    session.add(
        Remark(
            practice_id=first.practice_id, comment_id=comment.id, answer_id=first.answer_id,
            start=17, stop=52, sentiment="negative", score=-0.5, cause="team", state="settled",
        )
    )  # fmt: skip
    session.commit()
    found = opening.open_comment(session, viewer=reviewer, public_id=comment.public_id, moment=NOW)
    assert [(p.text, p.number) for p in found.answers[0].pieces] == [
        ("Dr Lee was kind.", 1),
        (" ", None),
        ("Nobody said how long it would take.", 2),
    ]
    assert [card.text for card in found.remarks] == [text[:16], text[17:]]


def test_remarks_that_overlap_still_give_back_the_whole_text(
    session: Session, world: World, reviewer: Viewer
) -> None:
    comment, first, _ = world.read_comment("0123456789", about=world.staff())
    first.start, first.stop = 2, 6
    session.add(
        Remark(
            practice_id=first.practice_id, comment_id=comment.id, answer_id=first.answer_id,
            start=4, stop=8, sentiment="negative", score=-0.5, cause="team", state="settled",
        )
    )  # fmt: skip
    session.commit()
    found = opening.open_comment(session, viewer=reviewer, public_id=comment.public_id, moment=NOW)
    assert "".join(piece.text for piece in found.answers[0].pieces) == "0123456789"


def test_opening_a_comment_is_audited(session: Session, world: World, reviewer: Viewer) -> None:
    comment, _, _ = world.read_comment("Short with me.", about=world.staff())
    opening.open_comment(session, viewer=reviewer, public_id=comment.public_id, moment=NOW)
    row = session.scalars(select(Audit).where(Audit.verb == "read_comment")).one()
    assert (row.noun_id, row.account_id, row.facts) == (comment.id, reviewer.account_id, {})


def test_a_decided_comment_is_not_opened_again(
    session: Session, world: World, reviewer: Viewer
) -> None:
    comment, _, _ = world.read_comment("Kind.", about=world.staff(), state="confirmed")
    with pytest.raises(opening.NothingToDecide):
        opening.open_comment(session, viewer=reviewer, public_id=comment.public_id, moment=NOW)
    assert audited(session) == []


def test_the_roster_of_the_day_leaves_out_leavers_and_the_reviewer(
    session: Session, world: World
) -> None:
    me = world.staff("Zoe", "Ash")
    world.staff("Old", "Timer", active_to=TODAY - timedelta(days=30))
    world.staff("Ben", "Rook")
    nurse = world.staff("Ada", "Moss")
    comment, _, _ = world.read_comment("Short with me.", about=nurse)
    viewer = viewer_of(session, world.account("manager", staff=me, review=True))
    found = opening.open_comment(session, viewer=viewer, public_id=comment.public_id, moment=NOW)
    assert [person.name for person in found.roster] == ["Moss, Ada", "Rook, Ben"]


@pytest.mark.parametrize(("confidence", "word"), [(0.9, "sure"), (0.7, "likely"), (0.69, "unsure")])
def test_confidence_is_said_in_words(
    session: Session, world: World, reviewer: Viewer, confidence: float, word: str
) -> None:
    comment, _, match = world.read_comment("Short with me.", about=world.staff())
    assert match is not None
    match.confidence = confidence
    session.commit()
    found = opening.open_comment(session, viewer=reviewer, public_id=comment.public_id, moment=NOW)
    assert found.remarks[0].ties[0].sureness == word


# --- Deciding ----------------------------------------------------------------------------------


def test_confirming_is_one_transaction_of_remark_match_decision_and_audit(
    session: Session, world: World, reviewer: Viewer
) -> None:
    _, remark, match = world.read_comment("Short with me.", about=world.staff())
    made = confirm(session, reviewer, remark)
    session.rollback()  # nothing may hang on a later commit
    row, tie = fresh(session, remark), fresh(session, match)
    assert (row.state, row.version) == ("confirmed", 1)
    assert (tie.state, tie.decided_by, tie.decided_at) == ("confirmed", reviewer.account_id, NOW)
    decision = session.scalars(select(Decision)).one()
    assert (decision.public_id, decision.verb, decision.version_after) == (
        made.public_id,
        "confirm",
        1,
    )
    assert decision.before["state"] == "waiting"
    assert decision.before["matches"][0]["state"] == "proposed"
    assert audited(session) == ["confirm"]
    assert made.next_comment is None


def two_candidates(session: Session, world: World) -> tuple[Remark, Match, Match]:
    _, remark, first = world.read_comment("Short with me.", about=world.staff(), certain=False)
    second = Match(
        practice_id=remark.practice_id, remark_id=remark.id,
        staff_id=world.staff("Ben", "Rook").id, certain=False, confidence=0.5,
        evidence=["role_on_visit"], state="proposed",
    )  # fmt: skip
    session.add(second)
    session.commit()
    assert first is not None
    return remark, first, second


def test_of_several_candidates_one_must_be_picked(
    session: Session, world: World, reviewer: Viewer
) -> None:
    remark, first, second = two_candidates(session, world)
    with pytest.raises(decisions.NotChosen, match="match"):
        confirm(session, reviewer, remark)
    session.rollback()
    assert fresh(session, remark).version == 0
    confirm(session, reviewer, remark, match_public_id=second.public_id)
    assert fresh(session, first).state == "rejected"
    assert fresh(session, second).state == "confirmed"


def test_a_match_of_another_remark_cannot_be_confirmed(
    session: Session, world: World, reviewer: Viewer
) -> None:
    _, remark, _ = world.read_comment("Short with me.", about=world.staff())
    _, _, other = world.read_comment("Short with me.", about=world.staff("Ben", "Rook"))
    assert other is not None
    with pytest.raises(NotFound):
        confirm(session, reviewer, remark, match_public_id=other.public_id)
    session.rollback()
    assert fresh(session, remark).state == "waiting"


def test_every_certain_match_is_confirmed_together(
    session: Session, world: World, reviewer: Viewer
) -> None:
    remark, first, second = two_candidates(session, world)
    first.certain = second.certain = True
    session.commit()
    confirm(session, reviewer, remark)
    assert fresh(session, first).state == fresh(session, second).state == "confirmed"


def move(session: Session, viewer: Viewer, remark: Remark, to: Staff) -> decisions.Decided:
    return decisions.move(
        session, viewer=viewer, remark_public_id=remark.public_id, version=remark.version,
        staff_public_id=to.public_id, moment=NOW,
    )  # fmt: skip


def test_moving_ties_the_remark_to_a_colleague(
    session: Session, world: World, reviewer: Viewer
) -> None:
    _, remark, match = world.read_comment("Short with me.", about=world.staff())
    rook = world.staff("Ben", "Rook")
    move(session, reviewer, remark, rook)
    moved = session.scalars(select(Match).where(Match.staff_id == rook.id)).one()
    assert (moved.state, moved.evidence, moved.decided_by) == (
        "confirmed",
        ["decided"],
        reviewer.account_id,
    )
    assert fresh(session, match).state == "rejected"
    assert fresh(session, remark).state == "confirmed"


def test_nobody_can_move_a_remark_to_themselves_a_leaver_or_another_practice(
    session: Session, world: World, other_world: World
) -> None:
    me = world.staff("Zoe", "Ash")
    viewer = viewer_of(session, world.account("manager", staff=me, review=True))
    _, remark, _ = world.read_comment("Short with me.", about=world.staff())
    leaver = world.staff("Old", "Timer", active_to=TODAY - timedelta(days=1))
    for person in (me, leaver, other_world.staff()):
        with pytest.raises(NotFound):
            move(session, viewer, remark, person)
    assert fresh(session, remark).state == "waiting"


def test_moving_needs_a_name(session: Session, world: World, reviewer: Viewer) -> None:
    _, remark, _ = world.read_comment("Short with me.", about=world.staff())
    with pytest.raises(decisions.NotChosen, match="to"):
        decisions.move(
            session, viewer=reviewer, remark_public_id=remark.public_id, version=0,
            staff_public_id="", moment=NOW,
        )  # fmt: skip


def reject(session: Session, viewer: Viewer, remark: Remark) -> decisions.Decided:
    return decisions.reject(
        session, viewer=viewer, remark_public_id=remark.public_id, version=remark.version,
        moment=NOW,
    )  # fmt: skip


def test_rejecting_unties_the_remark(session: Session, world: World, reviewer: Viewer) -> None:
    _, remark, match = world.read_comment("Short with me.", about=world.staff())
    reject(session, reviewer, remark)
    assert fresh(session, remark).state == "rejected"
    assert fresh(session, match).state == "rejected"


@pytest.mark.parametrize(("theme", "kept"), [("wait_length", "wait_length"), ("", "staffing")])
def test_the_system_takes_the_remark_with_its_theme(
    session: Session, world: World, reviewer: Viewer, theme: str, kept: str
) -> None:
    _, remark, match = world.read_comment("An hour.", about=world.staff(), theme="staffing")
    decisions.put_down_to_system(
        session, viewer=reviewer, remark_public_id=remark.public_id, version=0, theme=theme,
        moment=NOW,
    )  # fmt: skip
    row = fresh(session, remark)
    assert (row.state, row.cause) == ("system", "system")
    assert topics.of(session, [row.id])[row.id].themes == (kept,)
    assert fresh(session, match).state == "rejected"


def test_a_remark_about_nobody_can_tell_whom_counts_for_the_practice_alone_and_can_be_undone(
    session: Session, world: World, reviewer: Viewer
) -> None:
    comment, remark, match = world.read_comment("A nurse was short.", about=world.staff())
    made = decisions.leave_unplaced(
        session, viewer=reviewer, remark_public_id=remark.public_id, version=0, moment=NOW
    )
    row = fresh(session, remark)
    assert (row.state, row.cause, fresh(session, match).state) == ("settled", "team", "rejected")
    assert review.queue(session, viewer=reviewer, moment=NOW).total == 0
    back = undoing.undo(session, viewer=reviewer, public_id=made.public_id, moment=NOW)
    assert back == comment.public_id
    row = fresh(session, remark)
    assert (row.state, row.cause, fresh(session, match).state) == ("waiting", "person", "proposed")


def test_a_theme_that_does_not_exist_is_refused(
    session: Session, world: World, reviewer: Viewer
) -> None:
    _, remark, _ = world.read_comment("An hour.", about=world.staff())
    with pytest.raises(decisions.NotChosen, match="theme"):
        decisions.put_down_to_system(
            session, viewer=reviewer, remark_public_id=remark.public_id, version=0,
            theme="empathy", moment=NOW,
        )  # fmt: skip


def test_the_next_undecided_comment_follows_and_at_the_end_the_first(
    session: Session, world: World, reviewer: Viewer
) -> None:
    nurse = world.staff()
    first, one, _ = world.read_comment("a", about=nurse, severity=2)
    _, two, _ = world.read_comment("b", about=nurse, severity=1, day=TODAY - timedelta(days=1))
    third, three, _ = world.read_comment("c", about=nurse, severity=1)
    assert confirm(session, reviewer, two).next_comment == third.public_id
    assert confirm(session, reviewer, three).next_comment == first.public_id
    assert confirm(session, reviewer, one).next_comment is None


def test_a_comment_with_another_undecided_remark_stays_open(
    session: Session, world: World, reviewer: Viewer
) -> None:
    comment, remark, _ = world.read_comment("Short. Rude.", about=world.staff())
    session.add(
        Remark(
            practice_id=remark.practice_id, comment_id=comment.id, answer_id=remark.answer_id,
            start=7, stop=12, sentiment="negative", score=-0.5, cause="person", state="waiting",
        )
    )  # fmt: skip
    session.commit()
    assert confirm(session, reviewer, remark).next_comment == comment.public_id


def test_the_second_to_decide_changes_nothing(
    session: Session, world: World, reviewer: Viewer
) -> None:
    _, remark, match = world.read_comment("Short with me.", about=world.staff())
    colleague = viewer_of(session, world.account("manager", review=True))
    confirm(session, reviewer, remark, version=0)
    with pytest.raises(decisions.AlreadyDecided):
        decisions.reject(
            session, viewer=colleague, remark_public_id=remark.public_id, version=0, moment=NOW
        )
    assert fresh(session, match).state == "confirmed"
    assert session.scalar(select(func.count()).select_from(Decision)) == 1


@pytest.mark.parametrize("state", ["settled", "confirmed", "rejected", "system"])
def test_what_does_not_wait_cannot_be_decided(
    session: Session, world: World, reviewer: Viewer, state: str
) -> None:
    _, remark, match = world.read_comment("Kind.", about=world.staff(), state=state)
    with pytest.raises(decisions.AlreadyDecided):
        reject(session, reviewer, remark)
    assert (fresh(session, remark).state, fresh(session, match).state) == (state, "proposed")


def test_a_form_from_before_an_undo_changes_nothing(
    session: Session, world: World, reviewer: Viewer
) -> None:
    _, remark, _ = world.read_comment("Short with me.", about=world.staff())
    made = confirm(session, reviewer, remark)
    undoing.undo(session, viewer=reviewer, public_id=made.public_id, moment=NOW)
    assert fresh(session, remark).state == "waiting"
    with pytest.raises(decisions.AlreadyDecided):
        confirm(session, reviewer, remark, version=0)


def test_h01_of_four_who_confirm_at_once_exactly_one_wins(
    app: Flask, session: Session, world: World
) -> None:
    rows = [world.read_comment("Short with me.", about=world.staff(f"P{n}"))[1] for n in range(12)]
    viewers = [viewer_of(session, world.account("manager", review=True)) for _ in range(4)]
    for row in rows:
        public_id = row.public_id

        def act(own: Session, number: int, public_id: str = public_id) -> None:
            decisions.confirm(
                own, viewer=viewers[number], remark_public_id=public_id, version=0, moment=NOW
            )

        assert race(app, act, told=(decisions.AlreadyDecided,)) == ["told", "told", "told", "won"]
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Decision)) == 12
    assert set(session.scalars(select(Remark.version))) == {1}


# --- Undoing -----------------------------------------------------------------------------------


def test_undo_puts_back_exactly_what_stood(
    session: Session, world: World, reviewer: Viewer
) -> None:
    comment, remark, match = world.read_comment("Short with me.", about=world.staff())
    rook = world.staff("Ben", "Rook")
    made = move(session, reviewer, remark, rook)
    found = undoing.undoable(session, viewer=reviewer, public_id=made.public_id)
    assert found is not None
    assert (found.verb, found.names) == ("move", ("Ben Rook",))
    back = undoing.undo(session, viewer=reviewer, public_id=made.public_id, moment=NOW)
    assert back == comment.public_id
    row, tie = fresh(session, remark), fresh(session, match)
    assert (row.state, row.version) == ("waiting", 2)
    assert (tie.state, tie.decided_by, tie.decided_at) == ("proposed", None, None)
    assert session.scalars(select(Match).where(Match.staff_id == rook.id)).all() == []
    assert audited(session) == ["move", "undo"]


def test_undo_gives_the_theme_and_the_cause_back(
    session: Session, world: World, reviewer: Viewer
) -> None:
    _, remark, _ = world.read_comment("An hour.", about=world.staff(), theme="staffing")
    made = decisions.put_down_to_system(
        session, viewer=reviewer, remark_public_id=remark.public_id, version=0,
        theme="wait_length", moment=NOW,
    )  # fmt: skip
    undoing.undo(session, viewer=reviewer, public_id=made.public_id, moment=NOW)
    row = fresh(session, remark)
    assert row.cause == "person"
    assert topics.of(session, [row.id])[row.id].themes == ("staffing",)


def test_a_decision_is_undone_once_and_only_by_who_made_it(
    session: Session, world: World, reviewer: Viewer
) -> None:
    _, remark, _ = world.read_comment("Short with me.", about=world.staff())
    colleague = viewer_of(session, world.account("manager", review=True))
    made = confirm(session, reviewer, remark)
    assert undoing.undoable(session, viewer=colleague, public_id=made.public_id) is None
    with pytest.raises(undoing.TooLate):
        undoing.undo(session, viewer=colleague, public_id=made.public_id, moment=NOW)
    undoing.undo(session, viewer=reviewer, public_id=made.public_id, moment=NOW)
    with pytest.raises(undoing.TooLate):
        undoing.undo(session, viewer=reviewer, public_id=made.public_id, moment=NOW)


def test_an_earlier_decision_cannot_be_undone_over_a_later_one(
    session: Session, world: World, reviewer: Viewer
) -> None:
    _, remark, _ = world.read_comment("Short with me.", about=world.staff())
    first = confirm(session, reviewer, remark)
    session.execute(Remark.__table__.update().values(version=2))
    session.commit()
    session.expire_all()
    assert undoing.undoable(session, viewer=reviewer, public_id=first.public_id) is None
    with pytest.raises(undoing.TooLate):
        undoing.undo(session, viewer=reviewer, public_id=first.public_id, moment=NOW)
    assert fresh(session, remark).state == "confirmed"


def test_a_decision_cannot_be_undone_out_of_reach(
    session: Session, world: World, reviewer: Viewer
) -> None:
    _, remark, _ = world.read_comment("Short with me.", about=world.staff())
    made = confirm(session, reviewer, remark)
    elsewhere = replace(reviewer, site_ids=(world.site("Mill Lane").id,))
    for viewer in (elsewhere, replace(reviewer, may_review=False)):
        assert undoing.undoable(session, viewer=viewer, public_id=made.public_id) is None
        with pytest.raises(undoing.TooLate):
            undoing.undo(session, viewer=viewer, public_id=made.public_id, moment=NOW)
    assert fresh(session, remark).state == "confirmed"


def test_h01_of_two_undos_at_once_one_counts(
    app: Flask, session: Session, world: World, reviewer: Viewer
) -> None:
    _, remark, _ = world.read_comment("Short with me.", about=world.staff())
    made = confirm(session, reviewer, remark)

    def act(own: Session, _number: int) -> None:
        try:
            undoing.undo(own, viewer=reviewer, public_id=made.public_id, moment=NOW)
        except undoing.TooLate as late:
            raise decisions.AlreadyDecided from late

    assert race(app, act, 2, told=(decisions.AlreadyDecided,)) == ["told", "won"]
    assert fresh(session, remark).version == 2


def test_no_comment_s_words_stand_in_the_audit(
    session: Session, world: World, reviewer: Viewer
) -> None:
    comment, remark, _ = world.read_comment("CANARY-4711 was short.", about=world.staff())
    opening.open_comment(session, viewer=reviewer, public_id=comment.public_id, moment=NOW)
    confirm(session, reviewer, remark)
    rows = session.scalars(select(Audit)).all()
    assert not any("CANARY" in str((r.verb, r.noun, r.facts)) for r in rows)
    assert "CANARY" not in str(session.scalars(select(Decision)).one().before)
    assert isinstance(session.get(Comment, comment.id), Comment)
