"""Which language a patient's page speaks, and that it speaks it whole."""

from pathlib import Path

import pytest
from flask import Flask, render_template
from sqlalchemy.orm import Session

from tests.support import pseudo
from tests.support.codes import invitation_code, said
from tests.support.pages import Page, Pages
from tests.support.world import World
from training.extensions import bedside
from training.store.tables import Answer, Comment, Staff
from training.web import languages

WORDS = "Me escuchó y me lo explicó con un dibujo."
QUESTION = "En general, ¿cómo fue su experiencia con nuestro servicio?"
SPANISH = {"Accept-Language": "es-MX, en;q=0.5"}


@pytest.fixture
def ada(world: World) -> Staff:
    return world.staff("Ada", "Moss", role="nurse")


@pytest.fixture
def link(app: Flask, session: Session, world: World, ada: Staff) -> str:
    """The address of an invitation from a practice that offers English and Spanish."""
    world.practice.languages = ["en", "es"]
    session.commit()
    return f"/c/{invitation_code(session, world.visit(ada), bedside().code_key)}"


def only(session: Session) -> Comment:
    session.expire_all()
    return session.query(Comment).one()


def test_an_address_asks_for_spanish_and_a_browser_prefers_it(stranger: Pages, link: str) -> None:
    asked = stranger.client.get(f"{link}?lang=es").get_data(as_text=True)
    preferred = stranger.client.get(link, headers=SPANISH).get_data(as_text=True)
    neither = stranger.client.get(link).get_data(as_text=True)
    assert '<html lang="es" dir="ltr">' in asked
    assert '<html lang="es" dir="ltr">' in preferred
    assert '<html lang="en" dir="ltr">' in neither


def test_what_the_address_asks_for_outweighs_the_browser(stranger: Pages, link: str) -> None:
    assert "How did it go?" in stranger.get(f"{link}?lang=en", headers=SPANISH).text


@pytest.mark.parametrize("code", ["fr", "", "../es", "<b>", "es&lang=en"])
def test_a_language_nobody_offers_is_english(stranger: Pages, link: str, code: str) -> None:
    page = stranger.get(link, query_string={"lang": code})
    assert "How did it go?" in page.text


def test_a_practice_that_does_not_offer_spanish_is_not_shown_in_it(
    stranger: Pages, session: Session, world: World, link: str
) -> None:
    world.practice.languages = ["en"]
    session.commit()
    page = stranger.get(f"{link}?lang=es", headers=SPANISH)
    assert "How did it go?" in page.text
    assert "Español" not in page.text


def test_the_form_asks_the_friends_and_family_question_in_spanish(
    stranger: Pages, link: str
) -> None:
    page = stranger.get(f"{link}?lang=es")
    assert QUESTION in page.text
    for answer in ("Muy buena", "Buena", "Ni buena ni mala", "Mala", "Muy mala", "No lo sé"):
        assert answer in page.text
    assert "Ada, enfermería" in page.text
    assert "Al pedir ayuda o una cita" in page.text
    assert page.title == "¿Cómo le fue? – Elder Row Surgery"


def test_no_word_of_bedsides_own_is_left_in_english(app: Flask, stranger: Pages, link: str) -> None:
    english = {text for text in stranger.get(f"{link}?lang=en")._words if len(text.split()) > 1}
    spanish = set(stranger.get(f"{link}?lang=es")._words)
    own = {"Elder Row Surgery", "Elder Row", "We keep what you write for two years."}
    own |= {"In an emergency call ", "In a crisis call ", "The practice manager will write back."}
    assert {text for text in english & spanish if text.strip() not in map(str.strip, own)} == set()


def test_the_page_is_offered_in_its_other_language_and_keeps_no_cookie(
    stranger: Pages, link: str
) -> None:
    english = stranger.client.get(link)
    assert "?lang=es" in Page(english.get_data(as_text=True)).links
    assert "?lang=en" in stranger.get(f"{link}?lang=es").links
    assert "Set-Cookie" not in english.headers


def test_changing_the_language_keeps_what_was_typed_and_sends_nothing(
    stranger: Pages, session: Session, link: str
) -> None:
    sent = said(stranger.get(link), WORDS, rating="poor", stage="request")
    answer = stranger.post(f"{link}?lang=es", sent | {"other_language": "es"}, 200)
    page = Page(answer.get_data(as_text=True))
    assert QUESTION in page.text
    assert WORDS in page.text
    ticked = {(f["name"], f["value"]) for f in page.fields if "checked" in f}
    assert {("rating", "poor"), ("stage", "request")} <= ticked
    assert page.forms[0]["data"]["post_key"] == sent["post_key"]
    assert session.query(Comment).count() == 0


def test_enter_in_a_text_box_sends_the_form_and_does_not_change_its_language(
    stranger: Pages, link: str
) -> None:
    html = stranger.client.get(link).get_data(as_text=True)
    assert html.index('type="submit">Send') < html.index('name="other_language"')


def test_the_thank_you_page_stays_in_the_language_of_the_form(
    stranger: Pages, session: Session, link: str
) -> None:
    page = stranger.submit(f"{link}?lang=es", said(stranger.get(f"{link}?lang=es"), WORDS))
    assert "Gracias. Sus palabras nos ayudan a mejorar." in page.text
    assert "Una persona del centro lee lo que no está en inglés" in page.text
    assert session.query(Answer).one().text == WORDS


def test_a_comment_keeps_the_language_its_form_was_shown_in(
    stranger: Pages, session: Session, link: str
) -> None:
    stranger.post(link, said(stranger.get(link), "She drew me a picture."), headers=SPANISH)
    kept = only(session)
    assert kept.form_language == "es"
    assert kept.language == "en"


def test_errors_are_told_in_the_language_of_the_form(stranger: Pages, link: str) -> None:
    empty = stranger.post(f"{link}?lang=es", {}, 400).get_data(as_text=True)
    assert "Elija aquí una respuesta o escriba unas palabras más abajo." in empty
    assert "<title>Error: ¿Cómo le fue?" in empty
    contact = {"went_well": WORDS, "openness": "contact"}
    html = stranger.post(f"{link}?lang=es", contact, 400).get_data(as_text=True)
    assert "o elija «Nadie»" in html


@pytest.mark.parametrize(
    ("over", "told"),
    [
        (1, "Hay 1 carácter de más. Acorte el texto a 5.000"),
        (2, "Hay 2 caracteres de más."),
        (20_000, "Hay 20.000 caracteres de más."),
    ],
)
def test_numbers_and_plurals_follow_the_language(
    stranger: Pages, link: str, over: int, told: str
) -> None:
    answer = stranger.post(f"{link}?lang=es", {"went_well": "a" * (5_000 + over)}, 400)
    assert told in answer.get_data(as_text=True)


def test_a_practices_own_words_are_shown_in_the_language_or_marked_as_english(
    stranger: Pages, session: Session, world: World, link: str
) -> None:
    world.practice.wordings = {"es": {"emergency_wording": "En una emergencia llame al 999."}}
    session.commit()
    html = stranger.client.get(f"{link}?lang=es").get_data(as_text=True)
    assert '<p>En una emergencia llame al <a href="tel:999">999</a>.</p>' in html
    assert '<p lang="en" dir="auto">In a crisis call <a href="tel:111">111</a>.</p>' in html
    assert '<p>In an emergency call <a href="tel:999">999</a>.</p>' in (
        stranger.client.get(link).get_data(as_text=True)
    )


def test_bedsides_advice_for_a_practice_without_wording_is_translated(
    stranger: Pages, session: Session, world: World, link: str
) -> None:
    world.practice.emergency_wording = ""
    session.commit()
    assert "llame al número de emergencias" in stranger.get(f"{link}?lang=es").text


def test_a_link_that_does_not_work_says_so_in_the_browsers_language(stranger: Pages) -> None:
    page = stranger.get("/c/AB7K-92QX-MW", 404, headers=SPANISH)
    assert page.headings == ["Este enlace no funciona"]
    assert stranger.get("/c/AB7K-92QX-MW", 404).headings == ["This link does not work"]


def test_words_given_back_by_a_dead_link_stand_under_their_question_in_spanish(
    stranger: Pages,
) -> None:
    answer = stranger.post("/c/AB7K-92QX-MW", {"went_well": WORDS}, 404, headers=SPANISH)
    page = Page(answer.get_data(as_text=True))
    assert "Lo que usted escribió" in page.text
    assert "¿Qué estuvo bien?" in page.text
    assert "?lang=en" not in page.links, "following it would lose the words"


@pytest.mark.parametrize(
    ("path", "data", "status", "heading"),
    [
        ("/c/AB7K-92QX-MW", {"went_well": "a" * 5_000_000}, 413, "Es demasiado de una vez"),
        ("/c/AB7K-92QX-MW/thanks", {}, 405, "Eso no se puede hacer aquí"),
        ("/c/AB7K-92QX-MW/else", {}, 404, "Esa página no existe"),
    ],
)
def test_errors_met_before_any_form_speak_the_browsers_language(
    stranger: Pages, path: str, data: dict[str, str], status: int, heading: str
) -> None:
    answer = stranger.post(path, data, status, headers=SPANISH)
    assert Page(answer.get_data(as_text=True)).headings == [heading]


def test_someone_signed_in_keeps_english_errors_with_their_english_pages(
    world: World, sign_in: object
) -> None:
    pages: Pages = sign_in(world.account("manager"))  # type: ignore[operator]
    assert pages.get("/nowhere", 404, headers=SPANISH).headings == ["There is no such page"]


def test_words_sent_again_after_an_error_come_back_in_the_same_language(app: Flask) -> None:
    with app.test_request_context("/c/CODE?lang=es", method="POST", data={"went_well": WORDS}):
        languages.choose(["en", "es"])
        page = Page(render_template("errors/503.html", kept={"went_well": WORDS}, practice=None))
    assert page.headings == ["Ocupado por un momento"]
    assert page.forms[0]["action"] == "/c/CODE?lang=es"


def test_a_language_is_named_by_itself_and_knows_which_way_it_runs() -> None:
    arabic = languages.language("ar")
    assert (arabic.name, arabic.english_name, arabic.direction) == ("العربية", "Arabic", "rtl")
    assert languages.language("es").name == "Español"
    assert languages.language("pt-BR").english_name == "Portuguese (Brazil)"


def test_a_folder_of_translations_is_read_once_and_english_comes_first(tmp_path: Path) -> None:
    found = languages.read(pseudo.write(tmp_path))
    assert list(found) == ["en", "ar"]
    assert found["ar"].messages.gettext("Send") == pseudo.mirrored("Send")
    assert found["ar"].messages.gettext("Not marked anywhere") == "Not marked anywhere"
    assert languages.read(tmp_path / "none") == {"en": languages.ENGLISH}
