from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.sums import by_topic
from tests.support.viewers import race, viewer_of
from tests.support.world import NOW, TODAY, World
from training.services import decisions, dispute_decisions, disputes, evidence, remarks, undoing
from training.services.dispute_decisions import Case
from training.services.people import NotFound
from training.services.renderings import hidden_spans
from training.services.signing_in import Viewer
from training.store.tables import Audit, Decision, Dispute, Match, Remark, Staff


class Cast:
    """A nurse with a confirmed remark, who confirmed it, and a second person."""

    def __init__(self, session: Session, world: World) -> None:
        self.session, self.world = session, world
        self.nurse = world.staff()
        self.me = viewer_of(session, world.account(staff=self.nurse))
        self.first = viewer_of(session, world.account("manager", review=True))
        self.second = viewer_of(session, world.account("manager", review=True))
        self.comment, self.remark, match = world.read_comment(
            "Ada was short.", about=self.nurse, state="confirmed", match_state="confirmed",
            shown_at=NOW, day=TODAY - timedelta(days=40),
        )  # fmt: skip
        assert match is not None
        self.match = match
        match.decided_by = self.first.account_id
        session.commit()

    def dispute(self, ground: str = "not_about_me", words: str = "") -> str:
        return disputes.dispute(
            self.session, viewer=self.me, remark_public_id=self.remark.public_id, ground=ground,
            words=words, moment=NOW,
        )  # fmt: skip

    def case(self, viewer: Viewer, public_id: str) -> Case:
        return dispute_decisions.open_case(
            self.session, viewer=viewer, public_id=public_id, today=TODAY, moment=NOW
        )

    def uphold(self, public_id: str, *, system: bool = False) -> decisions.Decided:
        return dispute_decisions.uphold(
            self.session, viewer=self.second, public_id=public_id, version=self.version(),
            system=system, moment=NOW,
        )  # fmt: skip

    def keep(self, public_id: str) -> decisions.Decided:
        return dispute_decisions.keep(
            self.session, viewer=self.second, public_id=public_id, version=self.version(),
            moment=NOW,
        )  # fmt: skip

    def version(self) -> int:
        return self.stands()[2]

    def stands(self) -> tuple[str, str, int]:
        """The state of the remark and of its match, and the version."""
        self.session.rollback()
        self.session.expire_all()
        remark = self.session.get_one(Remark, self.remark.id)
        return remark.state, self.session.get_one(Match, self.match.id).state, remark.version

    def shown(self) -> list[str]:
        self.session.rollback()
        return [one.public_id for one in remarks.said(self.session, viewer=self.me).criticism]

    def mine(self, today: date = TODAY) -> disputes.Mine:
        (one,) = disputes.mine(self.session, viewer=self.me, today=today)
        return one

    def hidden(self) -> list[tuple[int, int, str]]:
        """What no rendering of the answer outside the queue may show."""
        found = hidden_spans(self.session, answer_ids=[self.remark.answer_id])
        return [(one.start, one.stop, one.reason) for spans in found.values() for one in spans]

    def about_me(self) -> int:
        found = evidence.count(self.session, practice_id=self.world.practice.id, today=TODAY)
        return len(found.words.get((self.nurse.id, "empathy"), ()))


@pytest.fixture
def cast(session: Session, world: World) -> Cast:
    return Cast(session, world)


# --- Disputing -------------------------------------------------------------------------------------


def test_a_dispute_freezes_the_remark_out_of_every_sum_at_once(
    session: Session, world: World, cast: Cast
) -> None:
    assert (by_topic(session, world), cast.about_me()) == ({"empathy": (0, 1)}, 1)
    cast.dispute()
    assert cast.stands() == ("disputed", "disputed", 1)
    assert (by_topic(session, world), cast.about_me()) == ({}, 0)
    assert cast.shown() == []


def test_a_dispute_holds_nobody_else_s_counting_back(
    session: Session, world: World, cast: Cast
) -> None:
    before = evidence.counted_until(session, practice_id=world.practice.id, today=TODAY)
    cast.dispute()
    after = evidence.counted_until(session, practice_id=world.practice.id, today=TODAY)
    assert before == after == TODAY


def test_the_rest_of_a_disputed_comment_waits_with_it_at_person_level(
    session: Session, world: World, cast: Cast
) -> None:
    other = Remark(
        practice_id=cast.remark.practice_id, comment_id=cast.comment.id,
        answer_id=cast.remark.answer_id, start=4, stop=9, sentiment="positive", score=0.5,
        cause="person", state="confirmed",
    )  # fmt: skip
    session.add(other)
    session.flush()
    session.add(
        Match(
            practice_id=other.practice_id, remark_id=other.id, staff_id=cast.nurse.id,
            certain=True, confidence=0.95, evidence=["named"], state="confirmed", decided_at=NOW,
        )
    )  # fmt: skip
    session.commit()

    def words() -> int:
        found = evidence.count(session, practice_id=world.practice.id, today=TODAY)
        return sum(len(some) for some in found.words.values())

    assert words() == 2
    cast.dispute()
    assert words() == 0


def test_the_person_sees_the_day_by_which_it_is_decided(cast: Cast) -> None:
    cast.dispute("factually_wrong", "I was on leave.")
    mine = cast.mine()
    assert (mine.text, mine.outcome, mine.late) == ("Ada was short.", "open", False)
    assert (mine.made_on, mine.due_on) == (TODAY, date(2026, 3, 30))
    assert mine.words == "I was on leave."
    assert mine.month == date(2026, 2, 1)
    assert not cast.mine(date(2026, 3, 30)).late
    assert cast.mine(date(2026, 3, 31)).late


def test_praise_that_was_never_decided_can_be_disputed_too(
    session: Session, world: World, cast: Cast
) -> None:
    _, remark, _ = world.read_comment(
        "Ada was kind.", about=cast.nurse, sentiment="positive", state="settled", shown_at=NOW
    )
    cast.remark = remark
    public_id = cast.dispute("not_that_visit")
    session.rollback()
    assert session.get_one(Remark, remark.id).state == "disputed"
    version = session.get_one(Remark, remark.id).version
    dispute_decisions.keep(
        session, viewer=cast.first, public_id=public_id, version=version, moment=NOW
    )
    assert len(remarks.said(session, viewer=cast.me).praise) == 1


@pytest.mark.parametrize("ground", ["", "boring", "open"])
def test_a_dispute_has_a_ground(cast: Cast, ground: str) -> None:
    with pytest.raises(disputes.NotSaid, match="ground"):
        cast.dispute(ground)
    assert cast.stands()[0] == "confirmed"


def test_a_dispute_does_not_say_too_much(cast: Cast) -> None:
    with pytest.raises(disputes.NotSaid, match="words"):
        cast.dispute(words="x" * (disputes.LONGEST + 1))
    assert cast.stands()[0] == "confirmed"


def test_only_the_person_disputes_and_only_what_they_are_shown(
    session: Session, world: World, other_world: World, cast: Cast
) -> None:
    colleague = viewer_of(session, world.account(staff=world.staff("Ben", "Rook")))
    foreign = viewer_of(session, other_world.account(staff=other_world.staff()))
    for viewer in (colleague, foreign, cast.first):
        with pytest.raises(NotFound):
            disputes.dispute(
                session, viewer=viewer, remark_public_id=cast.remark.public_id,
                ground="not_about_me", moment=NOW,
            )  # fmt: skip
    cast.match.shown_at = None
    session.commit()
    with pytest.raises(NotFound):
        cast.dispute()
    assert cast.stands()[0] == "confirmed"


def test_taken_back_the_remark_stands_as_it_did(session: Session, world: World, cast: Cast) -> None:
    public_id = cast.dispute()
    stranger = viewer_of(session, world.account(staff=world.staff("Ben", "Rook")))
    with pytest.raises(NotFound):
        disputes.withdraw(session, viewer=stranger, public_id=public_id, moment=NOW)
    disputes.withdraw(session, viewer=cast.me, public_id=public_id, moment=NOW)
    assert cast.stands() == ("confirmed", "confirmed", 2)
    assert cast.shown() == [cast.remark.public_id]
    assert cast.mine().outcome == "withdrawn"
    with pytest.raises(NotFound):
        disputes.withdraw(session, viewer=cast.me, public_id=public_id, moment=NOW)


def test_a_dispute_and_its_end_are_audited_without_words(session: Session, cast: Cast) -> None:
    public_id = cast.dispute(words="CANARY-4711")
    cast.case(cast.second, public_id)
    cast.keep(public_id)
    rows = session.scalars(select(Audit).order_by(Audit.id)).all()
    assert [row.verb for row in rows] == ["dispute", "read_comment", "keep"]
    assert not any("CANARY" in str((row.noun, row.facts)) for row in rows)


# --- Deciding --------------------------------------------------------------------------------------


def test_neither_who_confirmed_it_nor_the_person_may_decide(
    session: Session, world: World, cast: Cast
) -> None:
    public_id = cast.dispute()
    themselves = replace(cast.me, may_review=True)
    elsewhere = replace(cast.second, site_ids=(world.site("Mill Lane").id,))
    plain = replace(cast.second, may_review=False)
    for viewer in (cast.first, themselves, elsewhere, plain):
        assert dispute_decisions.waiting(session, viewer=viewer, today=TODAY).waiting == ()
        assert dispute_decisions.counts(session, viewer=viewer) == 0
        with pytest.raises(NotFound):
            cast.case(viewer, public_id)
        with pytest.raises(NotFound):
            dispute_decisions.keep(
                session, viewer=viewer, public_id=public_id, version=1, moment=NOW
            )
        with pytest.raises(NotFound):
            dispute_decisions.uphold(
                session, viewer=viewer, public_id=public_id, version=1, system=False, moment=NOW
            )
    assert cast.stands()[0] == "disputed"
    assert dispute_decisions.waiting(session, viewer=cast.first, today=TODAY).for_others == 1


def test_who_moved_the_remark_may_not_decide_either(session: Session, cast: Cast) -> None:
    cast.match.decided_by = None
    session.add(
        Decision(
            practice_id=cast.remark.practice_id, remark_id=cast.remark.id, verb="move",
            account_id=cast.first.account_id, before={}, version_after=0, at=NOW,
        )
    )  # fmt: skip
    session.commit()
    public_id = cast.dispute()
    with pytest.raises(NotFound):
        cast.case(cast.first, public_id)


def test_the_second_person_reads_the_comment_and_what_was_added(cast: Cast) -> None:
    public_id = cast.dispute("system_cause", "The queue was long.")
    (listed,) = dispute_decisions.waiting(cast.session, viewer=cast.second, today=TODAY).waiting
    assert (listed.public_id, listed.ground, listed.late) == (public_id, "system_cause", False)
    case = cast.case(cast.second, public_id)
    assert (case.name, case.words) == ("Ada Moss", "The queue was long.")
    assert case.comment.answers[0].pieces[0].text == "Ada was short."


@pytest.mark.parametrize(
    ("ground", "system", "state"),
    [
        ("not_about_me", False, "rejected"),
        ("factually_wrong", False, "rejected"),
        ("abusive", False, "rejected"),
        ("system_cause", True, "system"),
    ],
)
def test_upheld_it_leaves_the_person(
    session: Session, world: World, cast: Cast, ground: str, system: bool, state: str
) -> None:
    cast.uphold(cast.dispute(ground), system=system)
    assert cast.stands() == (state, "rejected", 2)
    assert (cast.shown(), cast.about_me()) == ([], 0)
    assert by_topic(session, world) == ({"empathy": (0, 1)} if system else {})
    mine = cast.mine()
    assert (mine.outcome, mine.text) == ("upheld", "")


def test_kept_it_comes_back_as_it_was(session: Session, world: World, cast: Cast) -> None:
    cast.keep(cast.dispute())
    assert cast.stands() == ("confirmed", "confirmed", 2)
    assert cast.shown() == [cast.remark.public_id]
    assert (by_topic(session, world), cast.about_me()) == ({"empathy": (0, 1)}, 1)
    assert (cast.mine().outcome, cast.mine().text) == ("kept", "Ada was short.")


def test_what_a_second_person_kept_is_not_disputed_again(cast: Cast) -> None:
    cast.keep(cast.dispute())
    with pytest.raises(disputes.NotDisputable):
        cast.dispute("abusive")
    assert cast.stands()[0] == "confirmed"


def with_colleague(cast: Cast) -> tuple[Staff, Match]:
    rook = cast.world.staff("Ben", "Rook")
    match = Match(
        practice_id=cast.remark.practice_id, remark_id=cast.remark.id, staff_id=rook.id,
        certain=True, confidence=0.95, evidence=["named"], state="confirmed", decided_at=NOW,
    )  # fmt: skip
    cast.session.add(match)
    cast.session.commit()
    return rook, match


@pytest.mark.parametrize(
    ("ground", "state", "theirs"),
    [("not_about_me", "confirmed", "confirmed"), ("factually_wrong", "rejected", "rejected")],
)
def test_a_remark_about_two_stays_with_the_other_where_it_is_only_not_about_one(
    cast: Cast, ground: str, state: str, theirs: str
) -> None:
    _, match = with_colleague(cast)
    cast.uphold(cast.dispute(ground))
    assert cast.stands()[:2] == (state, "rejected")
    assert cast.session.get_one(Match, match.id).state == theirs


@pytest.mark.parametrize("verb", ["uphold", "keep"])
def test_who_decided_can_undo_it_and_the_dispute_is_open_again(cast: Cast, verb: str) -> None:
    public_id = cast.dispute()
    made = getattr(cast, verb)(public_id)
    with pytest.raises(undoing.TooLate):
        undoing.undo(cast.session, viewer=cast.first, public_id=made.public_id, moment=NOW)
    undoing.undo(cast.session, viewer=cast.second, public_id=made.public_id, moment=NOW)
    assert cast.stands()[:2] == ("disputed", "disputed")
    assert cast.mine().outcome == "open"
    cast.keep(public_id)
    assert cast.stands()[:2] == ("confirmed", "confirmed")


def test_the_first_decision_cannot_be_undone_over_a_dispute(session: Session, world: World) -> None:
    nurse = world.staff()
    me = viewer_of(session, world.account(staff=nurse))
    first = viewer_of(session, world.account("manager", review=True))
    _, remark, match = world.read_comment("Short.", about=nurse)
    made = decisions.confirm(
        session, viewer=first, remark_public_id=remark.public_id, version=0, moment=NOW
    )
    assert match is not None
    session.get_one(Match, match.id).shown_at = NOW
    session.commit()
    disputes.dispute(
        session, viewer=me, remark_public_id=remark.public_id, ground="abusive", moment=NOW
    )
    with pytest.raises(undoing.TooLate):
        undoing.undo(session, viewer=first, public_id=made.public_id, moment=NOW)


def test_h01_of_two_who_decide_at_once_one_is_told(
    app: Flask, session: Session, world: World, cast: Cast
) -> None:
    public_id = cast.dispute()
    third = viewer_of(session, world.account("manager", review=True))

    def act(own: Session, number: int) -> None:
        given = {"viewer": (cast.second, third)[number], "public_id": public_id, "version": 1}
        if number:
            dispute_decisions.keep(own, moment=NOW, **given)  # type: ignore[arg-type]
        else:
            dispute_decisions.uphold(own, system=False, moment=NOW, **given)  # type: ignore[arg-type]

    assert race(app, act, 2, told=(decisions.AlreadyDecided, NotFound)) == ["told", "won"]
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Decision)) == 1
    assert cast.version() == 2


def test_h01_a_remark_is_disputed_once_however_often_the_button_is_pressed(
    app: Flask, session: Session, cast: Cast
) -> None:
    def act(own: Session, _number: int) -> None:
        disputes.dispute(
            own, viewer=cast.me, remark_public_id=cast.remark.public_id, ground="abusive",
            moment=NOW,
        )  # fmt: skip

    ends = race(app, act, 4, told=(NotFound, disputes.NotDisputable))
    assert ends == ["told", "told", "told", "won"]
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Dispute)) == 1


# --- The rate --------------------------------------------------------------------------------------


def disputed(world: World, session: Session, count: int, **more: object) -> None:
    nurse = world.staff()
    for n in range(count):
        _, remark, _ = world.read_comment(
            f"Short {n}.", about=nurse, state="disputed", match_state="disputed", shown_at=NOW,
            day=date(2026, 1, 5),
        )  # fmt: skip
        given = {"made_on": date(2026, 2, 3), **more}
        session.add(
            Dispute(
                practice_id=world.practice.id, remark_id=remark.id, staff_id=nurse.id,
                ground="abusive", before={}, made_at=NOW, due_on=TODAY, **given,
            )
        )  # fmt: skip
    session.commit()


def test_the_rate_of_the_practice_is_hidden_below_five_disputes(
    session: Session, world: World, other_world: World, cast: Cast
) -> None:
    disputed(other_world, session, 9)
    disputed(world, session, 4)
    manager = viewer_of(session, world.account("manager"))
    assert disputes.rate(session, viewer=manager, today=TODAY) is None
    disputed(world, session, 1)
    assert disputes.rate(session, viewer=manager, today=TODAY) == disputes.Rate(5, 6)


@pytest.mark.parametrize(
    "more",
    [
        {"outcome": "withdrawn", "closed_at": NOW},
        {"made_on": TODAY},
        {"made_on": date(2025, 2, 28)},
    ],
    ids=["taken back", "this month", "a year ago"],
)
def test_the_rate_counts_twelve_full_months_and_nothing_taken_back(
    session: Session, world: World, more: dict[str, object]
) -> None:
    disputed(world, session, 4)
    disputed(world, session, 3, **more)
    manager = viewer_of(session, world.account("manager"))
    assert disputes.rate(session, viewer=manager, today=TODAY) is None


@pytest.mark.parametrize("ground", ["abusive", "discriminatory"])
def test_what_hurts_is_hidden_at_once_and_after_it_was_upheld(cast: Cast, ground: str) -> None:
    made = cast.dispute(ground)
    assert cast.mine().text == "▇ (abuse)"
    assert cast.mine().hurts
    assert cast.hidden() == [(0, len("Ada was short."), "abuse")]
    cast.uphold(made)
    assert cast.hidden() == [(0, len("Ada was short."), "abuse")]
    assert cast.mine().hurts


def test_what_a_second_person_keeps_is_shown_again(cast: Cast) -> None:
    cast.keep(cast.dispute("abusive"))
    assert cast.hidden() == []
    assert cast.mine().text == "Ada was short."
    assert not cast.mine().hurts


def test_what_is_disputed_for_another_reason_stays_readable(cast: Cast) -> None:
    cast.dispute("not_about_me")
    assert cast.hidden() == []
    assert not cast.mine().hurts


def test_the_second_person_still_reads_what_hurts(cast: Cast) -> None:
    found = cast.case(cast.second, cast.dispute("abusive"))
    assert [piece.text for piece in found.comment.answers[0].pieces] == ["Ada was short."]
