"""The files every page needs: their addresses, how long they keep, and what they weigh."""

import gzip
import re
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from training.web.assets import FOLDER, Assets, static

PATIENTS_LOAD = ("core.css", "js/char-count.js", "vendor/figtree/figtree-latin-400-700.woff2")


def ask(app: Flask, name: str, encodings: str = "gzip, br") -> TestResponse:
    with app.test_request_context():
        address = static(name)
    return app.test_client().get(address, headers={"Accept-Encoding": encodings})


def test_an_address_carries_the_digest_of_the_folder(app: Flask):
    with app.test_request_context():
        assert re.fullmatch(r"/static/[0-9a-f]{12}/core\.css", static("core.css"))


def test_changing_one_file_changes_every_address(tmp_path: Path):
    (tmp_path / "a.css").write_text("a { color: red }")
    (tmp_path / "b.js").write_text("let b;")
    before = Assets.read(tmp_path).digest
    (tmp_path / "b.js").write_text("let c;")
    assert Assets.read(tmp_path).digest != before


def test_a_name_that_does_not_exist_is_noticed_when_the_page_is_drawn(app: Flask):
    with app.test_request_context(), pytest.raises(KeyError, match=r"no file 'cor\.css'"):
        static("cor.css")


def test_a_browser_keeps_a_file_for_a_year(app: Flask):
    answer = ask(app, "core.css")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.content_type == "text/css; charset=utf-8"


def test_a_page_from_before_an_upgrade_gets_todays_file_uncached(app: Flask):
    answer = app.test_client().get("/static/000000000000/core.css")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "path", ["/static/x/nothing.css", "/static/x/../app.py", "/static/core.css"]
)
def test_what_is_not_a_static_file_is_not_found(app: Flask, path: str):
    assert app.test_client().get(path).status_code == 404


def test_text_is_sent_gzipped_to_those_who_take_it(app: Flask):
    packed, plain = ask(app, "core.css"), ask(app, "core.css", "identity")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data == (FOLDER / "core.css").read_bytes()
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in packed.vary
    assert "Accept-Encoding" in plain.vary


def test_gzip_that_is_refused_is_not_sent(app: Flask):
    assert "Content-Encoding" not in ask(app, "core.css", "gzip;q=0, identity").headers


def test_a_font_is_not_packed_twice(app: Flask):
    answer = ask(app, "vendor/figtree/figtree-latin-400-700.woff2")
    assert "Content-Encoding" not in answer.headers
    assert answer.content_type == "font/woff2"


def test_what_a_patients_page_loads_leaves_half_of_sixty_kilobytes_for_the_page(app: Flask):
    weights = {name: len(ask(app, name).data) for name in PATIENTS_LOAD}
    assert sum(weights.values()) < 30_000, weights


def test_every_file_a_stylesheet_or_a_module_names_is_there():
    for path in [*FOLDER.glob("*.css"), *FOLDER.rglob("*.js")]:
        named = re.findall(r"""url\("([^"]+)"\)|^import[^"]*"([^"]+)";""", path.read_text(), re.M)
        for target in (path.parent / (url or module) for url, module in named):
            assert target.is_file(), f"{path.name} names {target}"


def test_no_stylesheet_or_module_reaches_for_another_host():
    for path in [*FOLDER.glob("*.css"), *FOLDER.rglob("*.js")]:
        assert "//" not in re.sub(r"^\s*//.*|[^:]// .*", "", path.read_text(), flags=re.M), (
            path.name
        )
