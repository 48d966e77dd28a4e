"""A server on the demo practice; journeys share one worker, because the demo is made once."""

from collections.abc import Iterator

import pytest

from tests.support.browser import serving
from tests.support.demo import Demo


@pytest.fixture
def site(demo: Demo) -> Iterator[str]:
    """The address of the demo, served on this machine."""
    with serving(demo.app) as address:
        yield address
