"""The patient's pages: one comment a code, looked at any number of times, and a thank-you without words."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.support.codes import invitation_code, key_in, poster_code, said
from tests.support.pages import Page, Pages
from tests.support.world import World
from training.extensions import bedside, on_wake
from training.store.tables import Alert, Answer, Comment, CommentStaff, Invitation, Staff

WORDS = "She listened and drew me a picture."
THANKS = "Thank you. Your words help us do better."


@pytest.fixture
def ada(world: World) -> Staff:
    return world.staff("Ada", "Moss", role="nurse")


@pytest.fixture
def link(app: Flask, session: Session, world: World, ada: Staff) -> str:
    """The address of a fresh invitation to say something about a visit with Ada."""
    return f"/c/{invitation_code(session, world.visit(ada), bedside().code_key)}"


@pytest.fixture
def poster(app: Flask, session: Session, world: World) -> str:
    """The address on the poster of a site."""
    return f"/c/{poster_code(session, world.site_one, bedside().code_key)}"


def only(session: Session) -> Comment:
    session.expire_all()
    return session.query(Comment).one()


def field(page: Page, name: str) -> list[dict[str, str]]:
    return [f for f in page.fields if f.get("name") == name]


def test_a_code_opens_a_form_that_names_who_was_on_the_visit(stranger: Pages, link: str) -> None:
    page = stranger.get(link)
    assert "Overall, how was your experience of our service?" in page.text
    assert "Neither good nor poor" in page.text
    assert "Ada, nurse" in page.text
    assert "Elder Row Surgery" in page.text


def test_the_code_may_be_typed_in_any_way(stranger: Pages, link: str) -> None:
    for typed in (link.lower(), link.replace("-", ""), link.replace("-", "%20").lower()):
        assert field(stranger.get("/c/" + typed[3:]), "went_well")


def test_what_is_sent_is_kept_read_and_thanked_for(
    stranger: Pages, session: Session, link: str, ada: Staff
) -> None:
    form = stranger.get(link)
    page = stranger.submit(
        link,
        said(
            form,
            WORDS,
            rating="very_good",
            could_be_better="Nothing at all.",
            about=[ada.public_id],
            stage="assessment",
            writer="carer",
            learn="yes",
            publish="yes",
        ),
    )
    assert THANKS in page.text
    kept = only(session)
    assert (kept.reading_state, kept.rating, kept.stage) == ("read", "very_good", "assessment")
    assert (kept.writer, kept.about, kept.openness) == ("carer", "staff", "anonymous")
    assert (kept.may_learn, kept.may_publish) == (True, True)
    assert {a.question: a.text for a in session.query(Answer)} == {
        "went_well": WORDS,
        "could_be_better": "Nothing at all.",
    }
    assert session.query(CommentStaff).one().tapped


def test_the_thank_you_page_has_the_practices_wording_and_not_the_patients(
    stranger: Pages, link: str
) -> None:
    page = stranger.submit(link, said(stranger.get(link), WORDS))
    assert "In an emergency call 999" in page.text
    assert "In a crisis call 111" in page.text
    assert "The practice manager will write back." in page.text
    assert "picture" not in page.text


def test_the_thank_you_page_is_the_same_whatever_was_said(
    app: Flask, stranger: Pages, poster: str
) -> None:
    seen = set()
    for words in ("Lovely.", "I want to die.", "You are all useless."):
        answer = stranger.post(
            poster, {"post_key": words * 9, "went_well": words, "flags": "safety"}
        )
        address, _, reference = answer.headers["Location"].partition("?ref=")
        page = stranger.client.get(f"{address}?ref={reference}").get_data(as_text=True)
        seen.add(page.replace(reference, "the reference"))
    assert len(seen) == 1


def test_patients_pages_set_no_cookie_and_send_no_address_elsewhere(
    stranger: Pages, link: str
) -> None:
    shown = stranger.client.get(link)
    sent = stranger.client.post(link, data={"went_well": WORDS})
    thanked = stranger.client.get(sent.headers["Location"])
    for answer in (shown, sent, thanked):
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert answer.headers["Cache-Control"] == "no-store"


def test_the_page_asks_for_nothing_from_anywhere_else(stranger: Pages, link: str) -> None:
    html = stranger.client.get(link).get_data(as_text=True)
    assert "http://" not in html
    assert "https://" not in html


def test_somebody_signed_in_gets_the_same_page_as_a_stranger(
    sign_in: Callable[..., Pages], world: World, link: str, stranger: Pages
) -> None:
    signed_in = sign_in(world.account("manager", review=True))
    pages = set()
    for browser in (signed_in, stranger):
        html = browser.client.get(link).get_data(as_text=True)
        pages.add(html.replace(key_in(Page(html)), "the key"))
    assert len(pages) == 1


def test_a_post_without_an_origin_or_from_a_scanned_link_is_taken(
    stranger: Pages, session: Session, link: str
) -> None:
    stranger.post(
        link, {"went_well": WORDS}, headers={"Origin": "null", "Sec-Fetch-Site": "cross-site"}
    )
    assert only(session).reading_state == "read"


def test_looking_changes_nothing_however_often(
    stranger: Pages, session: Session, link: str
) -> None:
    for _ in range(100):
        stranger.get(link)
    stranger.client.head(link)
    stranger.client.options(link)
    assert session.query(Comment).count() == 0
    assert session.query(Invitation).one().used_on is None


def test_five_posts_at_once_are_one_comment_and_five_thank_yous(
    app: Flask, session: Session, stranger: Pages, link: str
) -> None:
    sent = said(stranger.get(link), WORDS)
    session.rollback()

    def post(_: int) -> tuple[int, str]:
        with app.app_context():
            answer = app.test_client().post(link, data=sent)
        return answer.status_code, answer.headers["Location"]

    with ThreadPoolExecutor(5) as threads:
        answers = list(threads.map(post, range(5)))
    kept = only(session)
    assert set(answers) <= {(303, f"{link}/thanks"), (303, f"{link}/thanks?ref={kept.public_id}")}
    assert kept.reading_state == "read"


def test_five_posts_at_once_to_a_poster_are_one_comment(
    app: Flask, session: Session, stranger: Pages, poster: str
) -> None:
    sent = said(stranger.get(poster), WORDS)
    session.rollback()

    def post(_: int) -> int:
        with app.app_context():
            return app.test_client().post(poster, data=sent).status_code

    with ThreadPoolExecutor(5) as threads:
        assert set(threads.map(post, range(5))) == {303}
    assert only(session).source == "site_code"


def test_two_tabs_of_one_invitation_are_one_comment(
    stranger: Pages, session: Session, link: str
) -> None:
    one, two = stranger.get(link), stranger.get(link)
    assert key_in(one) != key_in(two)
    stranger.post(link, said(one, WORDS))
    assert THANKS in stranger.submit(link, said(two, "Other words.")).text
    assert THANKS in stranger.submit(link, said(two, "")).text
    assert session.query(Answer).one().text == WORDS


def test_a_used_code_opens_the_thank_you_page_without_the_words(stranger: Pages, link: str) -> None:
    stranger.post(link, said(stranger.get(link), WORDS))
    thanks = stranger.client.get(f"{link}/thanks")
    again = stranger.client.get(link)
    assert again.status_code == 200
    assert again.data == thanks.data
    assert WORDS not in again.get_data(as_text=True)


def test_the_reference_to_take_it_back_is_shown_once(
    stranger: Pages, session: Session, link: str
) -> None:
    page = stranger.submit(link, said(stranger.get(link), WORDS))
    assert only(session).public_id in page.text
    assert only(session).public_id not in stranger.get(link).text


@pytest.mark.parametrize("given", ["", "short", "<b>twelve</b>", "x" * 13, "Ring 0900 12"])
def test_what_could_be_no_reference_is_not_shown(stranger: Pages, link: str, given: str) -> None:
    stranger.post(link, said(stranger.get(link), WORDS))
    page = stranger.get(f"{link}/thanks?ref={quote(given)}")
    assert "If you change your mind" not in page.text


def test_the_thank_you_page_of_an_unused_code_leads_to_the_form(stranger: Pages, link: str) -> None:
    answer = stranger.client.get(f"{link}/thanks")
    assert (answer.status_code, answer.headers["Location"]) == (303, link)


def test_a_poster_asks_without_naming_anybody(stranger: Pages, poster: str) -> None:
    page = stranger.get(poster)
    assert "Elder Row" in page.text
    assert [f["value"] for f in field(page, "about")] == ["someone_else", "not_a_person"]
    assert [f["value"] for f in field(page, "openness")] == ["anonymous", "contact"]


def test_somebody_is_not_safe_wakes_the_messenger_at_once(
    stranger: Pages, session: Session, world: World, link: str
) -> None:
    rung: list[tuple[str, int]] = []
    on_wake(lambda name, number: rung.append((name, number)))
    who = world.account("manager", safeguard=True)
    stranger.post(link, {"went_well": WORDS, "flags": "safety"})
    kept = only(session)
    assert kept.hold == "safety"
    assert rung == [("alerts", kept.id)]
    assert session.query(Alert).one().account_id == who.id


def test_where_reading_is_off_the_thank_you_page_does_not_speak_of_a_computer_sorting(
    stranger: Pages, session: Session, world: World, link: str
) -> None:
    world.practice.reading_on = False
    session.commit()
    page = stranger.submit(link, {"went_well": WORDS})
    assert "A person at the practice reads your words" in page.text
    assert "sorts your words first" not in page.text


def test_everything_a_phone_fetches_for_the_form_is_under_60_kilobytes(
    stranger: Pages, link: str
) -> None:
    html = stranger.client.get(link).get_data(as_text=True)
    files = {part.split('"')[0] for part in html.split('="')[1:] if part.startswith("/static/")}
    assert len(files) >= 4
    sizes = {
        file: len(stranger.client.get(file, headers={"Accept-Encoding": "gzip"}).data)
        for file in files
    }
    assert len(html.encode()) + sum(sizes.values()) < 60_000
