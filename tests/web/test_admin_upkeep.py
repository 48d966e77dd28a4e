"""Pages by which admins mend and look after a practice: undo, merge, keeping, doctor."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.pages import Pages
from tests.support.world import NOW, TODAY, World
from training.services import imports
from training.store.tables import Account, Comment, ImportRun, Staff

SignIn = Callable[[Account], Pages]


@pytest.fixture
def admin(world: World, sign_in: SignIn) -> Pages:
    return sign_in(world.account("admin"))


def import_roster(session: Session, world: World, *, days_ago: int = 0, name: str = "r.csv") -> str:
    imports.run(
        session, practice_id=world.practice.id, kind="roster", name=name,
        body=b"staff_id,given_name,family_name,role\nX1,Ada,Moss,nurse\nX2,Bo,Fox,nurse\n",
        moment=NOW - timedelta(days=days_ago),
    )  # fmt: skip
    return str(session.scalars(select(ImportRun.public_id).order_by(ImportRun.id.desc())).first())


def people_in(session: Session) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(Staff)) or 0


def test_an_import_is_undone_after_asking_and_its_page_says_what_was_done(
    world: World, session: Session, admin: Pages
) -> None:
    run = import_roster(session, world)
    listed = admin.get("/admin/import")
    assert f"/admin/import/undo/{run}" in listed.links
    asked = admin.get(f"/admin/import/undo/{run}")
    assert "Will be removed 2 rows" in asked.text
    assert people_in(session) == 2
    done = admin.submit(f"/admin/import/undo/{run}")
    assert people_in(session) == 0
    assert "Removed 2 rows" in done.text
    again = admin.submit(f"/admin/import/undo/{run}")
    assert again.text == done.text
    assert "Undone: see what stayed" in admin.get("/admin/import").text


def test_what_stays_is_said_with_its_reason_before_anybody_is_asked(
    world: World, session: Session, admin: Pages
) -> None:
    run = import_roster(session, world)
    world.account(staff=session.scalars(select(Staff)).first())
    asked = admin.get(f"/admin/import/undo/{run}")
    assert "Stay, in use 1 row that have an account, or visits or comments are tied" in asked.text
    assert "Will be removed 1 row" in asked.text


def test_where_nothing_can_be_undone_there_is_no_button(
    world: World, session: Session, admin: Pages
) -> None:
    run = import_roster(session, world)
    for person in session.scalars(select(Staff)).all():
        world.visit(person)
    asked = admin.get(f"/admin/import/undo/{run}")
    assert "There is nothing that undoing could change now." in asked.text
    assert not [f for f in asked.forms if "undo" in f["action"]]


def test_after_seven_days_it_is_too_late(world: World, session: Session, admin: Pages) -> None:
    run = import_roster(session, world, days_ago=8)
    assert "Too late to undo" in admin.get(f"/admin/import/undo/{run}").headings
    admin.post(f"/admin/import/undo/{run}", status=409)
    assert people_in(session) == 2
    assert "Nothing was imported lately" in admin.get("/admin/import").text


def test_a_name_of_a_file_is_text_and_a_long_one_does_no_harm(
    world: World, session: Session, admin: Pages
) -> None:
    run = import_roster(session, world, name="<b>" + "long-name-" * 20 + ".csv")
    assert "long-name" in admin.get(f"/admin/import/undo/{run}").text


def test_two_rows_are_found_looked_at_and_merged(
    world: World, session: Session, admin: Pages
) -> None:
    keep = world.staff("Kate", "Moss", roster_id="S07")
    gone = world.staff("Katherine", "Moss", roster_id="S19", aliases=["Kath"])
    ids = {"keep": keep.public_id, "remove": gone.public_id}
    assert "/admin/people/merge" in admin.get("/admin/people").links
    found = admin.get("/admin/people/merge?q=moss")
    assert "S07" in found.text
    assert "S19" in found.text
    asked = admin.get(f"/admin/people/merge?keep={ids['keep']}&remove={ids['remove']}")
    assert "This cannot be undone." in asked.text
    assert people_in(session) == 2
    assert "The two rows are one" in admin.submit("/admin/people/merge", ids).text
    assert people_in(session) == 1
    admin.post("/admin/people/merge", ids, status=409)


def test_the_page_that_asks_shows_no_measure_of_either(
    world: World, session: Session, admin: Pages
) -> None:
    pair = [world.staff("Kate", "Moss"), world.staff("Kath", "Moss")]
    for person in pair:
        world.read_comment("She was rude.", about=person)
    address = f"/admin/people/merge?keep={pair[0].public_id}&remove={pair[1].public_id}"
    with_one = admin.get(address).text
    for _ in range(7):
        world.read_comment("She was rude.", about=pair[1])
    assert admin.get(address).text == with_one


@pytest.mark.parametrize(
    "query", ["?keep=&remove=", "?keep={0}&remove={0}", "?keep={0}", "?keep={0}&remove=x"]
)
def test_anything_but_two_rows_is_answered_with_what_to_do(
    world: World, admin: Pages, query: str
) -> None:
    one = world.staff().public_id
    page = admin.get("/admin/people/merge" + query.format(one), status=400)
    assert "Choose one row to keep and another one to remove." in page.text


def test_two_who_both_sign_in_are_not_merged(world: World, session: Session, admin: Pages) -> None:
    pair = [world.staff("Kate", "Moss"), world.staff("Kath", "Moss")]
    for person in pair:
        world.account(staff=person)
    ids = {"keep": pair[0].public_id, "remove": pair[1].public_id}
    page = admin.get(f"/admin/people/merge?keep={ids['keep']}&remove={ids['remove']}", status=400)
    assert "Disable one of the two accounts" in page.text
    admin.post("/admin/people/merge", ids, status=400)
    assert people_in(session) == 2


def test_nobody_found_and_nothing_typed_are_said(world: World, admin: Pages) -> None:
    assert "Nobody on the roster fits" in admin.get("/admin/people/merge?q=nobody").text
    assert "fits" not in admin.get("/admin/people/merge").text


def test_how_long_comments_are_kept_is_set_after_seeing_what_goes(
    world: World, session: Session, admin: Pages
) -> None:
    world.read_comment("Rude.", day=TODAY - timedelta(days=500))
    assert "/admin/keeping" in admin.get("/admin/settings").links
    assert "Comments are kept for good" in admin.get("/admin/keeping").text
    asked = admin.get("/admin/keeping?months=12")
    assert "1 comment from before 1 March 2025 will be erased" in asked.text
    session.refresh(world.practice)
    assert world.practice.keep_months is None
    saved = admin.submit("/admin/keeping", {"months": "12"})
    assert "what was left before 1 March 2025 is erased" in saved.text
    assert session.scalars(select(Comment.reading_state)).all() == ["read"], "the sweep erases"
    back = admin.submit("/admin/keeping", {"months": "good"})
    assert "Comments are kept for good" in back.text


@pytest.mark.parametrize("months", ["5", "-1", "0", "twelve", "1e3"])
def test_a_length_that_is_not_offered_is_refused(
    world: World, session: Session, admin: Pages, months: str
) -> None:
    assert "Choose how long" in admin.get(f"/admin/keeping?months={months}", status=400).text
    admin.post("/admin/keeping", {"months": months}, status=400)
    session.refresh(world.practice)
    assert world.practice.keep_months is None


def test_held_comments_are_said_to_wait(world: World, session: Session, admin: Pages) -> None:
    world.read_comment("Serious.", hold="safety", severity=3, day=TODAY - timedelta(days=500))
    assert "1 comment more is held" in admin.get("/admin/keeping?months=12").text
    admin.submit("/admin/keeping", {"months": "12"})
    assert "1 comment from before that day is still held" in admin.get("/admin/keeping").text


def test_the_doctor_says_what_to_do_and_names_no_other_practice(
    world: World, other_world: World, admin: Pages
) -> None:
    page = admin.get("/admin/doctor")
    assert "Set BACKUP_DIR to a folder on another disk" in page.text
    assert "May safeguard nobody" in page.text
    assert world.practice.name in page.text
    assert other_world.practice.name not in page.text


def test_somebodys_sites_are_named_on_the_people_page(
    world: World, session: Session, admin: Pages
) -> None:
    world.account("manager", sites=[world.site("Mill Lane"), world.site_one])
    assert "Elder Row , Mill Lane alone" in admin.get("/admin/people").text
