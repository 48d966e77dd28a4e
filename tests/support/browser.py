"""A real browser (Debian's chromium) against a real server, with axe on every page it stops at."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import axe_playwright_python
from flask import Flask
from playwright.sync_api import Browser, Locator, Page, sync_playwright
from werkzeug.serving import make_server

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
LOOK = """async only => {
    document.querySelectorAll('details').forEach(d => d.open = true)
    const wider = document.documentElement.scrollWidth - innerWidth
    const {violations} = await axe.run(document, {runOnly: only, resultTypes: ['violations']})
    const told = v => [v.id, v.nodes[0].target.join(' '), v.nodes[0].failureSummary]
    return {found: violations.map(told), wider}
}"""


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serve an application on a free port of this machine and yield its address."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)  # a line a request would bury a failure
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run the browser."""
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def follow(control: Locator) -> None:
    """Press what leads to another page, and wait until that page stands."""
    with control.page.expect_navigation():
        control.click()


def check(page: Page, only: list[str] = TAGS) -> None:
    """Fail when axe finds anything on the page, or when it is wider than its window."""
    if not page.evaluate("document.axeIsHere"):  # where scripts are off it outlives its document
        page.evaluate(AXE + "\ndocument.axeIsHere = true")
    seen = page.evaluate(LOOK, only)
    assert not seen["found"], f"{page.url}: {seen['found']}"
    assert seen["wider"] <= 0, f"{page.url} is {seen['wider']} pixels wider than its window"


def check_both(page: Page) -> None:
    """Check a page in light, and in dark where only colours differ; leave it light."""
    check(page)
    page.emulate_media(color_scheme="dark")
    check(page, COLOURS)
    page.emulate_media(color_scheme="light")
