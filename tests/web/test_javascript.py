"""What JavaScript adds, in a real browser under the real policy: counting, keys, the player."""

import threading
from collections.abc import Iterator

import pytest
from flask import Flask, Response, redirect, render_template_string, request
from flask.typing import ResponseReturnValue
from werkzeug.serving import make_server

from tests.support.browser import follow
from training.app import CSP
from training.web import assets, languages

pytestmark = pytest.mark.browser

FRAME = """<!doctype html><html lang="en"><title>Test</title>
<link rel="icon" href="{{ static("icon.svg") }}">
<link rel="stylesheet" href="{{ static("core.css") }}"><link rel="stylesheet" href="{{ static("app.css") }}">
<script type="module" src="{{ static("app.js") }}"></script>
{% import "shared/ui.html" as ui %}"""

COUNT = FRAME + """{{ ui.textarea("words", "Words", max=20) }}"""

KEYS = (
    FRAME
    + """<key-actions><form>
{{ ui.field("note", "Note") }}
{{ ui.btn("Confirm", key="c", name="did", value="confirm") }}
{{ ui.btn("Reject", key="x", name="did", value="reject") }}
{{ ui.key_switch("Letter keys decide") }}</form></key-actions>
<p id="did">{{ request.args.get("did", "nothing") }}</p>"""
)

PLAY = (
    FRAME
    + """<div id="live" role="status"></div><p id="outside">untouched</p>
<scenario-player><p id="now" tabindex="-1" data-mood="She looks {{ mood }}.">Line {{ line }}</p>
<form method="post" action="/play" data-enhance><input type="hidden" name="line" value="{{ line }}">
<button class="choice" name="choice" value="kind" data-key="1">Kind</button>
<button class="choice" name="choice" value="end" data-key="2">End</button>
<button class="choice" name="choice" value="broken" data-key="3">Broken</button>
{{ ui.key_switch("Number keys choose") }}</form></scenario-player>"""
)


END = FRAME + "<h1>How it went</h1>"


def play() -> ResponseReturnValue:
    if request.form.get("choice") == "end":
        return redirect("/end", 303)
    if request.form.get("choice") == "broken" and request.headers.get("X-Fragment"):
        return "", 503
    line = int(request.form.get("line", "0")) + 1
    return render_template_string(PLAY, line=line, mood="calmer" if line > 1 else "tense")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of a small site that serves the pages above."""
    app = Flask("training.web", static_folder=None, template_folder="templates")
    assets.install(app)
    languages.install(app)
    app.before_request(lambda: languages.choose())
    app.add_url_rule("/count", "count", lambda: render_template_string(COUNT))
    app.add_url_rule("/keys", "keys", lambda: render_template_string(KEYS))
    app.add_url_rule("/end", "end", lambda: render_template_string(END))
    app.add_url_rule("/play", "play", play, methods=["GET", "POST"])

    @app.after_request
    def strict(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = CSP
        return response

    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(browser):
    """A fresh page whose complaints fail the test, but for an answer of 503 that a test asks for."""
    context = browser.new_context(reduced_motion="reduce")
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    context.close()
    assert [c for c in complaints if "503" not in c] == []


def test_the_count_goes_down_as_one_types(page, address):
    page.goto(f"{address}/count")
    page.get_by_label("Words").fill("twelve signs")
    assert page.locator("[data-shown]").inner_text() == "Characters left: 8"


def test_the_count_counts_what_the_server_counts(page, address):
    page.goto(f"{address}/count")
    page.get_by_label("Words").fill("🙂🙂")
    assert page.locator("[data-shown]").inner_text() == "Characters left: 18"


def test_too_many_characters_are_counted_and_none_is_cut_off(page, address):
    page.goto(f"{address}/count")
    page.get_by_label("Words").fill("x" * 23)
    assert page.locator("[data-shown]").inner_text() == "Characters too many: 3"
    assert page.get_by_label("Words").input_value() == "x" * 23


def test_the_count_is_said_aloud_only_near_the_end(page, address):
    page.goto(f"{address}/count")
    page.get_by_label("Words").fill("x" * 19)
    said = page.locator("[data-said]")
    said.filter(has_text="Characters left: 1").wait_for(state="attached")
    page.get_by_label("Words").fill("x")
    said.filter(has_not_text="Characters").wait_for(state="attached")


def test_a_letter_presses_its_button(page, address):
    page.goto(f"{address}/keys")
    page.keyboard.press("x")
    page.wait_for_url("**did=reject*")
    assert page.locator("#did").inner_text() == "reject"


def test_a_letter_typed_into_a_field_presses_nothing(page, address):
    page.goto(f"{address}/keys")
    page.get_by_label("Note").press_sequentially("cx")
    assert page.get_by_label("Note").input_value() == "cx"
    assert page.locator("#did").inner_text() == "nothing"


def test_a_letter_with_a_modifier_presses_nothing(page, address):
    page.goto(f"{address}/keys")
    page.keyboard.press("Alt+x")
    assert page.locator("#did").inner_text() == "nothing"


def test_keys_that_were_switched_off_stay_off_on_the_next_page(page, address):
    page.goto(f"{address}/keys")
    page.get_by_label("Letter keys decide").uncheck()
    page.goto(f"{address}/keys")
    page.keyboard.press("x")
    assert page.locator("#did").inner_text() == "nothing"
    assert not page.get_by_label("Letter keys decide").is_checked()
    assert not page.locator(".kbd").first.is_visible()


def test_a_choice_swaps_the_stage_and_leads_to_the_new_line(page, address):
    page.goto(f"{address}/play")
    page.evaluate("document.getElementById('outside').textContent = 'same page'")
    page.get_by_role("button", name="Kind").click()
    page.get_by_text("Line 2").wait_for()
    assert page.locator("#outside").inner_text() == "same page"
    assert page.evaluate("document.activeElement.id") == "now"
    assert page.locator("#live").inner_text() == "She looks calmer."


def test_the_last_choice_opens_the_page_that_follows(page, address):
    page.goto(f"{address}/play")
    page.get_by_role("button", name="End").click()
    page.get_by_role("heading", name="How it went").wait_for()


def test_a_number_chooses_a_line_and_goes_on_doing_so(page, address):
    page.goto(f"{address}/play")
    page.keyboard.press("1")
    page.get_by_text("Line 2").wait_for()
    page.keyboard.press("1")
    page.get_by_text("Line 3").wait_for()


def test_a_player_whose_keys_are_off_waits_for_a_click(page, address):
    page.goto(f"{address}/play")
    page.get_by_label("Number keys choose").uncheck()
    page.keyboard.press("1")
    page.get_by_role("button", name="Kind").click()
    page.get_by_text("Line 2").wait_for()


def test_where_the_swap_fails_the_browser_sends_the_form_itself(page, address):
    page.goto(f"{address}/play")
    page.evaluate("document.getElementById('outside').textContent = 'old page'")
    page.get_by_role("button", name="Broken").click()
    page.get_by_text("Line 2").wait_for()
    assert page.locator("#outside").inner_text() == "untouched"


def test_without_javascript_the_player_is_a_form(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/play")
    assert not page.get_by_label("Number keys choose").is_visible()
    follow(page.get_by_role("button", name="Kind"))
    assert page.locator("#now").inner_text() == "Line 2"
    context.close()
