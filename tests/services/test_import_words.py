"""What other programs call things: headings, roles, sites and stages, and rows that say nothing."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.services.test_imports import Desk, counts, faults, file
from tests.support.world import World
from training import skills
from training.services.import_roles import ALSO_CALLED, NEAREST, OWN, role_of
from training.services.imports import Unreadable
from training.store.tables import Answer, Comment, Site, Staff


@pytest.fixture
def desk(session: Session, world: World) -> Desk:
    return Desk(session, world)


SURVEY = (
    'Response ID,Date submitted,Site,"Overall, how was it? (1-5)",'
    "Please tell us why you gave this answer"
)


# ---- Roles ----


def test_the_examples_of_the_docstring() -> None:
    assert role_of("GP Partner") == "physician"
    assert role_of("Telephone Receptionist") == "call_handler"
    assert role_of("Paramedic") == ""


def test_a_word_means_one_role_and_none_of_ours_means_another() -> None:
    words = [word for words in ALSO_CALLED.values() for word in words]
    assert len(words) == len(set(words))
    assert not set(words) & OWN.keys()
    assert ALSO_CALLED.keys() | set(NEAREST.values()) <= skills.ROLES.keys()
    assert not [word for word in NEAREST if role_of(word)]


@pytest.mark.parametrize(
    ("typed", "role"),
    [
        ("Salaried GP", "physician"),
        ("Registrar", "physician"),
        ("Senior Receptionist", "receptionist"),
        ("HCA", "healthcare_assistant"),
        ("Medical Assistant", "healthcare_assistant"),
        ("Practice Nurse", "nurse"),
        ("ANP", "nurse_practitioner"),
        ("Clinical Pharmacist", "pharmacist"),
        ("Office Manager", "practice_manager"),
        ("Biller", "billing_clerk"),
        ("Nurse-Practitioner", "nurse_practitioner"),
    ],
)
def test_the_usual_words_for_roles_are_understood(typed: str, role: str) -> None:
    assert role_of(typed) == role


def test_a_roster_says_how_its_roles_were_read_and_asks_about_the_rest(desk: Desk) -> None:
    body = file(
        "Employee ID,First name,Surname,Job title,Branch",
        "1,Helen,Marsh,GP Partner,Elder Row",
        "2,Jo,Adel,HCA,Elder Row",
        "3,Li,Wei,Nurse,Elder Row",
        "4,Al,Poe,Physician Associate,Elder Row",
        "5,Di,Fox,Gardener,Elder Row",
    )
    report = desk.check("roster", body)
    assert report.notes == (
        "Roles were read so: GP Partner as physician, HCA as healthcare_assistant.",
    )
    nearest, unknown = faults(report)
    assert nearest == (
        "5 4: “Physician Associate” is not a role we know. Did you mean “nurse_practitioner”?"
    )
    assert unknown.startswith("6 5: “Gardener” is not a role we know. Use one of: receptionist,")


def test_an_abbreviation_is_not_the_nearest_of_a_word_that_holds_its_letters(desk: Desk) -> None:
    body = file("ID,Forename,Surname,Role", "1,Bo,Reed,Driver")
    assert "Did you mean" not in faults(desk.check("roster", body))[0]


def test_a_branch_is_a_site_of_the_roster(desk: Desk) -> None:
    body = file("ID,Forename,Surname,Position,Location", "1,Bo,Reed,Nurse,Mill Lane")
    desk.run("roster", body)
    row = desk.session.scalars(select(Staff)).one()
    assert desk.session.get_one(Site, row.site_id).name == "Mill Lane"


def test_a_work_address_is_kept_to_be_offered_and_what_is_none_is_left_out(desk: Desk) -> None:
    body = file(
        "ID,Forename,Surname,Role,E-mail address",
        "1,Bo,Reed,Nurse,B.Reed@elder.example",
        "2,Cy,Ash,Nurse,ask Di",
    )
    assert "Not used" not in " ".join(desk.run("roster", body).notes)
    found = desk.session.scalars(select(Staff.email).order_by(Staff.roster_id)).all()
    assert found == ["b.reed@elder.example", ""]
    assert counts(desk.run("roster", body)) == (0, 0, 2, 0)


# ---- Comments ----


def test_the_export_of_a_survey_is_read_as_it_is_with_the_site_of_each_comment(desk: Desk) -> None:
    body = file(SURVEY, 'R1,14/02/2026 09:30,ELDER ROW,5,"Kind, and quick."')
    report = desk.run("comments", body)
    assert counts(report) == (1, 0, 0, 0)
    row = desk.session.scalars(select(Comment)).one()
    assert row.site_id == desk.world.site_one.id
    assert desk.session.scalars(select(Answer.text)).one() == "Kind, and quick."
    assert "Not used and not kept: Overall, how was it? (1-5)." in report.notes


@pytest.mark.parametrize("heading", ["Site", "Location", "Branch", "Practice site"])
def test_a_site_goes_by_its_usual_headings(desk: Desk, heading: str) -> None:
    desk.run("comments", file(f"id,date,comment,{heading}", "R1,2026-03-02,Kind.,Elder Row"))
    assert desk.session.scalars(select(Comment.site_id)).one() == desk.world.site_one.id


@pytest.mark.parametrize("typed", ["ongoing", "Ongoing care"])
def test_a_comment_keeps_its_stage(desk: Desk, typed: str) -> None:
    desk.run("comments", file("id,date,comment,stage", f"R1,2026-03-02,Kind.,{typed}"))
    assert desk.session.scalars(select(Comment.stage)).one() == "ongoing"


def test_an_empty_site_and_stage_are_unknown(desk: Desk) -> None:
    desk.run("comments", file("id,date,comment,site,stage", "R1,2026-03-02,Kind.,,"))
    row = desk.session.scalars(select(Comment)).one()
    assert (row.site_id, row.stage) == (None, None)


def test_a_site_that_is_not_there_is_a_fault_and_says_where_to_add_it(desk: Desk) -> None:
    body = file("id,date,comment,site", "R1,2026-03-02,Kind.,Mill Lane Branch")
    assert faults(desk.check("comments", body)) == [
        "2 R1: “Mill Lane Branch” is not a site of yours. Use one of: Elder Row. "
        "A new one is added through the roster or Set-up."
    ]


def test_what_a_visit_says_goes_before_what_the_file_says(desk: Desk) -> None:
    visit = desk.world.visit(stage="assessment")
    desk.world.site("Quay Street")
    body = file(
        "id,date,comment,visit_id,site,stage",
        f"R1,2026-03-02,Kind.,{visit.visit_ref},Quay Street,request",
    )
    desk.run("comments", body)
    row = desk.session.scalars(select(Comment)).one()
    assert (row.site_id, row.stage) == (desk.world.site_one.id, "assessment")


@pytest.mark.parametrize(
    "heading",
    [
        "Comment(s)",
        "Feedback",
        "Free text",
        "Free-text comments",
        "Please tell us why you gave this answer",
        "Please can you tell us why you gave your answer?",
    ],
)
def test_words_go_by_the_headings_of_surveys(desk: Desk, heading: str) -> None:
    body = file(f"Response ID,Date,{heading}", "R1,2026-03-02,Kind.")
    assert desk.check("comments", body).new == 1


@pytest.mark.parametrize("heading", ["Submitted", "Response date", "Timestamp", "Completion time"])
def test_days_go_by_the_headings_of_surveys(desk: Desk, heading: str) -> None:
    body = file(f"Response ID,{heading},Comment", "R1,2026-03-02,Kind.")
    assert desk.check("comments", body).new == 1


def test_two_headings_for_one_column_are_asked_about(desk: Desk) -> None:
    with pytest.raises(Unreadable, match="“Comment” and “Feedback” may all be read as “text”"):
        desk.check("comments", file("id,date,Comment,Feedback", "R1,2026-03-02,Kind.,Quick."))


def test_rows_that_say_nothing_are_told_and_are_no_comments(desk: Desk) -> None:
    body = file(
        "id,date,comment,rating",
        "R1,2026-03-02,Kind.,5",
        "R2,2026-03-02,N/A,",
        "R3,,,",
        "R4,2026-03-02,-,",
        "R5,2026-03-02,none,4",
    )
    report = desk.run("comments", body)
    assert counts(report) == (2, 0, 0, 0)
    told = "3 rows hold no words and no rating: they are no comment, and left out."
    assert told in report.notes
    refs = desk.session.scalars(select(Comment.import_ref).order_by(Comment.import_ref)).all()
    assert refs == ["R1", "R5"]
