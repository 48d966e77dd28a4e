"""What a manager may ask of somebody, and all they learn of it: done, or not done yet."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.services.test_review import viewer_of
from tests.support.pages import Pages
from tests.support.world import NOW, TODAY, World
from training import clock, jobs
from training.extensions import bedside
from training.scenarios import catalogue
from training.services import assignment_letters, assignments, own_assignments
from training.services.assignments import Draft, Line, NotAssigned, State
from training.services.people import NotFound
from training.services.signing_in import Viewer
from training.store.tables import Account, Assignment, Audit, Play, ScenarioCopy, Staff

SCENARIO = "voice-in-the-waiting-room"
FRIDAY = TODAY + timedelta(days=4)
SignIn = Callable[[Account], Pages]


@pytest.fixture
def nurse(world: World) -> Staff:
    return world.staff()


@pytest.fixture
def hers(world: World, nurse: Staff) -> Account:
    return world.account(staff=nurse)


@pytest.fixture
def manager(session: Session, world: World) -> Viewer:
    return viewer_of(session, world.account("manager", name="Judith Amber"))


def ask(session: Session, who: Viewer, person: Staff, **more: Any) -> str:
    given: dict[str, Any] = {"scenario": SCENARIO, "note": "", "due_on": FRIDAY, **more}
    moment = given.pop("moment", NOW)
    draft = Draft(person=person.public_id, **given)
    return assignments.assign(
        session, viewer=who, draft=draft, catalogue=catalogue.load(), today=moment.date(),
        moment=moment,
    )  # fmt: skip


def listed(session: Session, who: Viewer) -> list[Line]:
    session.expire_all()
    still, over = assignments.listing(session, viewer=who, catalogue=catalogue.load())
    return [*still, *over]


def play(session: Session, who: Staff, began: datetime, ended: datetime | None) -> None:
    scenario = catalogue.load().get(SCENARIO)
    session.merge(ScenarioCopy(digest=scenario.digest, slug=SCENARIO, body=scenario.text))
    session.flush()
    session.add(
        Play(
            practice_id=who.practice_id, staff_id=who.id, slug=SCENARIO, digest=scenario.digest,
            seed=1, started_at=began, finished_at=ended,
        )
    )  # fmt: skip
    session.commit()


def mine(session: Session, who: Viewer, today: date = TODAY) -> tuple[own_assignments.Asked, ...]:
    return own_assignments.mine(session, viewer=who, catalogue=catalogue.load(), today=today)


# --- Asking ---------------------------------------------------------------------------------------


def test_what_is_asked_stands_with_its_note_and_its_day_and_is_audited(
    session: Session, nurse: Staff, hers: Account, manager: Viewer
) -> None:
    ask(session, manager, nurse, note="Before  the clinic,\nplease.")
    (line,) = listed(session, manager)
    assert (line.person, line.title, line.note) == (
        "Ada Moss",
        "The voice in the waiting room",
        "Before the clinic, please.",
    )
    assert (line.due_on, line.assigned_on, line.by) == (FRIDAY, TODAY, "Judith Amber")
    assert line.state is State.OPEN
    (asked,) = mine(session, viewer_of(session, hers))
    assert (asked.scenario.slug, asked.by, asked.begun) == (SCENARIO, "Judith Amber", False)
    rows = session.query(Audit).filter_by(verb="assign").all()
    assert [(row.noun, row.facts) for row in rows] == [("assignment", {"scenario": SCENARIO})]


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("scenario", {"scenario": "no-such-thing"}),
        ("scenario", {"scenario": "one-more-thing-2"}),  # a transfer check
        ("due_on", {"due_on": TODAY - timedelta(days=1)}),
        ("due_on", {"due_on": TODAY + timedelta(days=400)}),
        ("note", {"note": "x" * 501}),
    ],
)
def test_what_cannot_be_asked_is_refused_with_its_field(
    session: Session, nurse: Staff, manager: Viewer, field: str, wrong: dict[str, Any]
) -> None:
    with pytest.raises(NotAssigned) as problem:
        ask(session, manager, nurse, **wrong)
    assert problem.value.field == field
    assert listed(session, manager) == []


def test_the_same_is_not_asked_twice_while_it_is_open(
    session: Session, nurse: Staff, manager: Viewer
) -> None:
    first = ask(session, manager, nurse)
    with pytest.raises(NotAssigned):
        ask(session, manager, nurse)
    assignments.withdraw(session, viewer=manager, public_id=first, moment=NOW)
    ask(session, manager, nurse)
    assert [line.state for line in listed(session, manager)] == [State.OPEN, State.WITHDRAWN]


def test_nobody_elsewhere_out_of_scope_or_gone_can_be_asked(
    session: Session, world: World, other_world: World, nurse: Staff, manager: Viewer
) -> None:
    gone = world.staff("Old", active_to=TODAY - timedelta(days=1))
    elsewhere = other_world.staff()
    annex = world.site("Annex")
    scoped = viewer_of(session, world.account("manager", sites=[annex]))
    for who, person in ((manager, gone), (manager, elsewhere), (scoped, nurse)):
        with pytest.raises(NotFound):
            ask(session, who, person)
    public_id = ask(session, manager, nurse)
    assert listed(session, scoped) == []
    with pytest.raises(NotFound):
        assignments.withdraw(session, viewer=scoped, public_id=public_id, moment=NOW)


def test_what_was_withdrawn_is_gone_from_the_persons_home(
    session: Session, nurse: Staff, hers: Account, manager: Viewer
) -> None:
    public_id = ask(session, manager, nurse)
    for _ in range(2):
        assignments.withdraw(session, viewer=manager, public_id=public_id, moment=NOW)
    assert mine(session, viewer_of(session, hers)) == ()
    assert session.query(Audit).filter_by(verb="withdraw_assignment").count() == 1


# --- Done or not ----------------------------------------------------------------------------------


def test_the_manager_sees_done_and_the_person_also_that_it_was_begun(
    session: Session, nurse: Staff, hers: Account, manager: Viewer
) -> None:
    ask(session, manager, nurse)
    me = viewer_of(session, hers)
    play(session, nurse, NOW + timedelta(hours=1), None)
    own_assignments.note_finished(session, practice_id=nurse.practice_id)
    assert [one.begun for one in mine(session, me)] == [True]
    assert [line.state for line in listed(session, manager)] == [State.OPEN]
    session.query(Play).one().finished_at = NOW + timedelta(hours=2)
    session.commit()
    assert mine(session, me) == ()
    assert own_assignments.note_finished(session, practice_id=nurse.practice_id) == 1
    assert [line.state for line in listed(session, manager)] == [State.DONE]
    assert own_assignments.note_finished(session, practice_id=nurse.practice_id) == 0
    assert session.query(Assignment).one().finished_at == NOW + timedelta(hours=2)


def test_what_was_rehearsed_before_it_was_asked_does_not_count(
    session: Session, nurse: Staff, hers: Account, manager: Viewer
) -> None:
    play(session, nurse, NOW - timedelta(days=3), NOW - timedelta(days=3))
    ask(session, manager, nurse)
    assert own_assignments.note_finished(session, practice_id=nurse.practice_id) == 0
    assert [one.begun for one in mine(session, viewer_of(session, hers))] == [False]


def test_a_colleagues_rehearsal_finishes_nothing_of_mine(
    session: Session, world: World, nurse: Staff, manager: Viewer
) -> None:
    ask(session, manager, nurse)
    play(session, world.staff("Ben"), NOW, NOW + timedelta(hours=1))
    assert own_assignments.note_finished(session, practice_id=nurse.practice_id) == 0


# --- The reminder ---------------------------------------------------------------------------------


def letters() -> list[str]:
    found = sorted(bedside().config.outbox.glob("*.eml"))
    return [message_from_bytes(p.read_bytes(), policy=policy.default).as_string() for p in found]


def test_one_reminder_goes_out_two_days_before_and_no_other(
    app: Flask, session: Session, nurse: Staff, hers: Account, manager: Viewer
) -> None:
    ask(session, manager, nurse, note="You were rude again.")
    for days, count in ((1, 0), (2, 1), (3, 1), (4, 1)):
        with clock.stopped_at(NOW + timedelta(days=days)):
            jobs.sweep()
        assert len(letters()) == count
    (text,) = letters()
    assert hers.email in text
    assert "rude" not in text
    for word in ("score", "mastery", "suggest", "skill"):
        assert word not in text


def test_who_was_asked_at_short_notice_or_is_done_gets_no_reminder(
    session: Session, nurse: Staff, hers: Account, manager: Viewer
) -> None:
    ask(session, manager, nurse, due_on=TODAY + timedelta(days=2))
    ask(session, manager, nurse, scenario="show-me-at-home")
    session.query(Assignment).filter_by(scenario="show-me-at-home").one().finished_at = NOW
    hers.disabled_at = None
    session.commit()
    for days in range(6):
        moment = NOW + timedelta(days=days)
        assert assignment_letters.due(session, catalogue=catalogue.load(), moment=moment) == []


# --- Pages ----------------------------------------------------------------------------------------


def test_a_manager_asks_in_a_form_and_withdraws_after_a_question(
    session: Session, world: World, nurse: Staff, sign_in: SignIn
) -> None:
    pages = sign_in(world.account("manager"))
    assert "Nothing is asked of anybody" in pages.get("/assignments").text
    form = {
        "person": nurse.public_id,
        "scenario": SCENARIO,
        "due_on": str(FRIDAY),
        "note": "<b>Please</b>",
    }
    page = pages.submit("/assignments/new", form)
    assert "“<b>Please</b>”" in page.text  # escaped, so it is read as it was typed
    assert "Ada Moss , by 20 March 2026" in page.text
    (row,) = session.query(Assignment).all()
    question = pages.get(f"/assignments/{row.public_id}/withdraw")
    assert "Withdraw this assignment?" in question.text
    page = pages.submit(f"/assignments/{row.public_id}/withdraw", {})
    assert "Withdrawn." in page.text
    assert "nothing to withdraw" in pages.get(f"/assignments/{row.public_id}/withdraw").text


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"person": ""}, "Choose a person."),
        ({"scenario": ""}, "Choose a conversation."),
        ({"due_on": "soon"}, "Write the day as day, month and year."),
        ({"due_on": "2026-01-01"}, "Choose a day from today on"),
    ],
)
def test_a_form_that_is_not_whole_says_what_is_missing(
    session: Session, world: World, nurse: Staff, sign_in: SignIn, wrong: Any, words: str
) -> None:
    form = {"person": nurse.public_id, "scenario": SCENARIO, "due_on": str(FRIDAY), "note": "Hm"}
    answer = sign_in(world.account("manager")).post("/assignments/new", form | wrong, status=400)
    assert words in answer.text
    assert "Hm</textarea>" in answer.text
    assert session.query(Assignment).count() == 0


def test_the_card_on_a_persons_home_leads_to_the_conversation_and_to_a_calendar_file(
    session: Session, nurse: Staff, hers: Account, manager: Viewer, sign_in: SignIn
) -> None:
    public_id = ask(session, manager, nurse, note="Before the clinic, please; " + "ü" * 90)
    pages = sign_in(hers)
    home = pages.get("/home")
    assert "You were asked to rehearse" in home.text
    assert "Judith Amber , who sees only whether it is done" in home.text
    file = pages.client.get(f"/asked/{public_id}/day.ics")
    assert file.mimetype == "text/calendar"
    lines = file.data.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert b"DTSTART;VALUE=DATE:20260320" in lines
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in file.data.replace(b"\r\n", b"")


def test_a_calendar_file_is_its_persons_alone(
    session: Session, world: World, nurse: Staff, hers: Account, manager: Viewer, sign_in: SignIn
) -> None:
    public_id = ask(session, manager, nurse)
    colleague = world.account(staff=world.staff("Ben"))
    sign_in(colleague).get(f"/asked/{public_id}/day.ics", status=404)


def test_no_page_of_assignments_names_a_suggestion(
    session: Session, world: World, nurse: Staff, manager: Viewer, sign_in: SignIn
) -> None:
    ask(session, manager, nurse)
    pages = sign_in(world.account("manager"))
    form = pages.get(f"/assignments/new?person={nurse.public_id}")
    titles = [one.script.title for one in catalogue.load()]
    assert all(title in form.text for title in titles)  # every one, in the library's own order
    places = [form.text.index(title) for title in titles]
    assert places == sorted(places)
