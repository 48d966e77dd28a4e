"""Where people are told that Bedside is: BASE_URL, or else where it listens."""

import gc
from typing import Any

import pytest
import waitress

from tests.cli.conftest import Run


@pytest.fixture(autouse=True)
def nothing_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    def serve(*_args: Any, **_settings: Any) -> None:
        """Return at once, as a server does that was interrupted."""

    monkeypatch.setattr(waitress, "serve", serve)


def test_another_port_moves_every_link_with_it(bedside: Run) -> None:
    told = bedside("serve", "--port", "8123").output
    assert "Open http://127.0.0.1:8123/set-up" in told
    assert "Bedside is at http://127.0.0.1:8123 " in told


def test_what_base_url_says_goes_before_the_port(
    bedside: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BASE_URL", "https://bedside.example")
    told = bedside("serve", "--port", "8123").output
    assert "Open https://bedside.example/set-up" in told
    assert "8123" not in told


def test_listening_everywhere_without_base_url_says_that_others_are_refused(bedside: Run) -> None:
    assert "set BASE_URL" in bedside("serve", "--host", "0.0.0.0").output
    assert "set BASE_URL" not in bedside("serve").output


def test_what_stays_for_good_is_spared_the_collector(bedside: Run) -> None:
    before = gc.get_freeze_count()
    bedside("serve")
    assert gc.get_freeze_count() > before
