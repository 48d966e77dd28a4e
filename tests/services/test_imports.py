"""Files of the roster, visits and comments: checked, then imported whole or not at all."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.world import NOW, TODAY, World
from training.services import imports
from training.services.imports import BadRows, Report, Unreadable
from training.services.people import NotFound
from training.services.signing_in import Viewer
from training.store.base import Base
from training.store.tables import (
    Answer,
    Audit,
    Comment,
    CommentStaff,
    ImportFile,
    InvitationMail,
    Membership,
    Site,
    Staff,
    Visit,
    VisitStaff,
)

ROSTER_HEAD = "staff_id,given_name,family_name,role,active_from,active_to,site"
VISITS_HEAD = "visit_id,occurred_at,channel,stage,site"


def file(head: str, *rows: str) -> bytes:
    return "\n".join([head, *rows]).encode()


def roster(*rows: str) -> bytes:
    return file(ROSTER_HEAD, *rows)


def comment_line(ref: str = "D1", **more: object) -> str:
    whole = {"comment_id": ref, "left_on": "2026-03-02", "text": "Kind and quick.", **more}
    return json.dumps(whole)


def comments(*lines: str) -> bytes:
    return "\n".join(lines).encode()


class Desk:
    """Imports into one practice, as a test asks for it."""

    def __init__(self, session: Session, world: World) -> None:
        self.session, self.world = session, world

    def check(self, kind: str, body: bytes) -> Report:
        return imports.check(
            self.session,
            practice_id=self.world.practice.id,
            kind=kind,
            name=f"{kind}.csv",
            body=body,
            moment=NOW,
        )

    def run(self, kind: str, body: bytes, *, good_rows: bool = False) -> Report:
        return imports.run(
            self.session,
            practice_id=self.world.practice.id,
            kind=kind,
            name=f"{kind}.csv",
            body=body,
            moment=NOW,
            good_rows=good_rows,
        )

    def count(self, table: type[Base]) -> int:
        return self.session.scalar(select(func.count()).select_from(table)) or 0


@pytest.fixture
def desk(session: Session, world: World) -> Desk:
    return Desk(session, world)


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.new, report.changed, report.unchanged, report.bad


def faults(report: Report) -> list[str]:
    return [f"{fault.line} {fault.row}: {fault.text}" for fault in report.faults]


# ---- Checking and running ----


def test_a_check_saves_nothing(desk: Desk) -> None:
    report = desk.check("roster", roster("S7,Bo,Reed,nurse,2021-01-01,,Quay Street"))
    assert counts(report) == (1, 0, 0, 0)
    assert not report.saved
    assert desk.count(Staff) == 0
    assert desk.count(Site) == 1


def test_the_same_roster_twice_adds_nobody_the_second_time(desk: Desk) -> None:
    body = roster("S7,Bo,Reed,nurse,2021-01-01,,Quay Street", "S8,Cy,Lee,physician,,,Elder Row")
    assert counts(desk.run("roster", body)) == (2, 0, 0, 0)
    assert counts(desk.run("roster", body)) == (0, 0, 2, 0)
    assert desk.count(Staff) == 2
    assert desk.count(Membership) == 2


def test_files_that_overlap_are_merged(desk: Desk) -> None:
    desk.run("roster", roster("S7,Bo,Reed,nurse,,,", "S8,Cy,Lee,physician,,,"))
    report = desk.run("roster", roster("S8,Cyrus,Lee,physician,,,", "S9,Di,Fox,nurse,,,"))
    assert counts(report) == (1, 1, 0, 0)
    assert desk.session.scalars(select(Staff.given_name).order_by(Staff.roster_id)).all() == [
        "Bo",
        "Cyrus",
        "Di",
    ]


def test_people_missing_from_a_new_roster_are_counted_and_stay(desk: Desk) -> None:
    desk.run("roster", roster("S7,Bo,Reed,nurse,,,", "S8,Cy,Lee,nurse,,2020-01-01,"))
    assert desk.run("roster", roster("S9,Di,Fox,nurse,,,")).left == 1
    assert desk.count(Staff) == 3


def test_one_bad_row_keeps_the_whole_file_out(desk: Desk) -> None:
    body = roster("S7,Bo,Reed,nurse,,,", "S8,Cy,Lee,wizard,,,")
    with pytest.raises(BadRows) as refused:
        desk.run("roster", body)
    assert refused.value.report.bad == 1
    desk.session.rollback()
    assert desk.count(Staff) == 0


def test_the_good_rows_are_imported_when_asked_for(desk: Desk) -> None:
    body = roster("S7,Bo,Reed,nurse,,,", "S8,Cy,Lee,wizard,,,")
    report = desk.run("roster", body, good_rows=True)
    assert counts(report) == (1, 0, 0, 1)
    assert report.saved
    assert desk.count(Staff) == 1


def test_an_import_is_audited_without_a_word_of_the_file(desk: Desk) -> None:
    desk.run("roster", roster("S7,Bo,Reed,nurse,,,"))
    row = desk.session.scalars(select(Audit).where(Audit.verb == "import")).one()
    assert (row.noun, row.facts) == ("roster", {"new": 1, "changed": 0})


def test_a_file_of_another_kind_is_recognised(desk: Desk) -> None:
    with pytest.raises(Unreadable) as refused:
        desk.check("roster", file(VISITS_HEAD, "V1,2026-03-01T09:00,phone,request,"))
    assert str(refused.value) == (
        "line 1: This looks like a file of visits, not a roster. Choose its own kind."
    )


def test_a_file_that_is_not_utf_8_says_so(desk: Desk) -> None:
    body = roster("S7,Zoë,Müller,nurse,,,").decode().encode("cp1252")
    report = desk.run("roster", body)
    assert "Windows" in report.notes[0]
    assert desk.session.scalars(select(Staff.family_name)).one() == "Müller"


def test_columns_that_are_not_used_are_told_and_not_kept(desk: Desk) -> None:
    report = desk.check("roster", file("staff_id,given_name,family_name,role,nhs", "S,B,R,nurse,1"))
    assert report.notes == ("Not used and not kept: nhs.",)


# ---- The roster ----


def test_a_role_we_do_not_know_is_answered_with_the_nearest(desk: Desk) -> None:
    body = roster(
        "S7,Tom,Reilly,Recep.,,,", "S8,Ana,Souza,Paramedic,,,", "S9,Li,Wei,Call Handler,,,"
    )
    assert faults(desk.check("roster", body)) == [
        "2 S7: “Recep.” is not a role we know. Did you mean “receptionist”?",
        "3 S8: “Paramedic” is not a role we know. Did you mean “nurse_practitioner”?",
    ]


def test_an_id_that_stands_twice_is_the_second_lines_fault(desk: Desk) -> None:
    body = roster("S7,Bo,Reed,nurse,,,", "S7,Cy,Lee,nurse,,,")
    assert faults(desk.check("roster", body)) == ["3 S7: This id stands on line 2 already."]


def test_a_bad_date_says_how_to_write_one(desk: Desk) -> None:
    body = roster("S7,Bo,Reed,nurse,01/02/2021,,", "S8,Cy,Lee,nurse,0021-01-01,,")
    assert faults(desk.check("roster", body)) == [
        "2 S7: “01/02/2021” in “active_from” may be read two ways: write it as 2026-03-16.",
        "3 S8: “0021-01-01” in “active_from”: is the year right?",
    ]


def test_days_with_slashes_are_read_the_way_the_rest_of_the_file_shows(desk: Desk) -> None:
    body = roster("S7,Bo,Reed,nurse,01/02/2021,,", "S8,Cy,Lee,nurse,14/02/2021,31/02/2022,")
    report = desk.check("roster", body)
    assert report.notes == ("Days with slashes or points were read as day/month/year.",)
    assert faults(report) == [
        "3 S8: “31/02/2022” in “active_to” is not a date: write it as 2026-03-16."
    ]
    desk.run("roster", body.replace(b"31/02", b"28/02"))
    assert desk.session.scalars(select(Staff.active_from).order_by(Staff.roster_id)).all() == [
        date(2021, 2, 1),
        date(2021, 2, 14),
    ]


def test_comments_without_a_roster_are_taken_with_a_warning(desk: Desk) -> None:
    body = file("comment_id,left_on,text", "F1,2026-03-02,Ada was kind.")
    assert "Import it first." in desk.check("comments", body).notes[0]
    desk.world.staff("Ada", "Moss")
    assert desk.check("comments", body).notes == ()


def test_the_headings_that_other_programs_write_are_understood(desk: Desk) -> None:
    body = file(
        "Employee ID;First name;Surname;Job title;Title;Start date",
        "E1;Zoë;Lee;Receptionist;Ms;2019-04-01",
    )
    assert counts(desk.run("roster", body)) == (1, 0, 0, 0)
    body = file("Response ID,Date,Comment,Score", "F1,2026-03-02,Kind and quick.,1")
    report = desk.run("comments", body)
    assert report.new == 1
    assert report.notes == ("Not used and not kept: Score.",)
    assert desk.session.scalars(select(Comment.rating)).one() is None


def test_leaving_before_starting_is_a_fault(desk: Desk) -> None:
    body = roster("S7,Bo,Reed,nurse,2021-01-01,2020-01-01,")
    assert "before" in faults(desk.check("roster", body))[0]


def test_empty_and_overlong_cells_are_faults(desk: Desk) -> None:
    body = roster(f"S7,{'x' * 81},,nurse,,,")
    assert faults(desk.check("roster", body)) == [
        "2 S7: “given_name” is longer than 80 characters.",
        "2 S7: “family_name” is empty.",
    ]


def test_a_new_site_is_announced_with_the_one_it_may_be(desk: Desk) -> None:
    report = desk.check(
        "roster", roster("S7,Bo,Reed,nurse,,,Elder Rwo", "S8,C,L,nurse,,,elder row")
    )
    assert report.notes == (
        "The site “Elder Rwo” is new and will be added. "
        "Is it “Elder Row”? Then correct the file first.",
    )


def test_a_site_is_added_once_however_it_is_written(desk: Desk) -> None:
    desk.run("roster", roster("S7,B,R,nurse,,,Quay Street", "S8,C,L,nurse,,,quay-street"))
    assert desk.session.scalars(select(Site.name).order_by(Site.name)).all() == [
        "Elder Row",
        "Quay Street",
    ]


def test_another_spelling_of_a_known_site_changes_nothing(desk: Desk) -> None:
    desk.run("roster", roster("S7,Bo,Reed,nurse,,,Elder Row"))
    assert counts(desk.run("roster", roster("S7,Bo,Reed,Nurse,,,ELDER-ROW"))) == (0, 0, 1, 0)


def test_a_column_that_is_absent_leaves_what_is_there(desk: Desk) -> None:
    desk.run("roster", roster("S7,Bo,Reed,nurse,2021-01-01,,Elder Row"))
    desk.run("roster", file("staff_id,given_name,family_name,role", "S7,Bob,Reed,nurse"))
    row = desk.session.scalars(select(Staff)).one()
    assert (row.given_name, row.active_from) == ("Bob", date(2021, 1, 1))
    assert row.site_id == desk.world.site_one.id


def test_markup_and_formulas_are_kept_as_they_are_typed(desk: Desk) -> None:
    desk.run("roster", roster("S7,=1+1,<b>Reed</b>,nurse,,,"))
    row = desk.session.scalars(select(Staff)).one()
    assert (row.given_name, row.family_name) == ("=1+1", "<b>Reed</b>")


def teams(desk: Desk) -> list[tuple[str, date, date | None]]:
    rows = desk.session.scalars(select(Membership).order_by(Membership.starts_on))
    return [(row.role_group, row.starts_on, row.ends_on) for row in rows]


def test_a_changed_role_closes_one_membership_and_opens_the_next(desk: Desk) -> None:
    desk.run("roster", roster("S7,Bo,Reed,nurse,2021-01-01,,Elder Row"))
    desk.run("roster", roster("S7,Bo,Reed,nurse_practitioner,2021-01-01,,Elder Row"))
    assert teams(desk) == [
        ("nursing", date(2021, 1, 1), TODAY - timedelta(days=1)),
        ("clinicians", TODAY, None),
    ]


def test_a_changed_site_is_another_team_and_a_changed_name_is_not(desk: Desk) -> None:
    desk.run("roster", roster("S7,Bo,Reed,nurse,2021-01-01,,Elder Row"))
    desk.run("roster", roster("S7,Bob,Reed,phlebotomist,2021-01-01,,Elder Row"))
    assert len(teams(desk)) == 1
    desk.run("roster", roster("S7,Bob,Reed,phlebotomist,2021-01-01,,Quay Street"))
    assert len(teams(desk)) == 2


def test_a_mistake_mended_the_same_day_leaves_one_membership(desk: Desk) -> None:
    desk.run("roster", roster("S7,Bo,Reed,nurse,2026-03-16,,Elder Row"))
    desk.run("roster", roster("S7,Bo,Reed,receptionist,2026-03-16,,Elder Row"))
    assert teams(desk) == [("front_desk", TODAY, None)]


def test_leaving_and_coming_back_are_two_memberships(desk: Desk) -> None:
    desk.run("roster", roster("S7,Bo,Reed,nurse,2021-01-01,,Elder Row"))
    desk.run("roster", roster("S7,Bo,Reed,nurse,2021-01-01,2025-10-31,Elder Row"))
    desk.run("roster", roster("S7,Bo,Reed,nurse,2026-02-01,,Elder Row"))
    assert teams(desk) == [
        ("nursing", date(2021, 1, 1), date(2025, 10, 31)),
        ("nursing", date(2026, 2, 1), None),
    ]


def test_a_roster_row_that_ended_disables_the_account_at_once(desk: Desk) -> None:
    row = desk.world.staff("Bo", "Reed", roster_id="S7")
    desk.world.account("admin")
    who = desk.world.account(staff=row)
    desk.run("roster", roster("S7,Bo,Reed,nurse,,2026-03-15,Elder Row"))
    assert who.disabled_at == NOW


# ---- Visits and who was on them ----


def test_a_visit_without_a_zone_is_in_the_practices_zone(desk: Desk) -> None:
    body = file(
        VISITS_HEAD,
        "V1,2025-07-01T00:30,phone,request,Elder Row",
        "V2,2025-07-01T00:30+05:30,In person,assessment,",
        "V3,2025-12-01 23:30:00Z,video,ongoing,elder row",
    )
    desk.run("visits", body)
    one, two, three = desk.session.scalars(select(Visit).order_by(Visit.visit_ref))
    assert one.occurred_at == datetime(2025, 6, 30, 23, 30, tzinfo=UTC)
    assert (one.local_day, one.site_id) == (date(2025, 7, 1), desk.world.site_one.id)
    assert (two.local_day, two.channel, two.site_id) == (date(2025, 6, 30), "in_person", None)
    assert (three.local_day, three.site_id) == (date(2025, 12, 1), desk.world.site_one.id)


def test_the_same_visits_twice_are_unchanged_and_a_corrected_one_is_changed(desk: Desk) -> None:
    body = file(VISITS_HEAD, "V1,2026-03-01T09:20,phone,request,Elder Row")
    assert counts(desk.run("visits", body)) == (1, 0, 0, 0)
    assert counts(desk.run("visits", body)) == (0, 0, 1, 0)
    assert counts(desk.run("visits", body.replace(b"phone", b"video"))) == (0, 1, 0, 0)
    assert desk.session.scalars(select(Visit.channel)).one() == "video"


def test_unknown_sites_stages_and_channels_are_answered_with_the_nearest(desk: Desk) -> None:
    body = file(
        VISITS_HEAD,
        "V1,2026-03-01T09:20,phone,request,Elder Rwo",
        "V2,2026-03-01T09:20,telephone,asessment,",
        "V3,never,,request,",
    )
    assert faults(desk.check("visits", body)) == [
        "2 V1: “Elder Rwo” is not a site of yours. Did you mean “Elder Row”?",
        "3 V2: “telephone” is not a channel we know. Did you mean “phone”?",
        "3 V2: “asessment” is not a stage we know. Did you mean “assessment”?",
        "4 V3: “never” in “occurred_at” is not a date: write it as 2026-03-16T09:30.",
        "4 V3: “channel” is empty.",
    ]


def test_nothing_about_the_patient_is_kept_of_a_visit(desk: Desk) -> None:
    head = f"{VISITS_HEAD},patient_name,email,consent_to_contact"
    report = desk.run(
        "visits", file(head, "V1,2026-03-01T09:20,phone,request,,Pat,a@b.example,yes")
    )
    assert report.notes == ("Not used and not kept: patient_name.",)
    assert desk.count(InvitationMail) == 0


def test_staff_are_tied_to_visits_once(desk: Desk) -> None:
    desk.world.staff("Bo", "Reed", roster_id="S7")
    desk.run("visits", file(VISITS_HEAD, "V1,2026-03-01T09:20,phone,request,"))
    body = file("visit_id,staff_id,part", "V1,S7,reception")
    assert counts(desk.run("visit_staff", body)) == (1, 0, 0, 0)
    assert counts(desk.run("visit_staff", body)) == (0, 0, 1, 0)
    assert counts(desk.run("visit_staff", body.replace(b"reception", b"x-ray"))) == (0, 1, 0, 0)
    assert desk.session.scalars(select(VisitStaff.part)).one() == "x-ray"


def test_a_visit_or_person_that_is_not_there_is_a_fault(desk: Desk) -> None:
    body = file("visit_id,staff_id", "V9,S9")
    assert faults(desk.check("visit_staff", body)) == [
        "2 V9 S9: There is no visit “V9” yet. Import the visit first.",
        "2 V9 S9: There is no member of staff “S9” yet. Import the member of staff first.",
    ]


def test_another_practices_visits_and_staff_are_not_there(desk: Desk, other_world: World) -> None:
    visit = other_world.visit(other_world.staff(roster_id="S7"))
    body = file("visit_id,staff_id", f"{visit.visit_ref},S7")
    assert len(desk.check("visit_staff", body).faults) == 2


# ---- Comments ----


def test_a_comment_keeps_copies_of_its_visit_and_no_way_back(desk: Desk) -> None:
    nurse = desk.world.staff("Bo", "Reed")
    visit = desk.world.visit(nurse, stage="treatment", channel="phone")
    desk.run("comments", comments(comment_line(visit_id=visit.visit_ref, rating=5)))
    row = desk.session.scalars(select(Comment)).one()
    assert (row.openness, row.visit_id, row.invitation_id) == ("anonymous", None, None)
    assert (row.had_visit, row.stage, row.channel) == (True, "treatment", "phone")
    assert (row.site_id, row.source, row.import_ref) == (visit.site_id, "import", "D1")
    assert (row.rating, row.may_learn, row.local_day) == ("very_good", True, date(2026, 3, 2))
    there = desk.session.scalars(select(CommentStaff)).one()
    assert (there.staff_id, there.on_visit, there.tapped) == (nurse.id, True, False)


def test_imported_comments_are_read(desk: Desk) -> None:
    desk.run("comments", comments(comment_line()))
    assert desk.session.scalars(select(Comment.reading_state)).one() == "read"


def test_the_same_comments_twice_are_one_comment_each(desk: Desk) -> None:
    body = comments(comment_line("D1"), comment_line("D2", visit_id=None, rating=None))
    assert counts(desk.run("comments", body)) == (2, 0, 0, 0)
    assert counts(desk.run("comments", body)) == (0, 0, 2, 0)
    assert desk.count(Comment) == desk.count(Answer) == 2


def test_other_words_under_an_id_that_is_taken_are_a_fault(desk: Desk) -> None:
    desk.run("comments", comments(comment_line()))
    report = desk.check("comments", comments(comment_line(text="Rude.")))
    assert counts(report) == (0, 0, 0, 1)
    assert "here already, in other words" in report.faults[0].text


def test_comments_come_as_csv_too(desk: Desk) -> None:
    head = "id;question;rating;left_on;text"
    body = file(head, 'D1;could_be_better;2;2026-03-01;"Two\nlines; one cell"')
    desk.run("comments", body)
    answer = desk.session.scalars(select(Answer)).one()
    assert (answer.question, answer.text) == ("could_be_better", "Two\nlines; one cell")
    assert desk.session.scalars(select(Comment.rating)).one() == "poor"


def test_a_rating_without_words_is_a_comment_without_an_answer(desk: Desk) -> None:
    report = desk.run("comments", comments(comment_line(text="", rating=3)))
    assert report.new == 1
    assert desk.count(Answer) == 0


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({"text": "x" * 20_001}, "longer than 20,000 characters"),
        ({"rating": 6}, "“6” is not a rating"),
        ({"question": "why"}, "“why” is not one of general"),
        ({"visit_id": "V9"}, "There is no visit “V9” yet"),
        ({"left_on": "2026-03-18"}, "in the future"),
        ({"left_on": ""}, "“left_on” is empty"),
    ],
)
def test_a_comment_that_cannot_be_kept_says_why(
    desk: Desk, line: dict[str, object], words: str
) -> None:
    report = desk.check("comments", comments(comment_line(**line)))
    assert [words in fault.text for fault in report.faults] == [True]


def test_a_comment_of_twenty_thousand_characters_is_kept(desk: Desk) -> None:
    assert desk.run("comments", comments(comment_line(text="x" * 20_000))).new == 1


def test_nul_and_lone_surrogates_in_words_are_cleaned(desk: Desk) -> None:
    body = b'{"comment_id": "D1", "left_on": "2026-03-02", "text": "Ki\\u0000nd\\ud800 now"}'
    desk.run("comments", body)
    assert desk.session.scalars(select(Answer.text)).one() == "Kind now"


def test_progress_counts_the_comments_that_were_read(desk: Desk) -> None:
    done: list[int] = []
    imports.run(
        desk.session,
        practice_id=desk.world.practice.id,
        kind="comments",
        name="comments.jsonl",
        body=comments(*(comment_line(f"D{n}") for n in range(120))),
        moment=NOW,
        progress=done.append,
    )
    assert sum(done) == 120


def test_comments_beyond_those_read_at_once_wait_for_the_sweep(desk: Desk) -> None:
    imports.run(
        desk.session,
        practice_id=desk.world.practice.id,
        kind="comments",
        name="comments.jsonl",
        body=comments(*(comment_line(f"D{n}") for n in range(5))),
        moment=NOW,
        read_at_once=2,
    )
    states = desk.session.scalars(select(Comment.reading_state).order_by(Comment.id)).all()
    assert states == ["read", "read", "waiting", "waiting", "waiting"]


# ---- Files kept between checking and importing ----


def viewer(world: World) -> Viewer:
    who = world.account("admin")
    return Viewer(who.id, who.practice_id, None, who.name, who.email, "admin", False, False, ())


def keep(desk: Desk, who: Viewer, body: bytes) -> str:
    return imports.keep(
        desk.session, viewer=who, kind="roster", name="  team\0.csv ", body=body, moment=NOW
    )


def test_a_kept_file_is_emptied_once_it_is_imported_and_keeps_its_counts(desk: Desk) -> None:
    who = viewer(desk.world)
    public_id = keep(desk, who, roster("S7,Bo,Reed,nurse,,,"))
    assert imports.kept(desk.session, viewer=who, public_id=public_id, moment=NOW).report.new == 1
    for _ in range(2):
        report = imports.run_kept(
            desk.session,
            viewer=who,
            public_id=public_id,
            good_rows=False,
            moment=NOW,
            read_at_once=0,
        )
        assert (report.new, report.saved, report.name) == (1, True, "team.csv")
    assert desk.session.scalars(select(ImportFile.body)).one() == b""
    assert imports.kept(desk.session, viewer=who, public_id=public_id, moment=NOW).report.saved


def test_another_practice_cannot_reach_a_kept_file(desk: Desk, other_world: World) -> None:
    public_id = keep(desk, viewer(desk.world), roster("S7,Bo,Reed,nurse,,,"))
    stranger = viewer(other_world)
    with pytest.raises(NotFound):
        imports.kept(desk.session, viewer=stranger, public_id=public_id, moment=NOW)
    with pytest.raises(NotFound):
        imports.cancel(desk.session, viewer=stranger, public_id=public_id)


def test_an_unreadable_file_is_not_kept(desk: Desk) -> None:
    with pytest.raises(Unreadable):
        keep(desk, viewer(desk.world), b"\x89PNG")
    assert desk.count(ImportFile) == 0


def test_a_cancelled_file_is_gone(desk: Desk) -> None:
    who = viewer(desk.world)
    imports.cancel(desk.session, viewer=who, public_id=keep(desk, who, roster("S,B,R,nurse,,,")))
    assert desk.count(ImportFile) == 0


def test_files_are_forgotten_after_a_day(desk: Desk) -> None:
    keep(desk, viewer(desk.world), roster("S7,Bo,Reed,nurse,,,"))
    assert imports.forget_files(desk.session, moment=NOW + timedelta(hours=23)) == 0
    assert imports.forget_files(desk.session, moment=NOW + timedelta(hours=25)) == 1
    assert desk.count(ImportFile) == 0
