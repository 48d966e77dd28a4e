"""Working on a plan: steps ticked, taken out and put back; reviews; notes by phase."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from tests.support.viewers import viewer_of
from tests.support.world import NOW, TODAY, World
from training.services import plan_work, plans
from training.services.people import NotFound
from training.services.plan_work import MOST_STEPS, Work
from training.services.plans import BadPlan, Draft
from training.services.signing_in import Viewer


@pytest.fixture
def dana(session: Session, world: World) -> Viewer:
    return viewer_of(session, world.account("manager", name="Dana Whitlock"))


@pytest.fixture
def plan(session: Session, dana: Viewer) -> str:
    owner = plans.choices(session, viewer=dana).owners[0][0]
    draft = Draft("Waits", "Shorter", "A slot", "wait_length", "", "", owner, 0.1, TODAY, ("One",))
    return plans.start(session, viewer=dana, draft=draft, moment=NOW)


def read(session: Session, who: Viewer, plan: str) -> Work:
    return plan_work.read(session, viewer=who, public_id=plan, today=TODAY)


def add_step(session: Session, viewer: Viewer, plan: str, words: str, **more: object) -> None:
    given = {"who": "", "due_on": None, **more}
    plan_work.add_step(
        session, viewer=viewer, public_id=plan, words=words, moment=NOW, **given  # type: ignore[arg-type]
    )  # fmt: skip


def test_a_step_is_ticked_and_unticked(session: Session, dana: Viewer, plan: str) -> None:
    step = read(session, dana, plan).steps[0].public_id
    for done, day in ((True, TODAY), (False, None)):
        plan_work.tick(
            session, viewer=dana, public_id=plan, step=step, done=done, today=TODAY, moment=NOW
        )
        assert read(session, dana, plan).steps[0].done_on == day


def test_ticking_twice_keeps_the_first_day(session: Session, dana: Viewer, plan: str) -> None:
    step = read(session, dana, plan).steps[0].public_id
    for today in (TODAY, TODAY + timedelta(days=3)):
        plan_work.tick(
            session, viewer=dana, public_id=plan, step=step, done=True, today=today, moment=NOW
        )
    assert read(session, dana, plan).steps[0].done_on == TODAY


def test_a_step_is_overdue_the_day_after_and_not_once_it_is_done(
    session: Session, dana: Viewer, plan: str
) -> None:
    add_step(session, dana, plan, "Two", due_on=TODAY)
    add_step(session, dana, plan, "Three", who="Priya and Tom", due_on=date(2026, 3, 15))
    assert [one.overdue for one in read(session, dana, plan).steps] == [False, False, True]
    third = read(session, dana, plan).steps[2].public_id
    plan_work.tick(
        session, viewer=dana, public_id=plan, step=third, done=True, today=TODAY, moment=NOW
    )
    assert not read(session, dana, plan).steps[2].overdue


def test_a_step_that_was_taken_out_can_be_put_back_in_its_place(
    session: Session, dana: Viewer, plan: str
) -> None:
    add_step(session, dana, plan, "Two")
    first = read(session, dana, plan).steps[0].public_id
    plan_work.remove_step(
        session, viewer=dana, public_id=plan, step=first, today=TODAY, moment=NOW
    )  # fmt: skip
    assert [one.words for one in read(session, dana, plan).steps] == ["Two"]
    plan_work.restore_step(session, viewer=dana, public_id=plan, step=first, moment=NOW)
    assert [one.words for one in read(session, dana, plan).steps] == ["One", "Two"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"words": " "}, "words"),
        ({"words": "x" * 201}, "words"),
        ({"words": "Two", "who": "x" * 81}, "who"),
    ],
)
def test_a_step_that_says_nothing_or_too_much_is_refused(
    session: Session, dana: Viewer, plan: str, given: dict[str, str], field: str
) -> None:
    with pytest.raises(BadPlan) as caught:
        add_step(session, dana, plan, **given)
    assert caught.value.field == field


def test_a_plan_has_no_end_of_steps(session: Session, dana: Viewer, plan: str) -> None:
    for n in range(MOST_STEPS - 1):
        add_step(session, dana, plan, f"Step {n}")
    with pytest.raises(BadPlan, match="at most 50 steps"):
        add_step(session, dana, plan, "One more")


def test_a_step_of_another_plan_is_not_there(session: Session, dana: Viewer, plan: str) -> None:
    with pytest.raises(NotFound):
        plan_work.restore_step(session, viewer=dana, public_id=plan, step="nowhere", moment=NOW)
    with pytest.raises(NotFound):
        plan_work.hold_review(
            session, viewer=dana, public_id=plan, review="nowhere", held=True, today=TODAY,
            moment=NOW,
        )  # fmt: skip


def test_reviews_stand_by_day_and_the_next_one_is_in_the_list(
    session: Session, dana: Viewer, plan: str
) -> None:
    for day in (date(2026, 5, 1), date(2026, 4, 1)):
        plan_work.add_review(session, viewer=dana, public_id=plan, on_day=day, moment=NOW)
    reviews = read(session, dana, plan).reviews
    assert [one.on_day for one in reviews] == [date(2026, 4, 1), date(2026, 5, 1)]
    plan_work.hold_review(
        session, viewer=dana, public_id=plan, review=reviews[0].public_id, held=True, today=TODAY,
        moment=NOW,
    )  # fmt: skip
    (line,) = plans.everyone(session, viewer=dana, today=TODAY)
    assert line.next_review == date(2026, 5, 1)


@pytest.mark.parametrize("day", [date(2026, 4, 1), date(2026, 3, 15)])
def test_a_day_twice_or_before_the_start_is_refused(
    session: Session, dana: Viewer, plan: str, day: date
) -> None:
    plan_work.add_review(
        session, viewer=dana, public_id=plan, on_day=date(2026, 4, 1), moment=NOW
    )  # fmt: skip
    with pytest.raises(BadPlan):
        plan_work.add_review(session, viewer=dana, public_id=plan, on_day=day, moment=NOW)


def test_notes_stand_under_their_phase_with_who_wrote_them(
    session: Session, dana: Viewer, plan: str
) -> None:
    plan_work.write_note(
        session, viewer=dana, public_id=plan, phase="study", words=" Fewer ask. ", moment=NOW
    )
    notes = read(session, dana, plan).notes
    assert list(notes) == ["plan", "do", "study", "act"]
    assert [(one.words, one.name, one.day) for one in notes["study"]] == [
        ("Fewer ask.", "Dana Whitlock", TODAY)
    ]


@pytest.mark.parametrize(
    ("phase", "words", "field"), [("check", "A", "phase"), ("do", "", "note"), ("do", "x" * 2001, "note")]
)  # fmt: skip
def test_a_note_without_a_phase_or_words_is_refused(
    session: Session, dana: Viewer, plan: str, phase: str, words: str, field: str
) -> None:
    with pytest.raises(BadPlan) as caught:
        plan_work.write_note(
            session, viewer=dana, public_id=plan, phase=phase, words=words, moment=NOW
        )
    assert caught.value.field == field
