"""Commands are run as a person types them, against a data folder of their own."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.support.world import KEY
from training.cli.main import main

Run = Callable[..., Result]


@pytest.fixture
def bedside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `bedside …` and return what came of it; a traceback fails the test."""
    monkeypatch.setenv("SECRET_KEY", KEY)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("PASSWORD_MEMORY_KIB", "19456")
    for name in (
        "DATABASE_URL",
        "SECRET_KEY_FILE",
        "BASE_URL",
        "TRUSTED_HOSTS",
        "PROXY_HOPS",
        "BACKUP_DIR",
    ):
        monkeypatch.delenv(name, raising=False)

    def run(*words: str, status: int = 0, text: str | None = None) -> Result:
        result = CliRunner().invoke(main, list(words), input=text)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == status, result.output
        return result

    return run


@pytest.fixture
def practice(bedside: Run) -> Run:
    """The same, with a database and a first admin."""
    bedside("database", "upgrade")
    bedside("admin", "create", "--name", "Ana Reyes", "--email", "ana@elder.example")
    return bedside
