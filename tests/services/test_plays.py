"""A play from start to debrief: moves by number, first answers, and nobody else's eyes."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import Session

from tests.scenarios.small import TEXT
from tests.services.test_review import viewer_of
from tests.support import postgres
from tests.support.needs import need
from tests.support.world import NOW, TODAY, World
from training.feedback.suggestion import Basis, Candidate, Evidence, Usual, assess
from training.scenarios.catalogue import Catalogue, parse
from training.services import conversations, debriefs, mastery, plays
from training.services.debriefs import NotFinished
from training.services.people import NotFound
from training.services.pinned import Run
from training.services.plays import LONGEST_NOTE, TooLong, WentOn
from training.services.signing_in import Viewer
from training.store import migrate
from training.store.tables import Mastery, Move, Play, ScenarioCopy, Staff, Suggestion

OTHER = TEXT.replace("slug: late", "slug: later").replace("title: Late", "title: Later")


@pytest.fixture
def catalogue() -> Catalogue:
    return Catalogue([parse(TEXT), parse(OTHER)])


@pytest.fixture
def rosa(world: World) -> Staff:
    return world.staff("Rosa", "Lindqvist", role="receptionist")


@pytest.fixture
def me(session: Session, world: World, rosa: Staff) -> Viewer:
    return viewer_of(session, world.account(staff=rosa))


@dataclass
class Player:
    """Somebody who plays: each call is one thing they do."""

    session: Session
    viewer: Viewer
    catalogue: Catalogue
    at: str = ""

    def start(self, slug: str = "late", **more: Any) -> str:
        self.at = plays.start(
            self.session,
            viewer=self.viewer,
            slug=slug,
            catalogue=self.catalogue,
            **{"moment": NOW, **more},
        )
        return self.at

    def look(self) -> plays.Look:
        return plays.look(self.session, viewer=self.viewer, public_id=self.at)

    def choose(self, choice: str, number: int | None = None, **more: Any) -> None:
        position = self.look().position
        given = {
            "number": position.number if number is None else number,
            "scene": position.place,
            "moment": NOW,
            **more,
        }
        plays.choose(self.session, viewer=self.viewer, public_id=self.at, choice=choice, **given)

    def back(self, number: int | None = None) -> None:
        at = self.look().position.number if number is None else number
        plays.step_back(self.session, viewer=self.viewer, public_id=self.at, number=at, moment=NOW)

    def hint(self) -> None:
        plays.hint(
            self.session,
            viewer=self.viewer,
            public_id=self.at,
            number=self.look().position.number,
        )

    def note(self, reflection: str = "", intention: str = "") -> None:
        plays.note(
            self.session,
            viewer=self.viewer,
            public_id=self.at,
            reflection=reflection,
            intention=intention,
        )

    def whole(self, *choices: str, slug: str = "late", **more: Any) -> "Player":
        self.start(slug, **more)
        for choice in choices:
            self.choose(choice, **more)
        return self

    def debrief(self, **more: Any) -> debriefs.Page:
        given = {"viewer": self.viewer, "catalogue": self.catalogue, "today": TODAY, **more}
        return debriefs.page(self.session, public_id=self.at, **given)


@pytest.fixture
def play(session: Session, me: Viewer, catalogue: Catalogue) -> Player:
    return Player(session, me, catalogue)


def moves(session: Session) -> list[tuple[int, str, bool]]:
    """The moves that are kept: number, choice, hinted."""
    rows = session.scalars(select(Move).where(Move.taken_back_at.is_(None)).order_by(Move.number))
    return [(row.number, row.choice, row.hinted) for row in rows]


def shown(session: Session) -> dict[str, tuple[int, float]]:
    """The mastery rows: decisions and mean by skill."""
    session.expire_all()
    return {row.skill: (row.decisions, row.mean) for row in session.scalars(select(Mastery))}


# --- From start to ending -----------------------------------------------------------------------


def test_a_play_goes_from_start_to_its_ending_one_move_at_a_time(
    session: Session, play: Player
) -> None:
    play.start()
    play.choose("seen")
    assert play.look().position.says == "How long?"
    play.choose("half_hour")
    look = play.look()
    assert (look.ended, look.position.title) == (True, "She stayed")
    row = session.scalars(select(Play)).one()
    assert (row.finished_at, row.ending) == (NOW, "good")
    assert moves(session) == [(1, "seen", False), (2, "half_hour", False)]


def test_the_text_of_the_scenario_is_kept_once_for_all_who_play_it(
    session: Session, world: World, play: Player, catalogue: Catalogue
) -> None:
    play.start()
    other = viewer_of(session, world.account(staff=world.staff("Ola")))
    Player(session, other, catalogue).start()
    assert session.scalar(select(func.count()).select_from(ScenarioCopy)) == 1
    assert session.scalars(select(ScenarioCopy)).one().body == TEXT


def test_an_edit_of_the_scenario_does_not_break_a_play_that_has_begun(
    session: Session, play: Player
) -> None:
    play.start()
    play.choose("seen")
    edited = TEXT.replace("id: half_hour", "id: thirty").replace("How long?", "When?")
    play.catalogue = Catalogue([parse(edited)])
    assert play.start() == session.scalars(select(Play)).one().public_id
    assert play.look().position.says == "How long?"
    play.choose("half_hour")
    assert play.debrief().debrief.passed
    play.start()
    play.choose("seen")
    assert play.look().position.says == "When?"


def test_a_play_goes_on_after_its_scenario_was_taken_out_of_the_library(
    session: Session, play: Player
) -> None:
    play.start()
    play.catalogue = Catalogue([])
    play.choose("busy")
    assert play.look().position.says == "Well? How long?"


def test_starting_again_takes_up_the_unfinished_play(session: Session, play: Player) -> None:
    first = play.start()
    play.choose("seen")
    assert play.start() == first
    play.choose("soon")
    assert play.start() != first
    assert session.scalar(select(func.count()).select_from(Play)) == 2


def test_the_order_of_the_replies_stays_the_same_all_through_a_play(play: Player) -> None:
    play.start()
    before = play.look().position.replies
    assert play.look().position.replies == before
    assert {reply.id for reply in before} == {"seen", "busy"}


@pytest.mark.parametrize("slug", ["nowhere", "../late", ""])
def test_a_conversation_that_is_not_in_the_library_cannot_be_started(
    play: Player, slug: str
) -> None:
    with pytest.raises(NotFound):
        play.start(slug)


def test_a_transfer_check_is_not_started_like_a_rehearsal(
    session: Session, me: Viewer, catalogue: Catalogue
) -> None:
    check = parse(TEXT.replace("version: 1", "version: 1\nkind: transfer"))
    with pytest.raises(NotFound):
        Player(session, me, Catalogue([check])).start()


# --- Moves by number ----------------------------------------------------------------------------


def test_a_double_click_is_one_move(session: Session, play: Player) -> None:
    play.start()
    play.choose("seen")
    play.choose("seen", number=1, scene="arrive")
    assert moves(session) == [(1, "seen", False)]


def test_another_choice_for_a_move_already_made_is_told_that_it_went_on(
    session: Session, play: Player
) -> None:
    play.start()
    play.choose("seen")
    with pytest.raises(WentOn):
        play.choose("busy", number=1, scene="arrive")
    assert moves(session) == [(1, "seen", False)]


@pytest.mark.parametrize("number", [-1, 0, 3, 10**30])
def test_a_move_for_a_moment_that_is_not_there_changes_nothing(
    session: Session, play: Player, number: int
) -> None:
    play.start()
    play.choose("seen")
    with pytest.raises(WentOn):
        play.choose("half_hour", number=number)
    assert moves(session) == [(1, "seen", False)]


def test_a_tab_left_at_another_scene_cannot_answer_for_this_one(
    session: Session, play: Player
) -> None:
    play.start()
    with pytest.raises(WentOn):
        play.choose("half_hour", number=1, scene="ask")
    assert moves(session) == []


@pytest.mark.parametrize("choice", ["half_hour", "nothing", "", "seen\0"])
def test_a_choice_that_is_not_offered_there_does_not_exist(
    session: Session, play: Player, choice: str
) -> None:
    play.start()
    with pytest.raises(NotFound):
        play.choose(choice)
    assert moves(session) == []


def test_nothing_can_be_said_after_the_ending(session: Session, play: Player) -> None:
    play.whole("seen", "half_hour")
    with pytest.raises(WentOn):
        play.choose("soon", number=3, scene="ask")
    with pytest.raises(WentOn):
        play.back()
    with pytest.raises(WentOn):
        play.hint()
    assert len(moves(session)) == 2


@pytest.mark.postgres
def test_on_postgresql_too_eight_clicks_at_once_are_one_start_one_move_and_one_result() -> None:
    need("postgresql")
    with postgres.server() as address:
        engine = create_engine(address, pool_size=8)
        migrate.upgrade(engine)
        with Session(engine, expire_on_commit=False) as session:
            world = World(session)
            rosa = world.staff("Rosa", role="receptionist")
            viewer = viewer_of(session, world.account(staff=rosa))
            session.commit()

        def eight(act: Callable[[Player], object]) -> set[object]:
            def click(_: int) -> object:
                with Session(engine, expire_on_commit=False) as session:
                    return act(Player(session, viewer, Catalogue([parse(TEXT)]), at))

            with ThreadPoolExecutor(8) as threads:
                return set(threads.map(click, range(8)))

        at = ""
        (at,) = map(str, eight(Player.start))
        eight(lambda player: player.choose("seen", number=1, scene="arrive"))
        eight(lambda player: player.choose("half_hour", number=2, scene="ask"))
        with Session(engine) as session:
            assert [choice for _, choice, _ in moves(session)] == ["seen", "half_hour"]
            assert shown(session)["keeping_informed"] == (2, pytest.approx(3 / 4))
        engine.dispose()


# --- Taking back, and hints ---------------------------------------------------------------------


def test_the_last_line_can_be_taken_back_and_another_said(session: Session, play: Player) -> None:
    play.start()
    play.choose("busy")
    play.back()
    assert play.look().position.place == "arrive"
    play.choose("seen")
    assert play.look().position.says == "How long?"
    assert moves(session) == [(1, "seen", False)]


def test_taking_back_twice_by_a_double_click_takes_back_once(
    session: Session, play: Player
) -> None:
    play.start()
    play.choose("seen")
    play.back(number=2)
    play.back(number=2)
    assert play.look().position.number == 1


def test_a_tab_left_behind_cannot_take_back_what_went_on(session: Session, play: Player) -> None:
    play.start()
    play.choose("seen")
    with pytest.raises(WentOn):
        play.back(number=1)
    with pytest.raises(WentOn):
        play.back(number=9)
    assert moves(session) == [(1, "seen", False)]


def test_at_the_first_moment_there_is_nothing_to_take_back(play: Player) -> None:
    play.start()
    play.back()
    assert play.look().position.number == 1


def test_a_hint_marks_the_move_of_its_moment_and_no_other(session: Session, play: Player) -> None:
    play.start()
    assert not play.look().hint_open
    play.hint()
    play.hint()
    assert play.look().hint_open
    play.choose("seen")
    assert not play.look().hint_open
    play.choose("half_hour")
    assert moves(session) == [(1, "seen", True), (2, "half_hour", False)]


def test_a_hint_stays_opened_when_the_line_is_taken_back(session: Session, play: Player) -> None:
    play.start()
    play.hint()
    play.choose("busy")
    play.back()
    play.choose("seen")
    assert moves(session) == [(1, "seen", True)]


def test_a_hint_from_a_tab_left_behind_opens_nothing(
    session: Session, play: Player, me: Viewer
) -> None:
    play.start()
    play.choose("seen")
    with pytest.raises(WentOn):
        plays.hint(session, viewer=me, public_id=play.at, number=1)
    assert not play.look().hint_open


# --- Mastery ------------------------------------------------------------------------------------


def test_finishing_writes_one_row_a_skill(session: Session, play: Player) -> None:
    play.whole("seen", "half_hour")
    # Beta(1, 1) and full credit: one decision on empathy, two on keeping people informed
    assert shown(session) == {
        "empathy": (1, pytest.approx(2 / 3)),
        "keeping_informed": (2, pytest.approx(3 / 4)),
    }
    levels = {row.level for row in session.scalars(select(Mastery))}
    assert levels == {"not_enough"}


def test_nothing_counts_before_the_ending(session: Session, play: Player) -> None:
    play.start()
    play.choose("seen")
    assert shown(session) == {}


def test_finishing_twice_changes_mastery_once(session: Session, play: Player) -> None:
    play.whole("seen", "half_hour")
    before = shown(session)
    for _ in range(3):
        play.choose("half_hour", number=2, scene="ask", moment=NOW + timedelta(days=3))
    assert shown(session) == before
    assert session.scalars(select(Play)).one().finished_at == NOW


def test_only_the_first_play_counts_and_a_later_one_only_dates_it(
    session: Session, play: Player
) -> None:
    play.whole("busy", "soon")
    before = shown(session)
    later = NOW + timedelta(days=1)
    play.whole("seen", "half_hour", moment=later)
    after = shown(session)
    assert {skill: n for skill, (n, _) in after.items()} == {"empathy": 1, "keeping_informed": 2}
    # a day later the same evidence weighs a little less, and nothing was added to it
    assert after["empathy"][1] == pytest.approx(before["empathy"][1], abs=0.01)
    assert {row.last_play_at for row in session.scalars(select(Mastery))} == {later}


def test_the_first_answer_counts_although_it_was_taken_back(session: Session, play: Player) -> None:
    play.start()
    play.choose("busy")
    play.back()
    play.choose("seen")
    play.choose("half_hour")
    assert shown(session)["empathy"] == (1, pytest.approx(1 / 3))


def test_a_good_first_answer_counts_too_when_a_worse_one_is_tried(
    session: Session, play: Player
) -> None:
    play.start()
    play.choose("seen")
    play.back()
    play.choose("busy")
    play.choose("half_hour")
    assert shown(session)["empathy"] == (1, pytest.approx(2 / 3))


def test_a_decision_whose_hint_was_opened_counts_half(session: Session, play: Player) -> None:
    play.start()
    play.hint()
    play.choose("seen")
    play.choose("soon")
    assert shown(session)["empathy"] == (1, pytest.approx(1.5 / 2.5))


def test_what_one_person_plays_shows_nothing_of_another(
    session: Session, world: World, play: Player, catalogue: Catalogue
) -> None:
    play.whole("seen", "half_hour")
    other = viewer_of(session, world.account(staff=world.staff("Ola")))
    assert mastery.of_person(session, viewer=other, today=TODAY) == {}
    assert set(mastery.of_person(session, viewer=play.viewer, today=TODAY)) == {
        "empathy",
        "keeping_informed",
    }


def test_the_lines_of_a_play_are_the_courses_it_took() -> None:
    made = [(1, "arrive", "busy"), (2, "ask", "soon"), (1, "arrive", "seen"), (2, "ask", "soon")]
    rows = [Move(number=n, scene=s, choice=c, hinted=False) for n, s, c in made]
    lines = Run(Play(), parse(TEXT), rows).lines
    assert [[move.choice for move in line] for line in lines] == [
        ["busy", "soon"],
        ["seen", "soon"],
    ]


# --- Why it was given ---------------------------------------------------------------------------


def offered(session: Session, who: Staff, **more: Any) -> Suggestion:
    rows = [
        Evidence(comment_id=n, day=date(2026, 1, 1 + n), visit_key=str(n), negative=n < 4)
        for n in range(9)
    ]
    candidate = Candidate("empathy", rows, Usual(0.2, 10, Basis.DEFAULT))
    reasons = assess(candidate, today=TODAY)
    row = Suggestion(
        practice_id=who.practice_id,
        staff_id=who.id,
        skill="empathy",
        scenario="late",
        formula=reasons.formula,
        need=reasons.need,
        score=reasons.score,
        reasons=reasons.as_data(),
        remark_ids=[],
        window_start=date(2025, 3, 1),
        window_end=TODAY,
        random_order=0.5,
        selected_at=NOW,
        offered_at=NOW,
        **{"state": "offered", **more},
    )
    session.add(row)
    session.commit()
    return row


def test_a_suggestion_is_accepted_by_starting_and_finished_by_finishing(
    session: Session, play: Player, rosa: Staff
) -> None:
    row = offered(session, rosa)
    play.start(suggestion=row.public_id)
    assert (row.state, row.answered_at) == ("accepted", NOW)
    play.choose("seen")
    play.choose("soon")
    session.refresh(row)
    assert row.state == "finished"
    assert play.debrief().sentence.startswith("4 of your 9 comments about empathy")


def test_an_accepted_suggestion_for_the_conversation_is_found_by_itself(
    session: Session, play: Player, rosa: Staff
) -> None:
    row = offered(session, rosa, state="accepted")
    play.whole("seen", "soon")
    session.refresh(row)
    assert row.state == "finished"


def test_an_offer_not_taken_up_is_left_alone(session: Session, play: Player, rosa: Staff) -> None:
    row = offered(session, rosa)
    play.whole("seen", "soon")
    session.refresh(row)
    assert row.state == "offered"
    assert play.debrief().sentence == ""


def test_an_answer_once_given_is_not_undone_by_playing(
    session: Session, play: Player, rosa: Staff
) -> None:
    row = offered(session, rosa, state="not_about_me")
    play.whole("seen")
    play.start(suggestion=row.public_id)
    play.choose("soon")
    session.refresh(row)
    assert row.state == "not_about_me"


def test_another_persons_suggestion_or_one_for_another_conversation_starts_nothing(
    session: Session, world: World, play: Player, rosa: Staff
) -> None:
    theirs = offered(session, world.staff("Ola"))
    mine = offered(session, rosa)
    with pytest.raises(NotFound):
        play.start(suggestion=theirs.public_id)
    session.rollback()
    with pytest.raises(NotFound):
        play.start("later", suggestion=mine.public_id)
    session.rollback()
    with pytest.raises(NotFound):
        play.start(suggestion="nowhere")


def remark_about(world: World, who: Staff, **more: Any) -> Any:
    given = {"state": "confirmed", "match_state": "confirmed", "shown_at": NOW, **more}
    return world.read_comment("Rosa never looked up.", about=who, day=date(2026, 2, 3), **given)


def test_the_remark_that_led_here_is_shown_by_its_month(
    session: Session, world: World, play: Player, rosa: Staff
) -> None:
    _, remark, _ = remark_about(world, rosa)
    play.start(remark=remark.public_id)
    play.choose("seen")
    play.choose("soon")
    found = play.debrief().remark
    assert found is not None
    assert (found.text, found.month) == ("Rosa never looked up.", date(2026, 2, 1))


def test_a_remark_that_may_no_longer_be_shown_is_not_shown_by_the_debrief(
    session: Session, world: World, play: Player, rosa: Staff
) -> None:
    comment, remark, _ = remark_about(world, rosa)
    play.start(remark=remark.public_id)
    play.choose("seen")
    play.choose("soon")
    comment.hold = "safety"
    session.commit()
    assert play.debrief().remark is None


def test_a_remark_that_the_person_may_not_see_starts_nothing(
    session: Session, world: World, play: Player, rosa: Staff
) -> None:
    for _, remark, _ in (
        remark_about(world, world.staff("Ola")),
        remark_about(world, rosa, shown_at=None),
    ):
        with pytest.raises(NotFound):
            play.start(remark=remark.public_id)
        session.rollback()


# --- The debrief --------------------------------------------------------------------------------


def test_the_debrief_shows_yours_beside_the_strongest_and_what_was_taken_back(
    session: Session, play: Player
) -> None:
    play.start()
    play.choose("busy")
    play.back()
    play.choose("seen")
    play.choose("soon")
    page = play.debrief()
    first, second = page.debrief.moments
    assert (first.is_best, second.is_best) == (True, False)
    assert (second.you_said, second.best_said) == ("Soon.", "Half an hour, perhaps more.")
    assert page.first_said == {1: "We are busy."}
    assert page.finished_on == TODAY


def test_there_is_no_debrief_before_the_ending(play: Player) -> None:
    play.start()
    with pytest.raises(NotFinished):
        play.debrief()
    with pytest.raises(NotFound):
        play.note("Too soon.")


def test_the_next_step_is_a_conversation_not_finished_for_the_weakest_skill(
    session: Session, play: Player
) -> None:
    play.whole("seen", "soon")
    step = play.debrief().next
    assert step is not None
    assert (step.scenario.slug, step.skill) == ("later", "keeping_informed")
    play.whole("seen", "half_hour", slug="later")
    assert play.debrief().next is None


def test_a_note_is_kept_tidied_and_can_be_changed(session: Session, play: Player) -> None:
    play.whole("seen", "half_hour")
    play.note("I looked up.\r\n\0", "When they wait, I will say so.")
    page = play.debrief()
    assert (page.reflection, page.intention) == ("I looked up.", "When they wait, I will say so.")
    play.note("", "x")
    assert (play.debrief().reflection, play.debrief().intention) == ("", "x")


@pytest.mark.parametrize("field", ["reflection", "intention"])
def test_a_note_that_is_too_long_is_refused_by_its_field(play: Player, field: str) -> None:
    play.whole("seen", "half_hour")
    play.note(**{field: "x" * LONGEST_NOTE})
    with pytest.raises(TooLong) as refused:
        play.note(**{field: "x" * (LONGEST_NOTE + 1)})
    assert refused.value.field == field
    assert getattr(play.debrief(), field) == "x" * LONGEST_NOTE


# --- Nobody else --------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["colleague", "manager", "admin on the roster", "other practice"])
def test_nobody_else_can_reach_a_play(
    session: Session, world: World, other_world: World, play: Player, who: str
) -> None:
    play.whole("seen", "half_hour")
    accounts = {
        "colleague": world.account(staff=world.staff("Ola")),
        "manager": world.account("manager", review=True, safeguard=True),
        "admin on the roster": world.account("admin", staff=world.staff("Ines")),
        "other practice": other_world.account("admin", staff=other_world.staff("Rosa")),
    }
    other = Player(session, viewer_of(session, accounts[who]), play.catalogue, play.at)
    for reach in (other.look, other.debrief, lambda: other.note("mine"), lambda: other.back(1)):
        with pytest.raises(NotFound):
            reach()
    with pytest.raises(NotFound):
        plays.choose(
            session, viewer=other.viewer, public_id=play.at, number=1, scene="arrive",
            choice="seen", moment=NOW,
        )  # fmt: skip
    with pytest.raises(NotFound):
        plays.hint(session, viewer=other.viewer, public_id=play.at, number=1)


def test_who_is_on_no_roster_has_no_library_and_starts_nothing(
    session: Session, world: World, catalogue: Catalogue
) -> None:
    viewer = viewer_of(session, world.account("manager"))
    with pytest.raises(NotFound):
        conversations.library(session, viewer=viewer, catalogue=catalogue)
    with pytest.raises(NotFound):
        conversations.one(session, viewer=viewer, slug="late", catalogue=catalogue, today=TODAY)
    with pytest.raises(NotFound):
        Player(session, viewer, catalogue).start()
    with pytest.raises(NotFound):
        mastery.of_person(session, viewer=viewer, today=TODAY)


# --- The library --------------------------------------------------------------------------------


def test_the_library_puts_the_persons_own_role_first_and_says_how_far_they_are(
    session: Session, play: Player, me: Viewer
) -> None:
    nurses = parse(OTHER.replace("roles: [receptionist]", "roles: [nurse]"))
    play.catalogue = Catalogue([parse(TEXT), nurses])
    play.whole("seen", "half_hour")
    play.whole("busy", slug="later")
    found = conversations.library(session, viewer=me, catalogue=play.catalogue)
    assert found.role == "receptionist"
    ((own,), (other,)) = (found.own, found.others)
    assert [(done.title, done.day) for done in own.finished] == [("She stayed", TODAY)]
    assert own.unfinished == ""
    assert (other.unfinished, other.number, other.finished) == (play.at, 2, ())


def test_a_conversation_says_how_each_play_of_it_ended_newest_first(
    session: Session, play: Player, me: Viewer
) -> None:
    play.whole("busy", "soon")
    play.whole("seen", "half_hour", moment=NOW + timedelta(days=1))
    found = conversations.one(
        session, viewer=me, slug="late", catalogue=play.catalogue, today=TODAY
    )
    assert [done.title for done in found.finished] == ["She stayed", "She left"]


def test_what_a_colleague_played_is_not_in_ones_library(
    session: Session, world: World, play: Player
) -> None:
    play.whole("seen", "half_hour")
    other = viewer_of(session, world.account(staff=world.staff("Ola")))
    found = conversations.one(
        session, viewer=other, slug="late", catalogue=play.catalogue, today=TODAY
    )
    assert (found.finished, found.unfinished) == ((), "")
