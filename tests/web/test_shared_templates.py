"""The frames and pieces that every page is built of, drawn by the real application."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask, render_template, render_template_string
from jinja2 import UndefinedError
from wtforms import BooleanField, Form, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from tests.support.pages import Page
from training.services.practices import PracticeWords
from training.services.signing_in import Viewer
from training.web.icons import ICONS

PRACTICE = PracticeWords(
    id=1,
    name="Elder Row Surgery",
    time_zone="Europe/London",
    emergency_wording="In an emergency call 999.",
    crisis_wording="In a crisis call 116 123.",
    complaints_contact="Ask for the practice manager.",
    privacy_notice="We keep it for two years.",
    reading_on=True,
    is_demo=False,
    set_up=True,
)
STAFF = ("Home", "Conversations", "What patients say")
RUNNING = ("Set-up", "Roster", "Import", "Codes")
MANAGING = {"Trends", "People", "Paper cards"}


def viewer(role: str, *, reviews: bool = False, on_roster: bool = True) -> Viewer:
    return Viewer(
        account_id=1,
        practice_id=1,
        staff_id=7 if on_roster else None,
        name="Ada Moss",
        email="ada@example.org",
        role=role,
        may_review=reviews,
        may_safeguard=False,
        site_ids=(),
    )


def framed(app: Flask, who: Viewer, **context: Any) -> Page:
    """Return a signed-in page with nothing in it."""
    given = {"viewer": who, "practice": PRACTICE, "safety_waiting": 0, "here": "staff.home"}
    page = """{% extends "shared/app.html" %}{% block title %}T{% endblock %}
    {% block main %}<h1>T</h1>{% endblock %}"""
    with app.test_request_context():
        return Page(render_template_string(page, **{**given, **context}))


def piece(app: Flask, source: str, **context: Any) -> str:
    """Return what a few macros draw."""
    with app.test_request_context():
        return render_template_string('{% import "shared/ui.html" as ui %}' + source, **context)


def navigation(page: Page) -> set[str]:
    names = (*STAFF, *MANAGING, "Comments", *RUNNING)
    return {name for name in names if name in page.text}


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        (viewer("staff"), set(STAFF)),
        (viewer("staff", reviews=True), {*STAFF, "Comments", "Paper cards"}),
        (viewer("manager", on_roster=False), MANAGING),
        (viewer("manager", reviews=True), {*STAFF, *MANAGING, "Comments"}),
        (viewer("admin", on_roster=False), {*MANAGING, *RUNNING}),
    ],
)
def test_everyone_is_offered_the_pages_they_may_open(app: Flask, who: Viewer, sees: set[str]):
    page = framed(app, who)
    assert navigation(page) == sees
    assert page.check() == []


def test_signing_out_is_a_form_that_posts(app: Flask):
    out = [f for f in framed(app, viewer("staff")).forms if f["action"] == "/sign-out"]
    assert [form["method"] for form in out] == ["post"]


def test_a_demo_says_so_and_a_real_practice_does_not(app: Flask):
    assert "made up" in framed(app, viewer("staff"), practice=replace(PRACTICE, is_demo=True)).text
    assert "made up" not in framed(app, viewer("staff")).text


def test_waiting_safety_comments_are_told_to_admins_only(app: Flask):
    assert "2 safety comments have" in framed(app, viewer("admin"), safety_waiting=2).text
    assert "One safety comment has" in framed(app, viewer("admin"), safety_waiting=1).text
    assert "safety comment" not in framed(app, viewer("manager"), safety_waiting=2).text


def test_an_error_names_its_field_to_those_who_cannot_see_it(app: Flask):
    html = piece(app, """{{ ui.field("age", "Age", error="Enter a number", hint="In years") }}""")
    assert 'for="f-age"' in html
    assert 'aria-describedby="f-age-error f-age-hint" aria-invalid="true"' in html
    assert 'id="f-age-error"' in html
    assert 'id="f-age-hint"' in html


def test_the_summary_leads_to_the_first_choice_of_a_group(app: Flask):
    html = piece(
        app,
        """{{ ui.error_summary([("kind", "Choose one")]) }}
        {{ ui.radios("kind", "Kind", [("a", "A"), ("b", "B")], "b", error="Choose one") }}""",
    )
    assert 'href="#f-kind"' in html
    assert 'value="a" id="f-kind"' in html
    assert 'value="b" checked' in html


@pytest.mark.parametrize("errors", [[], {}])
def test_no_errors_draw_no_summary(app: Flask, errors: Any):
    assert piece(app, "{{ ui.error_summary(errors) }}", errors=errors).strip() == ""


@pytest.mark.parametrize(
    "source",
    [
        "{{ ui.field('a', said, value=said, hint=said, error=said) }}",
        "{{ ui.textarea('a', 'A', value=said) }}",
        "{{ ui.select('a', 'A', [(said, said)]) }}",
        "{{ ui.radios('a', said, [(said, said, said)]) }}",
        "{{ ui.table(said, ['A'], [[said]], caption=said) }}",
        "{{ ui.tabs(said, [('/', said, 1, true)]) }}",
        "{{ ui.term(said, said, 'x') }}",
        "{{ ui.wording(said) }}{{ ui.notice(said) }}{{ ui.tag(said) }}{{ ui.page_head(said) }}",
        "{{ ui.btn(said, name='a', value=said) }}{{ ui.link_btn(said, said) }}{{ ui.hidden('a', said) }}",
    ],
)
def test_every_piece_escapes_what_it_is_given(app: Flask, source: str):
    html = piece(app, source, said='"><script>x</script>')
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_words_that_begin_with_a_line_break_keep_it(app: Flask):
    html = piece(app, "{{ ui.textarea('a', 'A', value=said) }}", said="\nfirst")
    assert ">\n\nfirst</textarea>" in html


class Everything(Form):
    name = StringField("Name")
    words = TextAreaField("Words")
    agreed = BooleanField("Agreed")
    role = SelectField(
        "Role", choices=[SelectChoice("nurse", "Nurse"), SelectChoice("physician", "Physician")]
    )
    kind = RadioField("Kind", choices=[SelectChoice("a", "A"), SelectChoice("b", "B")])


def test_a_field_of_a_form_is_drawn_as_its_kind_and_keeps_its_data(app: Flask):
    form = Everything(name="Ada", words="Some", agreed=True, role="physician", kind="b")
    html = piece(app, "{% for field in form %}{{ ui.form_field(field) }}{% endfor %}", form=form)
    assert 'type="text" value="Ada"' in html
    assert ">\nSome</textarea>" in html
    assert 'type="checkbox" name="agreed" value="yes" id="f-agreed" checked' in html
    assert '<option value="physician" selected>' in html
    assert 'type="radio" name="kind" value="b" checked' in html


def test_an_icon_nobody_has_is_noticed_when_the_page_is_drawn(app: Flask):
    assert "<path" in piece(app, "{{ ui.icon('check') }}")
    with pytest.raises(UndefinedError):
        piece(app, "{{ ui.icon('chek') }}")


def test_every_icon_is_a_drawing_and_nothing_else():
    for name, drawing in ICONS.items():
        tags = set(drawing.replace("<", " <").replace("/>", " ").split(" "))
        drawn = {tag for tag in tags if tag.startswith("<")}
        assert drawn <= {"<path", "<circle", "<rect", "<line", "<polyline", "<ellipse"}, name


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 413, 429, 500, 503])
def test_every_error_has_its_page_in_plain_words(app: Flask, status: int):
    with app.test_request_context():
        page = Page(render_template(f"errors/{status}.html", kept={}, practice=None))
    assert page.check() == []
    assert str(status) not in page.text


def test_words_that_could_not_be_saved_stand_ready_to_be_sent_again(app: Flask):
    typed = {"went_well": "<i>Kind</i>", "rating": "good", "about": ["a", "b"], "post_key": "k"}
    with app.test_request_context("/c/CODE", method="POST", data=typed):
        kept = {"went_well": typed["went_well"]}
        page = Page(render_template("errors/503.html", kept=kept, practice=PRACTICE))
    assert page.check() == []
    assert page.forms[0]["action"] == "/c/CODE"
    assert page.forms[0]["method"] == "post"
    assert "<i>Kind</i>" in page.text
    hidden = [(f["name"], f["value"]) for f in page.fields if f.get("type") == "hidden"]
    assert hidden == [("rating", "good"), ("about", "a"), ("about", "b"), ("post_key", "k")]
