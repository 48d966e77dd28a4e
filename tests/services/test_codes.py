"""Patients' codes: how they look, what they open, and that only a hash is kept."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.support.codes import invitation_code
from tests.support.world import NOW, TODAY, World
from training.services import codes, doors
from training.services.codes import CodeUsed
from training.services.doors import CodeGone
from training.services.people import NotFound
from training.services.signing_in import Viewer
from training.store.tables import Account, Audit, Invitation, Site, SiteCode, Visit

KEY = b"the key of these tests"


def viewer(account: Account, *sites: Site) -> Viewer:
    return Viewer(
        account_id=account.id,
        practice_id=account.practice_id,
        staff_id=None,
        name=account.name,
        email=account.email,
        role=account.role,
        may_review=False,
        may_safeguard=False,
        site_ids=tuple(site.id for site in sites),
    )


def issue(session: Session, visit: Visit) -> str:
    return invitation_code(session, visit, KEY)


def test_a_code_is_shown_in_groups_and_found_again_however_it_is_typed() -> None:
    code = "AB7K92QXMW"
    assert codes.shown(code) == "AB7K-92QX-MW"
    assert codes.plain("ab7k 92qx mw") == code
    assert len(codes.hashed(code, KEY)) == 64


@pytest.mark.parametrize(
    "typed", ["AB7K-92QX-MW", " ab7k92qxmw ", "AB7K–92QX–MW", "a b 7 k 9 2 q x m w", "AB7K_92QX.MW"]
)
def test_case_dashes_and_spaces_make_no_difference(typed: str) -> None:
    assert codes.plain(typed) == "AB7K92QXMW"


@pytest.mark.parametrize(
    "typed", ["", "AB7K-92QX-M", "AB7K-92QX-MW2", "OB7K-92QX-MW", "ßß7K92QXMW", "\x00" * 10]
)
def test_what_is_no_code_is_none(typed: str) -> None:
    assert codes.plain(typed) is None


def test_the_alphabet_has_31_signs_and_none_that_look_alike() -> None:
    assert len(set(codes.SIGNS)) == 31
    assert not set(codes.SIGNS) & set("01OIL")
    assert set("".join(codes.make() for _ in range(2_000))) == set(codes.SIGNS)


def test_only_a_keyed_hash_of_a_code_is_kept(session: Session, world: World) -> None:
    code = issue(session, world.visit())
    kept = session.query(Invitation).one().code_hash
    assert kept == codes.hashed(codes.plain(code) or "", KEY)
    with pytest.raises(CodeGone):
        doors.redeem(session, code=code, key=b"another key", moment=NOW)


def test_a_code_issued_anew_ends_the_one_before(session: Session, world: World) -> None:
    who = viewer(world.account("admin"))
    visit = world.visit()
    first = issue(session, visit)
    later = NOW + timedelta(days=20)
    second = codes.issue(
        session, viewer=who, visit_public_id=visit.public_id, key=KEY, moment=later
    )
    assert doors.redeem(session, code=second, key=KEY, moment=later).visit_id == visit.id
    with pytest.raises(CodeGone):
        doors.redeem(session, code=first, key=KEY, moment=NOW)
    assert session.query(Invitation).count() == 1


def test_a_visit_that_has_its_comment_gets_no_other_code(session: Session, world: World) -> None:
    who = viewer(world.account("admin"))
    visit = world.visit()
    issue(session, visit)
    session.query(Invitation).one().used_on = TODAY
    session.commit()
    with pytest.raises(CodeUsed):
        codes.issue(session, viewer=who, visit_public_id=visit.public_id, key=KEY, moment=NOW)


def test_a_visit_of_another_practice_or_site_is_not_found(
    session: Session, world: World, other_world: World
) -> None:
    admin = world.account("admin")
    annexe = world.site("Annexe")
    for who, visit in (
        (viewer(admin), other_world.visit()),
        (viewer(admin, annexe), world.visit()),
    ):
        with pytest.raises(NotFound):
            codes.issue(session, viewer=who, visit_public_id=visit.public_id, key=KEY, moment=NOW)
    assert session.query(Invitation).count() == 0


def test_the_visits_of_some_days_get_a_code_each_once(session: Session, world: World) -> None:
    who = viewer(world.account("admin"))
    ada = world.staff("Ada", "Moss")
    seen = world.visit(ada)
    world.visit(ada, day=TODAY - timedelta(days=9))
    days = {"first": TODAY - timedelta(days=2), "last": TODAY}
    issued = codes.issue_for_days(session, viewer=who, key=KEY, moment=NOW, **days)
    assert [(row.visit_ref, row.staff) for row, _ in issued] == [(seen.visit_ref, ("Ada Moss",))]
    assert codes.issue_for_days(session, viewer=who, key=KEY, moment=NOW, **days) == []


def test_the_list_of_visits_says_how_each_code_stands(session: Session, world: World) -> None:
    who = viewer(world.account("admin"))
    fresh, used, unasked = world.visit(), world.visit(), world.visit()
    issue(session, fresh)
    issue(session, used)
    session.query(Invitation).filter_by(visit_id=used.id).one().used_on = TODAY
    session.commit()

    def states(moment: object = NOW) -> dict[str, str]:
        rows = codes.of_days(session, viewer=who, first=TODAY, last=TODAY, moment=moment)  # type: ignore[arg-type]
        return {row.visit_ref: row.state for row in rows}

    assert states() == {fresh.visit_ref: "open", used.visit_ref: "used", unasked.visit_ref: "none"}
    assert states(NOW + timedelta(days=15))[fresh.visit_ref] == "expired"


def test_a_viewer_with_a_scope_sees_and_asks_about_its_visits_only(
    session: Session, world: World, other_world: World
) -> None:
    annexe = world.site("Annexe")
    who = viewer(world.account("admin"), annexe)
    theirs = world.visit(site=annexe)
    world.visit()
    other_world.visit()
    issued = codes.issue_for_days(session, viewer=who, first=TODAY, last=TODAY, key=KEY, moment=NOW)
    assert [row.visit_ref for row, _ in issued] == [theirs.visit_ref]


def test_the_list_of_posters_says_since_when_each_code_works(
    session: Session, world: World
) -> None:
    who = viewer(world.account("admin"))
    assert [row.since for row in codes.posters(session, viewer=who)] == [None]
    codes.issue_poster(
        session, viewer=who, site_public_id=world.site_one.public_id, key=KEY, moment=NOW
    )
    assert [(row.site, row.since) for row in codes.posters(session, viewer=who)] == [
        ("Elder Row", NOW)
    ]


def test_a_new_poster_ends_the_one_before(session: Session, world: World) -> None:
    who = viewer(world.account("admin"))
    old, new = (
        codes.issue_poster(
            session, viewer=who, site_public_id=world.site_one.public_id, key=KEY, moment=NOW
        )
        for _ in range(2)
    )
    assert doors.redeem(session, code=new, key=KEY, moment=NOW).site == "Elder Row"
    with pytest.raises(CodeGone):
        doors.redeem(session, code=old, key=KEY, moment=NOW)
    assert session.query(SiteCode).count() == 2


def test_a_poster_for_another_practices_site_is_not_found(
    session: Session, world: World, other_world: World
) -> None:
    who = viewer(world.account("admin"))
    foreign = other_world.site_one.public_id
    with pytest.raises(NotFound):
        codes.issue_poster(session, viewer=who, site_public_id=foreign, key=KEY, moment=NOW)


def test_issuing_leaves_a_row_in_the_audit_without_the_code(session: Session, world: World) -> None:
    admin = world.account("admin")
    code = codes.issue(
        session, viewer=viewer(admin), visit_public_id=world.visit().public_id, key=KEY, moment=NOW
    )
    row = session.query(Audit).one()
    assert (row.verb, row.account_id, row.facts) == ("issue_codes", admin.id, {"codes": 1})
    assert code not in str(row.facts)
