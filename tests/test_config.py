"""Settings: read once, wrong ones named, and the same list in README, .env.example and Config."""

import re
from pathlib import Path

import pytest

from training.config import ROOT, Config, ConfigError, address_of

KEY = "x" * 40


def test_the_defaults_are_sqlite_in_the_data_folder_on_this_machine(tmp_path: Path) -> None:
    config = Config.from_env({"SECRET_KEY": KEY, "DATA_DIR": str(tmp_path)})
    assert config.database == f"sqlite:///{tmp_path / 'bedside.sqlite3'}"
    assert config.hosts == ("127.0.0.1",)
    assert not config.secure


def test_the_key_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(KEY + "\n")
    assert Config.from_env({"SECRET_KEY_FILE": str(tmp_path / "key")}).secret_key == KEY


@pytest.mark.parametrize(
    ("host", "port", "address"),
    [
        ("127.0.0.1", 8101, "http://127.0.0.1:8101"),
        ("surgery-pc", 8000, "http://surgery-pc:8000"),
        ("0.0.0.0", 8000, "http://127.0.0.1:8000"),
        ("::1", 8000, "http://[::1]:8000"),
    ],
)
def test_a_server_is_reached_where_it_listens_unless_base_url_says_where(
    host: str, port: int, address: str
) -> None:
    found = address_of(host, port)
    assert found == address
    assert Config.from_env({"SECRET_KEY": KEY}, base_url=found).base_url == address
    said = {"SECRET_KEY": KEY, "BASE_URL": "https://bedside.example"}
    assert Config.from_env(said, base_url=found).base_url == "https://bedside.example"


@pytest.mark.parametrize(
    ("address", "only_here"),
    [
        ("http://127.0.0.1:8000", True),
        ("http://localhost:8000", True),
        ("http://[::1]:8000", True),
        ("http://surgery-pc:8000", False),
        ("https://bedside.example", False),
    ],
)
def test_an_address_of_this_computer_alone_is_known(address: str, only_here: bool) -> None:
    assert Config(secret_key=KEY, base_url=address).only_here is only_here


@pytest.mark.parametrize(
    ("env", "named"),
    [
        ({}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECRET_KEY_FILE": "/nowhere/key"}, "SECRET_KEY_FILE"),
        ({"SECRET_KEY": KEY, "BASE_URL": "bedside"}, "BASE_URL"),
        ({"SECRET_KEY": KEY, "BASE_URL": "https://x.example/app"}, "BASE_URL"),
        ({"SECRET_KEY": KEY, "PROXY_HOPS": "-1"}, "PROXY_HOPS"),
        ({"SECRET_KEY": KEY, "THREADS": "many"}, "THREADS"),
        ({"SECRET_KEY": KEY, "SMTP_URL": "mail.example"}, "SMTP_URL"),
        ({"SECRET_KEY": KEY, "SMTP_URL": "smtp://mail.example:many"}, "SMTP_URL"),
        ({"SECRET_KEY": KEY, "PASSWORD_MEMORY_KIB": "8"}, "PASSWORD_MEMORY_KIB"),
    ],
)
def test_a_wrong_setting_is_named(env: dict[str, str], named: str) -> None:
    with pytest.raises(ConfigError, match=f"^{named}:"):
        Config.from_env(env)


def settings_in(path: str, pattern: str) -> set[str]:
    return set(re.findall(pattern, (ROOT / path).read_text(encoding="utf-8"), re.M))


def test_readme_example_and_config_name_the_same_settings() -> None:
    asked = settings_in("training/config.py", r"(?:env\.get\(|_whole\(\s*env, )\"([A-Z_]+)\"")
    assert settings_in(".env.example", r"^([A-Z_]+)=") == asked
    assert settings_in("README.md", r"^\| `([A-Z_]+)` \|") == asked
