"""How long comments are kept, and the erasing of older ones: exact, twice, killed midway."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from tests.support.world import NOW, TODAY, World
from training.extensions import bedside, db
from training.services import comments, imports, retention, trends
from training.services.retention import TooShort
from training.services.signing_in import Viewer
from training.store.base import Base
from training.store.erasing import TOMBSTONE
from training.store.tables import (
    Answer,
    Audit,
    Comment,
    CommentStaff,
    Decision,
    Match,
    Play,
    Remark,
    RemarkSkill,
    ScenarioCopy,
    Suggestion,
)

CANARY = "Wrenfield sparrow"
LAST_GONE = date(2025, 2, 28)


def admin_of(world: World) -> Viewer:
    account = world.account("admin")
    return Viewer(
        account_id=account.id, practice_id=world.practice.id, staff_id=None, name="Ana",
        email=account.email, role="admin", may_review=False, may_safeguard=False, site_ids=(),
    )  # fmt: skip


def keep(session: Session, world: World, months: int | None = 12) -> None:
    world.practice.keep_months = months
    session.commit()


def erase(session: Session, world: World, today: date = TODAY) -> int:
    gone = retention.erase_due(session, practice_id=world.practice.id, today=today, moment=NOW)
    session.expire_all()
    return gone


def days_left(session: Session) -> list[date]:
    query = select(Comment.local_day).where(Comment.reading_state != "erased")
    return sorted(session.scalars(query))


def test_twelve_months_on_the_sixteenth_of_march_erase_all_before_the_first_of_march(
    world: World, session: Session
) -> None:
    """The example of the module."""
    for day in (LAST_GONE, date(2025, 3, 1), TODAY, date(2023, 1, 1)):
        world.read_comment("She was rude.", about=world.staff(), day=day)
    keep(session, world)
    assert erase(session, world) == 2
    assert days_left(session) == [date(2025, 3, 1), TODAY]
    assert erase(session, world) == 0


def test_nothing_is_erased_where_comments_are_kept_for_good(world: World, session: Session) -> None:
    world.comment("Kind.", day=date(2001, 1, 1))
    assert erase(session, world) == 0
    assert days_left(session) == [date(2001, 1, 1)]


def whole_story(world: World, session: Session) -> tuple[Comment, Play, Suggestion]:
    """An old comment with everything that can be made of one, and a play that came of it."""
    nurse = world.staff()
    comment, remark, _ = world.read_comment(
        f"{CANARY} was rude.", about=nurse, on_visit=[nurse], day=LAST_GONE, contact=None,
        state="confirmed", match_state="confirmed", rating="poor", flags=["complaint"],
    )  # fmt: skip
    remark.why = [f"rude: {CANARY}"]
    of = {"practice_id": world.practice.id}
    account = world.account(review=True)
    session.add(ScenarioCopy(digest="d" * 64, slug="late", body="{}"))
    session.add(
        Decision(
            **of, remark_id=remark.id, account_id=account.id, verb="confirm",
            before={"said": CANARY}, version_after=1, at=NOW,
        )
    )  # fmt: skip
    suggestion = Suggestion(
        **of, staff_id=nurse.id, skill="empathy", scenario="late", state="finished", formula="1",
        need=0.5, score=0.5, reasons={}, remark_ids=[remark.id, remark.id + 1],
        window_start=TODAY, window_end=TODAY, random_order=0.1, selected_at=NOW,
    )  # fmt: skip
    session.add(suggestion)
    session.commit()
    play = Play(
        **of, staff_id=nurse.id, slug="late", digest="d" * 64, seed=1, started_at=NOW,
        remark_id=remark.id, suggestion_id=suggestion.id,
    )  # fmt: skip
    session.add(play)
    session.commit()
    return comment, play, suggestion


def test_words_scores_matches_and_decisions_go_and_a_tombstone_stays(
    world: World, session: Session
) -> None:
    comment, play, suggestion = whole_story(world, session)
    number, other = comment.id, suggestion.remark_ids[1]
    keep(session, world)
    erase(session, world)
    for table in (Answer, Remark, RemarkSkill, Match, Decision, CommentStaff):
        assert session.scalar(select(func.count()).select_from(table)) == 0, table
    stone = session.get_one(Comment, number)
    assert (stone.reading_state, stone.erased_at, stone.local_day) == ("erased", NOW, LAST_GONE)
    filled = {c.name for c in Comment.__table__.columns if getattr(stone, c.name)}
    assert filled <= TOMBSTONE | {"openness", "about", "hold"}
    assert (stone.openness, stone.about, stone.hold) == ("anonymous", "unsaid", "none")
    assert session.get_one(Play, play.id).remark_id is None
    assert session.get_one(Suggestion, suggestion.id).remark_ids == [other]


def test_no_table_that_refers_to_comments_keeps_a_row_of_an_erased_one(
    world: World, session: Session
) -> None:
    comment, _, _ = whole_story(world, session)
    keep(session, world)
    erase(session, world)
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table.name == "comment":
                rows = session.execute(select(table).where(key.parent == comment.id)).all()
                assert not rows, table.name


def test_not_a_byte_of_the_words_is_left_in_the_files_of_the_database(
    world: World, session: Session
) -> None:
    whole_story(world, session)
    keep(session, world)
    folder = bedside().config.data_dir

    def holding() -> list[str]:
        paths = sorted(folder.glob("bedside.sqlite3*"))
        return [p.name for p in paths if CANARY.encode() in p.read_bytes()]

    assert holding()
    erase(session, world)
    session.rollback()
    with db.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    assert holding() == []


def test_the_audit_keeps_how_many_and_before_which_day_and_nothing_more(
    world: World, session: Session
) -> None:
    whole_story(world, session)
    keep(session, world)
    erase(session, world)
    (row,) = session.scalars(select(Audit).where(Audit.verb == "erase"))
    assert row.facts == {"comments": 1, "before": "2025-03-01"}


def test_a_held_comment_waits_until_somebody_has_dealt_with_it(
    world: World, session: Session
) -> None:
    held, _, _ = world.read_comment("Serious.", hold="safety", severity=3, day=LAST_GONE)
    keep(session, world)
    assert erase(session, world) == 0
    assert retention.now(session, viewer=admin_of(world), today=TODAY).held == 1
    held.hold_closed_at, held.hold_outcome = NOW, "dealt_with"
    session.commit()
    assert erase(session, world) == 1


def test_an_erased_comment_neither_comes_back_from_its_file_nor_is_read_again(
    world: World, session: Session
) -> None:
    body = f"comment_id,left_on,text\nD1,{LAST_GONE},Kind and quick.\n".encode()

    def send() -> imports.Report:
        return imports.run(
            session, practice_id=world.practice.id, kind="comments", name="c.csv", body=body,
            moment=NOW,
        )  # fmt: skip

    assert send().new == 1
    keep(session, world)
    assert erase(session, world) == 1
    again = send()
    assert (again.new, again.unchanged, again.bad) == (0, 1, 0)
    assert comments.read_waiting(session, moment=NOW) == comments.Counts()
    assert session.scalars(select(Comment.reading_state)).all() == ["erased"]


def test_the_sums_of_erased_months_go_and_the_months_that_are_kept_are_as_before(
    world: World, session: Session
) -> None:
    viewer = admin_of(world)
    for day in (date(2025, 8, 31), date(2025, 9, 1)):
        for _ in range(12):
            world.read_comment(
                "She was rude.", about=None, theme="phone_system", skill=None, day=day
            )

    def months() -> dict[date, int | None]:
        page = trends.page(session, viewer=viewer, topic="phone_system", site="", today=TODAY)
        return {m.period.start: m.comments for m in page.trend.months if m.comments}

    before = months()
    assert set(before) == {date(2025, 8, 1), date(2025, 9, 1)}
    keep(session, world, 6)
    erase(session, world)
    assert months() == {date(2025, 9, 1): before[date(2025, 9, 1)]}


@contextmanager
def power_cut(session: Session, after: int) -> Iterator[None]:
    """Fail every commit after so many, as a process that is killed would."""
    done = 0

    def cut(_session: Any) -> None:
        nonlocal done
        done += 1
        if done > after:
            raise KeyboardInterrupt

    event.listen(session, "before_commit", cut)
    try:
        yield
    finally:
        event.remove(session, "before_commit", cut)


def test_a_run_that_is_cut_off_has_erased_whole_comments_and_the_next_one_goes_on(
    world: World, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "BATCH", 3)
    for _ in range(8):
        world.read_comment("She was rude.", day=LAST_GONE)
    keep(session, world)
    with power_cut(session, after=1), pytest.raises(KeyboardInterrupt):
        erase(session, world)
    session.rollback()
    gone = select(Comment.id).where(Comment.reading_state == "erased")
    assert len(session.scalars(gone).all()) == 3
    left = {a.comment_id for a in session.scalars(select(Answer))}
    assert len(left) == 5
    assert not left & set(session.scalars(gone))
    assert {r.comment_id for r in session.scalars(select(Remark))} == left
    assert erase(session, world) == 5
    assert session.scalar(select(func.count()).select_from(Answer)) == 0


def test_less_than_half_a_year_is_refused_and_a_choice_is_audited(
    world: World, session: Session
) -> None:
    viewer = admin_of(world)
    for months in (5, 0, -1):
        with pytest.raises(TooShort):
            retention.choose(session, viewer=viewer, months=months, moment=NOW)
        with pytest.raises(TooShort):
            retention.would_be(session, viewer=viewer, months=months, today=TODAY)
    retention.choose(session, viewer=viewer, months=24, moment=NOW)
    now = retention.now(session, viewer=viewer, today=TODAY)
    assert (now.months, now.border) == (24, date(2024, 3, 1))
    facts = session.scalars(select(Audit.facts).where(Audit.verb == "choose_retention")).all()
    assert facts == [{"months": 24}]
    retention.choose(session, viewer=viewer, months=None, moment=NOW)
    assert retention.now(session, viewer=viewer, today=TODAY).months is None


def test_what_would_go_is_said_before_it_goes(world: World, session: Session) -> None:
    for offset in (0, 1, 2):
        world.comment("Kind.", day=LAST_GONE + timedelta(days=offset))
    said = retention.would_be(session, viewer=admin_of(world), months=12, today=TODAY)
    keep(session, world)
    assert said.to_erase == erase(session, world) == 1


def test_another_practices_comments_are_its_own(
    world: World, other_world: World, session: Session
) -> None:
    other_world.comment("Kind.", day=LAST_GONE)
    keep(session, world)
    assert erase(session, world) == 0
    assert days_left(session) == [LAST_GONE]


def test_what_a_restored_copy_brings_back_is_erased_again_and_nothing_else(
    session: Session, world: World
) -> None:
    gone, kept = (world.comment(text) for text in ("The one withdrawn.", "The one that stays."))
    session.commit()
    ids = [gone.public_id, "unknown"]
    assert retention.erase_again(session, public_ids=ids, moment=NOW) == 1
    session.expire_all()
    assert (gone.erased_at, kept.erased_at) == (NOW, None)
    assert retention.erase_again(session, public_ids=ids, moment=NOW) == 0
