"""Two rows of the roster that are one person, made one."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.world import NOW, TODAY, World
from training.services import imports, people, roster_merge
from training.services.people import NotFound
from training.services.roster_merge import BothSignIn, SameRow
from training.services.signing_in import Viewer
from training.store.base import Base
from training.store.tables import (
    Account,
    Audit,
    CommentStaff,
    Match,
    Membership,
    Play,
    Reflection,
    Remark,
    ScenarioCopy,
    Staff,
    Suggestion,
    VisitStaff,
)


def admin_of(world: World) -> Viewer:
    account = world.account("admin")
    return Viewer(
        account_id=account.id, practice_id=world.practice.id, staff_id=None, name="Ana",
        email=account.email, role="admin", may_review=False, may_safeguard=False, site_ids=(),
    )  # fmt: skip


def merge(session: Session, viewer: Viewer, keep: Staff, remove: Staff) -> str:
    name = roster_merge.merge(
        session, viewer=viewer, keep=keep.public_id, remove=remove.public_id, moment=NOW
    )
    session.expire_all()
    return name


@pytest.fixture
def kate(world: World) -> Staff:
    return world.staff("Kate", "Moss", roster_id="S07")


@pytest.fixture
def katherine(world: World) -> Staff:
    return world.staff("Katherine", "Moss", roster_id="S19", aliases=["Kath"])


def test_the_kept_row_has_the_names_visits_and_comments_of_both(
    world: World, session: Session, kate: Staff, katherine: Staff
) -> None:
    """The example of the module: S07 Kate Moss stays, S19 Katherine Moss goes."""
    viewer, (keep, gone) = admin_of(world), (kate.id, katherine.id)
    katherine.email = "k.moss@elder.example"
    visit = world.visit(katherine)
    _, _, match = world.read_comment("Kath was kind.", about=katherine, on_visit=[katherine])
    assert match is not None
    assert merge(session, viewer, kate, katherine) == "Kate Moss"
    assert session.get(Staff, gone) is None
    assert session.get_one(Staff, keep).aliases == ["Kath", "Katherine"]
    assert session.get_one(Staff, keep).email == "k.moss@elder.example"
    on_visit = session.scalars(select(VisitStaff).where(VisitStaff.visit_id == visit.id)).one()
    assert on_visit.staff_id == keep
    assert session.get_one(Match, match.id).staff_id == keep
    assert session.scalars(select(CommentStaff.staff_id)).all() == [keep]


def test_no_row_of_any_table_names_the_removed_one(
    world: World, session: Session, kate: Staff, katherine: Staff
) -> None:
    gone = katherine.id
    world.visit(katherine, kate)
    world.read_comment("Kath was kind.", about=katherine, on_visit=[katherine, kate])
    world.account(staff=katherine)
    merge(session, admin_of(world), kate, katherine)
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table.name == "staff":
                left = session.execute(select(table).where(key.parent == gone)).all()
                assert not left, table.name


def test_where_both_were_on_one_visit_one_row_is_left_with_the_part_that_is_known(
    world: World, session: Session, kate: Staff, katherine: Staff
) -> None:
    visit = world.visit(kate, katherine)
    rows = {r.staff_id: r for r in session.scalars(select(VisitStaff))}
    rows[katherine.id].part = "nursing"
    comment = world.comment("Kind.", on_visit=[kate], tapped=[katherine])
    session.commit()
    merge(session, admin_of(world), kate, katherine)
    assert [(r.visit_id, r.part) for r in session.scalars(select(VisitStaff))] == [
        (visit.id, "nursing")
    ]
    tie = session.scalars(select(CommentStaff)).one()
    assert (tie.comment_id, tie.on_visit, tie.tapped) == (comment.id, True, True)


@pytest.mark.parametrize(
    ("mine", "theirs", "left"),
    [
        ("proposed", "confirmed", "confirmed"),
        ("confirmed", "proposed", "confirmed"),
        ("rejected", "proposed", "proposed"),
    ],
)
def test_of_two_matches_of_a_remark_the_stronger_is_left_and_old_pages_are_too_late(
    world: World, session: Session, kate: Staff, katherine: Staff, mine: str, theirs: str, left: str
) -> None:
    _, remark, match = world.read_comment("Kath was rude.", about=kate, match_state=mine)
    assert match is not None
    other = Match(
        practice_id=world.practice.id, remark_id=remark.id, staff_id=katherine.id, confidence=0.5,
        certain=False, evidence=["named"], state=theirs, decided_at=NOW,
    )  # fmt: skip
    session.add(other)
    session.commit()
    version = remark.version
    merge(session, admin_of(world), kate, katherine)
    assert [m.state for m in session.scalars(select(Match))] == [left]
    assert session.get_one(Remark, remark.id).version == version + 1


def test_plays_suggestions_and_reflections_are_the_kept_persons(
    world: World, session: Session, kate: Staff, katherine: Staff
) -> None:
    _, remark, _ = world.read_comment("She was rude.", about=kate)
    session.add(ScenarioCopy(digest="d" * 64, slug="late", body="{}"))
    session.commit()
    of = {"practice_id": world.practice.id}
    for person in (kate, katherine):
        session.add(
            Play(**of, staff_id=person.id, slug="late", digest="d" * 64, seed=1, started_at=NOW)
        )
        session.add(
            Reflection(
                **of, staff_id=person.id, remark_id=remark.id, words=person.given_name,
                written_at=NOW,
            )
        )  # fmt: skip
        session.add(
            Suggestion(
                **of, staff_id=person.id, skill="empathy", scenario="late", state="offered",
                formula="1", need=0.5, score=0.5, reasons={}, remark_ids=[], window_start=TODAY,
                window_end=TODAY, random_order=0.1, selected_at=NOW,
            )
        )  # fmt: skip
    session.commit()
    merge(session, admin_of(world), kate, katherine)
    assert {p.staff_id for p in session.scalars(select(Play))} == {kate.id}
    assert len(session.scalars(select(Play)).all()) == 1, "one unfinished play of a scenario"
    assert session.scalars(select(Reflection)).one().words == "Kate\n\nKatherine"
    states = [s.state for s in session.scalars(select(Suggestion).order_by(Suggestion.id))]
    assert states == ["offered", "lapsed"]


def test_memberships_of_one_team_that_overlap_become_one_and_others_stay(
    world: World, session: Session, kate: Staff, katherine: Staff
) -> None:
    desk = world.staff("K", "Moss", role="receptionist", roster_id="S20")
    rows = {m.staff_id: m for m in session.scalars(select(Membership))}
    rows[kate.id].ends_on = date(2025, 6, 30)
    rows[katherine.id].starts_on = date(2025, 7, 1)
    rows[desk.id].ends_on = date(2024, 6, 30)
    session.commit()
    viewer, first = admin_of(world), rows[kate.id].starts_on
    merge(session, viewer, kate, katherine)
    merge(session, viewer, kate, desk)
    found = session.scalars(select(Membership).order_by(Membership.role_group)).all()
    assert [(m.role_group, m.starts_on, m.ends_on, m.staff_id) for m in found] == [
        ("front_desk", first, date(2024, 6, 30), kate.id),
        ("nursing", first, None, kate.id),
    ]


def test_the_first_and_last_day_are_the_outer_ones_and_an_open_end_stays_open(
    world: World, session: Session
) -> None:
    old = world.staff("Kate", "Moss", active_from=date(2020, 1, 1), active_to=date(2024, 1, 1))
    new = world.staff("Kate", "Fox", active_from=date(2024, 1, 2))
    merge(session, admin_of(world), new, old)
    left = session.scalars(select(Staff)).one()
    assert (left.active_from, left.active_to) == (date(2020, 1, 1), None)
    assert left.aliases == ["Kate Moss"]


def test_the_account_goes_to_the_kept_row(
    world: World, session: Session, kate: Staff, katherine: Staff
) -> None:
    account = world.account(staff=katherine)
    merge(session, admin_of(world), kate, katherine)
    assert session.get_one(Account, account.id).staff_id == kate.id


def test_two_accounts_are_refused_until_one_is_disabled_which_is_then_untied(
    world: World, session: Session, kate: Staff, katherine: Staff
) -> None:
    viewer = admin_of(world)
    mine, theirs = world.account(staff=kate), world.account(staff=katherine)
    with pytest.raises(BothSignIn):
        merge(session, viewer, kate, katherine)
    session.rollback()
    people.disable(session, viewer=viewer, account_public_id=mine.public_id, moment=NOW)
    merge(session, viewer, kate, katherine)
    assert session.get_one(Account, mine.id).staff_id is None
    assert session.get_one(Account, theirs.id).staff_id == kate.id


def test_the_second_of_two_who_merge_is_told_and_the_audit_names_no_one(
    world: World, session: Session, kate: Staff, katherine: Staff
) -> None:
    viewer, (keep, remove) = admin_of(world), (kate.public_id, katherine.public_id)
    removed = katherine.id
    merge(session, viewer, kate, katherine)
    with pytest.raises(NotFound):
        roster_merge.merge(session, viewer=viewer, keep=keep, remove=remove, moment=NOW)
    row = session.scalars(select(Audit).where(Audit.verb == "merge")).one()
    assert (row.noun, row.noun_id, row.facts) == ("staff", kate.id, {"removed": removed})


def test_a_row_cannot_be_merged_with_itself_or_with_another_practices(
    world: World, other_world: World, session: Session, kate: Staff
) -> None:
    viewer = admin_of(world)
    with pytest.raises(SameRow):
        merge(session, viewer, kate, kate)
    with pytest.raises(NotFound):
        merge(session, viewer, kate, other_world.staff())
    with pytest.raises(NotFound):
        roster_merge.pair(
            session, viewer=viewer, keep=kate.public_id, remove=other_world.staff().public_id
        )


def test_people_are_found_by_any_of_their_names_and_by_their_id(
    world: World, session: Session, kate: Staff, katherine: Staff
) -> None:
    viewer = admin_of(world)

    def found(words: str) -> list[str]:
        return [r.roster_id for r in roster_merge.find(session, viewer=viewer, words=words)]

    assert found("moss") == ["S07", "S19"]
    assert found("KATH moss") == ["S19"]
    assert found("s07") == ["S07"]
    assert found("nobody") == found(" ") == []


def test_files_may_go_on_naming_the_removed_row(
    world: World, session: Session, kate: Staff, katherine: Staff
) -> None:
    viewer, keep = admin_of(world), kate.id
    visit = world.visit()
    merge(session, viewer, kate, katherine)

    def send(kind: str, body: str) -> imports.Report:
        return imports.run(
            session, practice_id=world.practice.id, kind=kind, name="f.csv", body=body.encode(),
            moment=NOW + timedelta(hours=1),
        )  # fmt: skip

    roster = "staff_id,given_name,family_name,role\nS07,Kate,Moss,nurse\nS19,Katherine,Moss,nurse\n"
    report = send("roster", roster)
    assert (report.new, report.changed, report.unchanged) == (0, 0, 2)
    assert "Line 3, S19: merged into another row" in report.notes[-1]
    both = f"visit_id,staff_id\n{visit.visit_ref},S07\n{visit.visit_ref},S19\n"
    assert (send("visit_staff", both).new, send("visit_staff", both).new) == (1, 0)
    assert [r.staff_id for r in session.scalars(select(VisitStaff))] == [keep]
