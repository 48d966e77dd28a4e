from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.services.test_review import confirm, fresh, viewer_of
from tests.support.world import NOW, TODAY, World
from training.feedback.suggestion import Basis, Reasons
from training.scenarios import catalogue
from training.scenarios.catalogue import Catalogue
from training.services import evidence, suggestions
from training.services.fitting import fitting
from training.services.people import NotFound
from training.services.signing_in import Viewer
from training.store import suggestions as store
from training.store.tables import Mastery, Remark, Staff, Suggestion

DECEMBER = date(2025, 12, 1)
SKILL = "empathy"
FITTING = fitting(catalogue.load(), skill=SKILL, role="nurse").slug  # type: ignore[union-attr]


@pytest.fixture
def nurse(world: World) -> Staff:
    return world.staff()


@pytest.fixture
def me(session: Session, world: World, nurse: Staff) -> Viewer:
    return viewer_of(session, world.account(staff=nurse))


@pytest.fixture
def reviewer(session: Session, world: World) -> Viewer:
    return viewer_of(session, world.account("manager", review=True, safeguard=True))


def remark(world: World, who: Staff, negative: bool, day: date = DECEMBER, **more: Any) -> Any:
    given = {
        "sentiment": "negative" if negative else "positive",
        "state": "confirmed" if negative else "settled",
        "match_state": "confirmed" if negative else "proposed",
        "skill": SKILL,
        "shown_at": NOW,
        **more,
    }
    return world.read_comment("Ada, in December.", about=who, day=day, **given)


def months_of(world: World, who: Staff, negatives: int, praise: int, **more: Any) -> None:
    """Leave comments on days of their own, criticism and praise of one skill."""
    for n in range(negatives + praise):
        remark(world, who, n < negatives, DECEMBER + timedelta(days=n), **more)


def refresh(session: Session, world: World, **more: Any) -> int:
    given = {"today": TODAY, "moment": NOW, "catalogue": catalogue.load(), **more}
    return suggestions.refresh(session, practice_id=world.practice.id, **given)


def made(session: Session) -> Sequence[Suggestion]:
    session.expire_all()
    return session.scalars(select(Suggestion).order_by(Suggestion.id)).all()


def counted(session: Session, world: World) -> evidence.Counted:
    return evidence.count(session, practice_id=world.practice.id, today=TODAY)


def answer(session: Session, who: Viewer, row: Suggestion, reply: str, **more: Any) -> str:
    given = {"moment": NOW, **more}
    return suggestions.answer(session, viewer=who, public_id=row.public_id, reply=reply, **given)


# --- What is offered ----------------------------------------------------------------------------


def test_a_suggestion_is_stored_with_everything_it_was_computed_from(
    session: Session, world: World, nurse: Staff
) -> None:
    months_of(world, nurse, 5, 3)
    assert refresh(session, world) == 1
    (row,) = made(session)
    assert (row.staff_id, row.skill, row.scenario) == (nurse.id, SKILL, FITTING)
    assert (row.state, row.formula, row.selected_at, row.offered_at) == (
        "offered",
        "need/1",
        NOW,
        NOW,
    )
    reasons = Reasons.from_data(row.reasons)
    assert (reasons.negatives, reasons.comments, reasons.usual.basis) == (5, 8, Basis.DEFAULT)
    assert (row.need, row.score) == (reasons.need, reasons.score)
    assert len(row.remark_ids) == 8
    assert (row.window_start, row.window_end) == (date(2025, 3, 1), TODAY)
    assert 0 <= row.random_order < 1


@pytest.mark.parametrize(
    ("negatives", "praise"), [(1, 9), (2, 2), (0, 8)], ids=["one", "four in all", "none"]
)
def test_too_little_evidence_suggests_nothing(
    session: Session, world: World, nurse: Staff, negatives: int, praise: int
) -> None:
    months_of(world, nurse, negatives, praise)
    assert refresh(session, world) == 0


def test_at_most_two_are_offered_the_highest_scores_first(session: Session, world: World) -> None:
    receptionist = world.staff(role="receptionist")
    for skill, negatives in (("empathy", 3), ("keeping_informed", 5), ("service_recovery", 4)):
        months_of(world, receptionist, negatives, 1, skill=skill)
    assert refresh(session, world) == 2
    assert {row.skill for row in made(session)} == {"keeping_informed", "service_recovery"}


def test_a_third_waits_until_one_of_the_two_is_answered(session: Session, world: World) -> None:
    receptionist = world.staff(role="receptionist")
    me = viewer_of(session, world.account(staff=receptionist))
    for skill in ("empathy", "keeping_informed"):
        months_of(world, receptionist, 3, 1, skill=skill)
    assert refresh(session, world) == 2
    months_of(world, receptionist, 5, 1, skill="service_recovery")
    assert refresh(session, world) == 0
    answer(session, me, made(session)[0], "not_useful")
    assert refresh(session, world) == 1
    assert made(session)[-1].skill == "service_recovery"


def test_a_skill_that_no_conversation_trains_is_not_suggested(
    session: Session, world: World, nurse: Staff
) -> None:
    months_of(world, nurse, 6, 1)
    assert refresh(session, world, catalogue=Catalogue([])) == 0


def test_an_offer_is_never_the_first_that_somebody_hears_of_criticism(
    session: Session, world: World, nurse: Staff
) -> None:
    for n in range(6):
        remark(world, nurse, True, DECEMBER + timedelta(days=n), shown_at=NOW if n == 0 else None)
    assert refresh(session, world) == 0
    remark(world, nurse, True, DECEMBER + timedelta(days=9))
    assert refresh(session, world) == 1


def test_refreshing_again_offers_nothing_twice_and_rewrites_nothing(
    session: Session, world: World, nurse: Staff
) -> None:
    months_of(world, nurse, 5, 3)
    refresh(session, world)
    before = [(r.public_id, r.random_order, r.reasons) for r in made(session)]
    remark(world, nurse, True, date(2026, 1, 20))
    assert refresh(session, world, moment=NOW + timedelta(days=1)) == 0
    assert [(r.public_id, r.random_order, r.reasons) for r in made(session)] == before


def test_somebody_who_left_is_offered_nothing(session: Session, world: World) -> None:
    leaver = world.staff("Old", "Timer", active_to=TODAY - timedelta(days=1))
    months_of(world, leaver, 5, 3)
    assert refresh(session, world) == 0


def test_another_practice_s_people_are_not_offered_anything(
    session: Session, world: World, other_world: World
) -> None:
    for place in (world, other_world):
        months_of(place, place.staff("Una", "Gray"), 5, 3)
    assert refresh(session, world) == 1
    assert made(session)[0].practice_id == world.practice.id


# --- What counts --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "barred",
    [
        {"hold": "safety"},
        {"may_learn": False},
        {"state": "rejected", "match_state": "rejected"},
        {"state": "system", "match_state": "rejected"},
        {"state": "settled", "match_state": "proposed", "certain": False},
        {"day": date(2025, 2, 28)},
    ],
    ids=lambda barred: next(iter(barred)),
)
def test_what_does_not_count(
    session: Session, world: World, nurse: Staff, barred: dict[str, Any]
) -> None:
    remark(world, nurse, True, **barred)
    assert counted(session, world).words == {}


def test_praise_and_criticism_of_a_comment_that_waits_are_left_out_alike(
    session: Session, world: World, nurse: Staff
) -> None:
    _, first, _ = remark(world, nurse, False, TODAY - timedelta(days=1))
    assert len(counted(session, world).words) == 1
    second = Remark(
        practice_id=first.practice_id, comment_id=first.comment_id, answer_id=first.answer_id,
        start=0, stop=3, sentiment="negative", score=-0.5, cause="person", state="waiting",
    )  # fmt: skip
    session.add(second)
    session.commit()
    found = store.evidence(session, world.practice.id, DECEMBER, TODAY + timedelta(days=1))
    assert found == []


def test_counting_ends_on_the_last_day_before_which_nothing_is_undecided(
    session: Session, world: World, nurse: Staff
) -> None:
    days = [date(2026, 1, n) for n in (5, 12, 19)]
    remark(world, nurse, False, days[0])
    remark(world, nurse, True, days[1], state="waiting", match_state="proposed")
    remark(world, nurse, False, days[2])
    found = counted(session, world)
    assert found.window.end == days[1]
    assert [w.day for words in found.words.values() for w in words] == [days[0]]


def test_an_unread_comment_is_undecided_and_a_held_one_is_not(
    session: Session, world: World
) -> None:
    until = {"practice_id": world.practice.id, "today": TODAY}
    remark(world, world.staff(), True, date(2026, 1, 5), state="waiting", hold="safety")
    assert evidence.counted_until(session, **until) == TODAY
    world.comment(day=date(2026, 2, 3))
    assert evidence.counted_until(session, **until) == date(2026, 2, 3)


def test_deciding_in_any_order_never_changes_what_is_counted_of_a_day(
    session: Session, world: World, nurse: Staff, reviewer: Viewer
) -> None:
    """However far the queue is done, what counts is all of the days before the first gap."""
    for order in permutations(range(3)):
        start = date(2025, 4 + list(permutations(range(3))).index(order), 1)
        rows = []
        for n in range(3):
            day = start + timedelta(days=n)
            rows.append(remark(world, nurse, True, day, state="waiting", match_state="proposed")[1])
            remark(world, nurse, False, day)
        for position, n in enumerate(order):
            confirm(session, reviewer, rows[n])
            done = set(order[: position + 1])
            complete = next((d for d in range(3) if d not in done), 3)
            words = counted(session, world).words.get((nurse.id, SKILL), ())
            here = [w for w in words if w.day >= start]
            assert sum(w.negative for w in here) == complete
            assert sum(not w.negative for w in here) == complete


def test_a_confirmed_match_counts_in_full_and_a_certain_one_by_its_confidence(
    session: Session, world: World, nurse: Staff
) -> None:
    remark(world, nurse, True)
    remark(world, nurse, False)
    words = counted(session, world).words[nurse.id, SKILL]
    assert [(w.negative, w.decided, w.confidence) for w in words] == [
        (True, True, 0.95),
        (False, False, 0.95),
    ]
    rows = [suggestions.evidence_of(word, None) for word in words]
    assert [row.q_attr for row in rows] == [1.0, 0.95]


def test_comments_without_a_skill_count_among_those_about_the_person(
    session: Session, world: World, nurse: Staff
) -> None:
    months_of(world, nurse, 3, 0)
    assert refresh(session, world) == 0  # three comments about the person: too few to say anything
    for n in range(2):
        remark(world, nurse, False, DECEMBER + timedelta(days=20 + n), skill=None)
    assert refresh(session, world) == 1


def test_comments_of_the_running_month_are_not_among_the_five(
    session: Session, world: World, nurse: Staff
) -> None:
    for n in range(5):
        remark(world, nurse, True, date(2026, 3, 1 + n))
    assert counted(session, world).about(nurse.id) == 0
    assert refresh(session, world) == 0


# --- Plays and answers --------------------------------------------------------------------------


def mastery(world: World, who: Staff, at: datetime, mean: float = 0.5) -> None:
    world.session.add(
        Mastery(
            practice_id=world.practice.id, staff_id=who.id, skill=SKILL, mean=mean, decisions=9,
            level="building", last_play_at=at,
        )
    )  # fmt: skip
    world.session.commit()


def test_a_play_for_the_skill_rests_it_for_sixty_days(
    session: Session, world: World, nurse: Staff
) -> None:
    months_of(world, nurse, 27, 0)
    played = datetime(2025, 12, 29, 12, 0, tzinfo=UTC)
    mastery(world, nurse, played)
    for days, offered in ((59, 0), (60, 1)):
        moment = played + timedelta(days=days)
        assert refresh(session, world, today=moment.date(), moment=moment) == offered


def test_what_plays_have_shown_lowers_the_score(
    session: Session, world: World, nurse: Staff
) -> None:
    months_of(world, nurse, 9, 0)
    mastery(world, nurse, NOW - timedelta(days=150), mean=0.75)
    refresh(session, world)
    reasons = Reasons.from_data(made(session)[0].reasons)
    assert reasons.mastery == 0.75
    assert reasons.score == pytest.approx(25 * reasons.excess)


def test_rehearsing_finishes_a_suggestion(
    session: Session, world: World, nurse: Staff, me: Viewer
) -> None:
    months_of(world, nurse, 5, 3)
    refresh(session, world)
    (row,) = made(session)
    assert answer(session, me, row, "accepted") == FITTING
    mastery(world, nurse, NOW + timedelta(hours=1))
    assert refresh(session, world, moment=NOW + timedelta(hours=2)) == 0
    assert made(session)[0].state == "finished"


@pytest.mark.parametrize(
    ("reply", "rest"), [("not_useful", 180), ("not_about_me", 180), ("already_did", 60)]
)
def test_a_declined_skill_rests_for_half_a_year_and_one_already_practised_for_two_months(
    session: Session, world: World, nurse: Staff, me: Viewer, reply: str, rest: int
) -> None:
    months_of(world, nurse, 9, 0)
    refresh(session, world)
    answer(session, me, made(session)[0], reply)
    assert suggestions.mine(session, viewer=me) == []
    for days, offered in ((rest - 1, 0), (rest, 1)):
        moment = NOW + timedelta(days=days)
        assert refresh(session, world, today=moment.date(), moment=moment) == offered
    assert [row.state for row in made(session)] == [reply, "offered"]


def test_what_was_put_off_comes_back_after_two_weeks(
    session: Session, world: World, nurse: Staff, me: Viewer
) -> None:
    months_of(world, nurse, 9, 0)
    refresh(session, world)
    answer(session, me, made(session)[0], "later")
    for days, shown in ((13, 0), (14, 1)):
        moment = NOW + timedelta(days=days)
        assert refresh(session, world, today=moment.date(), moment=moment) == 0
        assert len(suggestions.mine(session, viewer=me)) == shown


def test_a_suggestion_lapses_when_the_evidence_no_longer_carries_it(
    session: Session, world: World, nurse: Staff, me: Viewer
) -> None:
    months_of(world, nurse, 5, 3)
    refresh(session, world)
    months_of(world, nurse, 0, 25)
    assert refresh(session, world) == 0
    assert made(session)[0].state == "lapsed"
    assert suggestions.mine(session, viewer=me) == []


def test_answering_what_is_closed_changes_nothing(
    session: Session, world: World, nurse: Staff, me: Viewer
) -> None:
    months_of(world, nurse, 5, 3)
    refresh(session, world)
    (row,) = made(session)
    answer(session, me, row, "not_useful")
    answer(session, me, row, "accepted", moment=NOW + timedelta(days=1))
    kept = fresh(session, row)
    assert (kept.state, kept.answered_at) == ("not_useful", NOW)


def test_saying_the_same_twice_keeps_the_first_moment(
    session: Session, world: World, nurse: Staff, me: Viewer
) -> None:
    months_of(world, nurse, 5, 3)
    refresh(session, world)
    (row,) = made(session)
    answer(session, me, row, "accepted")
    answer(session, me, row, "accepted", moment=NOW + timedelta(days=1))
    assert fresh(session, row).answered_at == NOW


@pytest.mark.parametrize("reply", ["", "offered", "lapsed", "finished", "<script>"])
def test_a_reply_that_does_not_exist_is_refused(
    session: Session, world: World, nurse: Staff, me: Viewer, reply: str
) -> None:
    months_of(world, nurse, 5, 3)
    refresh(session, world)
    with pytest.raises(NotFound):
        answer(session, me, made(session)[0], reply)


def test_a_suggestion_is_its_person_s_alone(
    session: Session, world: World, other_world: World, nurse: Staff, me: Viewer
) -> None:
    months_of(world, nurse, 5, 3)
    refresh(session, world)
    (row,) = made(session)
    (card,) = suggestions.mine(session, viewer=me)
    assert card.public_id == row.public_id
    colleague = viewer_of(session, world.account(staff=world.staff("Ben", "Rook")))
    elsewhere = viewer_of(session, other_world.account(staff=other_world.staff()))
    for other in (colleague, elsewhere):
        assert suggestions.mine(session, viewer=other) == []
    managers = [viewer_of(session, world.account(role)) for role in ("manager", "admin")]
    for other in managers:
        with pytest.raises(NotFound):
            suggestions.mine(session, viewer=other)
    for other in (colleague, elsewhere, *managers):
        with pytest.raises(NotFound):
            answer(session, other, row, "not_useful")
    assert fresh(session, row).state == "offered"


def test_the_card_says_why_with_the_numbers(
    session: Session, world: World, nurse: Staff, me: Viewer
) -> None:
    months_of(world, nurse, 5, 3)
    refresh(session, world)
    (card,) = suggestions.mine(session, viewer=me)
    assert card.sentence.startswith("5 of your 8 comments about empathy")
    assert card.until == TODAY - timedelta(days=1)
    assert not card.accepted


# --- Which conversation -------------------------------------------------------------------------


def test_what_only_another_groups_conversation_trains_is_not_suggested(
    session: Session, world: World
) -> None:
    receptionist = world.staff(role="receptionist")
    nurses = Catalogue([catalogue.load().get("show-me-at-home")])
    months_of(world, receptionist, 6, 1, skill="explaining")
    assert refresh(session, world, catalogue=nurses) == 0
    months_of(world, world.staff(), 6, 1, skill="explaining")
    assert refresh(session, world, catalogue=nurses) == 1


def test_a_skill_offered_again_brings_a_conversation_not_rehearsed_yet(
    session: Session, world: World
) -> None:
    months_of(world, world.staff(role="receptionist"), 6, 1)
    refresh(session, world)
    (row,) = made(session)
    row.state = "finished"
    session.commit()
    assert refresh(session, world) == 1
    assert made(session)[-1].scenario != row.scenario
