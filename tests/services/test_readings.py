"""From a stored comment to the reader and back: what waits, what is shown, what a person must read."""

import fcntl
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.support.world import NOW, TODAY, World
from training.extensions import bedside, db
from training.feedback import reading
from training.services import comments, readings
from training.services.comments import Counts
from training.services.readings import Read
from training.store import engine
from training.store.comments import unread
from training.store.engine import WriterBusy
from training.store.tables import (
    Alert,
    Answer,
    Comment,
    Match,
    Remark,
    RemarkSkill,
    RemarkTheme,
    Staff,
)

PRAISE = "Ada listened to me and was so kind."


def only(session: Session) -> Comment:
    session.expire_all()
    return session.query(Comment).one()


def remark(sentiment: str = "negative", cause: str = "person", **more: Any) -> reading.Remark:
    return reading.Remark(
        start=0, end=5, text="Words", sentiment=sentiment, score=0.5, cause=cause, **more
    )


def sure(staff: Staff) -> tuple[reading.Match, ...]:
    return (reading.Match(str(staff.id), 0.95, ("named", "on_visit")),)


def unsure(*staff: Staff) -> tuple[reading.Match, ...]:
    return tuple(reading.Match(str(one.id), 0.5, ("on_visit",)) for one in staff)


def keep(
    session: Session, comment: Comment, *remarks: reading.Remark, hold: str = "none"
) -> list[Read]:
    answer = session.query(Answer).filter_by(comment_id=comment.id).one()
    overall = reading.Reading("negative", -0.5, 1, ("complaint",), "en", remarks)
    found = Read(comment, overall, tuple((answer, one) for one in remarks), hold)
    stored = readings.keep(session, found=[found], moment=NOW)
    session.commit()
    return stored


def test_praise_that_is_certain_is_settled_and_shown_at_once(
    session: Session, world: World
) -> None:
    ada = world.staff("Ada", "Moss")
    keep(session, world.comment(PRAISE), remark("positive", staff=sure(ada), skills=("empathy",)))
    assert session.query(Remark).one().state == "settled"
    match = session.query(Match).one()
    assert (match.staff_id, match.certain, match.state) == (ada.id, True, "proposed")
    assert match.shown_at == NOW
    assert match.evidence == ["named", "on_visit"]
    assert session.query(RemarkSkill).one().skill == "empathy"


@pytest.mark.parametrize(
    ("sentiment", "cause", "tied", "state"),
    [
        ("negative", "person", "surely", "waiting"),
        ("mixed", "person", "surely", "waiting"),
        ("neutral", "person", "surely", "settled"),
        ("positive", "person", "perhaps", "waiting"),
        ("negative", "person", "perhaps", "waiting"),
        ("negative", "person", "to nobody", "settled"),
        ("negative", "team", "surely", "settled"),
        ("negative", "system", "perhaps", "settled"),
    ],
)
def test_a_remark_waits_where_a_person_must_decide(
    session: Session, world: World, sentiment: str, cause: str, tied: str, state: str
) -> None:
    ada = world.staff("Ada", "Moss")
    ties = {"surely": {"staff": sure(ada)}, "perhaps": {"candidates": unsure(ada)}}
    keep(session, world.comment(), remark(sentiment, cause, **ties.get(tied, {})))
    assert session.query(Remark).one().state == state


def test_praise_by_the_rating_alone_waits_for_a_person(session: Session, world: World) -> None:
    ada = world.staff("Ada", "Moss")
    keep(session, world.comment(), remark("positive", staff=sure(ada), why=("rated well",)))
    assert session.query(Remark).one().state == "waiting"
    assert session.query(Match).one().shown_at is None


def test_only_certain_praise_is_shown_at_once(session: Session, world: World) -> None:
    ada, ben = world.staff("Ada", "Moss"), world.staff("Ben", "Oak")
    keep(
        session,
        world.comment(),
        remark("negative", staff=sure(ada)),
        remark("positive", candidates=unsure(ben)),
        remark("neutral", staff=sure(ada)),
    )
    assert [match.shown_at for match in session.query(Match)] == [None, None, None]


def test_praise_is_not_shown_where_staff_may_not_learn_from_it_or_it_is_held(
    session: Session, world: World
) -> None:
    ada = world.staff("Ada", "Moss")
    private, held = world.comment(may_learn=False), world.comment()
    keep(session, private, remark("positive", staff=sure(ada)))
    keep(session, held, remark("positive", staff=sure(ada)), hold="safety")
    assert [match.shown_at for match in session.query(Match)] == [None, None]


def test_a_remark_that_is_not_about_a_person_is_tied_to_nobody(
    session: Session, world: World
) -> None:
    ada = world.staff("Ada", "Moss")
    keep(
        session,
        world.comment(),
        remark("negative", "system", staff=sure(ada), themes=("waits", "rules")),
    )
    assert session.query(Match).count() == 0
    assert [one.theme for one in session.query(RemarkTheme)] == ["waits", "rules"]


def test_somebody_who_is_certain_is_not_a_candidate_too(session: Session, world: World) -> None:
    ada, ben = world.staff("Ada", "Moss"), world.staff("Ben", "Oak")
    keep(session, world.comment(), remark(staff=sure(ada), candidates=unsure(ada, ben)))
    rows = session.query(Match).order_by(Match.staff_id)
    assert [(row.staff_id, row.certain) for row in rows] == [(ada.id, True), (ben.id, False)]


def test_a_comment_is_read_once(session: Session, world: World) -> None:
    comment = world.comment()
    assert len(keep(session, comment, remark())) == 1
    assert keep(session, comment, remark()) == []
    assert session.query(Remark).count() == 1


def test_what_the_whole_comment_says_stands_on_it(session: Session, world: World) -> None:
    keep(session, world.comment(), remark())
    row = only(session)
    assert (row.sentiment, row.score, row.severity) == ("negative", -0.5, 1)
    assert (row.flags, row.language, row.reader) == (["complaint"], "en", reading.READER)
    assert row.read_at == NOW


def test_praise_of_somebody_on_the_visit_reaches_them(session: Session, world: World) -> None:
    ada = world.staff("Ada", "Moss", pronouns="she/her")
    comment = world.comment(PRAISE, on_visit=[ada])
    assert comments.read(session, comment_id=comment.id, moment=NOW) == Counts(read=1)
    matches = {(m.staff_id, m.certain, m.shown_at) for m in session.query(Match)}
    assert matches == {(ada.id, True, NOW)}
    remarks = session.query(Remark).order_by(Remark.start).all()
    assert {(row.sentiment, row.state) for row in remarks} == {("positive", "settled")}
    assert PRAISE[remarks[0].start : remarks[0].stop].startswith("Ada listened")


def test_criticism_of_a_named_person_waits_for_a_reviewer(session: Session, world: World) -> None:
    ada = world.staff("Ada", "Moss")
    comment = world.comment("Ada was rude and did not listen to me.", on_visit=[ada])
    comments.read(session, comment_id=comment.id, moment=NOW)
    assert {row.state for row in session.query(Remark)} == {"waiting"}
    assert {row.shown_at for row in session.query(Match)} == {None}


@pytest.mark.parametrize(
    ("text", "hold"),
    [
        ("I was given the wrong medicine and nearly died from it.", "safety"),
        ("I want to kill myself and nobody there cared.", "safety"),
        ("La enfermera fue muy amable y me explicó todo con mucha paciencia.", "unread"),
        ("The waiting room was cold.", "none"),
    ],
)
def test_safety_and_other_languages_are_held_and_told_of(
    session: Session, world: World, text: str, hold: str
) -> None:
    world.account("manager", safeguard=True)
    comment = world.comment(text)
    comments.read(session, comment_id=comment.id, moment=NOW)
    assert only(session).hold == hold
    assert session.query(Alert).count() == (hold != "none")


def test_reading_twice_is_reading_once(session: Session, world: World) -> None:
    comment = world.comment(PRAISE, on_visit=[world.staff("Ada", "Moss")])
    comments.read(session, comment_id=comment.id, moment=NOW)
    before = session.query(Remark).count()
    assert comments.read(session, comment_id=comment.id, moment=NOW) == Counts()
    assert session.query(Remark).count() == before


def test_where_reading_is_switched_off_a_person_reads(session: Session, world: World) -> None:
    world.account("manager", safeguard=True)
    world.practice.reading_on = False
    comment = world.comment(PRAISE)
    assert comments.read(session, comment_id=comment.id, moment=NOW) == Counts(held=1)
    kept = only(session)
    assert (kept.reading_state, kept.hold, kept.sentiment) == ("waiting", "unread", None)
    assert session.query(Remark).count() == 0
    assert session.query(Alert).count() == 1
    assert comments.open_waiting(session) == []


def test_switching_reading_on_reads_what_was_kept(session: Session, world: World) -> None:
    world.practice.reading_on = False
    comment = world.comment(PRAISE)
    comments.read(session, comment_id=comment.id, moment=NOW)
    world.practice.reading_on = True
    session.commit()
    assert comments.read_waiting(session, moment=NOW) == Counts(read=1)
    assert only(session).hold == "none"


@pytest.mark.logs_errors
def test_a_fault_in_reading_keeps_the_comment_holds_it_and_tells(
    session: Session, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.account("manager", safeguard=True)
    broken = world.staff("Ada", "Moss")
    comment = world.comment(PRAISE)
    broken.aliases = 5  # type: ignore[assignment]  # no list: the roster cannot be made of it
    session.commit()
    assert comments.read(session, comment_id=comment.id, moment=NOW) == Counts(failed=1, held=1)
    kept = only(session)
    assert (kept.reading_state, kept.attempts, kept.hold) == ("failed", 1, "unread")
    assert session.query(Alert).count() == 1
    assert "TypeError at readings.py" in caplog.text
    assert "listened" not in caplog.text


@pytest.mark.logs_errors
def test_what_failed_is_tried_three_times_and_read_once_it_can_be(
    session: Session, world: World
) -> None:
    broken = world.staff("Ada", "Moss")
    world.comment(PRAISE)
    broken.aliases = 5  # type: ignore[assignment]
    session.commit()
    for _ in range(2):
        comments.read_waiting(session, moment=NOW)
    broken.aliases = []
    session.commit()
    assert comments.read_waiting(session, moment=NOW) == Counts(read=1)
    kept = only(session)
    assert (kept.reading_state, kept.attempts, kept.hold) == ("read", 2, "none")


@pytest.mark.logs_errors
def test_after_three_failures_only_a_person_can_help(session: Session, world: World) -> None:
    broken = world.staff("Ada", "Moss")
    world.comment(PRAISE)
    broken.aliases = 5  # type: ignore[assignment]
    session.commit()
    for _ in range(3):
        comments.read_waiting(session, moment=NOW)
    assert comments.open_waiting(session) == []
    assert only(session).attempts == 3


@pytest.mark.logs_errors
def test_one_bad_comment_does_not_hold_up_the_rest(session: Session, world: World) -> None:
    bad = world.comment(PRAISE)
    good = [world.comment(PRAISE) for _ in range(3)]
    bad.flags = 5  # type: ignore[assignment]
    session.commit()
    assert comments.read_waiting(session, moment=NOW) == Counts(read=3, failed=1, held=1)
    session.expire_all()
    assert {row.reading_state for row in good} == {"read"}


def test_what_a_person_dealt_with_is_not_held_again(session: Session, world: World) -> None:
    world.practice.reading_on = False
    comment = world.comment("I was given the wrong medicine and nearly died from it.")
    comments.read(session, comment_id=comment.id, moment=NOW)
    closer = world.account("manager", safeguard=True)
    comment.hold_closed_at, comment.hold_closed_by = NOW, closer.id
    comment.hold_outcome = "dealt_with"
    world.practice.reading_on = True
    session.commit()
    comments.read_waiting(session, moment=NOW)
    kept = only(session)
    assert (kept.reading_state, kept.hold, kept.hold_outcome) == (
        "read",
        "unread",
        "dealt_with",
    )


def test_many_are_read_with_their_progress_told(session: Session, world: World) -> None:
    ids = [world.comment(PRAISE).id for _ in range(130)]
    done: list[int] = []
    counts = comments.read_many(
        session, comment_ids=[*ids, 99_999], moment=NOW, progress=done.append
    )
    assert counts.read == 130
    assert done == [100, 31]


def test_the_oldest_are_read_first_and_no_more_than_asked(session: Session, world: World) -> None:
    new = world.comment(PRAISE)
    old = world.comment(PRAISE, day=TODAY - timedelta(days=3))
    assert comments.open_waiting(session) == [old.id, new.id]
    assert comments.read_waiting(session, moment=NOW, limit=1) == Counts(read=1)
    assert comments.open_waiting(session) == [new.id]


def test_only_what_is_unread_is_fetched(session: Session, world: World) -> None:
    done = world.read_comment(PRAISE)[0]
    waits = world.comment(PRAISE)
    assert [it.comment.id for it in unread(session, [done.id, waits.id])] == [waits.id]


@pytest.mark.logs_errors
def test_a_database_that_is_busy_leaves_the_comment_waiting_and_raises_for_the_sweep(
    session: Session, world: World, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    comment = world.comment(PRAISE)
    monkeypatch.setattr(engine, "WAIT_SECONDS", 0.05)
    with Path(f"{bedside().config.data_dir}/bedside.sqlite3.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with engine.writing():
            assert comments.read(session, comment_id=comment.id, moment=NOW) == Counts()
            with pytest.raises(WriterBusy):
                comments.read_many(session, comment_ids=[comment.id], moment=NOW)
    session.rollback()
    assert only(session).reading_state == "waiting"


def test_four_readers_at_once_read_a_comment_once(
    session: Session, world: World, app: Flask
) -> None:
    comment = world.comment(PRAISE, on_visit=[world.staff("Ada", "Moss")])
    session.rollback()

    def read(_: int) -> int:
        with app.app_context(), engine.writing():
            try:
                return comments.read(db.session(), comment_id=comment.id, moment=NOW).read
            finally:
                db.session.remove()

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(read, range(4))) == 1
    assert only(session).reading_state == "read"
