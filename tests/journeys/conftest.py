"""A browser and a server on the demo practice; journeys share one worker, because the demo is made once."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.support.browser import chromium, serving
from tests.support.demo import Demo
from tests.support.needs import need


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's chromium."""
    need("chromium")
    with chromium() as found:
        yield found


@pytest.fixture
def site(demo: Demo) -> Iterator[str]:
    """The address of the demo, served on this machine."""
    with serving(demo.app) as address:
        yield address
