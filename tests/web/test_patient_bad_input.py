"""What goes wrong at the patient's pages: a clear answer, the right status, and no word lost."""

import fcntl
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.support.codes import invitation_code, key_in, poster_code, said
from tests.support.pages import Page, Pages
from tests.support.world import NOW, TODAY, World
from training import clock
from training.extensions import bedside
from training.store import engine
from training.store.tables import Answer, Comment, CommentStaff, Staff

WORDS = "She listened and drew me a picture."
THANKS = "Thank you. Your words help us do better."
LINK_GONE = "This link does not work"


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


def test_unknown_expired_and_foreign_codes_get_one_and_the_same_page(
    stranger: Pages, link: str
) -> None:
    with clock.stopped_at(NOW + timedelta(days=15)):
        expired = stranger.client.get(link)
        pages = {
            stranger.client.get(address).data
            for address in ("/c/AB7K-92QX-MW", "/c/x", "/c/%00", "/c/AB7K-92QX-MW/thanks", link)
        }
    assert LINK_GONE in stranger.get("/c/AB7K-92QX-MW", 404).text
    assert expired.status_code == 404
    assert pages == {expired.data}


def test_words_sent_to_a_code_that_expired_meanwhile_are_given_back(
    stranger: Pages, session: Session, link: str
) -> None:
    sent = said(stranger.get(link), WORDS)
    with clock.stopped_at(NOW + timedelta(days=15)):
        answer = stranger.post(link, sent, 404)
    assert WORDS in answer.get_data(as_text=True)
    assert session.query(Comment).count() == 0


def test_words_sent_to_a_site_that_closed_meanwhile_are_given_back(
    stranger: Pages, session: Session, world: World, poster: str
) -> None:
    sent = said(stranger.get(poster), WORDS)
    world.site_one.closed_on = TODAY
    session.commit()
    assert WORDS in stranger.post(poster, sent, 404).get_data(as_text=True)
    assert "not taking comments" in stranger.get(poster, 404).text


def test_a_form_that_says_nothing_is_given_back(
    stranger: Pages, session: Session, link: str
) -> None:
    sent = {"post_key": key_in(stranger.get(link)), "went_well": " \x00 ", "stage": "request"}
    page = Page(stranger.post(link, sent, 400).get_data(as_text=True))
    assert "Choose an answer here, or write a few words below." in page.text
    assert page.title.startswith("Error:")
    assert "#f-rating" in page.links
    assert session.query(Comment).count() == 0


@pytest.mark.parametrize("alone", [{"rating": "dont_know"}, {"could_be_better": "The chairs."}])
def test_an_answer_or_a_few_words_are_enough(
    stranger: Pages, session: Session, link: str, alone: dict[str, str]
) -> None:
    stranger.post(link, {"post_key": key_in(stranger.get(link)), **alone})
    assert only(session).reading_state == "read"


def test_a_text_that_is_too_long_is_given_back_whole_with_everything_ticked(
    stranger: Pages, session: Session, link: str, ada: Staff
) -> None:
    text = "Ünd " * 25_000
    form = stranger.get(link)
    sent = said(
        form,
        text,
        could_be_better="Kept too.",
        rating="poor",
        about=[ada.public_id],
        openness="contact",
        contact="me@home.example",
        learn="yes",
        flags=["complaint"],
    )
    html = stranger.post(link, sent, 400).get_data(as_text=True)
    page = Page(html)
    assert "94,999 characters too long" in page.text
    assert text in html
    assert "Kept too." in html
    assert key_in(page) == key_in(form)
    ticked = {(f["name"], f["value"]) for f in page.fields if "checked" in f}
    assert ticked == {
        ("rating", "poor"),
        ("about", ada.public_id),
        ("openness", "contact"),
        ("learn", "yes"),
        ("flags", "complaint"),
    }
    assert session.query(Comment).count() == 0


@pytest.mark.parametrize(
    "sign", ["é", "م", "😀", "👩‍👩‍👧‍👦"]
)  # up to twelve bytes a code point in a form
@pytest.mark.parametrize("at", ["", "/kiosk"])
def test_two_answers_of_100000_code_points_are_given_back_whole(
    stranger: Pages, session: Session, link: str, poster: str, sign: str, at: str
) -> None:
    text = (sign * 100_000)[:100_000]
    sent = {"went_well": text, "could_be_better": text, "shown_at": f"{NOW.timestamp()}"}
    sent |= {"screen": "send", "go": "send", "post_key": "k" * 24} if at else {}
    html = stranger.post(f"{poster}{at}" if at else link, sent, 400).get_data(as_text=True)
    assert html.count(text) == 2
    assert session.query(Comment).count() == 0


def test_a_text_of_exactly_5000_code_points_is_kept(
    stranger: Pages, session: Session, link: str
) -> None:
    stranger.post(link, {"went_well": "é" * 5_000})
    assert len(session.query(Answer).one().text) == 5_000


def test_whoever_wants_an_answer_must_say_where(
    stranger: Pages, session: Session, link: str
) -> None:
    sent = said(stranger.get(link), WORDS, openness="contact", contact="  ")
    html = stranger.post(link, sent, 400).get_data(as_text=True)
    assert "Write an email address or phone number" in html
    assert WORDS in html
    assert session.query(Comment).count() == 0


def test_more_than_the_server_takes_is_refused_before_it_is_read(
    stranger: Pages, session: Session, link: str
) -> None:
    stranger.post(link, {"went_well": "a" * 5_000_000}, 413)
    assert session.query(Comment).count() == 0


@pytest.mark.parametrize(
    "forged",
    [
        {"rating": "excellent"},
        {"stage": "heaven"},
        {"writer": "doctor"},
        {"openness": "public"},
    ],
)
def test_an_answer_that_is_not_on_the_form_is_refused_with_the_words_kept(
    stranger: Pages, session: Session, link: str, forged: dict[str, str]
) -> None:
    html = stranger.post(link, {"went_well": WORDS, **forged}, 400).get_data(as_text=True)
    assert WORDS in html
    assert session.query(Comment).count() == 0


def test_fields_that_are_not_on_the_form_change_nothing(
    stranger: Pages, session: Session, link: str, other_world: World
) -> None:
    foreign = other_world.staff("Fay", "Fir")
    stranger.post(
        link,
        {
            "went_well": WORDS,
            "about": foreign.public_id,
            "flags": "everything",
            "practice_id": str(other_world.practice.id),
            "hold": "safety",
            "visit_id": "1",
            "openness": ["anonymous", "known"],
        },
    )
    kept = only(session)
    assert (kept.about, kept.hold, kept.visit_id, kept.flags) == ("unsaid", "none", None, [])
    assert kept.practice_id != other_world.practice.id
    assert session.query(CommentStaff).filter_by(staff_id=foreign.id).count() == 0


@pytest.mark.parametrize("key", ["", "short", "k" * 65, "a key with spaces in it"])
def test_a_post_without_a_fitting_key_is_kept_all_the_same(
    stranger: Pages, session: Session, link: str, key: str
) -> None:
    stranger.post(link, {"went_well": WORDS, "post_key": key})
    assert only(session).reading_state == "read"


def test_markup_in_a_comment_stays_words(stranger: Pages, session: Session, link: str) -> None:
    sent = {"went_well": "<script>alert(1)</script>{{ 7 * 7 }}", "openness": "contact"}
    html = stranger.post(link, sent, 400).get_data(as_text=True)
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7 * 7 }}" in html


def test_bytes_that_are_no_text_are_taken_as_far_as_they_are(
    stranger: Pages, session: Session, link: str
) -> None:
    answer = stranger.client.post(
        link,
        data=b"went_well=Ki%00nd+%ED%A0%80+%FF+staff",
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code == 303
    text = session.query(Answer).one().text
    assert text.startswith("Kind ")
    assert text.endswith(" staff")
    assert text.encode()


@pytest.mark.logs_errors
def test_a_fault_in_reading_is_not_the_patients_business(
    stranger: Pages, session: Session, link: str, ada: Staff, caplog: pytest.LogCaptureFixture
) -> None:
    ada.aliases = 5  # type: ignore[assignment]  # the roster cannot be made of this
    session.commit()
    assert THANKS in stranger.submit(link, said(stranger.get(link), WORDS)).text
    kept = only(session)
    assert (kept.reading_state, kept.hold) == ("failed", "unread")
    assert session.query(Answer).one().text == WORDS
    assert "listened" not in caplog.text


def test_a_practice_without_wording_of_its_own_shows_plain_advice(
    stranger: Pages, session: Session, world: World, link: str
) -> None:
    world.practice.emergency_wording = world.practice.crisis_wording = ""
    world.practice.complaints_contact = ""
    session.commit()
    assert "call your emergency number" in stranger.get(link).text
    page = stranger.submit(link, {"went_well": WORDS})
    assert "call your emergency number" in page.text
    assert "a crisis line" in page.text


def test_words_sent_while_the_database_is_busy_are_given_back_and_can_be_sent_again(
    stranger: Pages, session: Session, link: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = said(stranger.get(link), WORDS, rating="poor")
    session.rollback()
    monkeypatch.setattr(engine, "WAIT_SECONDS", 0.05)
    with Path(f"{bedside().config.data_dir}/bedside.sqlite3.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        answer = stranger.post(link, sent, 503)
    page = Page(answer.get_data(as_text=True))
    assert WORDS in page.text
    assert answer.headers["Retry-After"]
    stranger.post(link, {**page.forms[0]["data"], "went_well": WORDS})
    kept = only(session)
    assert (kept.rating, kept.post_key) == ("poor", sent["post_key"])
