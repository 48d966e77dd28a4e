"""Who signs in: the first admin, invitations, rights, leavers."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.world import NOW, PASSWORD, TODAY, World
from training.extensions import bedside
from training.services import directory, people, signing_in
from training.services.people import (
    AlreadyInvited,
    EmailTaken,
    LastAdmin,
    NotFound,
    Rights,
    SetUpOver,
)
from training.services.signing_in import LinkGone, Viewer
from training.store.tables import Account, AccountSite, Audit, Practice


@pytest.fixture
def admin(world: World) -> Viewer:
    return viewer_of(world.account("admin", name="Jo Mercer"))


def viewer_of(who: Account) -> Viewer:
    return Viewer(
        who.id, who.practice_id, who.staff_id, who.name, who.email, who.role, False, False, ()
    )


def account(session: Session, email: str) -> Account:
    return session.scalars(select(Account).where(Account.email == email)).one()


def choose(session: Session, token: str) -> str:
    return signing_in.choose_password(
        session, token=token, password=PASSWORD, hasher=bedside().hasher, moment=NOW
    )


# ---- The first admin ----


def test_the_code_at_the_console_makes_the_first_admin(session: Session, app: object) -> None:
    code = people.make_set_up_code(session, moment=NOW)
    assert code is not None
    token = people.use_set_up_code(
        session, code=code, name="Jo Mercer", email=" Jo@Elder.example ", moment=NOW
    )
    choose(session, token)
    assert account(session, "jo@elder.example").role == "admin"
    assert session.scalars(select(Practice.set_up_at)).one() is None


def test_a_set_up_code_works_once(session: Session, app: object) -> None:
    code = people.make_set_up_code(session, moment=NOW) or ""
    people.use_set_up_code(session, code=code, name="Jo", email="jo@elder.example", moment=NOW)
    with pytest.raises(SetUpOver):
        people.use_set_up_code(session, code=code, name="Al", email="al@elder.example", moment=NOW)


def test_a_wrong_set_up_code_makes_nobody(session: Session, app: object) -> None:
    people.make_set_up_code(session, moment=NOW)
    with pytest.raises(SetUpOver):
        people.use_set_up_code(session, code="guess", name="Al", email="a@b.example", moment=NOW)
    assert session.scalars(select(Account)).all() == []


def test_an_admin_who_never_chose_a_password_can_start_again(session: Session, app: object) -> None:
    for _ in range(2):
        code = people.make_set_up_code(session, moment=NOW) or ""
        token = people.use_set_up_code(
            session, code=code, name="Jo", email="jo@elder.example", moment=NOW
        )
    choose(session, token)
    assert people.make_set_up_code(session, moment=NOW) is None


def test_an_admin_whose_link_waits_is_waited_for_until_they_choose(
    session: Session, app: object
) -> None:
    assert people.waited_for(session) is None
    token = people.create_admin(session, name="Jo", email="jo@elder.example", moment=NOW)
    assert people.waited_for(session) == "jo@elder.example"
    choose(session, token)
    assert people.waited_for(session) is None


def test_set_up_is_over_once_an_admin_can_sign_in(session: Session, admin: Viewer) -> None:
    assert not people.open_for_set_up(session)


def test_a_second_admin_at_the_command_line_needs_an_address_of_their_own(
    session: Session, admin: Viewer
) -> None:
    with pytest.raises(EmailTaken):
        people.create_admin(session, name="Jo", email=admin.email.upper(), moment=NOW)


# ---- Invitations ----


def test_an_invitation_ties_an_account_to_its_row_of_the_roster(
    session: Session, world: World, admin: Viewer
) -> None:
    row = world.staff("Ada", "Moss", title="Dr", preferred_name="Addy")
    rights = Rights("manager", may_review=True, site_public_ids=(world.site_one.public_id,))
    address, token = people.invite(
        session, viewer=admin, staff_public_id=row.public_id, email="Ada@Elder.example",
        rights=rights, moment=NOW,
    )  # fmt: skip
    who = account(session, address)
    assert (who.staff_id, who.name, who.email) == (row.id, "Dr Addy Moss", "ada@elder.example")
    assert (who.role, who.may_review, who.may_safeguard) == ("manager", True, False)
    assert signing_in.link_owner(session, token=token, moment=NOW) == "Dr Addy Moss"


def invite(session: Session, admin: Viewer, public_id: str, email: str, **rights: object) -> None:
    people.invite(
        session, viewer=admin, staff_public_id=public_id, email=email,
        rights=Rights(**rights), moment=NOW,  # type: ignore[arg-type]
    )  # fmt: skip


def test_nobody_is_invited_twice(session: Session, world: World, admin: Viewer) -> None:
    row = world.staff()
    invite(session, admin, row.public_id, "ada@elder.example")
    with pytest.raises(AlreadyInvited):
        invite(session, admin, row.public_id, "other@elder.example")


def test_one_address_signs_one_person_in(session: Session, world: World, admin: Viewer) -> None:
    with pytest.raises(EmailTaken):
        invite(session, admin, world.staff().public_id, admin.email)


def test_a_person_of_another_practice_cannot_be_invited(
    session: Session, other_world: World, admin: Viewer
) -> None:
    with pytest.raises(NotFound):
        invite(session, admin, other_world.staff().public_id, "ada@elder.example")


def test_somebody_who_has_left_cannot_be_invited(
    session: Session, world: World, admin: Viewer
) -> None:
    row = world.staff(active_to=TODAY - timedelta(days=1))
    with pytest.raises(NotFound):
        invite(session, admin, row.public_id, "ada@elder.example")


def test_a_site_of_another_practice_never_widens_a_scope(
    session: Session, world: World, other_world: World, admin: Viewer
) -> None:
    foreign = (other_world.site_one.public_id,)
    with pytest.raises(NotFound):
        invite(session, admin, world.staff().public_id, "a@elder.example", site_public_ids=foreign)


# ---- Rights, links, leavers ----


def test_new_rights_replace_the_old_ones_and_are_audited(
    session: Session, world: World, admin: Viewer
) -> None:
    who = world.account("staff", review=True, sites=[world.site_one])
    people.change_rights(
        session, viewer=admin, account_public_id=who.public_id,
        rights=Rights("manager", may_safeguard=True), moment=NOW,
    )  # fmt: skip
    assert (who.role, who.may_review, who.may_safeguard) == ("manager", False, True)
    assert session.scalars(select(AccountSite)).all() == []
    assert session.scalars(select(Audit.verb)).all() == ["change_rights"]


def test_the_last_admin_can_neither_be_disabled_nor_made_less(
    session: Session, world: World, admin: Viewer
) -> None:
    me = account(session, admin.email)
    with pytest.raises(LastAdmin):
        people.disable(session, viewer=admin, account_public_id=me.public_id, moment=NOW)
    with pytest.raises(LastAdmin):
        people.change_rights(
            session, viewer=admin, account_public_id=me.public_id, rights=Rights(), moment=NOW
        )
    assert me.role == "admin"
    assert me.disabled_at is None


def test_an_invited_admin_who_never_signed_in_does_not_count_as_another(
    session: Session, world: World, admin: Viewer
) -> None:
    invited = world.account("admin")
    invited.password_hash = None
    session.commit()
    me = account(session, admin.email)
    with pytest.raises(LastAdmin):
        people.disable(session, viewer=admin, account_public_id=me.public_id, moment=NOW)
    people.disable(session, viewer=admin, account_public_id=invited.public_id, moment=NOW)
    assert invited.disabled_at == NOW


def test_an_admin_of_another_practice_does_not_count(
    session: Session, other_world: World, admin: Viewer
) -> None:
    other_world.account("admin")
    me = account(session, admin.email)
    with pytest.raises(LastAdmin):
        people.disable(session, viewer=admin, account_public_id=me.public_id, moment=NOW)


def test_one_of_two_admins_can_go(session: Session, world: World, admin: Viewer) -> None:
    other = world.account("admin")
    people.disable(session, viewer=admin, account_public_id=other.public_id, moment=NOW)
    assert other.disabled_at == NOW


def test_disabling_ends_sign_ins_and_links_at_once(
    session: Session, world: World, admin: Viewer
) -> None:
    who = world.account()
    token = signing_in.sign_in(
        session, email=who.email, password=PASSWORD, hasher=bedside().hasher, moment=NOW
    )
    _, link = people.new_link(session, viewer=admin, account_public_id=who.public_id, moment=NOW)
    people.disable(session, viewer=admin, account_public_id=who.public_id, moment=NOW)
    assert signing_in.viewer_of(session, token=token, moment=NOW) is None
    with pytest.raises(LinkGone):
        signing_in.link_owner(session, token=link, moment=NOW)
    people.enable(session, viewer=admin, account_public_id=who.public_id, moment=NOW)
    assert who.disabled_at is None
    assert signing_in.viewer_of(session, token=token, moment=NOW) is None


def test_a_new_link_replaces_the_one_before(session: Session, world: World, admin: Viewer) -> None:
    who = world.account()
    links = [
        people.new_link(session, viewer=admin, account_public_id=who.public_id, moment=NOW)[1]
        for _ in range(2)
    ]
    with pytest.raises(LinkGone):
        signing_in.link_owner(session, token=links[0], moment=NOW)
    assert signing_in.link_owner(session, token=links[1], moment=NOW) == who.name


def test_a_disabled_account_gets_no_link(session: Session, world: World, admin: Viewer) -> None:
    who = world.account()
    people.disable(session, viewer=admin, account_public_id=who.public_id, moment=NOW)
    with pytest.raises(NotFound):
        people.new_link(session, viewer=admin, account_public_id=who.public_id, moment=NOW)


def test_an_account_of_another_practice_cannot_be_touched(
    session: Session, other_world: World, admin: Viewer
) -> None:
    foreign = other_world.account().public_id
    given = {"viewer": admin, "account_public_id": foreign, "moment": NOW}
    for story in (people.new_link, people.disable, people.enable):
        with pytest.raises(NotFound):
            story(session, **given)  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        people.change_rights(session, rights=Rights("admin"), **given)  # type: ignore[arg-type]


def sweep(session: Session, world: World) -> int:
    return people.disable_leavers(session, practice_id=world.practice.id, today=TODAY, moment=NOW)


def test_leavers_are_disabled_the_day_after_their_last(
    session: Session, world: World, admin: Viewer
) -> None:
    gone = world.account(staff=world.staff(active_to=TODAY - timedelta(days=1)))
    here = world.account(staff=world.staff("Bo", active_to=TODAY))
    assert sweep(session, world) == 1
    assert (gone.disabled_at, here.disabled_at) == (NOW, None)
    assert sweep(session, world) == 0


def test_the_last_admin_stays_even_when_they_leave(session: Session, world: World) -> None:
    yesterday = TODAY - timedelta(days=1)
    two = [
        world.account("admin", staff=world.staff(name, active_to=yesterday)) for name in ("A", "B")
    ]
    assert sweep(session, world) == 1
    assert sorted(who.disabled_at is None for who in two) == [False, True]


# ---- The list ----


def test_people_are_listed_by_family_name_whoever_they_are(
    session: Session, world: World, admin: Viewer
) -> None:
    world.staff("Ada", "Zimmer")
    world.account(staff=world.staff("Bo", "Abara"), review=True, sites=[world.site_one])
    world.staff("Cy", "Naidoo", active_to=TODAY - timedelta(days=1))
    rows = directory.everyone(session, viewer=admin, today=TODAY)
    assert [(row.name, row.state) for row in rows] == [
        ("Bo Abara", "active"),
        ("Jo Mercer", "active"),
        ("Cy Naidoo", "left"),
        ("Ada Zimmer", "not_invited"),
    ]
    assert rows[0].rights == Rights("staff", True, False, (world.site_one.public_id,))


def test_the_list_stops_at_the_practice(
    session: Session, other_world: World, admin: Viewer
) -> None:
    foreign = other_world.staff()
    assert len(directory.everyone(session, viewer=admin, today=TODAY)) == 1
    with pytest.raises(NotFound):
        directory.one(session, viewer=admin, public_id=foreign.public_id, today=TODAY)
