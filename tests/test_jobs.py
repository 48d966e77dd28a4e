"""The sweep: everything that is due, once; twice changes nothing; one fault does not stop the rest."""

from dataclasses import replace
from datetime import date, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from threading import Event

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.support.world import NOW, TODAY, World
from training import clock, jobs
from training.extensions import bedside, db, wake
from training.store.tables import (
    Account,
    Comment,
    Match,
    PriorFit,
    Remark,
    SignInAttempt,
    Staff,
    Suggestion,
)

DANGER = (
    "I told the desk I had chest pain and could not breathe and they sent me away. I nearly died."
)


def outbox() -> list[Path]:
    folder = bedside().config.outbox
    return sorted(folder.iterdir()) if folder.exists() else []


def test_a_comment_that_a_crash_left_unread_is_read(world: World, session: Session) -> None:
    nurse = world.staff("Ada", "Moss")
    world.comment("Ada was so kind and explained everything.", on_visit=[nurse])
    jobs.sweep()
    assert session.query(Comment).one().reading_state == "read"
    assert session.query(Remark).count() >= 1
    before = session.query(Match).count()
    session.rollback()
    jobs.sweep()
    assert session.query(Match).count() == before


def test_those_who_safeguard_are_told_once_and_without_a_word_of_the_patient(
    world: World, session: Session
) -> None:
    guard = world.account(safeguard=True)
    world.account("manager", review=True)
    world.comment(DANGER)
    jobs.sweep()
    jobs.sweep()
    (path,) = outbox()
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert message["To"] == guard.email
    assert "http://localhost/review" in message.get_content()
    for word in ("chest", "breathe", "died"):
        assert word not in path.read_text()


def test_criticism_that_waited_four_weeks_is_shown(world: World, session: Session) -> None:
    nurse = world.staff()
    _, _, match = world.read_comment(
        "She was rushed.", about=nurse, state="confirmed", match_state="confirmed"
    )
    assert match is not None
    match.decided_at = NOW - timedelta(days=27)
    session.commit()
    jobs.sweep()
    session.rollback()
    assert session.get_one(Match, match.id).shown_at is None
    with clock.stopped_at(NOW + timedelta(days=1, minutes=1)):
        jobs.sweep()
    session.rollback()
    assert session.get_one(Match, match.id).shown_at is not None


def test_somebody_who_left_yesterday_cannot_sign_in_today(world: World, session: Session) -> None:
    world.account("admin")
    gone = world.account(staff=world.staff(active_to=TODAY - timedelta(days=1)))
    stays = world.account(staff=world.staff("Bo", "Fox", active_to=TODAY))
    jobs.sweep()
    session.rollback()
    assert session.get_one(Account, gone.id).disabled_at == NOW
    assert session.get_one(Account, stays.id).disabled_at is None


def test_old_failures_and_old_contact_details_are_forgotten(world: World, session: Session) -> None:
    session.add(SignInAttempt(name_hash="h", at=NOW - timedelta(hours=1)))
    comment = world.comment(
        "Call me.", openness="contact", contact="a@post.example", day=TODAY - timedelta(days=15)
    )
    jobs.sweep()
    session.rollback()
    assert session.query(SignInAttempt).count() == 0
    assert session.get_one(Comment, comment.id).contact is None


@pytest.mark.logs_errors
def test_a_step_that_fails_is_told_by_kind_and_place_and_the_rest_still_run(
    world: World, session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    """Somebody's name as a recipient: the outbox refuses it, as a mail server would."""
    world.account(safeguard=True, email="no address at all")
    world.comment(DANGER)
    session.add(SignInAttempt(name_hash="h", at=NOW - timedelta(hours=1)))
    session.commit()
    jobs.sweep()
    told = [r.getMessage() for r in caplog.records if r.name == "bedside.jobs"]
    assert len(told) == 1
    assert told[0].startswith("send_alerts: BadAddress at mail.py:")
    assert "chest" not in told[0]
    assert session.query(SignInAttempt).count() == 0


def test_a_wake_up_is_answered_within_seconds_by_the_thread(
    app: Flask, world: World, session: Session
) -> None:
    stop = Event()
    thread = jobs.start(app, stop)
    try:
        comment = world.comment("Kind and quick.")
        wake("comments", comment.id)
        for _ in range(100):
            db.session.expire_all()
            if db.session.get_one(Comment, comment.id).reading_state == "read":
                break
            db.session.rollback()
            Event().wait(0.05)
        assert db.session.get_one(Comment, comment.id).reading_state == "read"
    finally:
        stop.set()
        jobs.ring("stop", 0)
        thread.join(timeout=10)
    assert not thread.is_alive()


def test_what_a_practice_keeps_no_longer_is_erased(world: World, session: Session) -> None:
    old = world.read_comment("She was rude.", day=TODAY - timedelta(days=400))[0]
    world.practice.keep_months = 12
    session.commit()
    jobs.sweep()
    session.rollback()
    assert session.get_one(Comment, old.id).reading_state == "erased"


def test_a_copy_of_the_database_is_taken_once_a_day(
    app: Flask, world: World, session: Session, tmp_path: Path
) -> None:
    folder = tmp_path / "copies"
    app.extensions["bedside"] = replace(
        bedside(), config=replace(bedside().config, backup_dir=folder)
    )
    jobs.sweep()
    jobs.sweep()
    assert [path.name for path in folder.iterdir()] == ["bedside-20260316T100000.sqlite3"]


@pytest.mark.logs_errors
def test_a_copy_that_fails_is_logged_once_an_hour(
    app: Flask, world: World, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "copies"
    folder.write_text("in the way")
    app.extensions["bedside"] = replace(
        bedside(), config=replace(bedside().config, backup_dir=folder)
    )
    jobs.sweep()
    jobs.sweep()
    told = [r.getMessage() for r in caplog.records if r.name == "bedside.jobs"]
    assert len(told) == 1
    assert told[0].startswith("back_up: BackupFailed at daily_backup.py:")


def criticised(world: World, nurse: Staff, times: int) -> None:
    for n in range(times):
        world.read_comment(
            f"Short {n}.", about=nurse, state="confirmed", match_state="confirmed", shown_at=NOW,
            day=date(2025, 12, 1 + n),
        )  # fmt: skip


def test_suggestions_are_worked_out_anew_when_something_changed(
    world: World, session: Session
) -> None:
    nurse = world.staff()
    jobs.sweep()
    assert session.query(Suggestion).count() == 0
    session.rollback()
    criticised(world, nurse, 5)
    jobs.sweep()
    assert session.query(Suggestion).count() == 1


def test_suggestions_are_left_alone_while_nothing_changed(world: World, session: Session) -> None:
    criticised(world, world.staff(), 5)
    jobs.sweep()
    session.query(Suggestion).delete()
    session.commit()
    jobs.sweep()
    assert session.query(Suggestion).count() == 0
    session.rollback()
    with clock.stopped_at(NOW + timedelta(days=1)):
        jobs.sweep()
    assert session.query(Suggestion).count() == 1


def test_what_is_usual_is_learnt_once_a_night_before_suggestions_are_worked_out(
    world: World, session: Session
) -> None:
    nurse = world.staff()
    world.read_comment(
        "Ada was kind.", about=nurse, sentiment="positive", state="settled", shown_at=NOW,
        day=TODAY - timedelta(days=40),
    )  # fmt: skip
    moments = []
    for hours in (0, 5, 24):
        with clock.stopped_at(NOW + timedelta(hours=hours)):
            jobs.sweep()
        session.rollback()
        session.expire_all()
        moments.append(session.query(PriorFit).one().fitted_at)
    assert moments == [NOW, NOW, NOW + timedelta(hours=24)]
    assert jobs.STEPS.index(jobs.learn_priors) < jobs.STEPS.index(jobs.offer_suggestions)
