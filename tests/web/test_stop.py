"""The link that ends e-mails: one page whatever the link, nothing changed by looking at it."""

from sqlalchemy.orm import Session

from tests.support.pages import Pages
from tests.support.world import KEY, TODAY, World
from training.services import invitations
from training.store.tables import KnownAddress

SECRET = KEY.encode()


def link(world: World, address: str = "pat@post.example") -> str:
    number = world.practice.id
    hashed = invitations.address_hash(address, practice_id=number, key=SECRET)
    return "/stop/" + invitations.stop_token(hashed, practice_id=number, key=SECRET)


def test_looking_changes_nothing_and_the_button_stops(
    world: World, session: Session, stranger: Pages
) -> None:
    path = link(world)
    assert "Stop these e-mails" in stranger.get(path).text
    assert session.query(KnownAddress).count() == 0
    page = stranger.submit(path)
    assert "You get no more of these e-mails" in page.text
    session.rollback()
    assert session.query(KnownAddress).one().stopped_on == TODAY


def test_a_mail_program_stops_with_one_click_and_no_cookie(
    world: World, session: Session, stranger: Pages
) -> None:
    answer = stranger.client.post(
        link(world),
        data={"List-Unsubscribe": "One-Click"},
        headers={"Origin": "null", "Sec-Fetch-Site": "cross-site"},
    )
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    session.rollback()
    assert session.query(KnownAddress).count() == 1


def test_the_page_is_the_same_whatever_the_link(world: World, stranger: Pages) -> None:
    paths = [link(world), link(world, "other@post.example"), "/stop/x", "/stop/" + "A" * 43]
    assert len({stranger.client.get(path).data for path in paths}) == 1
    assert len({stranger.client.post(path).data for path in paths}) == 1


def test_saying_stop_twice_is_saying_it_once(
    world: World, session: Session, stranger: Pages
) -> None:
    for _ in range(2):
        stranger.submit(link(world))
    session.rollback()
    assert session.query(KnownAddress).count() == 1
