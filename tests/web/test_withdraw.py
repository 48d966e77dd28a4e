"""Withdrawing a comment for a patient: asked about first, erased for good, gone from every sum."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from tests.support.pages import Pages
from tests.support.world import NOW, TODAY, World
from training.services import trends
from training.services.signing_in import Viewer
from training.store.tables import Account, Answer, Audit, Comment, Match, Remark

SignIn = Callable[[Account], Pages]


@pytest.fixture
def account(world: World) -> Account:
    return world.account("admin")


@pytest.fixture
def admin(account: Account, sign_in: SignIn) -> Pages:
    return sign_in(account)


def written(world: World) -> Comment:
    comment, _, _ = world.read_comment(
        "She was rude to me.", about=world.staff(), state="confirmed", match_state="confirmed"
    )
    return comment


def test_a_comment_is_found_by_its_reference_asked_about_and_erased(
    world: World, session: Session, admin: Pages, account: Account
) -> None:
    comment = written(world)
    page = admin.submit("/admin/withdraw", {"reference": f" {comment.public_id} "})
    assert "Erase this comment?" in page.text
    assert "16 March 2026" in page.text
    assert "rude" not in page.text
    assert session.query(Answer).count() == 1
    page = admin.submit(f"/admin/withdraw/{comment.public_id}")
    assert "The comment is erased" in page.text
    session.rollback()
    session.expire_all()
    assert [session.query(t).count() for t in (Answer, Remark, Match)] == [0, 0, 0]
    stone = session.query(Comment).one()
    assert (stone.reading_state, stone.erased_at, stone.erased_by) == ("erased", NOW, account.id)
    noted = session.query(Audit).filter_by(verb="withdraw").one()
    assert (noted.noun_id, noted.account_id, noted.facts) == (stone.id, account.id, {})


def test_an_erased_comment_cannot_be_found_or_erased_again(world: World, admin: Pages) -> None:
    path = f"/admin/withdraw/{written(world).public_id}"
    admin.submit(path)
    admin.get(path, status=404)
    admin.post(path, status=404)
    page = admin.submit("/admin/withdraw", {"reference": path.rpartition("/")[2]}, status=400)
    assert "There is no comment with this reference, or it is erased." in page.text


def test_the_sums_no_longer_hold_it(
    world: World, session: Session, admin: Pages, account: Account
) -> None:
    for _ in range(11):
        world.read_comment("Rude.", theme="phone_system", skill=None, day=TODAY.replace(month=2))
    comment = session.query(Comment).first()
    assert comment is not None
    viewer = Viewer(
        account_id=account.id, practice_id=world.practice.id, staff_id=None, name="Ana",
        email=account.email, role="admin", may_review=False, may_safeguard=False, site_ids=(),
    )  # fmt: skip

    def total() -> int | None:
        page = trends.page(session, viewer=viewer, topic="phone_system", site="", today=TODAY)
        return next(m.comments for m in page.trend.months if m.comments)

    assert total() == 11
    admin.submit(f"/admin/withdraw/{comment.public_id}")
    session.rollback()
    assert total() == 10


def test_whoever_was_shown_a_remark_sees_it_no_longer(
    world: World, admin: Pages, sign_in: SignIn
) -> None:
    ada = world.staff("Ada", "Moss", role="nurse")
    comment, remark, _ = world.read_comment(
        "Ada was kind.", about=ada, sentiment="positive", state="confirmed",
        match_state="confirmed", shown_at=NOW,
    )  # fmt: skip
    me, page = sign_in(world.account(staff=ada)), f"/what-patients-say/{remark.public_id}"
    assert "Ada was kind." in me.get("/what-patients-say").text
    admin.submit(f"/admin/withdraw/{comment.public_id}")
    assert "Ada was kind." not in me.get("/what-patients-say").text
    assert b"Ada was kind." not in me.client.get("/my-data/bedside.json").data
    me.get(page, status=404)


def test_another_practices_and_another_sites_comments_are_not_there(
    world: World, other_world: World, sign_in: SignIn
) -> None:
    two = world.site("Quay Street")
    pages = sign_in(world.account("admin", sites=[two]))
    for comment in (written(world), written(other_world)):
        pages.get(f"/admin/withdraw/{comment.public_id}", status=404)
        pages.post(f"/admin/withdraw/{comment.public_id}", status=404)
        pages.submit("/admin/withdraw", {"reference": comment.public_id}, status=400)


def test_an_empty_reference_is_asked_for(admin: Pages) -> None:
    page = admin.submit("/admin/withdraw", {"reference": ""}, status=400)
    assert "Enter the reference of the comment." in page.text


def test_whoever_reviews_finds_the_reference_on_the_comments_page(
    world: World, sign_in: SignIn
) -> None:
    comment, _, _ = world.read_comment("She was rude.", about=world.staff())
    pages = sign_in(world.account("manager", review=True))
    assert f"Reference {comment.public_id}" in pages.get(f"/review/{comment.public_id}").text
