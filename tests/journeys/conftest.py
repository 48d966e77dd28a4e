"""A server on the demo practice, and screens where somebody of it has signed in."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.support.browser import serving
from tests.support.demo import Demo

SignedIn = Callable[..., Page]


@pytest.fixture
def site(demo: Demo) -> Iterator[str]:
    """The address of the demo, served on this machine."""
    with serving(demo.app) as address:
        yield address


@pytest.fixture
def signed_in(browser: Browser, site: str, demo: Demo) -> Iterator[SignedIn]:
    """Return a function that opens a screen where somebody of the demo has signed in."""

    def opened(first_name: str, size: dict[str, int], *, scripts: bool = True) -> Page:
        context = browser.new_context(
            viewport=size, base_url=site, locale="en-GB", reduced_motion="reduce",  # type: ignore[arg-type]
            java_script_enabled=scripts, accept_downloads=True,
        )  # fmt: skip
        demo.let_in(context, first_name)
        return context.new_page()

    yield opened
    for context in browser.contexts:
        context.close()
